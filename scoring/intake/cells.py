"""What one cell of a file says: text to a number, a duration, an instant, a yes or a word.

Every parser takes the stripped, non-empty text of a cell and gives the value, or raises ValueError
with the reason in words. An empty cell is None, not known, and never reaches a parser.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from scoring.columns import to_ms

Parse: TypeAlias = Callable[[str], Any]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d(?:\.\d+)?)")
_YES = frozenset(("true", "yes", "y", "1"))
_NO = frozenset(("false", "no", "n", "0"))
_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 wall-clock arithmetic only
_YEARS = range(1971, 9000)
_DATE_LENGTH = len("2026-11-09")
# Times of a day between which a change of its clocks shows.
_LOOKS = (*(time(hour) for hour in range(24)), time(23, 59))
LONGEST = 400
# A hundred years of seconds: more is a mistake, and its square would still add up.
_MOST_SECONDS = 3_155_760_000.0


class Refused(str):
    """Why a cell was refused; stands in the place of its value."""

    __slots__ = ()


def parse_column(cells: Sequence[str], parse: Parse) -> list[Any]:
    """The values of a column's cells: None where empty, Refused where it cannot be."""
    different = set(cells)
    if 2 * len(different) > len(cells):
        return [_value(cell.strip(), parse) for cell in cells]
    memo = {cell: _value(cell.strip(), parse) for cell in different}
    return [memo[cell] for cell in cells]


def _value(cell: str, parse: Parse) -> Any:
    if not cell:
        return None
    try:
        return parse(cell)
    except ValueError as error:
        return Refused(f"“{cell[:40]}” {error}")


def words(cell: str) -> str:
    """A label or an id, as it stands."""
    if len(cell) > LONGEST:
        raise ValueError(f"is {len(cell)} characters long; {LONGEST} at most")
    return cell


def remark(cell: str) -> str:
    """A text of any length."""
    return cell


def choice(*known: str) -> Parse:
    """One of these words, in any case."""

    def parse(cell: str) -> str:
        said = cell.casefold()
        if said not in known:
            raise ValueError(f"is not one of {', '.join(known)}")
        return said

    return parse


def label(*known: str) -> Parse:
    """A label; the known ones in small letters, another as it stands."""

    def parse(cell: str) -> str:
        said = cell.casefold()
        return said if said in known else words(cell)

    return parse


def number(lowest: float, highest: float, *, whole: bool = False) -> Parse:
    """A number between two, both included."""

    def parse(cell: str) -> float:
        if not _NUMBER.fullmatch(cell):
            raise ValueError("is not a number")
        value = float(cell)
        if not lowest <= value <= highest:
            raise ValueError(f"is not between {lowest:g} and {highest:g}")
        if whole and value != int(value):
            raise ValueError("is not a whole number")
        return int(value) if whole else value

    return parse


def duration(cell: str) -> float:
    """Seconds, or HH:MM:SS."""
    clock = _CLOCK.fullmatch(cell)
    if clock:
        hours, minutes, seconds = clock.groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    if not _NUMBER.fullmatch(cell):
        raise ValueError("is no duration: give seconds or HH:MM:SS")
    value = float(cell)
    if value < 0:
        raise ValueError("is a negative duration")
    if value > _MOST_SECONDS:
        raise ValueError("is longer than a hundred years")
    return value


def boolean(cell: str) -> int:
    """1 for yes, 0 for no."""
    said = cell.casefold()
    if said in _YES:
        return 1
    if said in _NO:
        return 0
    raise ValueError("is neither yes nor no (true/false, yes/no, y/n, 1/0)")


def times(cell: str) -> int:
    """How often, or whether."""
    if cell.casefold() in _YES | _NO:
        return boolean(cell)
    return int(number(0, 10_000, whole=True)(cell))


def local_date(cell: str) -> int:
    """An ISO date, as its ordinal."""
    try:
        # A week without its day would pass for a Monday.
        if len(cell) == _DATE_LENGTH:
            return date.fromisoformat(cell).toordinal()
    except ValueError:
        pass
    raise ValueError("is no date: write it as 2026-11-09")


@dataclass
class Instants:
    """Reads ISO 8601 instants; one without an offset is local to ``zone``.

    ``twice`` collects the texts that a clock change makes ambiguous; the earlier is taken.
    """

    zone: ZoneInfo
    now: datetime
    twice: set[str] = field(default_factory=set)
    _offsets: dict[date, int | None] = field(default_factory=dict)
    _now_ms: float = field(init=False)

    def __post_init__(self) -> None:
        self._now_ms = self.now.timestamp() * 1000

    def __call__(self, cell: str) -> int:
        """Milliseconds since 1970 of an instant that has passed."""
        value = self.due(cell)
        if value > self._now_ms:
            raise ValueError("lies in the future")
        return value

    def due(self, cell: str) -> int:
        """Milliseconds since 1970 of an instant that may be to come."""
        if len(cell) <= _DATE_LENGTH:
            raise ValueError("is no instant: write it as 2026-11-09T14:30:00Z")
        try:
            moment = datetime.fromisoformat(cell)
        except ValueError:
            raise ValueError("is no instant: write it as 2026-11-09T14:30:00Z") from None
        if moment.year not in _YEARS:
            raise ValueError("is too long ago or too far off")
        if moment.tzinfo is not None:
            return round(moment.timestamp() * 1000)
        offset = self._offset(moment)
        wall = (moment - _NAIVE_EPOCH) / timedelta(milliseconds=1)
        return round(wall) - offset if offset is not None else self._odd(cell, moment)

    def _offset(self, moment: datetime) -> int | None:
        """The zone's offset from UTC in milliseconds on a day that has but one."""
        day = moment.date()
        if day not in self._offsets:
            about = [datetime.combine(day, at, self.zone) for at in _LOOKS]
            found = {one.utcoffset() for one in about}
            found |= {one.replace(fold=1).utcoffset() for one in about}
            only = found.pop() if len(found) == 1 else None
            self._offsets[day] = None if only is None else round(only / timedelta(milliseconds=1))
        return self._offsets[day]

    def _odd(self, cell: str, moment: datetime) -> int:
        local = moment.replace(tzinfo=self.zone, fold=0)
        later = moment.replace(tzinfo=self.zone, fold=1)
        passed = local.astimezone(UTC)
        if passed.astimezone(self.zone).replace(tzinfo=None) != moment:
            raise ValueError(f"never happened in {self.zone.key}: the clocks went forward over it")
        if later.utcoffset() != local.utcoffset():
            self.twice.add(cell)
        return to_ms(passed)
