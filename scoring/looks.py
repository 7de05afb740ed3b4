"""Who looked at whose figures: kept by day, and told to the person whose figures they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from scoring.aside import beside, noted_aside
from scoring.columns import from_ms, table_of, to_ms
from scoring.database import reading
from scoring.driver import among, asked, mark, rows_of, run_many
from scoring.facts import milliseconds
from scoring.records import Agent
from scoring.slack_records import LookRow

_agents = table_of(Agent)
_looks = table_of(LookRow)
_NOTE = (
    "INSERT INTO look (agent_id, day, viewer_id, what, last_at, times)"
    " VALUES ({0}, {0}, {0}, {0}, {0}, 1)"
    " ON CONFLICT (agent_id, day, viewer_id, what)"
    " DO UPDATE SET times = look.times + 1, last_at = excluded.last_at"
)


@dataclass(frozen=True)
class Look:
    """That somebody looked at an agent's figures on a day: what they are called, where, when."""

    viewer: str
    day: date
    what: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Looking:
    """Somebody who looks, by id, in what, on which local day, at what moment."""

    viewer: int
    what: str
    day: date
    at: datetime


def note(connection: Connection, looking: Looking, agents: Collection[int]) -> None:
    """Keeps that somebody looked at agents' figures; looking at one's own is nobody's matter."""
    # Always in the same order, so that two that overlap never wait for each other.
    others = sorted(set(agents) - {looking.viewer})
    what = (looking.day.toordinal(), looking.viewer, looking.what, to_ms(looking.at))
    if others:
        with noted_aside(connection) as there:
            run_many(there, _NOTE.format(mark(there)), [(one, *what) for one in others])


def looks_at(connection: Connection, agent: int, since: date) -> list[Look]:
    """Who looked at an agent's figures since a day, newest first."""
    about = {"agent": agent, "since": since.toordinal()}
    rows = rows_of(connection, _looks_since, about=about)
    place = beside(connection.engine)
    if place is not connection.engine:
        with reading(place) as there:
            rows = [*rows, *rows_of(there, _looks_since, about=about)]
    viewers = sorted({viewer for viewer, *_ in rows})
    names = {one: name or key for one, name, key in rows_of(connection, _called, given=viewers)}
    # The newest first and, of one moment, in the same order every time.
    rows.sort(key=lambda row: (-row[4], row[0], row[2]))
    return [
        Look(names[viewer], date.fromordinal(day), what, times, from_ms(last))
        for viewer, day, what, times, last in rows
        if viewer in names
    ]


def _looks_since() -> Select[Any]:
    look = _looks.c
    columns = (look.viewer_id, look.day, look.what, look.times, milliseconds(look.last_at))
    return select(*columns).where(look.agent_id == asked("agent"), look.day >= asked("since"))


def _called() -> Select[Any]:
    return select(_agents.c.id, _agents.c.name, _agents.c.name_key).where(among(_agents.c.id))
