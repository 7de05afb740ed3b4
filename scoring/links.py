"""Who on the roster is which Slack user: by e-mail address, or linked by people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select, update

from scoring.columns import table_of
from scoring.decided import note_link
from scoring.errors import UnknownNameError, WordsError
from scoring.leaders import Act
from scoring.people import agent_key
from scoring.records import Agent

_agents = table_of(Agent)
_a = _agents.c
_PEOPLE = (_a.person == 1, _a.ended_on.is_(None))


@dataclass(frozen=True)
class OnRoster:
    """Somebody on the roster whom no Slack user is linked to."""

    agent: int
    name: str
    role: str


@dataclass(frozen=True)
class Linked:
    """How many people of the roster are linked to a Slack user, who is not, and admins who are."""

    linked: int
    people: int
    missing: tuple[str, ...]
    admins: tuple[str, ...]


def unlinked_by_email(connection: Connection, email: str, today: date) -> OnRoster | None:
    """The one whose id is this e-mail address, if nobody is linked to them and they are there."""
    query = select(_a.id, _a.name, _a.name_key, _a.role, _a.slack_user_id, _a.ended_on)
    row = connection.execute(query.where(_a.person == 1, _a.name_key == agent_key(email))).first()
    if row is None or row.slack_user_id or "@" not in email:
        return None
    gone = row.ended_on is not None and row.ended_on < today.toordinal()
    return None if gone else OnRoster(row.id, row.name or row.name_key, row.role)


def linked(connection: Connection) -> Linked:
    """How far the roster is linked; whoever has left is not counted."""
    query = select(_a.name, _a.name_key, _a.role, _a.slack_user_id).where(*_PEOPLE)
    rows = connection.execute(query.order_by(_a.name_key)).all()
    return Linked(
        sum(1 for row in rows if row.slack_user_id),
        len(rows),
        tuple(row.name or row.name_key for row in rows if not row.slack_user_id),
        _admins(rows),
    )


def link(connection: Connection, act: Act, agent: int, user_id: str | None) -> None:
    """Links an agent to a Slack user, or to nobody; who did so is kept.

    Raises:
        UnknownNameError: there is no such agent any more.
        WordsError: that Slack user is somebody else's already.
    """
    row = connection.execute(select(_a.name_key).where(_a.id == agent, _a.person == 1)).first()
    if row is None:
        raise UnknownNameError("That person is not on the roster any more.")
    taken = select(func.count()).where(_a.slack_user_id == user_id, _a.id != agent)
    if user_id and connection.scalar(taken):
        raise WordsError(
            "This Slack user is linked to another person of the roster. Unlink that one first."
        )
    connection.execute(update(_agents).where(_a.id == agent).values(slack_user_id=user_id or None))
    note_link(connection, act, row.name_key, user_id or None)


def _admins(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(row.slack_user_id for row in rows if row.role == "admin" and row.slack_user_id)
