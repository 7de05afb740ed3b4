"""Events that come from outside more than once, and are handled once.

Whoever begins an event has it for a while. If they die over it, it is free for whoever else has it
or gets it; once it is done, it never is.
"""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Engine

from scoring.aside import aside, noted_aside
from scoring.columns import to_ms
from scoring.driver import run

State = Literal["ours", "busy", "done"]
# Longer than any answer takes, and shorter than Slack waits before its second retry: a minute.
LEASE = timedelta(seconds=50)
# Slack's last retry comes within six minutes, and a signature is good for five.
KEPT = timedelta(days=1)

_BEGIN = (
    "INSERT INTO slack_event (id, begun_at) VALUES ({}, {})"
    " ON CONFLICT (id) DO UPDATE SET begun_at = excluded.begun_at"
    " WHERE slack_event.done_at IS NULL AND slack_event.begun_at <= {}"
    " RETURNING id"
)
_STATE = "SELECT done_at FROM slack_event WHERE id = {}"
_DONE = "UPDATE slack_event SET done_at = {} WHERE id = {}"
_FORGET = "DELETE FROM slack_event WHERE begun_at < {}"


def begin(engine: Engine, event: str, now: datetime) -> State:
    """Whether an event is the caller's to handle from now, or another is at it, or it is done."""
    with aside(engine) as connection:
        if run(connection, _BEGIN, event, to_ms(now), to_ms(now - LEASE)):
            return "ours"
        rows = run(connection, _STATE, event)
    return "done" if rows and rows[0][0] is not None else "busy"


def done(connection: Connection, event: str, now: datetime) -> None:
    """Notes that an event has been handled, and forgets those of days ago."""
    with noted_aside(connection) as there:
        run(there, _DONE, to_ms(now), event)
        run(there, _FORGET, to_ms(now - KEPT))
