"""What the durable runs do: plan, review a week, settle a message; each step of them is kept.

A run keeps ids and days, no text and no figure. What became of a message is in our own database:
what DBOS keeps may be lost without harm.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.delivery import DeliveryError, Sender, attempt
from bot.leftovers import QUEUE, forget, take_over
from bot.logs import told_of
from bot.planning import Plan, lacks_review, leave_for_later, meet, planned, review, weeks_due
from scoring.digests import Digest, Standing

if TYPE_CHECKING:
    from dbos import StepOptions

log = logging.getLogger(__name__)

TRIES: "StepOptions" = {
    "name": "attempt",
    "retries_allowed": True,
    "interval_seconds": 1.0,
    "backoff_rate": 2.0,
    "max_attempts": 4,
}

# A message as DBOS keeps it: the week's Monday, the agent's id, the kind, what it is run as.
Order: TypeAlias = tuple[str, int, str, str]


def register(sender: Sender, place: int) -> Callable[..., Any]:
    """Tells DBOS what the runs are; gives back the one that plans."""
    from dbos import DBOS

    send = DBOS.workflow(name="send")(_named(partial(_send, sender), "send"))
    look = DBOS.workflow(name="review")(_named(partial(_review, sender), "review"))
    runs = _Runs(sender, place, send, look)
    return DBOS.workflow(name="plan")(_named(runs.plan, "plan"))


def _named(work: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A function of its own for DBOS, which tells them apart by what functions have."""

    def run(*given: Any) -> Any:
        return work(*given)

    run.__name__ = run.__qualname__ = name
    return run


def _send(sender: Sender, week: str, agent: int, kind: str) -> None:
    """Settles one message, or leaves it for a later plan."""
    from dbos import DBOS
    from dbos import error as kinds

    digest = Digest(date.fromisoformat(week), agent, kind)
    try:
        DBOS.run_step(TRIES, _attempt, sender, digest)
    except kinds.DBOSMaxStepRetriesExceeded as error:
        last = error.errors[-1]
        why = str(last) if isinstance(last, DeliveryError) else type(last).__name__
        log.info("not settled", extra={**told_of(last), "token": sender.key(digest)[:8]})
        DBOS.run_step({"name": "leave"}, leave_for_later, sender, digest, why)


def _attempt(sender: Sender, digest: Digest) -> None:
    """One attempt; a run that was begun before may have posted without noting it."""
    from dbos import DBOS

    sender.ready()
    step = DBOS.step_status
    status = DBOS.get_workflow_status(DBOS.workflow_id or "")
    begun = 1 if status is None else status.recovery_attempts or 1
    attempt(sender, digest, again=begun > 1 or bool(step and step.current_attempt))


def _review(sender: Sender, week: str) -> bool:
    """Reviews a week; False where it could not be, so that it is tried again."""
    from dbos import DBOS
    from dbos import error as kinds

    try:
        return bool(DBOS.run_step(TRIES, review, sender, date.fromisoformat(week)))
    except kinds.DBOSMaxStepRetriesExceeded as error:
        log.warning("no review", extra=told_of(error.errors[-1]))
        return False


@dataclass(frozen=True)
class _Runs:
    """The run that plans, with the runs that it begins."""

    sender: Sender
    place: int
    send: Callable[..., Any]
    look: Callable[..., Any]

    def plan(self, _at: datetime, asked: str) -> int:
        """Begins what is due, of the week that is asked for if any; how many are under way."""
        from dbos import DBOS, SetWorkflowID

        wanted = Plan(date.fromisoformat(asked) if asked else None)
        DBOS.run_step({"name": "before"}, self._before)
        orders: list[Order] = []
        for week in DBOS.run_step({"name": "weeks"}, self._weeks, wanted):
            if DBOS.run_step({"name": "lacks review"}, lacks_review, self.sender, week, wanted):
                self._reviewed(week)
            orders += DBOS.run_step({"name": "plan"}, self._orders, week, wanted)
        for *given, name in orders:
            if name:
                with SetWorkflowID(name):
                    DBOS.enqueue_workflow(QUEUE, self.send, *given)
        return len(orders)

    def _weeks(self, wanted: Plan) -> list[date]:
        return weeks_due(self.sender.decided, self.sender.now, wanted)

    def _before(self) -> None:
        take_over(self.sender, self.place)
        forget(datetime.now(UTC))
        meet(self.sender)

    def _reviewed(self, week: date) -> None:
        from dbos import DBOS, SetWorkflowID

        name = f"review:{week:%G-W%V}"
        with SetWorkflowID(name):
            found = DBOS.start_workflow(self.look, week.isoformat()).get_result()
        if not found:
            # There is nothing to tell yet; the next plan is to look again.
            DBOS.delete_workflows([name])

    def _orders(self, week: date, wanted: Plan) -> list[Order]:
        """What is to be sent of a week; without a name what is under way already."""
        from dbos import DBOS

        live = DBOS.list_workflows(
            status=["ENQUEUED", "PENDING"], queue_name=QUEUE, load_input=False, load_output=False
        )
        under_way = {one.workflow_id for one in live}
        told = planned(self.sender, week, wanted)
        return [_order(one, under_way) for one in told]


def _order(told: Standing, under_way: set[str]) -> Order:
    digest = told.digest
    about = "" if digest.team is None else f":{digest.kind}"
    again = f":{told.tries}" if told.tries else ""
    name = f"digest:{digest.week:%G-W%V}:{digest.agent}{about}{again}"
    given = (digest.week.isoformat(), digest.agent, digest.kind)
    return (*given, "" if name in under_way else name)
