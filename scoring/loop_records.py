"""The tables of the coaching loop: commitments, disputes with their decisions, private remarks.

Weeks are ordinal day numbers of their Mondays. Yes and no are 1 and 0.
"""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from scoring.columns import Instant, instant, key, small
from scoring.records import Kept

# What two people say to each other alone: one column type, so that what is done to such texts
# before they are written is done here.
PRIVATE = Text()


class CommitmentRow(Kept, table=True):
    """One thing that an agent works on for some weeks, and how the metric stood at its start."""

    __tablename__ = "commitment"
    __table_args__ = (
        # One at a time.
        Index(
            "uq_commitment_open",
            "agent_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = key()
    agent_id: int = Field(foreign_key="agent.id", index=True)
    made_by: int = Field(foreign_key="agent.id")
    made_at: datetime = Field(sa_type=Instant)
    metric: str
    text: str
    first_week: int
    weeks: int
    issue_type: str | None = None
    channel: str | None = None
    practice: str | None = None
    renews: int = small(0)
    extended: int = small(0)
    renewed_from: int | None = Field(default=None, foreign_key="commitment.id")
    level: float | None = None
    low: float | None = None
    high: float | None = None
    raw: float | None = None
    expected: float | None = None
    reliability: float | None = None
    closed_at: datetime | None = instant()
    outcome: str | None = None


class CommitmentWeek(Kept, table=True):
    """How a commitment of so many weeks stood after one of them, as the week's note told it.

    ``change`` is what was confirmed last, as JSON.
    """

    __tablename__ = "commitment_week"

    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True)
    week: int = Field(primary_key=True)
    weeks: int
    verdict: str
    why: str
    since: int | None = None
    judged: int
    change: str | None = Field(default=None, sa_type=Text)
    ending: str = ""


class DisputeRow(Kept, table=True):
    """An agent's word against one operational fact of a contact of theirs."""

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("interaction_id", "agent_id", "fact", name="uq_dispute_fact"),
    )

    id: int | None = key()
    interaction_id: int = Field(foreign_key="interaction.id")
    agent_id: int = Field(foreign_key="agent.id", index=True)
    fact: str
    proposed: str | None = None
    reason: str
    filed_at: datetime = Field(sa_type=Instant)
    state: str = "open"


class Decision(Kept, table=True):
    """What was decided of a dispute, by whom and why; the newest one holds."""

    __tablename__ = "dispute_decision"

    id: int | None = key()
    dispute_id: int = Field(foreign_key="dispute.id", index=True)
    accepted: int = small()
    value: str | None = None
    reason: str
    decided_by: int = Field(foreign_key="agent.id")
    decided_at: datetime = Field(sa_type=Instant)


class Override(Kept, table=True):
    """A decided cell of an interaction: it stands, whatever the source says of that cell.

    ``said`` is what the source says now, so that a decision can be taken back.
    """

    __tablename__ = "interaction_override"

    interaction_id: int = Field(foreign_key="interaction.id", primary_key=True)
    name: str = Field(primary_key=True)
    value: str
    said: str | None = None
    dispute_id: int = Field(foreign_key="dispute.id")


class RemarkRow(Kept, table=True):
    """A manager's private remark to an agent, and the agent's answer."""

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("manager_id", "event", name="uq_remark_event"),)

    id: int | None = key()
    manager_id: int = Field(foreign_key="agent.id")
    agent_id: int = Field(foreign_key="agent.id", index=True)
    event: str
    said: str = Field(sa_type=PRIVATE)
    said_at: datetime = Field(sa_type=Instant)
    answer: str | None = Field(default=None, sa_type=PRIVATE)
    answered_at: datetime | None = instant()
