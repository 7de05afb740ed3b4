"""When a team's clock runs: working seconds between two moments, and the file that says so.

A wall time stands for the first instant at which the clock on the wall shows it or a later time.
So hours that span a clock change have their real length, and an hour that is skipped is not
worked; hours that end within one that comes twice end the first time.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
)
from pydantic_core import ErrorDetails

from scoring.errors import WorkingHoursError

Span: TypeAlias = tuple[int, int]

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_SECONDS = 86_400
BLOCK_MS = 64 * DAY_SECONDS * 1000  # what is worked out at once and kept
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
SPAN = re.compile(r"(\d\d?):([0-5]\d) ?- ?(\d\d?):([0-5]\d)")
HOURS = '["09:00-12:30", "13:30-18:00"]; overnight is "22:00-06:00", all day "00:00-24:00"'
TABLES = 'tables [default] and [teams."Billing"] with zone, monday to sunday, holidays, pauses'
EXAMPLES = {day: f"{day} = {HOURS}" for day in DAYS} | {
    "zone": 'zone = "Europe/London"',
    "holidays": "holidays = [2026-12-25, 2026-12-26]",
    "pauses": "pauses = [{ from = 2026-12-24T12:00:00+01:00, to = 2026-12-24T18:00:00+01:00 }]",
}
WRONG = {
    "extra_forbidden": "no such key",
    "missing": "missing",
    "timezone_aware": "a time without its offset from UTC",
    "zoneinfo_str": "no time zone",
}


@dataclass(frozen=True)
class WorkingHours:
    """The opening hours of a team; spans of any kind may overlap and count once.

    ``week``: seven days from Monday, each a tuple of (from, to) in seconds after local midnight;
    lunch is the gap between two. ``holidays``: local days without hours. ``pauses``: closures, as
    aware instants.

    Raises:
        ValueError: not seven days, a span not within its day, a closure that ends first.
    """

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = frozenset()
    pauses: tuple[tuple[datetime, datetime], ...] = ()

    def __post_init__(self) -> None:
        spans = [span for day in self.week for span in day]
        if len(self.week) != len(DAYS):
            raise ValueError(f"a week of {len(self.week)} days")
        if wrong := [span for span in spans if not 0 <= span[0] < span[1] <= DAY_SECONDS]:
            raise ValueError(f"spans that are not within a day: {wrong}")
        if backward := [closure for closure in self.pauses if closure[1] < closure[0]]:
            raise ValueError(f"closures that end before they start: {backward}")

    def seconds_between(self, start: int, end: int, pauses: Sequence[Span] = ()) -> float:
        """Working seconds from start to end, less a contact's own pauses.

        All are milliseconds since 1970 in UTC. The pauses, (from, to), may overlap each other,
        closures, start and end.

        Raises:
            ValueError: something ends before it starts.
        """
        if end < start:
            raise ValueError(f"an end, {end}, before the start, {start}")
        worked = self._worked(start, end)
        for since, until in _joined(pauses) if pauses else ():
            if since < end and until > start:
                worked -= self._worked(max(since, start), min(until, end))
        return worked / 1000

    def _worked(self, start: int, end: int) -> int:
        first, last = start // BLOCK_MS, end // BLOCK_MS
        worked = self._block(last).until(end) - self._block(first).until(start)
        for number in range(first, last):
            worked += self._block(number).before[-1]
        return worked

    def _block(self, number: int) -> "_Block":
        if number not in self._blocks:
            spans = list(self._open_spans(number * BLOCK_MS))
            before = accumulate((until - since for since, until in spans), initial=0)
            self._blocks[number] = _Block([since for since, _ in spans], spans, list(before))
        return self._blocks[number]

    @cached_property
    def _blocks(self) -> dict[int, "_Block"]:
        return {}

    def _open_spans(self, first: int) -> Iterator[Span]:
        """Spans in milliseconds when the clock runs, in order, within the block from first."""
        last = first + BLOCK_MS
        closures = _joined(
            (_milliseconds(since), _milliseconds(until)) for since, until in self.pauses
        )
        for since, until in _joined(self._openings(first, last)):
            yield from _without(closures, max(since, first), min(until, last))

    def _openings(self, first: int, last: int) -> Iterator[Span]:
        """Opening spans of every local day that may reach between two instants."""
        day = (EPOCH + first * MILLISECOND).date() - timedelta(days=1)
        until = (EPOCH + last * MILLISECOND).date()
        while day <= until:
            if day not in self.holidays:
                for span in self.week[day.weekday()]:
                    opens, closes = (_instant(day, seconds, self.zone) for seconds in span)
                    yield opens, closes
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Block:
    """Open spans, when each opens, and the milliseconds worked before each and in all."""

    opens: list[int]
    spans: list[Span]
    before: list[int]

    def until(self, instant: int) -> int:
        place = bisect_right(self.opens, instant) - 1
        if place < 0:
            return 0
        since, until = self.spans[place]
        return self.before[place] + min(instant, until) - since


def _instant(day: date, seconds: int, zone: ZoneInfo) -> int:
    """The first millisecond since 1970 at which the clock of the zone shows this or later."""
    wall = datetime.combine(day, time()) + timedelta(seconds=seconds)
    first, second = (_milliseconds(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first <= second:
        return first
    # The clock skips this time, between these two instants.
    skipped = range(second // 1000, first // 1000 + 1)

    def shown(second: int) -> datetime:
        return datetime.fromtimestamp(second, zone).replace(tzinfo=None)

    return 1000 * skipped[bisect_left(skipped, wall, key=shown)]


def _milliseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MILLISECOND


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for since, until in sorted(spans):
        if until < since:
            raise ValueError(f"an end, {until}, before the start, {since}")
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _without(gaps: Sequence[Span], since: int, until: int) -> Iterator[Span]:
    """What the gaps, in order, leave of a span."""
    for begins, ends in gaps:
        if since < begins < until:
            yield since, begins
        if begins < until:
            since = max(since, ends)
    if since < until:
        yield since, until


def read_working_hours(path: Path) -> dict[str | None, WorkingHours]:
    """The working hours of each team that the file names, and under None those of all others.

    The file is TOML: a table ``default`` and, where teams differ, tables like ``teams."Billing"``,
    which take over what they do not say themselves from the default, key by key. The keys are the
    days (a day without is closed), ``zone``, ``holidays`` and ``pauses``. Hours that end before
    they start go on to the next day.

    Raises:
        WorkingHoursError: the file cannot be read, or all that is wrong in it.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkingHoursError(f"{path} cannot be read: {error}. Check its name.") from error
    except ValueError as error:
        raise WorkingHoursError(f"{path} is not TOML: {error}. Correct it there.") from error
    try:
        read = _File.model_validate(written)
    except ValidationError as error:
        problems = [_problem(each) for each in error.errors()]
        raise WorkingHoursError("\n".join([f"{path} cannot be used:", *problems])) from error
    tables: list[tuple[str | None, _Hours]] = [(None, read.default), *read.teams.items()]
    return {team: _working_hours(read.default, table) for team, table in tables}


