"""The tables: what is kept of agents, contacts, shifts and figures, and the sums made from them.

Instants are kept as whole milliseconds since 1970 in UTC and come out as aware datetimes. Yes and
no are kept as 1 and 0, so that every database can add them up. Local days are ordinal day numbers
(``date.toordinal()``) in the workspace's zone. A cell that is not known is NULL, never 0.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

from scoring.columns import PLAIN, Instant, instant, key, small


class Kept(SQLModel):
    """What all tables share: pydantic's own schema of a table is made when it is first wanted.

    Making them all takes a quarter of a second, and most runs want none.
    """

    model_config = SQLModelConfig(defer_build=True)


class Source(Kept, table=True):
    """Where records come from: one help desk, one phone system, one hand-made file."""

    id: int | None = key()
    name: str = Field(unique=True)


class Team(Kept, table=True):
    """A team, as the roster or the records name it."""

    id: int | None = key()
    name: str = Field(unique=True)


class Agent(Kept, table=True):
    """A person who serves customers.

    ``person`` is 0 for the stand-in that carries contacts nobody answered, one for each team.
    """

    id: int | None = key()
    name_key: str = Field(unique=True)
    name: str | None = None
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    person: int = small(1)
    manager: str | None = None
    role: str = "agent"
    started_on: int | None = None
    ended_on: int | None = None
    slack_user_id: str | None = Field(default=None, index=True)
    timezone: str | None = None


def some(name: str, where: str, *columns: str) -> Index:
    """An index over the interactions that a condition holds for."""
    condition = text(where)
    return Index(
        f"ix_interaction_{name}", *columns, sqlite_where=condition, postgresql_where=condition
    )


class Interaction(Kept, table=True):
    """One agent's part in one contact: what the source says, and what its neighbours say of it."""

    __table_args__ = (
        UniqueConstraint("source_id", "external_id", name="uq_interaction_source"),
        some("contact", "contact_key IS NOT NULL", "source_id", "contact_key"),
        some("category", "customer_hash IS NOT NULL", "customer_hash", "issue_type", "created_at"),
        some(
            "issue",
            "customer_hash IS NOT NULL AND issue_key IS NOT NULL",
            *("customer_hash", "issue_key", "created_at"),
        ),
        Index("ix_interaction_agent", "agent_id", "ended_day"),
        Index("ix_interaction_ended", "ended_day"),
        # Most contacts are made, closed and resolved on the day they end: only others need more.
        some("created", "created_day <> ended_day", "created_day"),
        some("closed", "closed_day <> ended_day", "closed_day"),
        some("resolved", "resolved_day <> ended_day", "resolved_day"),
        some("late", "resolved_day <> created_day", "agent_id", "resolved_day", "created_day"),
        some("open", "resolved_day IS NULL AND outcome = 'unresolved'", "created_day"),
        some("response_due", "first_response_due_at IS NOT NULL", "first_response_due_at"),
        some("resolution_due", "resolution_due_at IS NOT NULL", "resolution_due_at"),
        some("whole_response", "contact_response_due_at IS NOT NULL", "contact_response_due_at"),
        some(
            "whole_resolution",
            "contact_resolution_due_at IS NOT NULL",
            "contact_resolution_due_at",
        ),
    )

    id: int | None = key()
    source_id: int = Field(foreign_key="source.id")
    external_id: str = Field(sa_type=PLAIN)
    import_id: int
    agent_id: int = Field(foreign_key="agent.id")
    contact_key: str | None = Field(default=None, sa_type=PLAIN)
    issue_key: str | None = Field(default=None, sa_type=PLAIN)
    customer_hash: int | None = Field(default=None, sa_type=BigInteger)

    channel: str = "unknown"
    issue_type: str | None = None
    priority: str | None = None
    complexity: str | None = None
    customer_tier: str | None = None
    language: str | None = None
    direction: str = "inbound"
    handled_by: str = "agent"
    outcome: str | None = None
    escalation_kind: str | None = None
    excluded: str | None = None

    created_at: datetime = Field(sa_type=Instant)
    started_at: datetime = Field(sa_type=Instant)
    first_reply_at: datetime | None = instant()
    ended_at: datetime = Field(sa_type=Instant)
    resolved_at: datetime | None = instant()
    first_response_due_at: datetime | None = instant()
    resolution_due_at: datetime | None = instant()
    survey_sent_at: datetime | None = instant()
    survey_answered_at: datetime | None = instant()

    talk_seconds: float | None = None
    hold_seconds: float | None = None
    wrap_seconds: float | None = None
    handle_seconds: float | None = None
    queue_seconds: float | None = None

    escalated: int | None = small()
    resolved_first_contact: int | None = small()
    reopened: int | None = None
    sla_met: int | None = small()
    csat: float | None = None
    csat_scale: float | None = None
    nps: int | None = small()
    ces: float | None = None
    survey_comment: str | None = None
    sentiment: float | None = None

    # What the neighbours say: worked out by contacts.py whenever one of them changes.
    part: int = small(1)
    last_part: int = small(1)
    share: float = Field(default=1.0, sa_column_kwargs={"server_default": "1"})
    answered: int = small(1)
    closed_at: datetime = Field(sa_type=Instant)
    next_at: datetime | None = instant()
    created_day: int
    ended_day: int
    closed_day: int
    resolved_day: int | None = None
    reply_business: float | None = None
    resolution_business: float | None = None
    contact_parts: int = small(1)
    contact_created_at: datetime | None = instant()
    contact_reply_at: datetime | None = instant()
    contact_resolved_at: datetime | None = instant()
    contact_outcome: str | None = None
    contact_escalated: int | None = small()
    contact_reopened: int | None = None
    contact_first: int | None = small()
    contact_csat: float | None = None
    contact_scale: float | None = None
    contact_nps: int | None = small()
    contact_ces: float | None = None
    contact_surveyed: int | None = small()
    contact_response_due_at: datetime | None = instant()
    contact_resolution_due_at: datetime | None = instant()
    contact_sla_met: int | None = small()

    # The mood that its transcript was found to have, whatever ``sentiment`` says: moods.py.
    mood: float | None = None


