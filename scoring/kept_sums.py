"""Reads kept sums and durations: whole weeks by the week, the days at either end by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select

from scoring.asking import UNANSWERED_TOO, Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.kept import KEPT, first_of_week, slot_for
from scoring.period import Period
from scoring.records import Agent, KeptValues
from scoring.rows import Asked, week_of

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


def kept_sums(reader: Reader, ask: Ask, asked: Sequence[Asked]) -> list[dict[Group, Sums]]:
    """Sums of several measures by group, from the kept sums; in the order asked."""
    columns = [column for one in asked for column in _columns(ask, one)]
    keys = [_key(reader, name) for name in ask.by]
    query = select(*keys, *columns).select_from(_joined(KEPT)).where(*_whom(ask, KEPT))
    query = query.where(_when(reader, ask.period)).group_by(*keys)
    found: list[dict[Group, Sums]] = [{} for _ in asked]
    for row in reader.connection.execute(query):
        group = tuple(row[: len(keys)])
        for at, part in enumerate(found):
            n, total, squares = row[len(keys) + 3 * at :][:3]
            if n:
                part[group] = Sums(float(n), float(total or 0.0), float(squares or 0.0))
    return found


def _columns(ask: Ask, one: Asked) -> list[ColumnElement[Any]]:
    slot = slot_for(one.credited, one.anchor)
    names = slot.columns if slot is not None else ()
    sums = [_only_answered(ask, one, KEPT.c[name]) for name in names]
    return [func.sum(column) for column in sums] + [literal(0.0)] * (3 - len(sums))


def _only_answered(ask: Ask, one: Asked, column: ColumnElement[Any]) -> ColumnElement[Any]:
    if not ask.personal or one.credited.measure in UNANSWERED_TOO:
        return column
    return column * KEPT.c.answered


def _joined(table: FromClause) -> FromClause:
    return _agents.join(table, table.c.agent_id == _agents.c.id)


def _key(reader: Reader, name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _agents.c.id
    if name == "team":
        return _agents.c.team_id
    return week_of(KEPT.c.day, reader.calendar.week_starts)


def _whom(ask: Ask, table: FromClause) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [table.c.answered.in_((0, 1))]
    if ask.scope.agents is not None:
        conditions.append(_agents.c.id.in_(ask.scope.agents))
    if ask.scope.teams is not None:
        conditions.append(_agents.c.team_id.in_(ask.scope.teams))
    if "agent" in ask.by:
        conditions.append(_agents.c.person == 1)
    return conditions


def _when(reader: Reader, period: Period) -> ColumnElement[bool]:
    whole = grains(period, reader.calendar.week_starts, weekly="weeks" in reader.kept)
    spans = [("d", side) for side in whole.days]
    spans += [("w", whole.weeks)] if whole.weeks else []
    return or_(
        *(and_(KEPT.c.grain == grain, KEPT.c.day >= a, KEPT.c.day <= b) for grain, (a, b) in spans)
    )


def kept_durations(
    reader: Reader, ask: Ask, one: Asked, weeks: tuple[int, int]
) -> list[tuple[Group, bytes]]:
    """Durations of whole weeks, as 8-byte floats, with their group; shelf by shelf."""
    keys = [_shelf_key(name) for name in ask.by]
    v = _values.c
    query: Select[Any] = (
        select(*keys, v["values"])
        .select_from(_joined(_values))
        .where(v.measure == one.credited.measure, v.week.between(*weeks), *_whom(ask, _values))
    )
    if ask.personal and one.credited.measure not in UNANSWERED_TOO:
        query = query.where(v.answered == 1)
    # The driver's own rows: there may be fifty thousand, and each is only taken apart.
    rows = reader.connection.execute(query).cursor.fetchall()
    return [(tuple(row[:-1]), row[-1]) for row in rows]


def _shelf_key(name: str) -> ColumnElement[Any]:
    if name == "agent":
        return _agents.c.id
    return _agents.c.team_id if name == "team" else _values.c.week
