"""Reads sums and durations from the records themselves: any grouping, any filter, any zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from scoring.asking import COHORTS, LABELS, UNANSWERED_TOO, Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.credit import Credited, sums_of
from scoring.driver import among, asked, rows_of
from scoring.facts import milliseconds, resolution
from scoring.measures import MEASURES, Moment
from scoring.period import Period
from scoring.records import Agent, Interaction
from scoring.shapes import Few, Shape, by_days, ends_of, shape_of, values_of

_i = table_of(Interaction).c
_interactions = table_of(Interaction)
_agents = table_of(Agent)


# So that a subquery is not taken apart, and its expressions worked out several times.
ALL = 1 << 62
# The moment of looking, as a place in a query; expressions take it for the numbers it stands for.
_MOMENT = Moment(cast("int", asked("ms")), cast("int", asked("day")))


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
    reader: Reader, ask: Ask, wanted: Sequence[Asked], also: Few | None = None
) -> list[dict[Group, Sums]]:
    """Sums of several measures of one anchor by group, from the records; in the order wanted.

    Args:
        reader: who reads.
        ask: what is asked for.
        wanted: the measures; all of one anchor.
        also: a condition that finds few records; where given, only they are looked at, and what is
            pending is counted too.
    """
    shape = shape_of(reader, ask, wanted[0].anchor, also)
    measured = tuple(one.credited for one in wanted)
    rows = rows_of(reader.connection, _summed, shape, measured, about=values_of(reader, ask))
    return sums_by_group(rows, len(ask.by), len(wanted))


def sums_by_group(
    rows: Iterable[tuple[Any, ...]], keys: int, count: int
) -> list[dict[Group, Sums]]:
    """Each of so many measures' sums by group.

    Rows are a group, then three sums a measure; a group may come in several rows.
    """
    found: list[dict[Group, Sums]] = [{} for _ in range(count)]
    for row in rows:
        group = row[:keys]
        for at, part in enumerate(found):
            n, total, squares = row[keys + 3 * at : keys + 3 * at + 3]
            if n:
                sums = Sums(float(n), float(total or 0.0), float(squares or 0.0))
                part[group] = part[group] + sums if group in part else sums
    return found


def _summed(shape: Shape, measured: Sequence[Credited]) -> Select[Any]:
    values = [_value(shape, one) for one in measured]
    columns = [value.label(f"m{at}") for at, value in enumerate(values)]
    keys = [_key(shape, name).label(f"k{at}") for at, name in enumerate(shape.by)]
    rows = _rows(shape, [*keys, _i.share, *columns])
    sums = [
        part
        for at, one in enumerate(measured)
        for part in sums_of(rows.c[f"m{at}"], rows.c.share if one.shared else None)
    ]
    groups = [rows.c[f"k{at}"] for at in range(len(keys))]
    return select(*groups, *sums).group_by(*groups)


def row_values(reader: Reader, ask: Ask, one: Asked) -> list[tuple[Group, float]]:
    """Each record's value with its group, from the records."""
    shape = shape_of(reader, ask, one.anchor, None)
    rows = rows_of(reader.connection, _valued, shape, one.credited, about=values_of(reader, ask))
    return [(row[:-1], float(row[-1])) for row in rows]


def _valued(shape: Shape, one: Credited) -> Select[Any]:
    keys = [_key(shape, name).label(f"k{at}") for at, name in enumerate(shape.by)]
    value = _value(shape, one).label("value")
    rows = _rows(shape, [*keys, value])
    return select(*rows.c).where(rows.c.value.is_not(None))


def _value(shape: Shape, one: Credited) -> ColumnElement[float]:
    value: ColumnElement[Any] = one.value(shape.rules)
    measure = MEASURES[one.measure]
    conditions = []
    if shape.personal and measure.name not in UNANSWERED_TOO:
        conditions.append(_i.answered == 1)
    if measure.pending is not None and shape.also is None:
        pending = measure.pending(shape.rules, _MOMENT)
        conditions.append(not_(func.coalesce(pending, literal(value=False))))
    return case((and_(*conditions), value)) if conditions else value


def _rows(shape: Shape, columns: Sequence[ColumnElement[Any]]) -> Subquery:
    """The records' own columns, each record once; the database works each out once."""
    if shape.also is None and shape.anchor != "ended":
        parts = [
            _some(shape, columns, which, agent)
            for which, agent in zip(
                _by_two_indexes(shape.anchor, *_DAYS), (_i.agent_id, _i.agent_id + 0), strict=True
            )
        ]
        return union_all(*parts).limit(ALL).subquery()
    indexed = shape.also is None
    which = _between(shape.anchor, *_DAYS, indexed=indexed)
    led_elsewhere = shape.also is not None and not shape.also.by_agent
    agent = _i.agent_id + 0 if led_elsewhere else _i.agent_id
    return _some(shape, columns, which, agent).limit(ALL).subquery()


