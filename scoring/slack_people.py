"""What Slack has told of the people on the roster, and which conversation is whose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text

from scoring.columns import table_of, to_ms
from scoring.digest_records import SlackPerson
from scoring.records import Agent

_agents, _slack = table_of(Agent), table_of(SlackPerson)
_TOLD = text(
    "INSERT INTO slack_person (agent_id, user_id, zone, gone, asked_at)"
    " VALUES (:agent, :user, :zone, :gone, :at)"
    " ON CONFLICT (agent_id) DO UPDATE SET zone = excluded.zone, gone = excluded.gone,"
    " asked_at = excluded.asked_at, user_id = excluded.user_id,"
    " channel = CASE WHEN slack_person.user_id = excluded.user_id THEN slack_person.channel END"
)
_OPENED = text(
    "INSERT INTO slack_person (agent_id, user_id, channel) VALUES (:agent, :user, :channel)"
    " ON CONFLICT (agent_id) DO UPDATE SET channel = excluded.channel, user_id = excluded.user_id"
)


@dataclass(frozen=True)
class Person:
    """Somebody whom the roster links to Slack.

    ``zone`` is Slack's, ``gone`` whether the account was switched off, ``channel`` the
    conversation with the bot, ``asked_at`` when Slack was asked; what was told of another account
    than the one on the roster does not count.
    """

    agent: int
    user_id: str
    zone: str | None = None
    gone: bool = False
    channel: str | None = None
    asked_at: datetime | None = None


def people_in_slack(connection: Connection, agent: int | None = None) -> dict[int, Person]:
    """Whom the roster links to Slack, by id: all of them, or one."""
    known = [_slack.c[name] for name in ("user_id", "zone", "gone", "channel", "asked_at")]
    query = (
        select(_agents.c.id, _agents.c.slack_user_id, *known)
        .outerjoin(_slack, _slack.c.agent_id == _agents.c.id)
        .where(_agents.c.person == 1, _agents.c.slack_user_id.is_not(None))
    )
    if agent is not None:
        query = query.where(_agents.c.id == agent)
    return {row.id: _person(row) for row in connection.execute(query.order_by(_agents.c.id))}


def keep_told(connection: Connection, told: Person) -> None:
    """Keeps what Slack told of somebody at ``asked_at``; the conversation stays known."""
    at = None if told.asked_at is None else to_ms(told.asked_at)
    row = {"agent": told.agent, "user": told.user_id, "zone": told.zone, "at": at}
    connection.execute(_TOLD, {**row, "gone": int(told.gone)})


def keep_channel(connection: Connection, told: Person, channel: str) -> None:
    """Keeps which conversation is somebody's."""
    row = {"agent": told.agent, "user": told.user_id, "channel": channel}
    connection.execute(_OPENED, row)


def _person(row: Any) -> Person:
    if row.user_id != row.slack_user_id:
        return Person(row.id, row.slack_user_id)
    return Person(row.id, row.user_id, row.zone, bool(row.gone), row.channel, row.asked_at)