class Transcript(Kept, table=True):
    """What was said in one interaction; it may be here before the interaction is."""

    __table_args__ = (UniqueConstraint("source_id", "external_id", name="uq_transcript_source"),)

    id: int | None = key()
    source_id: int = Field(foreign_key="source.id")
    external_id: str = Field(sa_type=PLAIN)
    import_id: int
    messages: str


class Shift(Kept, table=True):
    """One agent's working day."""

    __table_args__ = (UniqueConstraint("agent_id", "day", name="uq_shift_agent_day"),)

    id: int | None = key()
    agent_id: int = Field(foreign_key="agent.id")
    day: int = Field(index=True)
    import_id: int
    paid_seconds: float | None = None
    available_seconds: float | None = None
    productive_seconds: float | None = None
    on_queue_seconds: float | None = None
    absent: str | None = None


class Figure(Kept, table=True):
    """What no single contact tells: a cost, a count of customers or of bot conversations."""

    __table_args__ = (
        UniqueConstraint("first_day", "last_day", "measure", "team_id", name="uq_figure_span"),
    )

    id: int | None = key()
    first_day: int
    last_day: int
    measure: str
    team_id: int = 0
    import_id: int
    value: float


class Pulse(Kept, table=True):
    """One anonymous answer of the staff survey: a team, a month, 1 to 5; never a person."""

    id: int | None = key()
    team_id: int = Field(foreign_key="team.id")
    day: int = Field(index=True)
    satisfaction: int = small()


class Import(Kept, table=True):
    """One file taken in, and what became of its rows."""

    id: int | None = key()
    kind: str
    file: str
    source_id: int | None = Field(default=None, foreign_key="source.id")
    at: datetime = Field(sa_type=Instant)
    added: int = 0
    corrected: int = 0
    known: int = 0
    refused: int = 0


class Setting(Kept, table=True):
    """What the kept figures rest on: the zone their days are cut in, the repeat window."""

    name: str = Field(primary_key=True)
    value: str


class KeptValues(Kept, table=True):
    """Every duration of one agent's week as 8-byte floats, so that medians stay exact."""

    __tablename__ = "kept_values"

    measure: str = Field(primary_key=True)
    agent_id: int = Field(primary_key=True)
    answered: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    week: int = Field(primary_key=True)
    values: bytes = Field(sa_type=LargeBinary)
