"""Days, weeks, months, quarters and years counted from today: "yesterday", "last week"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from scoring.period import DAY, Unit, moved
from scoring.reading.dates import EARLIEST, Clock, Named, Said, match, read_unit, rules
from scoring.reading.words import (
    COMPLETE,
    COUNT,
    HALF,
    LAST,
    MONTH,
    NUMBERS,
    QUARTER,
    TO_DATE,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    refuse,
)


def read_relative(text: str, clock: Clock) -> Named | None:
    """The unit that a plain text counts from today; None where it names none.

    Raises:
        PeriodError: it is too long ago.
    """
    return match(_RELATIVE, text, clock)


def number(text: str) -> int:
    """The number that digits or words say."""
    return NUMBERS.get(text) or int(text)


def back(unit: Unit, count: int, clock: Clock) -> date:
    """The first day of the unit `count` units before the running one.

    Raises:
        PeriodError: that is before 1970, or `count` is 0.
    """
    if not count:
        raise refuse(f"0 {unit}s hold nothing")
    if count * _SHORTEST_DAYS[unit] > (clock.today - EARLIEST).days:
        raise refuse(f"{count} {unit}s reach back before {EARLIEST.year}")
    return moved(clock.calendar.begin(clock.today, unit), unit, -count)


def _ago(count: int) -> Callable[[Said, Clock], Named]:
    return lambda _, clock: Named("day", (clock.today - count * DAY,))


def _days_ago(said: Said, clock: Clock) -> Named:
    return Named("day", (back("day", number(said["count"]), clock),))


def _this(said: Said, clock: Clock) -> Named:
    unit = TO_DATE.get(said["unit"]) or UNITS[said["unit"]]
    return Named(unit, (clock.calendar.begin(clock.today, unit),))


def _last(said: Said, clock: Clock) -> Named:
    unit = UNITS[said["unit"]]
    return Named(unit, (back(unit, 1, clock),))


def _before_last(said: Said, clock: Clock) -> Named:
    unit = UNITS[said["unit"]]
    return Named(unit, (back(unit, 2, clock),))


def _this_named(said: Said, clock: Clock) -> Named | None:
    return read_unit(f"{said['named']} {clock.today.year}", clock)


def _running_named(said: Said, clock: Clock) -> Named | None:
    named = read_unit(said["named"], clock)
    if named is None or named.latest(clock.today).last < clock.today:
        return None
    return named


def _last_named(said: Said, clock: Clock) -> Named | None:
    named = read_unit(said["named"], clock)
    if named is None:
        return None
    over = tuple(first for first in named.choices if named.at(first).last < clock.today)
    return replace(named, choices=over)


def _weekday(said: Said, clock: Clock) -> Named:
    # 1 to 7 days ago: a weekday named today is the one a week ago.
    nearest = (clock.today.weekday() - WEEKDAYS[said["weekday"]] - 1) % 7 + 1
    last = clock.today - nearest * DAY
    return Named("day", (moved(last, "week", -1), last), recent=True)


def _weekday_of(said: Said, clock: Clock) -> Named:
    back = 1 if said.get("which", "this") != "this" else 0
    begin = moved(clock.calendar.week_of(clock.today), "week", -back)
    on = (WEEKDAYS[said["weekday"]] - clock.calendar.week_starts) % 7
    return Named("day", (begin + on * DAY,))


_SHORTEST_DAYS = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}
_SO_FAR = "(?: so far|[ -]to[ -]date)"
_RELATIVE = rules(
    (rf"(?:so far )?today{_SO_FAR}?", _ago(0)),
    ("yesterday", _ago(1)),
    ("day before yesterday", _ago(2)),
    (rf"{COUNT} days? ago", _days_ago),
    (rf"(?:this|current) (?:calendar )?{UNIT}{_SO_FAR}?", _this),
    (rf"so far (?:this|current) {UNIT}", _this),
    (rf"{UNIT}{_SO_FAR}", _this),
    (rf"(?P<named>.+){_SO_FAR}", _running_named),
    (f"(?P<unit>{'|'.join(TO_DATE)})", _this),
    (rf"{LAST} {COMPLETE}{UNIT}", _last),
    (rf"{UNIT} before last", _before_last),
    (rf"{LAST} (?P<named>{MONTH}|{QUARTER}|{HALF})", _last_named),
    (rf"this (?P<named>{MONTH}|{QUARTER}|{HALF})", _this_named),
    (rf"(?:{LAST} )?{WEEKDAY}", _weekday),
    (rf"this {WEEKDAY}", _weekday_of),
    (rf"{WEEKDAY}(?: of)? (?P<which>this|{LAST}) week", _weekday_of),
    (rf"(?P<which>this|{LAST}) week {WEEKDAY}", _weekday_of),
)
