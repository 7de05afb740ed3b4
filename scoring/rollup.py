"""Keeps the sums: what changes about them when records come, change or get new neighbours.

Before records change they are taken out of the sums, afterwards they are put back in, by the very
expressions that figures are read with. What did not change cancels out and is not written.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Integer, MetaData, Select, Table, delete, select

from scoring.columns import table_of
from scoring.driver import mark, rows_of, run_many, upsert
from scoring.kept import ANCHORS, KEPT, SLOTS, VALUES, Slot
from scoring.measures import Rules
from scoring.period import Calendar
from scoring.records import Interaction, KeptValues

Shelf: TypeAlias = tuple[str, int, int, int]
Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

_interactions = table_of(Interaction)
_values = table_of(KeptValues)
_i = _interactions.c

TOUCHED = Table("touched", MetaData(), Column("id", Integer, primary_key=True))
# A cell's key is one number: agent, answered, and a day below this.
_DAYS = 1 << 20
_FIXED = ("agent_id", "answered", *(f"{anchor}_day" for anchor in ANCHORS), "share")


@dataclass
class Change:
    """What a batch of records adds to the kept sums and takes from them."""

    rules: Rules
    calendar: Calendar
    _told: list[Floats] = field(default_factory=list)
    _signs: list[Floats] = field(default_factory=list)

    def take_out(self, connection: Connection, ids: Iterable[int]) -> None:
        """Takes records, as they stand now, out of the sums."""
        self._note(connection, ids, -1.0)

    def put_in(self, connection: Connection, ids: Iterable[int]) -> None:
        """Puts records, as they stand now, into the sums."""
        self._note(connection, ids, 1.0)

    def write(self, connection: Connection) -> None:
        """Writes what has changed."""
        if not self._told:
            return
        told = _Told(np.concatenate(self._told), np.concatenate(self._signs))
        keys, sums = told.cells()
        if keys.size:
            rows = _rows("d", keys, sums)
            rows += _rows("w", *_by_week(keys, sums, self.calendar.week_starts))
            run_many(connection, upsert(KEPT, connection, add=True), rows)
        _restock(connection, told.moved(self.calendar.week_starts))

    def _note(self, connection: Connection, ids: Iterable[int], sign: float) -> None:
        if touch(connection, ids):
            rows = rows_of(connection, _facts, self.rules)
            self._told.append(np.array(rows, dtype=np.float64))
            self._signs.append(np.full(len(rows), sign))


def _facts(rules: Rules) -> Select[Any]:
    """What each touched record says: its agent, days and share, and every slot's value."""
    values = [slot.credited.value(rules) for slot in SLOTS]
    fixed = [_i[name] for name in _FIXED]
    return select(*fixed, *values).where(_i.id.in_(select(TOUCHED.c.id)))


@dataclass(frozen=True)
class _Told:
    """What records say, one a row, ``(records, fixed and slots)``; signs: 1 comes, -1 goes."""

    facts: Floats
    signs: Floats

    def keys(self, anchor: str) -> tuple[Bools, Whole]:
        """Which records one moment counts, and the cells that they fall into."""
        day = self.facts[:, _FIXED.index(f"{anchor}_day")]
        counted = ~np.isnan(day)
        agent, answered = self.facts[counted, 0], self.facts[counted, 1]
        return counted, ((agent * 2 + answered) * _DAYS + day[counted]).astype(np.int64)

    def cells(self) -> tuple[Whole, Floats]:
        """The sums by cell, ``(cells, columns)``; cells that nothing changes are left out."""
        parts = {anchor: self.keys(anchor) for anchor in ANCHORS}
        cells: Whole = np.unique(np.concatenate([keys for _, keys in parts.values()]))
        places = {anchor: np.searchsorted(cells, keys) for anchor, (_, keys) in parts.items()}
        sums: Floats = np.column_stack(
            [
                np.bincount(places[slot.anchor], amounts, cells.size)
                for at, slot in enumerate(SLOTS)
                for amounts in self._amounts(at, slot, parts[slot.anchor][0])
            ]
        )
        changed = sums.any(axis=1)
        return cells[changed], sums[changed]

    def _amounts(self, at: int, slot: Slot, counted: Bools) -> Iterator[Floats]:
        """What each record adds to a slot's columns: itself, its value, its value squared."""
        values = self.facts[counted, len(_FIXED) + at]
        weights = self.signs[counted] * ~np.isnan(values)
        if slot.credited.shared:
            weights = weights * self.facts[counted, _FIXED.index("share")]
        values = np.nan_to_num(values)
        return (weights * values**power for power in range(len(slot.columns)))

    def moved(self, week_starts: int) -> dict[Shelf, list[tuple[float, int]]]:
        """Which durations come to which shelf, and how many more or fewer of each."""
        moved: dict[Shelf, list[tuple[float, int]]] = defaultdict(list)
        for at, slot in enumerate(SLOTS):
            if slot in VALUES:
                for key, value, more in self._net(at, slot.anchor, week_starts):
                    moved[slot.credited.measure, *_cell(key)].append((value, more))
        return moved

    def _net(self, at: int, anchor: str, week_starts: int) -> list[tuple[int, float, int]]:
        """Cells of weeks, durations, and how many more or fewer; none where they cancel."""
        counted, keys = self.keys(anchor)
        values = self.facts[counted, len(_FIXED) + at]
        known = np.flatnonzero(~np.isnan(values))
        if not known.size:
            return []
        weeks, values = _weekly(keys, week_starts)[known], values[known]
        order = np.lexsort((values, weeks))
        weeks, values = weeks[order], values[order]
        changes = (np.diff(weeks) != 0) | (np.diff(values) != 0)
        starts = np.flatnonzero(np.concatenate([[True], changes]))
        net = np.add.reduceat(self.signs[counted][known][order], starts).astype(np.int64)
        some = starts[net != 0]
        columns = (weeks[some], values[some], net[net != 0])
        return list(zip(*(column.tolist() for column in columns), strict=True))


