"""Who looked at whose figures: kept by day, and told to the person whose figures they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, text

from scoring.columns import table_of, to_ms
from scoring.records import Agent
from scoring.slack_records import LookRow

_agents = table_of(Agent)
_looks = table_of(LookRow)
_NOTE = text(
    "INSERT INTO look (agent_id, day, viewer_id, what, last_at, times)"
    " VALUES (:agent, :day, :viewer, :what, :at, 1)"
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
    told = {
        "viewer": looking.viewer,
        "what": looking.what,
        "day": looking.day.toordinal(),
        "at": to_ms(looking.at),
    }
    # Always in the same order, so that two that overlap never wait for each other.
    rows = [{**told, "agent": one} for one in sorted(set(agents) - {looking.viewer})]
    if rows:
        connection.execute(_NOTE, rows)


def looks_at(connection: Connection, agent: int, since: date) -> list[Look]:
    """Who looked at an agent's figures since a day, newest first."""
    found = _looks.c
    query = (
        select(found.day, found.what, found.times, found.last_at, _agents.c.name)
        .add_columns(_agents.c.name_key)
        .join(_agents, _agents.c.id == found.viewer_id)
        .where(found.agent_id == agent, found.day >= since.toordinal())
        .order_by(found.last_at.desc(), found.viewer_id, found.what)
    )
    return [
        Look(
            row.name or row.name_key,
            date.fromordinal(row.day),
            row.what,
            row.times,
            row.last_at,
        )
        for row in connection.execute(query)
    ]
