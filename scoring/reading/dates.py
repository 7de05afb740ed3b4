"""Dates, weeks, months, quarters and years by their names, and every one that may be meant."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from scoring.period import DAY, Calendar, Period, Unit, moved, whole
from scoring.reading.words import (
    HALF,
    MONTH,
    MONTHS,
    NTH,
    QUARTER,
    WEEK_NUMBER,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    refuse,
)

# No contact record is older than computers' count of time; it keeps sums of dates in bounds.
EARLIEST = date(1970, 1, 1)
_DECEMBER = 12


@dataclass(frozen=True)
class Clock:
    """When and where the words are said: `now` is aware, `today` the local day then."""

    now: datetime
    calendar: Calendar
    today: date

    def ahead(self) -> "Clock":
        """The same at the end of the week: what a week's name may use of days still to come."""
        return replace(self, today=self.calendar.week_of(self.today) + 6 * DAY)


@dataclass(frozen=True)
class Named:
    """`count` units as they are named: the first days that may be meant, oldest first.

    `recent`: alone and as an end, only the last of them is meant, as with weekdays.
    """

    unit: Unit
    choices: tuple[date, ...]
    count: int = 1
    recent: bool = False

    def at(self, first: date) -> Period:
        """The whole period, if this choice is meant."""
        return whole(first, self.unit, self.count)

    def latest(self, today: date) -> Period:
        """The most recent one that has begun, to its very end.

        Raises:
            PeriodError: none has begun.
        """
        begun = [first for first in self.choices if first <= today]
        if not begun:
            raise refuse(f"{self.at(self.choices[0])} has not come yet")
        return self.at(begun[-1])


Said = Mapping[str, str]
Namer = Callable[[Said, Clock], Named | None]
Rule = tuple[re.Pattern[str], Namer]


def read_dated(text: str, clock: Clock) -> Named | None:
    """The day, week, month, quarter or year that a plain text names; None where it names none.

    Raises:
        PeriodError: there is no such day, or the text may mean either of two.
    """
    return match([*_DAYS, *_MONTHS, *_WEEKS], text, clock)


def read_unit(text: str, clock: Clock) -> Named | None:
    """The same for months, quarters and years alone."""
    return match(_MONTHS, text, clock)


def read_week_of(text: str, clock: Clock) -> Named | None:
    """The week that holds the date; None where the text is none."""
    named = match(_DAYS, text, clock.ahead())
    if named is None:
        return None
    return Named("week", tuple(clock.calendar.week_of(day) for day in named.choices))


def match(rules: Iterable[Rule], text: str, clock: Clock) -> Named | None:
    """What the first rule that fits the whole text makes of it; None where none does."""
    for pattern, name in rules:
        if found := pattern.fullmatch(text):
            said = {key: value for key, value in found.groupdict().items() if value}
            if named := name(said, clock):
                return named
    return None


def _day(said: Said, clock: Clock) -> Named:
    month = MONTHS.get(said["month"]) or int(said["month"])
    choices = _existing((year, month, int(said["day"])) for year in _years(said, clock))
    if not choices:
        raise refuse(f"There is no day {said['day']} in month {month}")
    return _on_weekday(Named("day", choices), said, clock)


def _day_alone(said: Said, clock: Clock) -> Named:
    months = [moved(clock.today, "month", -back) for back in range(24, -1, -1)]
    choices = _existing((month.year, month.month, int(said["day"])) for month in months)
    if not choices:
        raise refuse(f"No month has a day {said['day']}")
    return _on_weekday(Named("day", choices), said, clock)


