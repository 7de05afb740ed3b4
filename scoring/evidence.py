"""From a figure to the contacts behind it: what was counted, what was not, and why.

The contacts counted add up to the figure: their number is its n, their values make its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    not_,
    select,
)

from scoring.asking import UNANSWERED_TOO, Ask, Group, Reader, Sums
from scoring.columns import from_ms, table_of
from scoring.credit import Credited
from scoring.errors import EvidenceError
from scoring.estimate import Estimate, nothing, share
from scoring.facts import handled
from scoring.kpis import FROM_RECORDS, Kpi
from scoring.measures import MEASURES
from scoring.period import Period
from scoring.records import Agent, Interaction, Source
from scoring.rows import instant_of, within
from scoring.scorecard import POINTS, estimate

WEEK = timedelta(weeks=1)
# Why a contact counts or not, in the order in which it is asked.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "excluded": "marked as one that no figure counts",
        "another": "counts for another agent of the same contact",
        "unanswered": "was never answered, so it counts for the team only",
        "not_handled": "was handled by no agent",
        "unknown": "the record does not say",
        "early": "too early to tell",
        "counted": "counted",
    }
)
_interactions = table_of(Interaction)
_i = _interactions.c
_agents = table_of(Agent)
_sources = table_of(Source)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a figure rests on: the estimate that the contacts give, and how many by reason."""

    kpi: Kpi
    estimate: Estimate
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact behind a figure, by the ids of its source.

    ``at`` is the moment that puts it into the period. ``value`` is what it tells, 1 and 0 for yes
    and no, None where it says nothing; ``weight`` the part of it that counts, 0 where none does;
    ``reason`` one of REASONS, ``excluded`` the reason that the source or a decision gave.
    """

    id: int
    source: str
    interaction: str
    agent: str
    at: datetime
    channel: str
    issue_type: str | None
    value: float | None
    weight: float
    reason: str
    excluded: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which contacts are wanted: those of one reason or all, so many, after so many.

    ``value`` are only those that tell it; ``order`` is by time, the latest first, or by value.
    """

    reason: str | None = None
    size: int = 20
    skip: int = 0
    value: float | None = None
    order: Literal["time", "latest", "high", "low"] = "time"


def evidence(reader: Reader, ask: Ask, kpi: Kpi, group: Group = ()) -> Evidence:
    """What one figure of an ask rests on; ``group`` is one of its groups.

    Raises:
        EvidenceError: the KPI is made of more than contacts.
    """
    rows = _rows(reader, ask, kpi, group).subquery()
    value, weight, counted = rows.c.value, rows.c.weight, rows.c.reason == "counted"
    query = select(
        rows.c.reason,
        func.count(),
        func.sum(case((counted, weight), else_=0.0)),
        func.sum(case((counted, weight * value), else_=0.0)),
        func.sum(case((counted, weight * value * value), else_=0.0)),
    ).group_by(rows.c.reason)
    found = reader.connection.execute(query).all()
    reasons = {row[0]: row[1] for row in found}
    ordered = {name: reasons[name] for name in REASONS if name in reasons}
    sums = sum((Sums(*map(float, row[2:])) for row in found), Sums())
    return Evidence(kpi, _estimate(reader, ask, kpi, group, sums), ordered)


def contacts(reader: Reader, ask: Ask, kpi: Kpi, group: Group, page: Page) -> list[Contact]:
    """A page of the contacts behind a figure, in the order of time or as the page says.

    Raises:
        EvidenceError: the KPI is made of more than contacts.
    """
    rows = _rows(reader, ask, kpi, group).subquery()
    first = {
        "latest": (rows.c.at.desc(),),
        "high": (rows.c.value.desc(), rows.c.at.desc()),
        "low": (rows.c.value, rows.c.at.desc()),
    }.get(page.order, (rows.c.at,))
    query = select(rows).where(*_wanted(rows, page)).order_by(*first, rows.c.id)
    found = reader.connection.execute(query.limit(page.size).offset(page.skip))
    return [_contact(row) for row in found]


def number_of(reader: Reader, ask: Ask, kpi: Kpi, group: Group, page: Page) -> int:
    """How many contacts there are of the kind that a page wants.

    Raises:
        EvidenceError: the KPI is made of more than contacts.
    """
    rows = _rows(reader, ask, kpi, group).subquery()
    query = select(func.count()).select_from(rows).where(*_wanted(rows, page))
    return int(reader.connection.scalar(query) or 0)


def _wanted(rows: Subquery, page: Page) -> list[ColumnElement[bool]]:
    wanted = {"reason": page.reason, "value": page.value}
    return [rows.c[name] == one for name, one in wanted.items() if one is not None]


def _contact(row: Any) -> Contact:
    counted = row.reason == "counted"
    return Contact(
        id=row.id,
        source=row.source,
        interaction=row.external_id,
        agent=row.name_key,
        at=from_ms(row.at),
        channel=row.channel,
        issue_type=row.issue_type,
        value=None if row.value is None else float(row.value),
        weight=float(row.weight) if counted else 0.0,
        reason=row.reason,
        excluded=row.excluded,
    )


