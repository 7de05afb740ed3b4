"""Commitments: made by an agent, or with somebody who leads them; one at a time; closed early."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from scoring.coaching.findings import AgentReview, Span
from scoring.coaching.progress import AIMS, Baseline, Commitment, baseline_of
from scoring.columns import table_of
from scoring.errors import CommitmentError
from scoring.leaders import Act, leads, see_leads
from scoring.loop_records import CommitmentRow

MOST_WEEKS = 12
MOST_CHARACTERS = 300
MONDAY = 0
WEEK = timedelta(weeks=1)
_commitments = table_of(CommitmentRow)
_c = _commitments.c


@dataclass(frozen=True)
class Terms:
    """What is committed to; ``scoring.coaching.progress.Commitment`` says what each part means."""

    metric: str
    text: str
    first_week: date
    weeks: int = 4
    issue_type: str | None = None
    channel: str | None = None
    practice: str | None = None
    renews: bool = False


@dataclass(frozen=True)
class Kept:
    """A commitment as it is kept; ``outcome`` is None while it is open.

    ``outcome`` is the verdict at its end, or ``ended_early`` where it was closed before.
    ``renewed_from`` is the commitment that it goes on from.
    """

    commitment: Commitment
    made_by: int
    made_at: datetime
    closed_at: datetime | None
    outcome: str | None
    renewed_from: int | None


def make(
    connection: Connection, agent: int, terms: Terms, act: Act, review: AgentReview | None
) -> Commitment:
    """Commits an agent to one thing; the same again while it is open is the same commitment.

    Args:
        connection: a writing one.
        agent: whose it is.
        terms: what is agreed.
        act: the agent, or somebody who leads them, and when.
        review: the agent's newest one, for how the metric stands; where there is none yet, that is
            filled in from the review of the week before the first.

    Raises:
        AccessError: whoever makes it neither is the agent nor leads them.
        CommitmentError: the terms cannot be; or another commitment is open.
    """
    if act.by != agent:
        see_leads(connection, act.by, agent, "make a commitment for")
    terms = _checked(terms)
    there = open_of(connection, agent)
    if there is not None:
        return _same(there, terms)
    if terms.first_week + WEEK <= act.at.date():
        raise CommitmentError(
            f"The week of {terms.first_week} is over, and a commitment is to weeks that come."
        )
    row = {"agent_id": agent, "made_by": act.by, "made_at": act.at, **_row(terms)}
    baseline = None if review is None else baseline_of(terms.metric, review)
    done = connection.execute(insert(_commitments).values(**row, **stood(baseline)))
    return find(connection, int(done.inserted_primary_key[0])).commitment  # type: ignore[index]  # one row


def _checked(terms: Terms) -> Terms:
    text = terms.text.strip()
    if terms.metric not in AIMS:
        known = ", ".join(AIMS)
        raise CommitmentError(f"“{terms.metric}” is nothing to commit to. Say one of: {known}.")
    if not text or len(text) > MOST_CHARACTERS:
        raise CommitmentError(
            f"Say in your own words what you will do, in at most {MOST_CHARACTERS} characters."
        )
    if not 1 <= terms.weeks <= MOST_WEEKS:
        raise CommitmentError(f"A commitment is for 1 to {MOST_WEEKS} weeks, not {terms.weeks}.")
    if terms.first_week.weekday() != MONDAY:
        raise CommitmentError(f"A commitment begins on a Monday, which {terms.first_week} is not.")
    return replace(terms, text=text)


def _same(there: Commitment, terms: Terms) -> Commitment:
    """The open commitment, if these are its terms."""
    old = {name: getattr(there, name) for name in vars(terms)}
    old["weeks"] = agreed_weeks(there)
    if old == vars(terms):
        return there
    raise CommitmentError(
        f"One thing at a time: a commitment to {there.metric} is open until the week of"
        f" {there.last_week} (“{there.text}”). Close it first."
    )


def _row(terms: Terms) -> dict[str, Any]:
    first_week = terms.first_week.toordinal()
    return {**vars(terms), "first_week": first_week, "renews": int(terms.renews)}


def stood(baseline: Baseline | None) -> dict[str, float]:
    """The columns that say how a metric stood; none where that is not known."""
    if baseline is None:
        return {}
    level = baseline.level
    return {
        "level": level.value,
        "low": level.low,
        "high": level.high,
        "raw": baseline.raw,
        "expected": baseline.expected,
        "reliability": baseline.reliability,
    }


def agreed_weeks(commitment: Commitment) -> int:
    """How many weeks were agreed on; an extended commitment has twice as many."""
    return commitment.weeks // 2 if commitment.extended else commitment.weeks


def close(connection: Connection, commitment_id: int, act: Act) -> Kept:
    """Closes a commitment before its end; one that is closed stays as it is.

    Raises:
        AccessError: whoever closes it neither is the agent nor leads them.
        CommitmentError: there is no such commitment.
    """
    kept = find(connection, commitment_id)
    agent = kept.commitment.agent
    if act.by != agent:
        see_leads(connection, act.by, agent, "close a commitment of")
    if kept.closed_at is None:
        told = {"closed_at": act.at, "outcome": "ended_early"}
        connection.execute(update(_commitments).where(_c.id == commitment_id).values(**told))
    return find(connection, commitment_id)


def open_of(connection: Connection, agent: int) -> Commitment | None:
    """The commitment that an agent is working on."""
    query = select(_commitments).where(_c.agent_id == agent, _c.closed_at.is_(None))
    row = connection.execute(query).first()
    return None if row is None else commitment_of(row)


def find(connection: Connection, commitment_id: int) -> Kept:
    """A commitment by its number.

    Raises:
        CommitmentError: there is none.
    """
    row = connection.execute(select(_commitments).where(_c.id == commitment_id)).first()
    if row is None:
        raise CommitmentError(f"There is no commitment {commitment_id}. List them to see numbers.")
    return _kept(row)


def commitments(connection: Connection, viewer: int, agent: int | None = None) -> list[Kept]:
    """An agent's commitments, the newest first; or all that the viewer may see.

    Raises:
        AccessError: the viewer neither is the agent nor leads them.
    """
    if agent is not None and viewer != agent:
        see_leads(connection, viewer, agent, "see the commitments of")
    query = select(_commitments).order_by(_c.id.desc())
    if agent is not None:
        query = query.where(_c.agent_id == agent)
    rows = connection.execute(query).all()
    agents = {row.agent_id for row in rows}
    seen = {one for one in agents if one == viewer or leads(connection, viewer, one)}
    return [_kept(row) for row in rows if row.agent_id in seen]


def _kept(row: Row[Any]) -> Kept:
    names = ("made_by", "made_at", "closed_at", "outcome", "renewed_from")
    return Kept(commitment_of(row), **{name: getattr(row, name) for name in names})


def commitment_of(row: Row[Any]) -> Commitment:
    """The commitment of a row of its table."""
    names = ("id", "metric", "text", "weeks", "issue_type", "channel", "practice")
    baseline = None
    if row.level is not None:
        level = Span(row.level, row.low, row.high)
        baseline = Baseline(level, row.raw, row.expected, row.reliability)
    return Commitment(
        agent=row.agent_id,
        first_week=date.fromordinal(row.first_week),
        renews=bool(row.renews),
        extended=bool(row.extended),
        baseline=baseline,
        **{name: getattr(row, name) for name in names},
    )
