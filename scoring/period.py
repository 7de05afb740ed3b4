"""Named spans of local days: when each begins and ends, and which one to compare it with.

It knows nothing of the words people use for them: `scoring.reading.periods` does.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Unit = Literal["day", "week", "month", "quarter", "year", "days", "weeks"]

DAY = timedelta(days=1)
DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
MONTHS = {"month": 1, "quarter": 3, "year": 12}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HALF_HOUR_MS = 1_800_000
_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# An escape, because a bare en dash looks like a hyphen in code.
_TO = "\N{EN DASH}"


@dataclass(frozen=True)
class Calendar:
    """Where days begin and on which weekday weeks do (0 Monday to 6 Sunday).

    Raises:
        ValueError: there is no such weekday.
    """

    zone: ZoneInfo
    week_starts: int = 0

    def __post_init__(self) -> None:
        if self.week_starts not in range(7):
            raise ValueError(f"no weekday has the number {self.week_starts}; Monday is 0")

    def today(self, now: datetime) -> date:
        """The local day at `now`, an aware instant."""
        return self.day_of(now)

    def day_of(self, instant: datetime) -> date:
        """The local day of an aware instant."""
        return self.clock(instant).date()

    def clock(self, instant: datetime) -> datetime:
        """What the local clock shows at an aware instant.

        Raises:
            ValueError: the instant is naive.
        """
        if instant.tzinfo is None:
            raise ValueError(f"{instant} has no time zone")
        return instant.astimezone(self.zone)

    def midnight(self, day: date) -> datetime:
        """The first instant, in UTC, at which the local clock shows `day`, or a later one.

        Where clocks go forward over midnight that is not 00:00; a day a zone left out has none
        of its own, and begins and ends where the next one begins.
        """
        local = datetime.combine(day, time(), self.zone)
        begin, other = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if begin <= other:
            return begin
        # Python's sign of a time the clocks leave out: the change itself lies in between.
        seconds = range(int((begin - other).total_seconds()))
        return other + timedelta(
            seconds=bisect_left(seconds, day, key=lambda s: self.day_of(other + timedelta(0, s)))
        )

    def week_of(self, day: date) -> date:
        """The first day of the week that holds `day`."""
        return day - timedelta(days=(day.weekday() - self.week_starts) % 7)

    def begin(self, day: date, unit: Unit) -> date:
        """The first day of the day, week, month, quarter or year that holds `day`."""
        return self.week_of(day) if unit in {"week", "weeks"} else moved(day, unit, 0)

    def local_days(self, instants_ms: Sequence[int | None]) -> list[int | None]:
        """The local day of each instant, as `date.toordinal()` counts; None stays None.

        Instants are milliseconds since 1970 in UTC. Made for millions: each half hour is
        worked out once; singly only what falls into one with a midnight or clock change inside.
        """
        days, one = self._days, self._ordinal
        return [None if ms is None else days[ms // _HALF_HOUR_MS] or one(ms) for ms in instants_ms]

    @cached_property
    def _days(self) -> "_Days":
        return _Days(self.clock)

    def _ordinal(self, instant_ms: int) -> int:
        return self.clock(_EPOCH + timedelta(milliseconds=instant_ms)).toordinal()


class _Days(dict[int, int]):
    """The local day of each half hour since 1970; 0 where the day or the clock changes in it."""

    def __init__(self, clock: Callable[[datetime], datetime]) -> None:
        super().__init__()
        self._clock = clock

    def __missing__(self, half_hour: int) -> int:
        begin = _EPOCH + timedelta(milliseconds=half_hour * _HALF_HOUR_MS)
        first, last = (self._clock(begin + timedelta(seconds=second)) for second in (0, 1799))
        same = first.date() == last.date() and first.utcoffset() == last.utcoffset()
        return self.setdefault(half_hour, first.toordinal() if same else 0)


@dataclass(frozen=True)
class Period:
    """Local days from `first` to `last`, both included; one still running is cut at `until`.

    `until` is aware UTC. `unit` and `count` say what it is made of: 4 "weeks", 1 "quarter";
    for "days" the dates say all and `count` says nothing. `words` are the person's own.

    Raises:
        ValueError: it ends before it begins, `until` is not UTC, or the dates are not `count`
            whole units (where cut, the beginning of them).
    """

    first: date
    last: date
    until: datetime | None = None
    unit: Unit = "days"
    count: int = 1
    words: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period cannot begin on {self.first} and end on {self.last}")
        if self.until is not None and self.until.utcoffset() != timedelta(0):
            raise ValueError(f"until must be in UTC, not {self.until}")
        if self.unit not in get_args(Unit) or self.count < 1:
            raise ValueError(f"there is no period of {self.count} {self.unit}")
        if self.unit != "days" and not self._fits():
            raise ValueError(f"{self.first} to {self.last} is not {self.count} {self.unit}")

    def _fits(self) -> bool:
        end = moved(self.first, self.unit, self.count) - DAY
        last_fits = self.last == end or (self.is_partial and self.last < end)
        return last_fits and moved(self.first, self.unit, 0) == self.first

    @property
    def is_partial(self) -> bool:
        """Whether it is still running, and so cut."""
        return self.until is not None

    @property
    def days(self) -> int:
        """How many local days it touches, the cut one included."""
        return (self.last - self.first).days + 1

    def start(self, calendar: Calendar) -> datetime:
        """The instant it begins, in UTC, which belongs to it."""
        return calendar.midnight(self.first)

    def end(self, calendar: Calendar) -> datetime:
        """The instant it ends, in UTC, which no longer belongs to it."""
        return self.until or calendar.midnight(self.last + DAY)

    def weeks(self, calendar: Calendar) -> list["Period"]:
        """The weeks it touches, in order, cut to it.

        A week that lacks days at either end has unit "days"; the running week stays a "week".
        """
        begin = calendar.week_of(self.first)
        touched = (self.last - begin).days // 7 + 1
        return [self._week(moved(begin, "week", number)) for number in range(touched)]

    def _week(self, begin: date) -> "Period":
        end = begin + 6 * DAY
        first, last = max(begin, self.first), min(end, self.last)
        until = self.until if last == self.last else None
        whole = first == begin and (last == end or until is not None)
        return Period(first, last, until, "week" if whole else "days")

    def before(self, calendar: Calendar) -> "Period":
        """The period to compare it with: as many of the same unit, just before it.

        Where this one is cut, that one is cut after as many days and at the same time on the
        clock, or at its own end where it is shorter. Days have no unit to begin with: they are
        compared with as many days before them, the last of those cut at the same time.
        """
        count = self.days if self.unit == "days" else self.count
        first = moved(self.first, self.unit, -count)
        last = first + (self.last - self.first)
        if self.until is None or last >= self.first:
            return Period(first, self.first - DAY, None, self.unit, self.count)
        elapsed = calendar.clock(self.until).replace(tzinfo=None) - _midnight(self.first)
        cut = (_midnight(first) + elapsed).replace(tzinfo=calendar.zone).astimezone(UTC)
        # A time the clocks left out, or a whole day of them, may come to lie beyond its day.
        until = min(cut, self.start(calendar))
        return Period(first, last, until, self.unit, self.count)

    def week_earlier(self, calendar: Calendar) -> "Period":
        """The same days a week before, cut at the same time on the clock."""
        until = self.until
        if until is not None:
            wall = calendar.clock(until).replace(tzinfo=None) - 7 * DAY
            until = wall.replace(tzinfo=calendar.zone).astimezone(UTC)
        return Period(self.first - 7 * DAY, self.last - 7 * DAY, until)

    def written(self, calendar: Calendar) -> str:
        """As people write it: its days and, where it is cut, the local time of the cut."""
        cut = f" (until {calendar.clock(self.until):%H:%M})" if self.until else ""
        return _dates(self.first, self.last) + cut

    def __str__(self) -> str:
        return _dates(self.first, self.last) + (" (so far)" if self.until else "")


def whole(first: date, unit: Unit, count: int = 1) -> Period:
    """The period of `count` whole units from `first` on."""
    last = moved(first, unit, count) - DAY
    return Period(first, last, None, unit, 1 if unit == "days" else count)


def running(period: Period, now: datetime, calendar: Calendar) -> Period:
    """The period as far as it has come at `now`, an aware instant; one that is over as it is.

    Raises:
        ValueError: it has not begun.
    """
    today = calendar.today(now)
    if period.last < today:
        return period
    return replace(period, last=today, until=now.astimezone(UTC))


def moved(day: date, unit: Unit, count: int) -> date:
    """The day `count` days or weeks on; the first day of the month, quarter or year so far on.

    Raises:
        ValueError, OverflowError: that is outside the years 1 to 9999.
    """
    if unit in DAYS:
        return day + timedelta(days=DAYS[unit] * count)
    size = MONTHS[unit]
    index = ((day.year * 12 + day.month - 1) // size + count) * size
    return date(index // 12, index % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    # What a clock on the wall shows, and so without a zone on purpose.
    return datetime.combine(day, time())


def _dates(first: date, last: date) -> str:
    end = f"{_day(last)} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_TO}{end}"
    if first.year == last.year:
        return f"{_day(first)} {_TO} {end}"
    return f"{_day(first)} {first.year} {_TO} {end}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTH_NAMES[day.month - 1]}"
