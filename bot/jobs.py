"""The durable runs of this process: begun with it, and gone on with whatever process dies."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from math import ceil
from threading import Event
from typing import TYPE_CHECKING, Any

from bot.delivery import DeliveryError, Sender, practise
from bot.leftovers import PLACE, QUEUE, take_over
from bot.planning import Plan, weeks_due
from bot.runs import register

if TYPE_CHECKING:
    from dbos import DBOSConfig

    from bot.services import Services

# Often enough for a message to come about when it was wanted, whatever the zone.
EVERY = "*/5 * * * *"
# Runs that were begun under one version of the program are ended by the next.
VERSION = "1"
POLL_SECONDS = 0.5
FEWEST_AT_ONCE = 4


@dataclass(frozen=True)
class Jobs:
    """The runs of this process.

    ``plan`` begins what is due and gives back how many messages are under way; ``place`` is the
    number that this process has among those that work.
    """

    plan: Callable[[Plan], int]
    place: int


@contextmanager
def working(sender: Sender, *, scheduled: bool = False) -> Iterator[Jobs]:
    """Works on what is to be sent, as one of the processes that do, for as long as this lasts.

    ``scheduled`` also plans what is due, every few minutes.

    Raises:
        DatabaseError: the database cannot be used, or too many processes are at work.
    """
    from dbos import DBOS

    from scoring.database import plain_faults
    from scoring.places import first_free

    stopped, engine = Event(), sender.services.engine
    sender = replace(sender, pause=partial(_pause, stopped))
    with first_free(engine) as place, ThreadPoolExecutor(1) as aside:
        # While DBOS starts: whoever has to go on with what was begun is not to be waited for.
        practised = aside.submit(_practise, sender)
        sender = replace(sender, ready=partial(wait, [practised]))
        try:
            with plain_faults(engine):
                plan = _launched(sender, place, scheduled=scheduled)
                take_over(sender, place)
            yield Jobs(lambda wanted: int(_begun(plan, wanted)), place)
        finally:
            stopped.set()
            DBOS.destroy(destroy_registry=True)


def _practise(sender: Sender) -> None:
    practise(sender, weeks_due(sender.decided, sender.now, Plan()))


def _launched(sender: Sender, place: int, *, scheduled: bool) -> Callable[..., Any]:
    """Starts DBOS as the worker of a place; gives back the run that plans."""
    from dbos import DBOS

    # Whatever it has to say goes into our log, in which no text stands.
    library = logging.getLogger("dbos")
    library.addHandler(logging.NullHandler())
    library.setLevel(logging.ERROR)
    DBOS(config=_config(sender.services, place))
    plan = register(sender, place)
    DBOS.launch()
    pace = ceil(sender.services.settings.posts_per_second)
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=max(FEWEST_AT_ONCE, pace),
        polling_interval_sec=POLL_SECONDS,
        on_conflict="always_update",
    )
    if scheduled:
        DBOS.apply_schedules(
            [{"schedule_name": QUEUE, "workflow_fn": plan, "schedule": EVERY, "context": ""}]
        )
    return plan


def _config(services: "Services", place: int) -> "DBOSConfig":
    return {
        "name": "evenkeel",
        "system_database_url": _address(services),
        "application_version": VERSION,
        "executor_id": f"{PLACE}{place}",
        "log_level": "ERROR",
        "enable_otlp": False,
        "sys_db_pool_size": 5,
    }


def _address(services: "Services") -> str:
    """Where DBOS keeps what it keeps, ready for several processes at once."""
    engine, set_ = services.engine, services.settings.jobs
    if set_ is None and engine.dialect.name != "sqlite":
        return engine.url.render_as_string(hide_password=False)
    if set_ is not None and "://" in set_:
        return set_
    path = set_ or f"{engine.url.database}-jobs"
    # Before DBOS opens it: in the mode that a new file has, readers and writers block each other.
    with closing(sqlite3.connect(path, timeout=30)) as file:
        file.execute("PRAGMA journal_mode = WAL")
    return f"sqlite:///{path}"


def _begun(plan: Callable[..., Any], wanted: Plan) -> Any:
    from dbos import DBOS

    asked = "" if wanted.week is None else wanted.week.isoformat()
    return DBOS.start_workflow(plan, datetime.now(UTC), asked).get_result()


def _pause(stopped: Event, seconds: float) -> None:
    if stopped.wait(seconds):
        raise DeliveryError("stopped")
