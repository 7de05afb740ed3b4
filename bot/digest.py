"""What is due of the weekly messages: to whom, when, and why somebody gets none.

It sees what is known of a week and a moment, and does nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from scoring.digests import DUE, FAILED, LATE, SKIPPED, TEAM, Digest, Standing

if TYPE_CHECKING:
    from scoring.digests import Crew, Recipient
    from scoring.period import Calendar
    from scoring.preferences import Preferences

# A note that comes later than this is no news: the next one is near.
CATCH_UP = timedelta(hours=48)
# So long after it is due a manager's message waits for agents whose own is due later.
WAIT = timedelta(hours=24)
GIVEN_UP = "given_up"
# What is said of each reason, after "because".
WHY: Mapping[str, str] = MappingProxyType(
    {
        "off": "they want none",
        "unlinked": "the roster has no Slack member ID for them",
        "gone": "their Slack account was switched off",
        "leave": "they were on leave that day",
        "no_contacts": "nobody it would tell of had a contact that week",
        "no_records": "no records of that week were taken in",
        LATE: "it was more than two days late",
        GIVEN_UP: "Slack did not take it for two days",
    }
)


@dataclass(frozen=True)
class Known:
    """What is known of a week, by its Monday.

    ``reviewed`` are those whose week the published review tells of; None before there is one.
    ``recorded`` is whether any record tells of that week or a later one.
    """

    week: date
    calendar: "Calendar"
    crew: "Crew"
    wanted: "Mapping[int, Preferences]"
    reviewed: frozenset[int] | None
    standings: Mapping[Digest, Standing]
    recorded: bool = True

    def due_at(self, agent: int) -> datetime:
        """When an agent's messages about the week are due."""
        return self.wanted[agent].due_at(self.week, self.crew.people[agent].zone, self.calendar)


def due(known: Known, now: datetime, *, anyway: bool = False) -> list[Standing]:
    """What is due now and not settled, as it is to stand: due, skipped or failed.

    ``anyway`` sends also what is too late, and what was skipped for that.
    """
    found = (_judged(known, one, now, anyway=anyway) for one in messages(known))
    return [one for one in found if one is not None]


def needs_review(known: Known, now: datetime, *, anyway: bool = False) -> bool:
    """Whether anybody's message waits for nothing but the review of the week."""
    if known.reviewed is not None or not known.recorded:
        return False
    return any(one.state == DUE for one in due(as_reviewed(known), now, anyway=anyway))


def as_reviewed(known: Known) -> Known:
    """The same as if everybody who serves customers had had contacts."""
    serving = frozenset(agent for agent, one in known.crew.people.items() if one.handles)
    return replace(known, reviewed=serving)


def messages(known: Known) -> Iterator[Digest]:
    """All messages about a week, whether due or not: agents' own, then those about teams."""
    for agent, one in known.crew.people.items():
        if one.handles or (known.reviewed and agent in known.reviewed):
            yield Digest(known.week, agent)
    for team, leaders in sorted(known.crew.leaders.items()):
        for leader in leaders:
            yield Digest(known.week, leader, f"{TEAM}{team}")


def _judged(known: Known, digest: Digest, now: datetime, *, anyway: bool) -> Standing | None:
    """How a message is to stand from now; None where it stays as it is."""
    standing, due_at = known.standings.get(digest), known.due_at(digest.agent)
    if standing is not None and standing.settled and not (anyway and standing.why == LATE):
        return None
    late = now - due_at > CATCH_UP and not anyway
    if standing is not None and not standing.settled:
        over = now - standing.due_at > CATCH_UP and not anyway
        return _settled(standing, FAILED, GIVEN_UP, now) if over else standing
    if now < due_at:
        return None
    told = Standing(digest, DUE, "", due_at)
    why = _why_not(known, known.crew.people[digest.agent], digest)
    if not why and late:
        why = LATE if known.recorded else "no_records"
    if why:
        return _settled(told, SKIPPED, why, now)
    return None if _waits(known, digest, due_at, now) else told


def _why_not(known: Known, one: "Recipient", digest: Digest) -> str:
    """Why somebody gets no message; empty where they get it."""
    wanted = known.wanted[one.agent]
    reasons = {
        "off": not wanted.digest,
        "unlinked": not one.user_id,
        "gone": one.gone,
        "leave": wanted.is_quiet(wanted.due_day(known.week)),
        "no_contacts": known.reviewed is not None and not _about(known, digest) & known.reviewed,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _about(known: Known, digest: Digest) -> frozenset[int]:
    """Whose week a message is about."""
    if digest.team is None:
        return frozenset({digest.agent})
    return known.crew.teams[digest.team] - {digest.agent}


def _waits(known: Known, digest: Digest, due_at: datetime, now: datetime) -> bool:
    """Whether a message that is due has still to wait: for the review, or for others' own."""
    if known.reviewed is None:
        return True
    if digest.team is None:
        return False
    patient = now - due_at < WAIT
    return any(_holds_up(known, one, now, patient=patient) for one in _about(known, digest))


def _holds_up(known: Known, agent: int, now: datetime, *, patient: bool) -> bool:
    """Whether an agent's own message has still to be settled before their manager's is sent.

    One that is on its way is always waited for; one that is due later, or that Slack does not
    take, only as long as the manager is ``patient``.
    """
    own = known.standings.get(Digest(known.week, agent))
    if own is None:
        return patient or known.due_at(agent) <= now
    return not own.settled and (patient or own.tries == 0)


def _settled(standing: Standing, state: str, why: str, now: datetime) -> Standing:
    return replace(standing, state=state, why=why, settled_at=now)
