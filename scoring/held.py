"""Calls that were acknowledged before they were handled: kept until they are, a day at most.

Slack sends no more copies of what was acknowledged, so if whoever has it dies, this is the only
one left. `scoring.inbox` says whether anybody is at it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text

from scoring.columns import table_of, to_ms
from scoring.talk_records import HeldRow

_rows = table_of(HeldRow)
# An answer that comes later than this answers nobody; shorter than what the inbox remembers.
KEPT = timedelta(hours=12)
MOST = 100

_HOLD = text(
    "INSERT INTO held_call (id, kind, name, payload, held_at)"
    " VALUES (:id, :kind, :name, :payload, :at) ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True)
class Held:
    """A call: the id of its event, the kind and name of what handles it, and it itself as JSON."""

    id: str
    kind: str
    name: str
    payload: str


def hold(connection: Connection, held: Held, now: datetime) -> None:
    """Keeps a call, and forgets those that nobody waits for any more."""
    connection.execute(delete(_rows).where(_rows.c.held_at < now - KEPT))
    told = {"id": held.id, "kind": held.kind, "name": held.name, "payload": held.payload}
    connection.execute(_HOLD, {**told, "at": to_ms(now)})


def release(connection: Connection, event: str) -> None:
    """Forgets a call that has been handled."""
    connection.execute(delete(_rows).where(_rows.c.id == event))


def waiting(connection: Connection, before: datetime, now: datetime) -> list[Held]:
    """The calls that were kept before a moment, the oldest first, a hundred at most."""
    row = _rows.c
    found = connection.execute(
        select(row.id, row.kind, row.name, row.payload)
        .where(row.held_at <= before, row.held_at >= now - KEPT)
        .order_by(row.held_at, row.id)
        .limit(MOST)
    )
    return [Held(*one) for one in found]
