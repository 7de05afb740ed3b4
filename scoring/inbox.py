"""Events that come from outside more than once, and are handled once.

Whoever begins an event has it for a while. If they die over it, it is free for whoever else has it
or gets it; once it is done, it never is.
"""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Engine, text

from scoring.columns import to_ms
from scoring.database import noting

State = Literal["ours", "busy", "done"]
# Longer than any answer takes, and shorter than Slack waits before its second retry: a minute.
LEASE = timedelta(seconds=50)
# Slack's last retry comes within six minutes, and a signature is good for five.
KEPT = timedelta(days=1)

_BEGIN = text(
    "INSERT INTO slack_event (id, begun_at) VALUES (:id, :now)"
    " ON CONFLICT (id) DO UPDATE SET begun_at = excluded.begun_at"
    " WHERE slack_event.done_at IS NULL AND slack_event.begun_at <= :left"
    " RETURNING id"
)
_STATE = text("SELECT done_at FROM slack_event WHERE id = :id")
_DONE = text("UPDATE slack_event SET done_at = :now WHERE id = :id")
_FORGET = text("DELETE FROM slack_event WHERE begun_at < :old")


def begin(engine: Engine, event: str, now: datetime) -> State:
    """Whether an event is the caller's to handle from now, or another is at it, or it is done."""
    told = {"id": event, "now": to_ms(now), "left": to_ms(now - LEASE)}
    with noting(engine) as connection:
        if connection.execute(_BEGIN, told).first() is not None:
            return "ours"
        row = connection.execute(_STATE, {"id": event}).first()
    return "busy" if row is None or row.done_at is None else "done"


def done(connection: Connection, event: str, now: datetime) -> None:
    """Notes that an event has been handled, and forgets those of days ago."""
    connection.execute(_DONE, {"id": event, "now": to_ms(now)})
    connection.execute(_FORGET, {"old": to_ms(now - KEPT)})
