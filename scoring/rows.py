"""Reads sums and durations from the records themselves: any grouping, any filter, any zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select

from scoring.asking import COHORTS, LABELS, UNANSWERED_TOO, Ask, Group, Reader, Sums
from scoring.columns import table_of, to_ms
from scoring.credit import Credited, sums_of
from scoring.facts import milliseconds, resolution
from scoring.measures import MEASURES
from scoring.period import Period
from scoring.records import Agent, Interaction

_i = table_of(Interaction).c
_interactions = table_of(Interaction)
_agents = table_of(Agent)


@dataclass(frozen=True)
class Asked:
    """A measure under a rule of credit, counted by one of the four moments."""

    credited: Credited
    anchor: str

    @property
    def matures(self) -> bool:
        """Whether it counts only once the repeat window is over."""
        return MEASURES[self.credited.measure].matures


def row_sums(
    reader: Reader, ask: Ask, asked: Sequence[Asked], also: ColumnElement[bool] | None = None
) -> list[dict[Group, Sums]]:
    """Sums of several measures of one anchor by group, from the records; in the order asked.

    Args:
        reader: who reads.
        ask: what is asked for.
        asked: the measures; all of one anchor.
        also: a condition that finds few records; where given, only they are looked at, and what is
            pending is counted too.
    """
    anchor = asked[0].anchor
    values = [_value(reader, ask, one, counting_pending=also is not None) for one in asked]
    columns = [value.label(f"m{at}") for at, value in enumerate(values)]
    keys = [key.label(f"k{at}") for at, key in enumerate(_keys(reader, ask, anchor))]
    rows = _rows(reader, ask, anchor, [*keys, _i.share, *columns], also).offset(0).subquery()
    sums = [
        part
        for at, one in enumerate(asked)
        for part in sums_of(rows.c[f"m{at}"], rows.c.share if one.credited.shared else None)
    ]
    groups = [rows.c[f"k{at}"] for at in range(len(keys))]
    found: list[dict[Group, Sums]] = [{} for _ in asked]
    for row in reader.connection.execute(select(*groups, *sums).group_by(*groups)):
        group = tuple(row[: len(groups)])
        for at, part in enumerate(found):
            n, total, squares = row[len(groups) + 3 * at :][:3]
            if n:
                part[group] = Sums(float(n), float(total or 0.0), float(squares or 0.0))
    return found


def row_values(reader: Reader, ask: Ask, one: Asked) -> list[tuple[Group, float]]:
    """Each record's value with its group, from the records."""
    value = _value(reader, ask, one, counting_pending=False)
    keys = [key.label(f"k{at}") for at, key in enumerate(_keys(reader, ask, one.anchor))]
    rows = _rows(reader, ask, one.anchor, [*keys, value.label("value")], None).offset(0).subquery()
    query = select(*rows.c).where(rows.c.value.is_not(None))
    return [(tuple(row[:-1]), float(row[-1])) for row in reader.connection.execute(query).all()]


def _value(
    reader: Reader, ask: Ask, one: Asked, *, counting_pending: bool
) -> ColumnElement[float]:
    value: ColumnElement[Any] = one.credited.value(reader.rules)
    measure = MEASURES[one.credited.measure]
    conditions = []
    if ask.personal and measure.name not in UNANSWERED_TOO:
        conditions.append(_i.answered == 1)
    if measure.pending is not None and not counting_pending:
        pending = measure.pending(reader.rules, reader.moment)
        conditions.append(not_(func.coalesce(pending, literal(value=False))))
    return case((and_(*conditions), value)) if conditions else value


def _rows(
    reader: Reader,
    ask: Ask,
    anchor: str,
    columns: Sequence[ColumnElement[Any]],
    also: ColumnElement[bool] | None,
) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(_interactions)
        .where(*within(reader, ask.period, anchor, indexed=also is None))
    )
    if also is not None:
        query = query.where(also)
    for name, wanted in ask.scope.labels.items():
        query = query.where(func.coalesce(_i[name], "unknown").in_(wanted))
    if ask.scope.agents is not None:
        query = query.where(_i.agent_id.in_(ask.scope.agents))
    if {"agent", "team", "cohort"} & set(ask.by) or ask.scope.teams or ask.scope.tenure:
        query = query.join(_agents, _agents.c.id == _i.agent_id)
        if ask.scope.tenure is not None:
            query = query.where(worked(anchor, *ask.scope.tenure))
        if ask.scope.teams is not None:
            query = query.where(_agents.c.team_id.in_(ask.scope.teams))
        if "agent" in ask.by:
            query = query.where(_agents.c.person == 1)
    return query


def instant_of(anchor: str) -> ColumnElement[int]:
    """The moment that puts a record into a period, in milliseconds."""
    return resolution if anchor == "resolved" else milliseconds(_i[f"{anchor}_at"])


def within(
    reader: Reader, period: Period, anchor: str, *, indexed: bool = True
) -> list[ColumnElement[bool]]:
    """What makes a record fall into a period: by its kept local day, and by instants if need be.

    With ``indexed`` false the database is kept from looking the days up in their index.
    """
    first, last = period.first.toordinal(), period.last.toordinal()
    if "days" in reader.kept and period.until is None:
        return [_between(anchor, first, last, indexed=indexed)]
    at = instant_of(anchor)
    start, end = to_ms(period.start(reader.calendar)), to_ms(period.end(reader.calendar))
    # Days in another zone are off by one at most; they lead to the index all the same.
    return [_between(anchor, first - 1, last + 1, indexed=indexed), at >= start, at < end]


def _between(anchor: str, first: int, last: int, *, indexed: bool) -> ColumnElement[bool]:
    """Whether a local day lies in a span: by the day a record ends on, else by a smaller index."""
    day, end = _i[f"{anchor}_day"], _i.ended_day
    if not indexed:
        return (day + 0).between(first, last)
    if anchor == "ended":
        return end.between(first, last)
    return or_(
        and_(day == end, end.between(first, last)), and_(day != end, day.between(first, last))
    )


def _keys(reader: Reader, ask: Ask, anchor: str) -> list[ColumnElement[Any]]:
    return [_key(reader, ask, anchor, name) for name in ask.by]


def _key(reader: Reader, ask: Ask, anchor: str, name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _i.agent_id
    if name == "team":
        return _agents.c.team_id
    if name in LABELS:
        return _i[name]
    if name == "cohort":
        return case(*((worked(anchor, *days), told) for told, days in COHORTS.items()))
    if "days" in reader.kept:
        return week_of(_i[f"{anchor}_day"], reader.calendar.week_starts)
    at = instant_of(anchor)
    weeks = ask.period.weeks(reader.calendar)
    ends = [
        (at < to_ms(week.end(reader.calendar)), reader.calendar.week_of(week.first).toordinal())
        for week in weeks
    ]
    return case(*ends)


def worked(anchor: str, first: int, after: int | None) -> ColumnElement[bool]:
    """Whether an agent, who must be joined, had so many days in the job: from, up to without."""
    days = _i[f"{anchor}_day"] - _agents.c.started_on
    return and_(days >= first, *(() if after is None else (days < after,)))


def week_of(day: ColumnElement[int], week_starts: int) -> ColumnElement[int]:
    """The ordinal of the first day of a day's week."""
    return day - (day - 1 - week_starts) % 7
