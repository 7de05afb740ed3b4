"""Follows commitments week by week, and closes, extends or renews them at their end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, case, func, insert, or_, select, update

from scoring.coaching.findings import AgentReview, Change
from scoring.coaching.progress import (
    Commitment,
    Progress,
    Standing,
    baseline_of,
    ending,
    judge,
    progress,
)
from scoring.columns import table_of
from scoring.commitments import agreed_weeks, commitment_of, stood
from scoring.loop_records import CommitmentRow, CommitmentWeek

WEEK = timedelta(weeks=1)
_commitments = table_of(CommitmentRow)
_weeks = table_of(CommitmentWeek)
_c, _w = _commitments.c, _weeks.c


def follow(
    connection: Connection, week: date, reviews: Mapping[int, AgentReview], at: datetime
) -> dict[int, Progress]:
    """Judges all open commitments by a week's reviews, in the order of weeks, and keeps it.

    What was told of a week stays as it was told: the same week again gives the same. A commitment
    whose weeks are over is closed, extended or renewed, by ``scoring.coaching.progress.ending``.

    Args:
        connection: a writing one.
        week: the Monday of the week that was reviewed.
        reviews: its reviews, by agent.
        at: when that is.

    Returns:
        What the week's note says, by agent.
    """
    for row in connection.execute(_beginning(week)).all():
        if row.agent_id in reviews:
            _note_level(connection, commitment_of(row), reviews[row.agent_id])
    found = look(connection, week, reviews)
    for agent, one in found.items():
        if week not in _told(connection, one.commitment.id):
            _keep(connection, one, reviews.get(agent), at)
    return found


def look(
    connection: Connection,
    week: date,
    reviews: Mapping[int, AgentReview],
    agent: int | None = None,
) -> dict[int, Progress]:
    """What a week's note says of commitments, by agent: as it was told or, before, as it will be.

    Of one agent, or of everybody. Changes nothing.
    """
    concerned = _concerned(week)
    if agent is not None:
        concerned = concerned.where(_c.agent_id == agent)
    found = {}
    for row in connection.execute(concerned).all():
        seen = _looked(connection, commitment_of(row), week, reviews.get(row.agent_id))
        if seen is not None:
            found[row.agent_id] = seen
    return found


def first_to_judge(connection: Connection) -> date | None:
    """The first week that is still to be judged of any open commitment; None where none is open.

    Where it is not known how the metric stood, that is the week before the commitment's first.
    """
    told = (
        select(_w.commitment_id, func.max(_w.week).label("last"))
        .group_by(_w.commitment_id)
        .subquery()
    )
    begins = case((_c.level.is_(None), _c.first_week - 7), else_=_c.first_week)
    query = (
        select(func.min(func.coalesce(told.c.last + 7, begins)))
        .select_from(_commitments.outerjoin(told, told.c.commitment_id == _c.id))
        .where(_c.closed_at.is_(None))
    )
    first = connection.scalar(query)
    return None if first is None else date.fromordinal(first)


def _concerned(week: date) -> Select[Any]:
    """The commitments that are open in a week, or were told of it before."""
    day = week.toordinal()
    before = select(_w.commitment_id).where(_w.week == day)
    open_now = _c.closed_at.is_(None) & (_c.first_week <= day)
    return select(_commitments).where(or_(open_now, _c.id.in_(before))).order_by(_c.id)


def _beginning(week: date) -> Select[Any]:
    """The commitments that begin a week later and whose level is not known yet."""
    day = week.toordinal()
    return select(_commitments).where(
        _c.closed_at.is_(None), _c.first_week == day + 7, _c.level.is_(None)
    )


def _note_level(connection: Connection, commitment: Commitment, review: AgentReview) -> None:
    level = stood(baseline_of(commitment.metric, review))
    if level:
        connection.execute(update(_commitments).where(_c.id == commitment.id).values(**level))


def _looked(
    connection: Connection, commitment: Commitment, week: date, review: AgentReview | None
) -> Progress | None:
    """One commitment after one week; None for a week before one that was told already."""
    told = _told(connection, commitment.id)
    if week in told:
        row = told[week]
        again = commitment.extended and row.weeks == commitment.weeks
        as_told = replace(commitment, weeks=row.weeks, extended=again)
        return progress(as_told, week, review, _standing(row), row.ending)
    if told and week < max(told):
        return None
    before = _standing(told[max(told)]) if told else Standing()
    # A change that began after the last week is no longer this commitment's.
    over = week > commitment.last_week
    standing = before if over else judge(commitment, review, before)
    end = ending(commitment, standing) if week >= commitment.last_week else ""
    return progress(commitment, week, review, standing, end)


def _told(connection: Connection, commitment_id: int) -> dict[date, Row[Any]]:
    """What was told of a commitment, by week."""
    query = select(_weeks).where(_w.commitment_id == commitment_id)
    return {date.fromordinal(row.week): row for row in connection.execute(query).all()}


def _standing(row: Row[Any]) -> Standing:
    since = None if row.since is None else date.fromordinal(row.since)
    change = None if row.change is None else _change().validate_json(row.change)
    return Standing(row.verdict, row.why, since, row.judged, change)


def _change() -> TypeAdapter[Change]:
    return TypeAdapter(Change)


def _keep(
    connection: Connection, told: Progress, review: AgentReview | None, at: datetime
) -> None:
    """Writes down what is told of a week, and what follows from it."""
    commitment, standing = told.commitment, told.standing
    change = standing.change
    row = {
        "commitment_id": commitment.id,
        "week": told.week.toordinal(),
        "weeks": commitment.weeks,
        "verdict": standing.verdict,
        "why": standing.why,
        "since": None if standing.since is None else standing.since.toordinal(),
        "judged": standing.judged,
        "change": None if change is None else _change().dump_json(change).decode(),
        "ending": told.ending,
    }
    connection.execute(insert(_weeks).values(**row))
    if told.ending:
        _end(connection, told, at)
    if told.ending == "renewed":
        _begin_again(connection, told, review, at)


def _end(connection: Connection, told: Progress, at: datetime) -> None:
    """Doubles the weeks of a commitment, or closes it."""
    if told.ending == "extended":
        values: dict[str, Any] = {"weeks": 2 * told.commitment.weeks, "extended": 1}
    else:
        values = {"closed_at": at, "outcome": told.standing.verdict}
    where = _c.id == told.commitment.id
    connection.execute(update(_commitments).where(where).values(**values))


def _begin_again(
    connection: Connection, told: Progress, review: AgentReview | None, at: datetime
) -> None:
    """The same commitment from the next week on, against the level as it is now."""
    old = connection.execute(select(_commitments).where(_c.id == told.commitment.id)).one()
    kept = ("agent_id", "made_by", "metric", "text", "issue_type", "channel", "practice", "renews")
    row = {
        **{name: getattr(old, name) for name in kept},
        "made_at": at,
        "first_week": (told.week + WEEK).toordinal(),
        "weeks": agreed_weeks(told.commitment),
        "renewed_from": old.id,
    }
    baseline = None if review is None else baseline_of(told.commitment.metric, review)
    connection.execute(insert(_commitments).values(**row, **stood(baseline)))


def standings(connection: Connection, commitment_id: int) -> dict[date, Standing]:
    """How a commitment stood after each week that was told, in their order."""
    told = _told(connection, commitment_id)
    return {week: _standing(told[week]) for week in sorted(told)}