def _rows(reader: Reader, ask: Ask, kpi: Kpi, group: Group) -> Select[Any]:
    """Every record of the period and scope: what it tells, and whether and why it counts."""
    if kpi.kind not in FROM_RECORDS or kpi.measure not in MEASURES or kpi.counted == "day":
        raise EvidenceError(
            f"{kpi.name} is made of more than contacts: {kpi.formula}. Ask for a KPI of contacts;"
            " `evenkeel kpis` lists them all."
        )
    credited = Credited(kpi.measure, kpi.credit)
    at = instant_of(kpi.counted)
    columns = (
        *(_i.id, _i.external_id, _i.channel, _i.issue_type, _i.excluded),
        _agents.c.name_key,
        _sources.c.name.label("source"),
        at.label("at"),
        MEASURES[kpi.measure].value(reader.rules).label("value"),
        (_i.share if credited.shared else literal(1.0)).label("weight"),
        _reason(reader, ask, credited).label("reason"),
    )
    joined = _interactions.join(_agents, _agents.c.id == _i.agent_id).join(
        _sources, _sources.c.id == _i.source_id
    )
    return select(*columns).select_from(joined).where(*_where(reader, ask, kpi, group))


def _where(reader: Reader, ask: Ask, kpi: Kpi, group: Group) -> list[ColumnElement[bool]]:
    period, keys = ask.period, dict(zip(ask.by, group, strict=True)) if group else {}
    if "week" in keys:
        period = _week_of(period, date.fromordinal(int(str(keys["week"]))))
    scope = ask.scope
    conditions = within(reader, period, kpi.counted)
    conditions += [
        func.coalesce(_i[name], "unknown").in_(wanted) for name, wanted in scope.labels.items()
    ]
    if scope.agents is not None:
        conditions.append(_i.agent_id.in_(scope.agents))
    if scope.teams is not None:
        conditions.append(_agents.c.team_id.in_(scope.teams))
    if "agent" in ask.by:
        conditions.append(_agents.c.person == 1)
    for name, wanted in keys.items():
        if name != "week":
            conditions.append(_column(name).is_not_distinct_from(wanted))
    return conditions


def _week_of(period: Period, first: date) -> Period:
    """The part of a period that lies in a week."""
    last = first + WEEK - timedelta(days=1)
    until = period.until if last >= period.last else None
    return Period(max(first, period.first), min(last, period.last), until)


def _column(name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _i.agent_id
    column: ColumnElement[Any] = _agents.c.team_id if name == "team" else _i[name]
    return column


def _reason(reader: Reader, ask: Ask, credited: Credited) -> ColumnElement[str]:
    """The first reason that holds; the same conditions as those by which figures are made."""
    measure = MEASURES[credited.measure]
    told = credited.value(reader.rules).is_not(None)
    early: ColumnElement[bool] = literal(value=False)
    if measure.pending is not None:
        early = func.coalesce(measure.pending(reader.rules, reader.moment), literal(value=False))
    personal = ask.personal and measure.name not in UNANSWERED_TOO
    return case(
        (and_(_i.excluded.is_not(None), not_(told)), "excluded"),
        (_elsewhere(credited), "another"),
        (and_(literal(value=personal), _i.answered != 1), "unanswered"),
        (and_(told, early), "early"),
        (told, "counted"),
        (not_(handled), "not_handled"),
        else_="unknown",
    )


def _elsewhere(credited: Credited) -> ColumnElement[bool]:
    """Whether another part of the same contact is the one that counts."""
    if credited.credit == "first":
        return _i.part != 1
    if credited.credit == "closer":
        return _i.last_part != 1
    return and_(literal(credited.shared), _i.share <= 0)


def _estimate(reader: Reader, ask: Ask, kpi: Kpi, group: Group, sums: Sums) -> Estimate:
    if kpi.kind in POINTS:
        return _quantile(reader, ask, kpi, group)
    if kpi.kind == "part_of":
        return _part(reader, ask, kpi, group, sums)
    return estimate(kpi, sums) if sums.n > 0 else nothing("no_records")


def _quantile(reader: Reader, ask: Ask, kpi: Kpi, group: Group) -> Estimate:
    # It brings numpy, a tenth of a second that other evidence does not need.
    from scoring.quantiles import quantile  # noqa: PLC0415 only this needs it

    rows = _rows(reader, ask, kpi, group).subquery()
    query = select(rows.c.value).where(rows.c.reason == "counted")
    values = [float(value) for value in reader.connection.scalars(query)]
    return quantile(values, POINTS[kpi.kind]) if values else nothing("no_records")


def _part(reader: Reader, ask: Ask, kpi: Kpi, group: Group, sums: Sums) -> Estimate:
    """A channel's share of all contacts of its group; none where channels are not asked for."""
    if "channel" not in ask.by:
        return nothing("no_records")
    place = ask.by.index("channel")
    rest = (*group[:place], *group[place + 1 :])
    by = (*ask.by[:place], *ask.by[place + 1 :])
    rows = _rows(reader, replace(ask, by=by), kpi, rest).subquery()
    query = select(func.count()).select_from(rows).where(rows.c.reason == "counted")
    return share(float(reader.connection.scalar(query) or 0), sums.n)
