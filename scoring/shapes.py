"""What the text of a query over the records depends on, and what only goes into it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement

from scoring.asking import Ask, Reader
from scoring.columns import to_ms
from scoring.measures import Moment, Rules
from scoring.period import Period

# A condition on records, at a moment, under the workspace's rules.
Condition: TypeAlias = Callable[[Rules, Moment], ColumnElement[bool]]


@dataclass(frozen=True)
class Few:
    """A condition that finds few records by an index of its own: at once, or agent by agent."""

    condition: Condition
    by_agent: bool = False


@dataclass(frozen=True)
class Shape:
    """What the text of a query depends on; days, ids and labels only go into it."""

    rules: Rules
    anchor: str
    by: tuple[str, ...]
    personal: bool
    whole_days: bool
    week_starts: int
    # The ends of weeks as instants, with their first days, where days are not kept in this zone.
    weeks: tuple[tuple[int, int], ...] | None
    agents: bool
    teams: bool
    labels: tuple[str, ...]
    tenure: tuple[int, int | None] | None
    also: Few | None


def shape_of(reader: Reader, ask: Ask, anchor: str, also: Few | None) -> Shape:
    """The shape of what is asked of the records that one moment counts."""
    weeks = None
    if "week" in ask.by and "days" not in reader.kept:
        weeks = tuple(
            (to_ms(week.end(reader.calendar)), reader.calendar.week_of(week.first).toordinal())
            for week in ask.period.weeks(reader.calendar)
        )
    return Shape(
        reader.rules,
        anchor,
        ask.by,
        ask.personal,
        by_days(reader, ask.period),
        reader.calendar.week_starts,
        weeks,
        ask.scope.agents is not None,
        ask.scope.teams is not None,
        tuple(ask.scope.labels),
        ask.scope.tenure,
        also,
    )


def values_of(reader: Reader, ask: Ask) -> dict[str, object]:
    """What goes into a query of any shape."""
    labels = {f"label_{name}": wanted for name, wanted in ask.scope.labels.items()}
    moment = {"ms": reader.moment.ms, "day": reader.moment.day}
    whom = {"agents": ask.scope.agents, "teams": ask.scope.teams}
    return {**labels, **moment, **whom, **ends_of(reader, ask.period)}


def by_days(reader: Reader, period: Period) -> bool:
    """Whether the kept days alone tell what falls into a period."""
    return "days" in reader.kept and period.until is None


def ends_of(reader: Reader, period: Period) -> dict[str, int]:
    """The first and the last day to look at and, where days do not tell, the instants."""
    first, last = period.first.toordinal(), period.last.toordinal()
    if by_days(reader, period):
        return {"first": first, "last": last}
    start, end = to_ms(period.start(reader.calendar)), to_ms(period.end(reader.calendar))
    # Days in another zone are off by one at most; they lead to the index all the same.
    return {"first": first - 1, "last": last + 1, "start": start, "end": end}