def _cell(key: int) -> tuple[int, int, int]:
    """Agent, answered and day of a cell's key."""
    bearer, day = divmod(key, _DAYS)
    return bearer >> 1, bearer & 1, day


def _weekly(keys: Whole, week_starts: int) -> Whole:
    """The keys of the weeks that cells lie in."""
    return keys - (keys % _DAYS - 1 - week_starts) % 7


def _by_week(keys: Whole, sums: Floats, week_starts: int) -> tuple[Whole, Floats]:
    """The sums of days, added up by week."""
    weeks, places = np.unique(_weekly(keys, week_starts), return_inverse=True)
    columns = [np.bincount(places, column, weeks.size) for column in sums.T]
    return weeks, np.column_stack(columns)


def _rows(grain: str, keys: Whole, sums: Floats) -> list[tuple[object, ...]]:
    return [
        (grain, *_cell(key), *row) for key, row in zip(keys.tolist(), sums.tolist(), strict=True)
    ]


def touch(connection: Connection, ids: Iterable[int]) -> bool:
    """Names the records that the next statements are about; False where there are none."""
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE IF NOT EXISTS touched (id BIGINT PRIMARY KEY)"
    )
    connection.execute(delete(TOUCHED))
    rows = [(one,) for one in sorted(set(ids))]
    run_many(connection, f"INSERT INTO touched (id) VALUES ({mark(connection)})", rows)  # noqa: S608 no input
    return bool(rows)


def _restock(connection: Connection, moved: Mapping[Shelf, Sequence[tuple[float, int]]]) -> None:
    """Puts durations on their shelves and takes them off."""
    stocked = _stocked(connection, moved)
    rows = []
    for shelf in sorted(moved):
        values = array("d", stocked.get(shelf, b""))
        for value, more in moved[shelf]:
            for _ in range(-more):
                values.remove(value)
            values.extend([value] * more)
        rows.append((*shelf, values.tobytes()))
    run_many(connection, upsert(_values, connection), rows)


def _stocked(connection: Connection, shelves: Iterable[Shelf]) -> dict[Shelf, bytes]:
    """What is on the shelves that exist."""
    weeks: dict[tuple[str, int], set[int]] = defaultdict(set)
    for measure, agent_id, _, week in shelves:
        weeks[measure, week].add(agent_id)
    v = _values.c
    found: dict[Shelf, bytes] = {}
    for (measure, week), agents in weeks.items():
        query = select(v.agent_id, v.answered, v["values"]).where(
            v.measure == measure, v.week == week, v.agent_id.in_(sorted(agents))
        )
        for agent_id, answered, values in connection.execute(query).all():
            found[measure, agent_id, answered, week] = values
    return found


def rebuild(connection: Connection, rules: Rules, calendar: Calendar, batch: int = 20_000) -> None:
    """Works out all kept sums again from the records."""
    for table in (KEPT, _values):
        connection.execute(delete(table))
    last = 0
    while True:
        query = select(_i.id).where(_i.id > last).order_by(_i.id).limit(batch)
        ids = list(connection.scalars(query))
        if not ids:
            break
        change = Change(rules, calendar)
        change.put_in(connection, ids)
        change.write(connection)
        last = ids[-1]
