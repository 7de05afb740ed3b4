"""The records of a review's reference window as columns; between weeks each week is read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from scoring.asking import Reader
from scoring.coaching.contacts import Contacts
from scoring.columns import table_of
from scoring.credit import Credited
from scoring.facts import base_day, excused, handled, milliseconds, own_answer, rating, served
from scoring.measures import Moment, last_mature
from scoring.period import Period
from scoring.records import Agent, Interaction, Transcript
from scoring.rows import within

Cells: TypeAlias = NDArray[Any]

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
# A survey is about the whole contact: it is evidence about whoever did half of it or more.
HALF = 0.5
UNKNOWN = "unknown"
_CHUNK = 20_000
_LABELS = ("issue", "channel", "priority")
_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "id": np.int64,
        "agent": np.int64,
        "at": np.int64,
        **dict.fromkeys(_LABELS, np.int64),
        "handle_seconds": np.float64,
        "resolved": np.float64,
        "settled_day": np.int32,
        "escalated": np.float64,
        "csat": np.float64,
        "sentiment": np.float64,
        "has_transcript": np.bool_,
    }
)
_i = table_of(Interaction).c
_agents = table_of(Agent)
_transcripts = table_of(Transcript)


@dataclass
class Window:
    """What has been read so far: columns ``(contacts,)`` by week, then by time, then by id.

    A week that was read is not read again: corrections that come in between are not seen.
    """

    reader: Reader
    weeks: int
    _first: date | None = None
    _next: date | None = None
    _columns: dict[str, Cells] = field(default_factory=dict)
    _labels: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in _LABELS}
    )

    def until(self, week: date) -> Contacts:
        """The contacts of the reference window that ends with a week, given by its Monday.

        Weeks must be asked for in their order. First contact resolution is blank where the repeat
        window was still open when the week ended, so that a later look finds what an early one
        found.
        """
        first = week - (self.weeks - 1) * WEEK
        start = first if self._next is None else max(first, self._next)
        self._forget(first)
        read = [self._read(one) for one in _mondays(start, week)]
        self._append(read)
        self._first, self._next = first, week + WEEK
        return self._contacts(week)

    def _forget(self, first: date) -> None:
        if self._first is None or first <= self._first:
            return
        gone = int(np.searchsorted(self._columns["week"], first.toordinal()))
        for name, cells in self._columns.items():
            self._columns[name] = cells[gone:]

    def _append(self, blocks: Sequence[dict[str, Cells]]) -> None:
        """Joins what is new to what is there, one column after another to spare memory."""
        for name in (*_TYPES, "week"):
            there = [self._columns[name]] if name in self._columns else []
            new = [block.pop(name) for block in blocks]
            self._columns[name] = np.concatenate([*there, *new])

    def _read(self, week: date) -> dict[str, Cells]:
        query = _query(self.reader, week)
        cursor = self.reader.connection.execute(query).cursor
        parts: dict[str, list[Cells]] = {name: [_none(name)] for name in _TYPES}
        while rows := cursor.fetchmany(_CHUNK):
            for name, cells in zip(parts, self._cells(zip(*rows, strict=True)), strict=True):
                parts[name].append(cells)
        columns = {name: np.concatenate(some) for name, some in parts.items()}
        order = np.lexsort((columns["id"], columns["at"]))
        sorted_columns = {name: cells[order] for name, cells in columns.items()}
        sorted_columns["week"] = np.full(len(order), week.toordinal(), np.int64)
        return sorted_columns

    def _cells(self, told: Iterator[tuple[Any, ...]]) -> Iterator[Cells]:
        for name, cells in zip(_TYPES, told, strict=True):
            if name in _LABELS:
                yield self._codes(name, cells)
            else:
                yield np.array(cells, dtype=_TYPES[name])

    def _codes(self, name: str, cells: Sequence[str]) -> Cells:
        known = self._labels[name]
        for cell in set(cells) - known.keys():
            known[cell] = len(known)
        return np.fromiter(map(known.__getitem__, cells), np.int64, len(cells))

    def _contacts(self, week: date) -> Contacts:
        columns = dict(self._columns)
        moment = end_of(self.reader, week)
        open_yet = columns.pop("settled_day") > last_mature(self.reader.rules, moment)
        columns["resolved"] = np.where(open_yet, np.nan, columns["resolved"])
        names = {}
        for name in _LABELS:
            columns[name], names[name] = _in_order(columns[name], self._labels[name])
        return Contacts(
            **columns,
            issues=names["issue"],
            channels=names["channel"],
            priorities=names["priority"],
        )


def end_of(reader: Reader, week: date) -> Moment:
    """The moment at which a week, given by its Monday, is over."""
    return reader.workspace.moment(reader.calendar.midnight(week + WEEK))


def _mondays(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += WEEK


def _none(name: str) -> Cells:
    return np.zeros(0, _TYPES[name])


def _in_order(codes: Cells, known: Mapping[str, int]) -> tuple[Cells, tuple[str, ...]]:
    """Codes by the order of the labels that occur: nothing rests on which came first."""
    used = np.bincount(codes, minlength=len(known)) > 0
    names = {label: code for label, code in known.items() if used[code]}
    ordered = sorted(names)
    anew = np.zeros(len(known), np.int64)
    for place, label in enumerate(ordered):
        anew[names[label]] = place
    return anew[codes], tuple(ordered)


def _query(reader: Reader, week: date) -> Select[Any]:
    """The agents' parts in contacts that ended in a week: columns in the order of _TYPES."""
    rules = reader.rules
    columns: tuple[ColumnElement[Any], ...] = (
        _i.id,
        _i.agent_id,
        milliseconds(_i.ended_at),
        func.coalesce(_i.issue_type, UNKNOWN),
        _i.channel,
        _urgency(),
        Credited("handle_seconds", "each").value(rules),
        Credited("first_contact", "first").value(rules),
        case((own_answer.is_(None), base_day), else_=0),
        Credited("escalated", "escalator").value(rules),
        case((_i.share >= HALF, Credited("rating", "each").value(rules))),
        Credited("sentiment", "each").value(rules),
        _has_transcript(reader),
    )
    period = Period(week, week + WEEK - DAY)
    nobody = select(_agents.c.id).where(_agents.c.person == 0)
    return select(*columns).where(
        *within(reader, period, "ended"),
        # An excused contact says nothing but what its customer answered.
        or_(handled, and_(served, excused, rating.is_not(None))),
        _i.answered == 1,
        _i.agent_id.not_in(nobody),
    )


def _urgency() -> ColumnElement[str]:
    """The finest label of the case mix: the priority and, where it is known, the complexity."""
    priority = func.coalesce(_i.priority, UNKNOWN)
    return case((_i.complexity.is_(None), priority), else_=priority + " " + _i.complexity)


def _has_transcript(reader: Reader) -> ColumnElement[Any]:
    """Whether what was said is there; asked of each contact only where there is any transcript."""
    if reader.connection.scalar(select(_transcripts.c.id).limit(1)) is None:
        return literal(0)
    t = _transcripts.c
    same = (t.source_id == _i.source_id, t.external_id == _i.external_id)
    return case((select(t.id).where(*same).exists(), 1), else_=0)
