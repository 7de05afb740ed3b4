"""The tables of what happens in Slack: events, looks, what admins decided, who was welcomed."""

from datetime import datetime

from sqlalchemy import Column, Index, SmallInteger, Text
from sqlmodel import Field

from scoring.columns import PLAIN, Instant, instant, key
from scoring.records import Kept


class SlackEvent(Kept, table=True):
    """An event that came, by an id that is the same however often it comes.

    It has been begun by somebody and, once ``done_at`` is there, handled.
    """

    __tablename__ = "slack_event"
    __table_args__ = (Index("ix_slack_event_begun_at", "begun_at"),)

    id: str = Field(sa_column=Column(PLAIN, primary_key=True))
    begun_at: datetime = Field(sa_type=Instant)
    done_at: datetime | None = instant()


class LookRow(Kept, table=True):
    """On which local day somebody looked at an agent's own figures, in what, how often.

    ``day`` is an ordinal day number in the workspace's zone.
    """

    __tablename__ = "look"

    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    day: int = Field(primary_key=True)
    viewer_id: int = Field(foreign_key="agent.id", primary_key=True)
    what: str = Field(primary_key=True)
    last_at: datetime = Field(sa_type=Instant)
    times: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": "1"})


class DecisionRow(Kept, table=True):
    """One thing that an admin decided in Slack; the newest of a name holds.

    ``value`` is JSON, NULL where it was taken back, so that the settings hold again.
    """

    __tablename__ = "decision"

    id: int | None = key()
    name: str
    value: str | None = Field(default=None, sa_type=Text)
    agent_id: int = Field(foreign_key="agent.id")
    decided_at: datetime = Field(sa_type=Instant)


class WelcomeRow(Kept, table=True):
    """When somebody first opened their Home, by their Slack user."""

    __tablename__ = "welcome"

    user_id: str = Field(sa_column=Column(PLAIN, primary_key=True))
    at: datetime = Field(sa_type=Instant)
