"""The tables of reviews: what was found of each agent's week, and every statement that was made.

A statement is never changed: one that a later look at corrected records makes otherwise gets a
further revision, or a last one that withdraws it.
"""

from datetime import datetime

from sqlalchemy import Column, Index, Integer, LargeBinary, Text
from sqlmodel import Field

from scoring.columns import Instant, key, small
from scoring.records import Kept


class WeekReview(Kept, table=True):
    """A reviewed week, by the ordinal of its Monday: the method, and what befell everybody.

    ``shared`` is JSON.
    """

    __tablename__ = "week_review"

    week: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    reviewed_at: datetime = Field(sa_type=Instant)
    method: str
    constants: str
    shared: str = Field(sa_type=Text)


class AgentWeekReview(Kept, table=True):
    """What a review found of one agent's week, as JSON; it carries the state of the next one."""

    __tablename__ = "agent_week_review"
    __table_args__ = (Index("ix_agent_week_review_agent", "agent_id", "week"),)

    week: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    found: str = Field(sa_type=Text)


class StatementRecord(Kept, table=True):
    """One statement of a review, with all that it rests on.

    ``agent_id`` is NULL where it is about everybody. ``kind``: change, level, rushing,
    overservicing, focus, strength, shared. ``first_day`` to ``last_day`` and ``weeks`` are the
    recent weeks; ``before``, ``after``, ``size``, ``low`` and ``high`` are in the metric's unit.
    ``contacts`` are packed row ids. Of one topic the highest ``revision`` stands.
    """

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_topic", "week", "agent_id", "topic", "revision", unique=True),
        Index("ix_statement_agent", "agent_id", "week"),
    )

    id: int | None = key()
    week: int
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    topic: str
    revision: int
    withdrawn: int = small(0)
    said_at: datetime = Field(sa_type=Instant)
    kind: str
    metric: str
    direction: str
    issue_type: str | None = None
    channel: str | None = None
    first_day: int | None = None
    last_day: int | None = None
    weeks: int | None = None
    baseline_weeks: int | None = None
    n_recent: int
    n_baseline: int | None = None
    before: float | None = None
    after: float | None = None
    size: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    threshold: float | None = None
    method: str
    constants: str
    contacts: bytes = Field(sa_type=LargeBinary)