def _existing(dates: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    found = []
    for year, month, day in dates:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(found)


def _on_weekday(named: Named, said: Said, clock: Clock) -> Named:
    if "weekday" not in said:
        return named
    # The weekday may tell last year's date from this year's, but not pick one from long ago.
    weekday = WEEKDAYS[said["weekday"]]
    choices = tuple(day for day in named.choices[-2:] if day.weekday() == weekday)
    if not choices:
        raise refuse(f"{named.latest(clock.today)} is not a {said['weekday'].capitalize()}")
    return replace(named, choices=choices)


def _digits(said: Said, clock: Clock) -> Named:
    one, two = int(said["one"]), int(said["two"])
    if one != two and max(one, two) <= _DECEMBER:
        raise refuse(
            f"{one}/{two} is one day in Europe and another in America", "“9 Nov” or “2026-11-09”"
        )
    day, month = (two, one) if two > _DECEMBER else (one, two)
    return _day({**said, "day": str(day), "month": str(month)}, clock)


def _years(said: Said, clock: Clock) -> Sequence[int]:
    year = said.get("year")
    if year is None:
        return range(EARLIEST.year, clock.today.year + 1)
    relative = {"this year": clock.today.year, "last year": clock.today.year - 1}
    return [relative.get(year) or int(year)]


def _month(said: Said, clock: Clock) -> Named:
    number = MONTHS.get(said["month"]) or int(said["month"])
    choices = _existing((year, number, 1) for year in _years(said, clock))
    if not choices:
        raise refuse(f"There is no month {number}")
    return Named("month", choices)


def _quarter(said: Said, clock: Clock) -> Named:
    month = 3 * int(said["quarter"]) - 2
    return Named("quarter", tuple(date(year, month, 1) for year in _years(said, clock)))


def _half(said: Said, clock: Clock) -> Named:
    month = 6 * int(said["half"]) - 5
    return Named("quarter", tuple(date(year, month, 1) for year in _years(said, clock)), count=2)


def _year(said: Said, clock: Clock) -> Named:
    return Named("year", tuple(date(year, 1, 1) for year in _years(said, clock)))


def _week_number(said: Said, clock: Clock) -> Named:
    # The week of its Thursday, as ISO 8601 numbers weeks. One that starts on Sunday shares six
    # of seven days with that week, and has the number to itself.
    weeks = []
    for year in _years(said, clock.ahead()):
        try:
            thursday = date.fromisocalendar(year, int(said["week"]), 4)
        except ValueError:
            continue
        weeks.append(clock.calendar.week_of(thursday))
    if not weeks:
        raise refuse(f"There is no week {said['week']}", "“week 46” or “week of 9 Nov”")
    return Named("week", tuple(weeks))


def _week_of(said: Said, clock: Clock) -> Named | None:
    return read_week_of(said["date"], clock)


def _week_ending(said: Said, clock: Clock) -> Named | None:
    named = match(_DAYS, said["date"], clock.ahead())
    if named is None:
        return None
    day = named.latest(clock.ahead().today)
    first = clock.calendar.week_of(day.first)
    if day.last != first + 6 * DAY:
        week = whole(first, "week")
        raise refuse(f"No week ends on {day}: the one that holds it is {week}", "“week of 9 Nov”")
    return Named("week", (first,))


def rules(*rows: tuple[str, Namer]) -> list[Rule]:
    """Patterns and what is to be made of them, ready to match."""
    return [(re.compile(pattern), namer) for pattern, namer in rows]


_OF_YEAR = rf"(?:[ /-](?:of |in )?{YEAR})?"
_MONTH_DAY = r"(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})"
_ONE_TWO = r"(?P<one>\d{1,2})(?P<by>[/.-])(?P<two>\d{1,2})"
_DAYS = rules(
    (rf"(?:{WEEKDAY} )?{NTH}(?: of)?[ -]?{MONTH}{_OF_YEAR}", _day),
    (rf"(?:{WEEKDAY} )?{MONTH}[ -]?{NTH}{_OF_YEAR}", _day),
    (rf"{YEAR}(?P<by>[/.-]){_MONTH_DAY}", _day),
    (rf"{_ONE_TWO}(?P=by){YEAR}", _digits),
    (r"(?P<one>\d{1,2})/(?P<two>\d{1,2})", _digits),
    (rf"(?:{WEEKDAY} )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)", _day_alone),
)
_MONTHS = rules(
    (rf"(?:month of )?{MONTH}{_OF_YEAR}", _month),
    (rf"{YEAR}[ /-]{MONTH}", _month),
    (rf"{YEAR}[/.-](?P<month>\d{{1,2}})", _month),
    (rf"(?P<month>\d{{1,2}})/{YEAR}", _month),
    (rf"{QUARTER}{_OF_YEAR}", _quarter),
    (rf"{YEAR}[ /-]?{QUARTER}", _quarter),
    (rf"{HALF}{_OF_YEAR}", _half),
    (rf"{YEAR}[ /-]?{HALF}", _half),
    (rf"(?:year )?{YEAR}", _year),
)
_WEEKS = rules(
    (rf"{WEEK_NUMBER}{_OF_YEAR}", _week_number),
    (rf"{YEAR}[ /-]?{WEEK_NUMBER}", _week_number),
    (
        r"(?:(?:week|wk) (?:of|commencing|beginning|starting|containing)|w/?[cb]) (?P<date>.+)",
        _week_of,
    ),
    (r"(?:(?:week|wk) ending(?: on)?|w/?e) (?P<date>.+)", _week_ending),
)
