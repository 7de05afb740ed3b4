"""The tables of what is sent each week: when people want it, where they are, what became of it."""

from datetime import datetime

from sqlalchemy import Column, Float, Index, Integer, Text
from sqlmodel import Field

from scoring.columns import PLAIN, Instant, instant, small
from scoring.records import Kept


class PreferenceRow(Kept, table=True):
    """What a person has said about the weekly message; nobody has a row who said nothing.

    ``weekday`` is 0 for Monday, ``minute`` of the local day; ``quiet`` is a JSON list of pairs of
    first and last days.
    """

    __tablename__ = "digest_preference"

    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    digest: int = small(1)
    weekday: int = small(0)
    minute: int = small(540)
    zone: str | None = None
    quiet: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    comparison: int = small(1)
    said_at: datetime = Field(sa_type=Instant)


class SlackPerson(Kept, table=True):
    """What Slack knows of a person on the roster: their zone, their conversation with the bot.

    ``user_id`` is whom it was asked of; ``gone`` is 1 for an account that was switched off.
    """

    __tablename__ = "slack_person"

    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    user_id: str
    zone: str | None = None
    gone: int = small(0)
    channel: str | None = None
    asked_at: datetime | None = instant()


class DigestRow(Kept, table=True):
    """What became of one message to one person about one week, by the ordinal of its Monday.

    ``kind`` is "own", or "team:" with a team's id. ``state``: due, sent, skipped, failed.
    ``tried_at`` is when it was last handed to Slack, ``tries`` how often it was then given up for
    a while; ``ts`` is Slack's id of it.
    """

    __tablename__ = "digest"
    __table_args__ = (Index("ix_digest_agent", "agent_id", "week"),)

    week: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    kind: str = Field(sa_column=Column(PLAIN, primary_key=True))
    state: str
    why: str = Field(default="", sa_column_kwargs={"server_default": ""})
    ts: str = Field(default="", sa_column_kwargs={"server_default": ""})
    due_at: datetime = Field(sa_type=Instant)
    tries: int = small(0)
    tried_at: datetime | None = instant()
    settled_at: datetime | None = instant()


class PaceRow(Kept, table=True):
    """When the next message may be posted: in a conversation, or anywhere where ``place`` is "*".

    In seconds of the database's own clock since 1970.
    """

    __tablename__ = "slack_pace"

    place: str = Field(sa_column=Column(PLAIN, primary_key=True))
    free_at: float = Field(sa_column=Column(Float(53), nullable=False))
