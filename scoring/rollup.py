"""Keeps the sums: what changes about them when records come, change or get new neighbours.

Before records change they are taken out of the sums, afterwards they are put back in, by the very
expressions that figures are read with. What did not change cancels out and is not written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, and_, delete, select

from scoring.columns import table_of
from scoring.driver import among, rows_of
from scoring.kept import ANCHORS, KEPT, SLOTS, VALUES
from scoring.kept_cells import (
    COLUMNS,
    DAYS,
    SPANS,
    SQUARES,
    Added,
    add_to,
    add_up_weeks,
    cell_of,
    put,
    week_of,
)
from scoring.measures import Rules
from scoring.period import Calendar
from scoring.records import Interaction, KeptValues
from scoring.shelves import Shelf, restock

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

_i = table_of(Interaction).c

_FIXED = ("agent_id", "answered", *(f"{anchor}_day" for anchor in ANCHORS), "share")
_SHARE = _FIXED.index("share")


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
        added = told.added()
        if added.keys.size:
            spoilt = add_to(connection, "d", added)
            self._add_up_days(connection, spoilt)
            weeks = add_to(connection, "w", added.weekly(self.calendar.week_starts))
            if spoilt:
                weeks += week_of(np.array(spoilt), self.calendar.week_starts).tolist()
            add_up_weeks(connection, set(weeks))
        restock(connection, told.moved(self.calendar.week_starts))

    def _note(self, connection: Connection, ids: Iterable[int], sign: float) -> None:
        rows = rows_of(connection, _facts, self.rules, given=sorted(set(ids)))
        if rows:
            self._told.append(np.array(rows, dtype=np.float64))
            self._signs.append(np.full(len(rows), sign))

    def _add_up_days(self, connection: Connection, keys: Iterable[int]) -> None:
        """Adds the cells of days up again from their records."""
        for key in keys:
            agent_id, _, day = cell_of(key)
            ids = {one for (one,) in connection.execute(_records_of(agent_id, day))}
            rows = rows_of(connection, _facts, self.rules, given=sorted(ids))
            whole = _Told(np.array(rows, dtype=np.float64), np.ones(len(rows))).added()
            here = whole.keys == key
            put(connection, "d", whole.keys[here], whole.sums[here])


def _facts(rules: Rules) -> Select[Any]:
    """What each of some records says: its agent, days and share, and every slot's value."""
    values = [slot.credited.value(rules) for slot in SLOTS]
    fixed = [_i[name] for name in _FIXED]
    return select(*fixed, *values).where(among(_i.id))


def _records_of(agent_id: int, day: int) -> Any:
    """The ids of an agent's records that a day counts, by whichever moment; each by its index."""
    own = select(_i.id).where(_i.agent_id == agent_id)
    others = (column for column in (_i.created_day, _i.closed_day, _i.resolved_day))
    return own.where(_i.ended_day == day).union(
        *(own.where(and_(other == day, other != _i.ended_day)) for other in others)
    )


@dataclass(frozen=True)
class _Columns:
    """The slots that one moment counts: where each stands among facts, and where its sums go.

    ``powers`` has, for n, sum and squares, which of the slots have it, and the columns it goes to.
    """

    slots: Whole
    shared: Bools
    powers: tuple[tuple[Whole, Whole], ...]


def _columns_of(anchor: str) -> _Columns:
    mine = [at for at, slot in enumerate(SLOTS) if slot.anchor == anchor]
    powers = []
    for power in range(3):
        some = [(place, at) for place, at in enumerate(mine) if len(SLOTS[at].columns) > power]
        powers.append(
            (
                np.array([place for place, _ in some]),
                np.array([SPANS[at][0] + power for _, at in some]),
            )
        )
    shared = np.array([SLOTS[at].credited.shared for at in mine])
    return _Columns(np.array(mine) + len(_FIXED), shared, tuple(powers))


_BY_ANCHOR = {anchor: _columns_of(anchor) for anchor in ANCHORS}


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
        return counted, ((agent * 2 + answered) * DAYS + day[counted]).astype(np.int64)

    def added(self) -> Added:
        """What is added to each cell of a day; cells that nothing changes are left out."""
        parts = {anchor: self.keys(anchor) for anchor in ANCHORS}
        cells: Whole = np.unique(np.concatenate([keys for _, keys in parts.values()]))
        sums = np.zeros((cells.size, len(COLUMNS)))
        gone = np.zeros_like(sums)
        for anchor, (counted, keys) in parts.items():
            if keys.size:
                places = np.searchsorted(cells, keys)
                self._gather(_BY_ANCHOR[anchor], counted, places, (sums, gone))
        changed = sums.any(axis=1)
        return Added(cells[changed], sums[changed], gone[changed][:, SQUARES])

    def _gather(
        self, columns: _Columns, counted: Bools, places: Whole, into: tuple[Floats, Floats]
    ) -> None:
        """Adds up what the records say under one moment: all of it, and what goes."""
        order = np.argsort(places, kind="stable")
        places, facts, signs = (
            places[order],
            self.facts[counted][order],
            self.signs[counted][order],
        )
        values = facts[:, columns.slots]
        known = ~np.isnan(values)
        weights = np.where(columns.shared, facts[:, [_SHARE]], 1.0) * known
        values = np.where(known, values, 0.0)
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        rows = places[starts][:, None]
        leaving = np.minimum(signs, 0.0)
        for power, (some, to) in enumerate(columns.powers):
            if some.size:
                amounts = weights[:, some] * values[:, some] ** power
                into[0][rows, to] += np.add.reduceat(amounts * signs[:, None], starts)
                into[1][rows, to] -= np.add.reduceat(amounts * leaving[:, None], starts)

    def moved(self, week_starts: int) -> dict[Shelf, list[tuple[float, int]]]:
        """Which durations come to which shelf, and how many more or fewer of each."""
        moved: dict[Shelf, list[tuple[float, int]]] = defaultdict(list)
        for at, slot in enumerate(SLOTS):
            if slot in VALUES:
                for key, value, more in self._net(at, slot.anchor, week_starts):
                    moved[slot.credited.measure, *cell_of(key)].append((value, more))
        return moved

    def _net(self, at: int, anchor: str, week_starts: int) -> Iterator[tuple[int, float, int]]:
        """Cells of weeks, durations, and how many more or fewer; none where they cancel."""
        counted, keys = self.keys(anchor)
        values = self.facts[counted, len(_FIXED) + at]
        known = np.flatnonzero(~np.isnan(values))
        if not known.size:
            return iter(())
        weeks, values = week_of(keys, week_starts)[known], values[known]
        order = np.lexsort((values, weeks))
        weeks, values = weeks[order], values[order]
        changes = (np.diff(weeks) != 0) | (np.diff(values) != 0)
        starts = np.flatnonzero(np.concatenate([[True], changes]))
        net = np.add.reduceat(self.signs[counted][known][order], starts).astype(np.int64)
        some = starts[net != 0]
        columns = (weeks[some], values[some], net[net != 0])
        return zip(*(column.tolist() for column in columns), strict=True)


def rebuild(connection: Connection, rules: Rules, calendar: Calendar, batch: int = 20_000) -> None:
    """Works out all kept sums again from the records."""
    for table in (KEPT, table_of(KeptValues)):
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
