"""What reviews have found, kept once they are made known: states, findings, statements.

Publishing the same week again changes nothing where nothing else is said. Where records were
corrected since, what was found is replaced, and every statement that says something else gets a
further revision; one that no longer holds gets a last revision, which withdraws it. Findings are
kept as they are: a field that findings.py gains later needs a default, so that old ones stay
readable.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, and_, delete, func, insert, select

from scoring.coaching.findings import AgentReview, Review, State, TeamEffect
from scoring.coaching.statements import Claim, pack, unpack
from scoring.columns import table_of
from scoring.driver import run_many, upsert
from scoring.review_records import AgentWeekReview, StatementRecord, WeekReview

_weeks = table_of(WeekReview)
_agents = table_of(AgentWeekReview)
_statements = table_of(StatementRecord)
_CLAIM = tuple(field.name for field in fields(Claim) if field.name not in ("agent", "contacts"))


@dataclass(frozen=True, slots=True)
class _Carried:
    """All that the next review reads of what was kept, so that other fields may change."""

    agent: int
    state: State


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it stands: ``revision`` above 1 is a correction; it may be withdrawn."""

    claim: Claim
    revision: int
    withdrawn: bool
    at: datetime


def publish(
    connection: Connection, review: Review, statements: Iterable[Claim], now: datetime
) -> None:
    """Keeps what a review found, as said at an instant, in the caller's transaction."""
    _keep_week(connection, review, now)
    _keep_agents(connection, review)
    _keep_statements(connection, review, statements, now)


def published(connection: Connection, week: date) -> Review | None:
    """The review of a week, by its Monday, as it was last published; None where none was."""
    row = connection.execute(select(_weeks).where(_weeks.c.week == week.toordinal())).first()
    if row is None:
        return None
    query = select(_agents.c.found).where(_agents.c.week == row.week)
    found = map(_agent().validate_json, connection.scalars(query.order_by(_agents.c.agent_id)))
    agents = {one.agent: one for one in found}
    return Review(week, agents, _shared().validate_json(row.shared), row.method, row.constants)


def published_agents(
    connection: Connection, agent: int, first: date, last: date
) -> list[AgentReview]:
    """What was published of an agent's weeks, from one Monday to another, in their order."""
    a = _agents.c
    query = select(a.found).where(
        a.agent_id == agent, a.week.between(first.toordinal(), last.toordinal())
    )
    return list(map(_agent().validate_json, connection.scalars(query.order_by(a.week))))


def last_states(connection: Connection, before: date) -> dict[int, State]:
    """Each agent's state as the last published review before a week left it, however old."""
    a = _agents.c
    latest = (
        select(a.agent_id, func.max(a.week).label("week"))
        .where(a.week < before.toordinal())
        .group_by(a.agent_id)
        .subquery()
    )
    same = and_(latest.c.agent_id == a.agent_id, latest.c.week == a.week)
    found = connection.scalars(select(a.found).join(latest, same))
    carried = map(TypeAdapter(_Carried).validate_json, found)
    return {one.agent: one.state for one in carried}


def statements_of(connection: Connection, week: date, agent: int | None = None) -> list[Said]:
    """The statements of a week as they stand, of one agent or of everybody."""
    query = _standing(week)
    if agent is not None:
        query = query.where(_statements.c.agent_id == agent)
    return [_said(row) for row in connection.execute(query)]


@cache
def _agent() -> TypeAdapter[AgentReview]:
    return TypeAdapter(AgentReview)


@cache
def _shared() -> TypeAdapter[tuple[TeamEffect, ...]]:
    return TypeAdapter(tuple[TeamEffect, ...])


def _keep_week(connection: Connection, review: Review, now: datetime) -> None:
    shared = _shared().dump_json(review.shared).decode()
    row = (review.week.toordinal(), review.version, review.constants, shared)
    known = select(_weeks.c.week, _weeks.c.method, _weeks.c.constants, _weeks.c.shared)
    if connection.execute(known.where(_weeks.c.week == row[0])).first() == row:
        return
    connection.execute(delete(_weeks).where(_weeks.c.week == row[0]))
    told = dict(zip(("week", "method", "constants", "shared"), row, strict=True))
    connection.execute(insert(_weeks).values(reviewed_at=now, **told))


def _keep_agents(connection: Connection, review: Review) -> None:
    week, adapter = review.week.toordinal(), _agent()
    # Whoever's contacts all turned out to be somebody else's has no review of the week any more.
    gone = delete(_agents).where(_agents.c.week == week)
    connection.execute(gone.where(_agents.c.agent_id.not_in(sorted(review.agents))))
    rows = [
        (week, number, adapter.dump_json(one).decode())
        for number, one in sorted(review.agents.items())
    ]
    run_many(connection, upsert(_agents, connection), rows)


def _keep_statements(
    connection: Connection, review: Review, statements: Iterable[Claim], now: datetime
) -> None:
    standing = {
        (said.claim.agent, said.claim.topic): said
        for said in statements_of(connection, review.week)
    }
    rows = []
    for claim in statements:
        old = standing.pop((claim.agent, claim.topic), None)
        if old is None or old.withdrawn or not old.claim.says_as(claim):
            rows.append(_row(review, claim, now, 1 if old is None else old.revision + 1))
    rows += [
        _row(review, old.claim, now, old.revision + 1, withdrawn=True)
        for old in standing.values()
        if not old.withdrawn
    ]
    if rows:
        connection.execute(insert(_statements), rows)


def _row(
    review: Review, claim: Claim, now: datetime, revision: int, *, withdrawn: bool = False
) -> dict[str, Any]:
    return {
        **{name: getattr(claim, name) for name in _CLAIM},
        "agent_id": claim.agent,
        "contacts": pack(claim.contacts),
        "week": review.week.toordinal(),
        "revision": revision,
        "withdrawn": int(withdrawn),
        "said_at": now,
        "method": review.version,
        "constants": review.constants,
    }


def _standing(week: date) -> Select[Any]:
    """The last revision of every statement of a week."""
    s = _statements.c
    latest = (
        select(func.max(s.id).label("id"))
        .where(s.week == week.toordinal())
        .group_by(s.agent_id, s.topic)
        .subquery()
    )
    return (
        select(_statements)
        .join(latest, latest.c.id == s.id)
        .order_by(s.agent_id.nulls_last(), s.topic)
    )


def _said(row: Any) -> Said:
    told = {name: getattr(row, name) for name in _CLAIM}
    claim = Claim(agent=row.agent_id, contacts=unpack(row.contacts), **told)
    return Said(claim, row.revision, bool(row.withdrawn), row.said_at)
