"""Contacts that people logged by hand: one of them, as it is known now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, String, select

from scoring.columns import from_ms, table_of
from scoring.driver import asked, rows_of
from scoring.records import Interaction, Source

# What such contacts come from.
SOURCE = "slack"
_i, _sources = table_of(Interaction).c, table_of(Source)


@dataclass(frozen=True)
class Logged:
    """A contact that was logged; ``csat`` is of 5, ``agent`` the id of whose it is.

    ``customer`` is their hash as an import takes it, empty where nobody knows.
    """

    name: str
    agent: int
    channel: str
    issue_type: str | None
    started_at: datetime
    handle_seconds: float | None
    outcome: str | None
    csat: float | None
    customer: str


def logged(connection: Connection, name: str) -> Logged | None:
    """The contact of that id, as it is known now; None where nobody logged one."""
    rows = rows_of(connection, _named, about={"name": name, "source": SOURCE})
    if not rows:
        return None
    agent, channel, issue, started, handled, outcome, csat, customer = rows[0]
    at = from_ms(int(started))
    told = "" if customer is None else f"hash:{customer.to_bytes(8, 'big', signed=True).hex()}"
    return Logged(name, agent, channel, issue, at, handled, outcome, csat, told)


def _named() -> Select[Any]:
    columns = ("agent_id", "channel", "issue_type", "started_at", "handle_seconds", "outcome")
    return (
        select(*(_i[name] for name in (*columns, "csat", "customer_hash")))
        .join(_sources, _sources.c.id == _i.source_id)
        .where(
            _sources.c.name == asked("source", String()), _i.external_id == asked("name", String())
        )
    )
