"""Who leads whom, by the roster: who may decide for an agent, commit with them, write to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from scoring.columns import table_of
from scoring.errors import AccessError
from scoring.people import manages
from scoring.records import Agent

_agents = table_of(Agent)


@dataclass(frozen=True)
class Act:
    """Who does something, by the id on the roster, and when."""

    by: int
    at: datetime


def leads(connection: Connection, viewer: int, agent: int) -> bool:
    """Whether the viewer may decide for the agent: as their manager or as an admin, never alone.

    A manager is whom the roster names as the agent's, or who has the role in the agent's team.
    """
    if viewer == agent:
        return False
    one, other = _person(connection, viewer), _person(connection, agent)
    return one.role == "admin" or manages(one, other)


def see_leads(connection: Connection, viewer: int, agent: int, what: str) -> None:
    """Refuses whoever does not lead the agent; ``what`` is the deed, as "decide a dispute of".

    Raises:
        AccessError: who may do it instead.
    """
    if not leads(connection, viewer, agent):
        one, other = name_of(connection, viewer), name_of(connection, agent)
        raise AccessError(
            f"{one} may not {what} {other}: that is for a manager of {other}'s team or an admin,"
            " as the roster has them, and never for the agent alone."
        )


def name_of(connection: Connection, agent: int) -> str:
    """What an agent is called: the name, else the id that the records use."""
    found = _person(connection, agent)
    return str(found.name or found.name_key)


def key_of(connection: Connection, agent: int) -> str:
    """The id of an agent as the records use it."""
    return str(_person(connection, agent).name_key)


def _person(connection: Connection, agent: int) -> Row[Any]:
    a = _agents.c
    names = ("name_key", "name", "role", "manager", "team_id")
    return connection.execute(select(*(a[name] for name in names)).where(a.id == agent)).one()