def _some(
    shape: Shape,
    columns: Sequence[ColumnElement[Any]],
    which: ColumnElement[bool],
    agent: ColumnElement[int],
) -> Select[Any]:
    """The columns of some of the records; ``agent`` is written so that the right index leads."""
    query = select(*columns).select_from(_interactions).where(which, *_of_whom(shape, agent))
    if not shape.whole_days:
        query = query.where(*_among_instants(shape.anchor, *_INSTANTS))
    if shape.also is not None:
        query = query.where(shape.also.condition(shape.rules, _MOMENT))
    for name in shape.labels:
        query = query.where(among(func.coalesce(_i[name], "unknown"), f"label_{name}"))
    if {"agent", "team", "cohort"} & set(shape.by) or shape.tenure is not None:
        query = query.join(_agents, _agents.c.id == agent)
        if shape.tenure is not None:
            query = query.where(worked(shape.anchor, *shape.tenure))
        if "agent" in shape.by:
            query = query.where(_agents.c.person == 1)
    return query


def _of_whom(shape: Shape, agent: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Whose records are looked at: some people's, some teams', or everybody's."""
    conditions = [among(agent, "agents")] if shape.agents else []
    everybody = not shape.agents and shape.also is not None and shape.also.by_agent
    if shape.teams or everybody:
        people = _agents.alias("people")
        ids = select(people.c.id)
        if shape.teams:
            ids = ids.where(among(people.c.team_id, "teams"))
        conditions.append(agent.in_(ids))
    return conditions


def instant_of(anchor: str) -> ColumnElement[int]:
    """The moment that puts a record into a period, in milliseconds."""
    return resolution if anchor == "resolved" else milliseconds(_i[f"{anchor}_at"])


def within(reader: Reader, period: Period, anchor: str) -> list[ColumnElement[bool]]:
    """What makes a record fall into a period: by its kept local day and, if need be, instants."""
    ends = {name: literal(value, BigInteger) for name, value in ends_of(reader, period).items()}
    days = _between(anchor, ends["first"], ends["last"], indexed=True)
    if by_days(reader, period):
        return [days]
    return [days, *_among_instants(anchor, ends["start"], ends["end"])]


_DAYS, _INSTANTS = (asked("first"), asked("last")), (asked("start"), asked("end"))


def _among_instants(
    anchor: str, start: ColumnElement[int], end: ColumnElement[int]
) -> tuple[ColumnElement[bool], ...]:
    at = instant_of(anchor)
    return at >= start, at < end


def _between(
    anchor: str, first: ColumnElement[int], last: ColumnElement[int], *, indexed: bool
) -> ColumnElement[bool]:
    """Whether a local day lies in a span; the database may be kept from looking it up."""
    if not indexed:
        return (_i[f"{anchor}_day"] + 0).between(first, last)
    if anchor == "ended":
        return _i.ended_day.between(first, last)
    return or_(*_by_two_indexes(anchor, first, last))


def _by_two_indexes(
    anchor: str, first: ColumnElement[int], last: ColumnElement[int]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """A span of local days in two: of records that end on the same day, and of the few others."""
    day, end = _i[f"{anchor}_day"], _i.ended_day
    same = and_(day == end, end.between(first, last))
    return same, and_(day != end, day.between(first, last))


def _key(shape: Shape, name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _i.agent_id
    if name == "team":
        return _agents.c.team_id
    if name in LABELS:
        return _i[name]
    if name == "cohort":
        return case(*((worked(shape.anchor, *days), told) for told, days in COHORTS.items()))
    if shape.weeks is None:
        return week_of(_i[f"{shape.anchor}_day"], shape.week_starts)
    at = instant_of(shape.anchor)
    return case(*((at < end, first) for end, first in shape.weeks))


def worked(anchor: str, first: int, after: int | None) -> ColumnElement[bool]:
    """Whether an agent, who must be joined, had so many days in the job: from, up to without."""
    days = _i[f"{anchor}_day"] - _agents.c.started_on
    return and_(days >= first, *(() if after is None else (days < after,)))


def week_of(day: ColumnElement[int], week_starts: int) -> ColumnElement[int]:
    """The ordinal of the first day of a day's week."""
    return day - (day - 1 - week_starts) % 7
