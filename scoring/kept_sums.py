"""Reads kept sums and durations: whole weeks by the week, the days at either end by the day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    and_,
    func,
    literal,
    select,
    union_all,
)

from scoring.asking import UNANSWERED_TOO, Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.driver import among, asked, rows_of
from scoring.kept import KEPT, first_of_week, slot_for
from scoring.period import Period
from scoring.records import Agent, KeptValues
from scoring.rows import Asked, sums_by_group, week_of

_agents = table_of(Agent)
_values = table_of(KeptValues)
WEEK = 7


@dataclass(frozen=True)
class Grains:
    """A period of whole days: the whole weeks in it, and the days before and after them.

    Each is a first and a last day as ordinals; None where there are none.
    """

    weeks: tuple[int, int] | None
    days: tuple[tuple[int, int], ...]


def grains(period: Period, week_starts: int, *, weekly: bool) -> Grains:
    """How a period is read; ``weekly`` false where the kept weeks begin on another day."""
    first, last = period.first.toordinal(), period.last.toordinal()
    begin = first_of_week(first + WEEK - 1, week_starts)
    end = first_of_week(last + 1, week_starts) - 1
    if not weekly or end < begin:
        return Grains(None, ((first, last),))
    sides = ((first, begin - 1), (end + 1, last))
    return Grains((begin, end), tuple(side for side in sides if side[0] <= side[1]))


@dataclass(frozen=True)
class _Shape:
    """What the text of a query depends on; days and ids only go into it."""

    by: tuple[str, ...]
    agents: bool
    teams: bool
    week_starts: int = 0
    days: int = 0
    weeks: bool = False


def kept_sums(reader: Reader, ask: Ask, wanted: Sequence[Asked]) -> list[dict[Group, Sums]]:
    """Sums of several measures by group, from the kept sums; in the order wanted."""
    week_starts = reader.calendar.week_starts
    whole = grains(ask.period, week_starts, weekly="weeks" in reader.kept)
    shape = replace(
        _shape(ask),
        week_starts=week_starts,
        days=len(whole.days),
        weeks=whole.weeks is not None,
    )
    columns = tuple((one, _only_answered(ask, one)) for one in wanted)
    values = {**_whose(ask), **_ends(whole)}
    rows = rows_of(reader.connection, _summed, shape, columns, about=values)
    return sums_by_group(rows, len(ask.by), len(wanted))


def _shape(ask: Ask) -> _Shape:
    return _Shape(ask.by, ask.scope.agents is not None, ask.scope.teams is not None)


def _whose(ask: Ask) -> dict[str, object]:
    return {"agents": ask.scope.agents, "teams": ask.scope.teams}


def _ends(whole: Grains) -> dict[str, int]:
    """The ends of a period's parts, by the names of their places."""
    sides = {f"side{at}": side for at, side in enumerate(whole.days)}
    spans = sides if whole.weeks is None else {**sides, "weeks": whole.weeks}
    return {
        f"{name}_{end}": day
        for name, days in spans.items()
        for end, day in zip(("first", "last"), days, strict=True)
    }


def _summed(shape: _Shape, wanted: Sequence[tuple[Asked, bool]]) -> CompoundSelect[Any]:
    """One query for each part of the period, so that each goes straight to its rows."""
    columns = [column for one, answered in wanted for column in _columns(one, answered=answered)]
    keys = [_key(shape, name) for name in shape.by]
    spans = [("d", f"side{at}") for at in range(shape.days)]
    spans += [("w", "weeks")] if shape.weeks else []
    query = select(*keys, *columns).where(*_whom(shape))
    return union_all(
        *(query.select_from(_joined(KEPT, _within(*span))).group_by(*keys) for span in spans)
    )


def _within(grain: str, name: str) -> ColumnElement[bool]:
    return and_(
        KEPT.c.grain == grain,
        KEPT.c.answered.in_((0, 1)),
        KEPT.c.day >= asked(f"{name}_first"),
        KEPT.c.day <= asked(f"{name}_last"),
    )


def _columns(one: Asked, *, answered: bool) -> list[ColumnElement[Any]]:
    slot = slot_for(one.credited, one.anchor)
    names = slot.columns if slot is not None else ()
    columns = [KEPT.c[name] for name in names]
    sums = [func.sum(column * KEPT.c.answered if answered else column) for column in columns]
    return [*sums, *[literal(0.0)] * (3 - len(sums))]


def _only_answered(ask: Ask, one: Asked) -> bool:
    """Whether contacts that were never answered do not count for this."""
    return ask.personal and one.credited.measure not in UNANSWERED_TOO


def _joined(table: FromClause, which: ColumnElement[bool]) -> FromClause:
    """The agents with their rows: an outer join is read in this order, whatever looks cheaper."""
    return _agents.outerjoin(table, and_(table.c.agent_id == _agents.c.id, which))


def _key(shape: _Shape, name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _agents.c.id
    if name == "team":
        return _agents.c.team_id
    return week_of(KEPT.c.day, shape.week_starts)


def _whom(shape: _Shape) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if shape.agents:
        conditions.append(among(_agents.c.id, "agents"))
    if shape.teams:
        conditions.append(among(_agents.c.team_id, "teams"))
    if "agent" in shape.by:
        conditions.append(_agents.c.person == 1)
    return conditions


def kept_durations(
    reader: Reader, ask: Ask, one: Asked, weeks: tuple[int, int]
) -> list[tuple[Group, bytes]]:
    """Durations of whole weeks, as 8-byte floats, with their group; shelf by shelf."""
    measure, answered = one.credited.measure, _only_answered(ask, one)
    values = {**_whose(ask), "first": weeks[0], "last": weeks[1]}
    rows = rows_of(reader.connection, _shelves, _shape(ask), measure, answered, about=values)
    return [(row[:-1], row[-1]) for row in rows]


def _shelves(shape: _Shape, measure: str, answered: bool) -> Select[Any]:  # noqa: FBT001 one of a query's arguments
    keys = [_shelf_key(name) for name in shape.by]
    v = _values.c
    there = v.answered == 1 if answered else v.answered.in_((0, 1))
    which = and_(v.measure == measure, there, v.week >= asked("first"), v.week <= asked("last"))
    query = select(*keys, v["values"]).select_from(_joined(_values, which))
    return query.where(*_whom(shape), v["values"].is_not(None))


def _shelf_key(name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _agents.c.id
    return _agents.c.team_id if name == "team" else _values.c.week
