"""When a question is about, and what it is held against."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from scoring.errors import PeriodError
from scoring.period import Period, running, whole
from scoring.query import Against, Compare
from scoring.reading.draft import AskBackError, Draft
from scoring.reading.grammar import (
    AGAINST,
    CHANGED,
    COMPARED,
    MINE,
    MOVE,
    ON,
    PERIOD,
    PERSON,
    RANKED_MOVE,
    TEAM,
    UNREAD,
    VAGUE,
    VERSUS,
    WEEKLY,
)
from scoring.reading.periods import default_period, read_period
from scoring.reading.spans import Span

Some: TypeAlias = Sequence[Span]
UNITS = ("day", "week", "month", "quarter", "year")
_FROM_TO = re.compile(r"(?:from |between )?(.+?) (?:and|to|till|until|-) (.+)", re.IGNORECASE)
_WEEK_DAYS = 7
_SHORT = {"days": "day", "weeks": "week"}


@dataclass(frozen=True)
class Times:
    """The period and what it is compared with."""

    period: Period
    compare: Compare | None


def times_of(items: Some, draft: Draft) -> Times:
    """The period that the words name, or the last four complete weeks; and the comparison.

    Raises:
        AskBackError: they name several, or one that cannot be read.
    """
    _check_read(items)
    own, other = _moved_between(items, draft) or _periods(items)
    compare = _against(items, draft, own)
    if ranges := {one.value: one.said for one in items if one.kind == ON}:
        if other is not None or compare is not None or len(ranges) > 1:
            raise AskBackError("What should be compared with what?")
        return _unit_on_unit(*ranges.popitem(), own, draft)
    if other is not None and compare is not None:
        raise AskBackError("What should it be compared with?")
    if other is not None:
        return _two(own, other, draft)
    if own is None:
        own = _default(items, draft)
    if compare is not None and compare.against == "period" and compare.period is None:
        compare = Compare("period", own.before(draft.world.calendar))
    return Times(own, compare)


def _check_read(items: Some) -> None:
    for one in items:
        if one.kind == UNREAD:
            raise AskBackError(one.value, {one.said: ("last week", "last month", "this month")})


def _default(items: Some, draft: Draft) -> Period:
    period = default_period(draft.world.now, draft.world.calendar)
    vague = [one.said for one in items if one.kind == VAGUE]
    why = f"“{vague[0]}” is read as" if vague else "No period is named, so it is"
    draft.assume(f"{why} the last 4 complete weeks, {period}.")
    return period


def in_weeks(items: Some) -> Some:
    """The meanings, where "week on week" says the rows of a longer time that is named."""
    named = [one.value for one in items if one.kind == PERIOD]
    if not any((one.last - one.first).days >= _WEEK_DAYS for one in named):
        return items
    weekly = (ON, "week")
    return [replace(one, kind=WEEKLY) if (one.kind, one.value) == weekly else one for one in items]


def _unit_on_unit(unit: str, said: str, own: Period | None, draft: Draft) -> Times:
    """A unit against the one before it.

    Raises:
        AskBackError: the time that is named is no such unit.
    """
    if own is not None and (_SHORT.get(own.unit, own.unit), own.count) == (unit, 1):
        return Times(own, Compare("before"))
    if own is not None:
        raise AskBackError(f"“{said}” of {own}? Figures are kept by week.", {said: ("by week",)})
    period = read_period(f"last {unit}", draft.world.now, draft.world.calendar)
    draft.assume(f"“{unit} on {unit}” is read as the last complete {unit} against the one before.")
    return Times(period, Compare("before"))


def _periods(items: Some) -> tuple[Period | None, Period | None]:
    """The period that is asked about and the one it is compared with."""
    own: list[Period] = []
    others: list[Period] = []
    compares = any(one.kind == COMPARED for one in items)
    for at, one in enumerate(items):
        if one.kind != PERIOD:
            continue
        against = at > 0 and items[at - 1].kind == VERSUS
        (others if against else own).append(one.value)
    if compares and len(own) == 2 and not others:  # noqa: PLR2004 two are compared
        first, last = sorted(own, key=lambda one: one.first)
        own, others = [last], [first]
    if len(own) > 1 or len(others) > 1:
        raise AskBackError("That names several periods. Which one do you mean?")
    return next(iter(own), None), next(iter(others), None)


def _moved_between(items: Some, draft: Draft) -> tuple[Period, Period] | None:
    """The two of "the change from Q2 to Q3": one against the other, not the time between."""
    spans = [one for one in items if one.kind == PERIOD]
    moves = any(one.kind in {CHANGED, MOVE, RANKED_MOVE} for one in items)
    halves = _FROM_TO.fullmatch(spans[0].value.words) if len(spans) == 1 and moves else None
    if halves is None:
        return None
    clock = draft.world.now, draft.world.calendar
    try:
        first, last = (read_period(half, *clock) for half in halves.groups())
    except PeriodError:
        return None
    if first.unit != last.unit or first.unit not in UNITS or "day" in first.unit:
        return None
    draft.assume(f"The change is that of {last} against {first}.")
    return last, first


def _two(own: Period | None, other: Period, draft: Draft) -> Times:
    if own is not None and own.is_partial and _is_just_before(own, other, draft):
        draft.assume(f"{own} is compared with the same days of {other}.")
        return Times(own, Compare("before"))
    if own is not None and other.first <= own.last and own.first <= other.last:
        raise AskBackError(f"{own} and {other} overlap. What should be compared with what?")
    if own is not None:
        return Times(own, Compare("period", other))
    unit = _SHORT.get(other.unit, other.unit)
    if unit not in UNITS or other.is_partial:
        raise AskBackError("Which period should be compared with that?")
    calendar, now = draft.world.calendar, draft.world.now
    today = draft.world.today
    period = running(whole(calendar.begin(today, unit), unit), now, calendar)  # type: ignore[arg-type]
    before = period.before(calendar)
    if (before.first, other.count) == (other.first, 1):
        draft.assume(f"This {unit} so far is compared with the same days of {other}.")
        return Times(period, Compare("before"))
    draft.assume(f"This {unit} so far, {period}, is compared with {other}.")
    return Times(period, Compare("period", other))


def _is_just_before(own: Period, other: Period, draft: Draft) -> bool:
    """Whether the other is the whole unit before the one that is still running."""
    before = own.before(draft.world.calendar)
    return own.unit == other.unit and (before.first, other.count) == (other.first, own.count)


def _against(items: Some, draft: Draft, own: Period | None) -> Compare | None:
    """The comparison that is no period by name."""
    found = [one for one in items if one.kind == AGAINST]
    people = any(one.kind == PERSON for one in items)
    if people and any(one.kind == COMPARED for one in items):
        found += [one for one in items if one.kind in {MINE, TEAM}]
    if not found:
        return None
    if len({one.kind + str(one.value) for one in found}) > 1:
        raise AskBackError("What should it be compared with?")
    return _compare(found[0], draft, own)


def _compare(one: Span, draft: Draft, own: Period | None) -> Compare:
    value = str(one.value)
    if value == "team_average" or one.kind in {MINE, TEAM}:
        draft.assume(f"“{one.said}” is read as the team's median.")
        return Compare("team_median")
    if value in {"team_median", "rest", "target", "before"}:
        against: Against = value  # type: ignore[assignment]
        return Compare(against)
    if own is None:
        raise AskBackError(f"“{one.said}” does not say before what. Which period do you mean?")
    if value == "four_weeks" or (own.is_partial and own.unit == value):
        return Compare("before")
    if _SHORT.get(own.unit, own.unit) == value:
        return Compare("period", own.before(draft.world.calendar))
    return Compare("period", unit_before(own, value, draft))


def unit_before(own: Period, unit: str, draft: Draft) -> Period:
    """The whole day, week, month, quarter or year before the one that a period begins in."""
    begin = draft.world.calendar.begin(own.first, unit)  # type: ignore[arg-type]
    last = begin - timedelta(days=1)
    first = draft.world.calendar.begin(last, unit)  # type: ignore[arg-type]
    return replace(whole(first, unit), words="")  # type: ignore[arg-type]
