"""Writes the kept sums: adds to their cells, and tells which of them rounding has spoilt.

What passes through a sum leaves its last digits behind. That is nothing beside what the sum still
holds, but where it held a day among minutes, and the day is taken out, the digits of the day's
square stay among the minutes' squares. Such a cell is told, to be added up again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from scoring.driver import rows_at, run_many, upsert
from scoring.kept import KEPT, SLOTS

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

# A cell's key is one number: agent, answered, and a day below this.
DAYS = 1 << 20
WEEK = 7
# Squares taken out, over those that stay, from which a cell is added up again: what is left of a
# float's 16 digits are then still 11.
SPOILT = 1e5
DUST = 1e-9
_KEYS = len(KEPT.primary_key)
COLUMNS = tuple(column.name for column in KEPT.columns)[_KEYS:]


def _layout() -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Where a slot's n stands and where its squares, and each slot's first and last column."""
    at, numbers, squares, spans = 0, [], [], []
    for slot in SLOTS:
        numbers.append(at)
        spans.append((at, at + len(slot.columns)))
        at += len(slot.columns)
        if slot.kind == "mean":
            squares.append(at - 1)
    return numbers, squares, spans


NUMBERS, SQUARES, SPANS = _layout()
# Which n each column belongs to.
_N_OF = np.repeat(NUMBERS, [end - first for first, end in SPANS])
ALL = np.ones(len(COLUMNS), dtype=np.bool_)


@dataclass(frozen=True)
class Added:
    """What is added to cells: ``keys`` (cells,), and ``sums`` (cells, COLUMNS).

    ``gone`` (cells, SQUARES) is how much of the squares is taken out by it.
    """

    keys: Whole
    sums: Floats
    gone: Floats

    def weekly(self, week_starts: int) -> "Added":
        """The same added to the cells of weeks."""
        weeks, places = np.unique(week_of(self.keys, week_starts), return_inverse=True)
        sums, gone = (np.zeros((weeks.size, part.shape[1])) for part in (self.sums, self.gone))
        np.add.at(sums, places, self.sums)
        np.add.at(gone, places, self.gone)
        return Added(weeks, sums, gone)


def cell_of(key: int) -> tuple[int, int, int]:
    """Agent, answered and day of a cell's key."""
    bearer, day = divmod(key, DAYS)
    return bearer >> 1, bearer & 1, day


def week_of(keys: Whole, week_starts: int) -> Whole:
    """The keys of the weeks that cells lie in."""
    return keys - (keys % DAYS - 1 - week_starts) % WEEK


def add_to(connection: Connection, grain: str, added: Added) -> list[int]:
    """Adds to the cells of a grain, and gives the keys of those that rounding has spoilt."""
    # Only the columns of slots that something is said of: most records say little.
    moving = added.sums.any(axis=0)
    said = np.zeros_like(ALL)
    said[_N_OF[moving]] = True
    only = said[_N_OF]
    sums = added.sums[:, only]
    old = _sums_at(connection, grain, added.keys, only)
    new = old + sums
    # Where nothing is left, nothing is: no digit of what was there.
    at = np.flatnonzero(only)
    new[np.abs(new[:, np.searchsorted(at, _N_OF[only])]) < DUST] = 0.0
    changed = (new != old).any(axis=1)
    put(connection, grain, added.keys[changed], new[changed], only)
    squares = only[SQUARES]
    left = new[:, np.searchsorted(at, np.array(SQUARES)[squares])]
    spoilt = (added.gone[:, squares] > SPOILT * left) & (left != 0)
    found: list[int] = added.keys[spoilt.any(axis=1)].tolist()
    return found


def put(connection: Connection, grain: str, keys: Whole, sums: Floats, only: Bools = ALL) -> None:
    """Writes cells of a grain as they are given: ``(keys, columns)`` of all columns or of some."""
    rows = [
        (grain, *cell_of(key), *row) for key, row in zip(keys.tolist(), sums.tolist(), strict=True)
    ]
    run_many(connection, upsert(KEPT, connection, _names(only)), rows)


def _names(only: Bools) -> list[str]:
    return [name for name, wanted in zip(COLUMNS, only.tolist(), strict=True) if wanted]


def _sums_at(connection: Connection, grain: str, keys: Whole, only: Bools = ALL) -> Floats:
    """The sums of cells, ``(keys, columns)``, in the keys' order; 0 where there is no cell yet."""
    sums = np.zeros((keys.size, int(only.sum())))
    wanted = [(grain, *cell_of(key)) for key in keys.tolist()]
    rows = rows_at(connection, KEPT, wanted, _names(only))
    if rows:
        there = np.array([row[1:] for row in rows], dtype=np.float64)
        places = (there[:, 0] * 2 + there[:, 1]) * DAYS + there[:, 2]
        sums[np.searchsorted(keys, places.astype(np.int64))] = there[:, _KEYS - 1 :]
    return sums


def add_up_weeks(connection: Connection, keys: Iterable[int]) -> None:
    """Adds the cells of weeks up again from those of their days."""
    for key in keys:
        days = _sums_at(connection, "d", np.arange(key, key + WEEK))
        put(connection, "w", np.array([key]), days.sum(axis=0, keepdims=True))