def _span(text: object) -> Span:
    """Seconds after midnight; hours on to the next day end before they start."""
    found = SPAN.fullmatch(str(text))
    if not found:
        raise ValueError("not a span of hours")
    hour, minute, to_hour, to_minute = map(int, found.groups())
    since, until = hour * 3600 + minute * 60, to_hour * 3600 + to_minute * 60
    if since == until or since >= DAY_SECONDS or until > DAY_SECONDS:
        raise ValueError("not a span of hours")
    return since, until


_Day: TypeAlias = tuple[Annotated[Span, BeforeValidator(_span)], ...]


class _Closure(BaseModel, extra="forbid"):
    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")


def _forward(closure: _Closure) -> _Closure:
    if closure.until < closure.since:
        raise ValueError("ends before it starts")
    return closure


class _Hours(BaseModel, extra="forbid"):
    zone: ZoneInfo = ZoneInfo("UTC")  # only for a team, which takes over the default's
    monday: _Day = ()
    tuesday: _Day = ()
    wednesday: _Day = ()
    thursday: _Day = ()
    friday: _Day = ()
    saturday: _Day = ()
    sunday: _Day = ()
    holidays: frozenset[date] = frozenset()
    pauses: tuple[Annotated[_Closure, AfterValidator(_forward)], ...] = ()


def _with_zone(table: object) -> object:
    """The table, so that a missing zone is told along with the other mistakes."""
    return {"zone": "", **table} if isinstance(table, dict) else table


def _with_hours(table: _Hours) -> _Hours:
    if not any(getattr(table, day) for day in DAYS):
        raise ValueError("no day has hours")
    return table


class _File(BaseModel, extra="forbid"):
    default: Annotated[_Hours, BeforeValidator(_with_zone), AfterValidator(_with_hours)]
    teams: dict[str, _Hours] = {}


def _problem(error: ErrorDetails) -> str:
    """One line: where, what is wrong, and what to write."""
    place = [str(part) for part in error["loc"]]
    example = next((EXAMPLES[part] for part in reversed(place) if part in EXAMPLES), TABLES)
    kind, value = error["type"], error["input"]
    wrong = error["ctx"]["error"] if kind == "value_error" else WRONG.get(kind, "not understood")
    shown = isinstance(value, str) and value and kind != "extra_forbidden"
    found = f"{value!r} is " if shown else ""
    return f"{'.'.join(place)}: {found}{wrong}; write {example}"


def _working_hours(default: _Hours, own: _Hours) -> WorkingHours:
    table = default.model_copy(update={key: getattr(own, key) for key in own.model_fields_set})
    week: list[list[Span]] = [[] for _ in DAYS]
    for number, day in enumerate(DAYS):
        for since, until in getattr(table, day):
            week[number].append((since, until if until > since else DAY_SECONDS))
            if 0 < until < since:
                week[(number + 1) % len(DAYS)].append((0, until))
    closures = tuple((closure.since, closure.until) for closure in table.pauses)
    return WorkingHours(table.zone, tuple(map(tuple, week)), table.holidays, closures)
