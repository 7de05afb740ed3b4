"""The tables of conversation: questions as they were read, calls that wait, thumbs."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from scoring.columns import PLAIN, Instant, small
from scoring.records import Kept


class TalkRow(Kept, table=True):
    """A question as it was read, for a day: what a follow-up or a button of its answer changes.

    ``id`` tells nothing by itself. ``query`` is JSON and has no words of the question; ``thread``
    is empty for what no follow-up can come to.
    """

    __tablename__ = "talk"
    __table_args__ = (
        Index("ix_talk_thread", "user_id", "channel", "thread"),
        Index("ix_talk_at", "at"),
    )

    id: str = Field(sa_column=Column(PLAIN, primary_key=True))
    user_id: str
    channel: str
    thread: str
    query: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class HeldRow(Kept, table=True):
    """A call that was acknowledged before it was handled, until it is: ``payload`` is JSON.

    ``id`` is the event's, as `slack_event` has it; ``kind`` and ``name`` say who handles it.
    """

    __tablename__ = "held_call"
    __table_args__ = (Index("ix_held_call_held_at", "held_at"),)

    id: str = Field(sa_column=Column(PLAIN, primary_key=True))
    kind: str
    name: str
    payload: str = Field(sa_type=Text)
    held_at: datetime = Field(sa_type=Instant)


class FeedbackRow(Kept, table=True):
    """What a person thought of an answer or a note: their last word on each, and no text.

    ``about`` is the reference that the thumbs had, ``kind`` its first word.
    """

    __tablename__ = "feedback"

    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    about: str = Field(sa_column=Column(PLAIN, primary_key=True))
    kind: str
    good: int = small()
    at: datetime = Field(sa_type=Instant)
