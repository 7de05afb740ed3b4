"""Blocks of rows as the columns of records.md: text for a CSV file, typed for a Parquet file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.operation import (
    CHANNELS,
    DAY_SECONDS,
    ISSUE_TYPES,
    OUTCOMES,
    PRIORITIES,
    Ints,
    Operation,
    agent_email,
    epoch,
    team_name,
)
from bench.rows import Rows

Bytes = NDArray[np.uint8]

INSTANTS = ("created_at", "started_at", "first_reply_at", "ended_at", "resolved_at")
NUMBERS = ("queue_seconds", "handle_seconds", "reopened", "csat", "nps")
COLUMNS = (
    "interaction_id", "agent", "team", "customer_id", "channel", "issue_type", "priority",
    "created_at", "queue_seconds", "started_at", "first_reply_at", "ended_at", "resolved_at",
    "handle_seconds", "outcome", "reopened", "sla_met", "csat", "nps",
)  # fmt: skip

_DIGITS = np.frombuffer(b"".join(b"%05d" % n for n in range(100_000)), np.uint8).reshape(-1, 5)
_TIMES = np.frombuffer(
    b"".join(b"T%02d:%02d:%02dZ" % (s // 3600, s // 60 % 60, s % 60) for s in range(DAY_SECONDS)),
    np.uint8,
).reshape(-1, 10)


@dataclass(frozen=True)
class Writing:
    """What turns numbers into the operation's words: its labels and its days."""

    labels: dict[str, pa.Array]
    days: Bytes
    first_day: int

    @classmethod
    def of(cls, operation: Operation) -> "Writing":
        """The words of one operation."""
        labels = {
            "agent": [agent_email(number) for number in range(operation.agents)],
            "team": [team_name(number) for number in range(operation.teams)],
            "channel": CHANNELS,
            "issue_type": ISSUE_TYPES,
            "priority": PRIORITIES,
            "outcome": OUTCOMES,
        }
        first, count = operation.first - timedelta(days=2), 7 * operation.weeks + 4
        days = "".join((first + timedelta(days=n)).isoformat() for n in range(count))
        return cls(
            labels={column: pa.array(words, pa.string()) for column, words in labels.items()},
            days=np.frombuffer(days.encode(), np.uint8).reshape(-1, 10),
            first_day=_day_number(first),
        )

    def text(self, block: Rows, prefix: str) -> pa.Table:
        """The rows as a CSV file writes them: ISO instants with Z, whole numbers."""
        return self._table(block, prefix, self._iso, partial(_number, kind=pa.int32()))

    def typed(self, block: Rows, prefix: str) -> pa.Table:
        """The rows as a Parquet file keeps them: timestamps (UTC, no zone), floats, labels."""
        return self._table(block, prefix, _timestamp, partial(_number, kind=pa.float64()))

    def _table(
        self,
        block: Rows,
        prefix: str,
        instant: Callable[[Ints], pa.Array],
        number: Callable[[Ints], pa.Array],
    ) -> pa.Table:
        arrays = {
            "interaction_id": _id(prefix, block["interaction_id"]),
            "customer_id": _id("k", block["customer_id"]),
            "sla_met": pa.array(block["sla_met"] == 1, mask=block["sla_met"] < 0),
        }
        arrays |= {column: instant(block[column]) for column in INSTANTS}
        arrays |= {column: number(block[column]) for column in NUMBERS}
        arrays |= {column: self._label(column, block[column]) for column in self.labels}
        return pa.table({column: arrays[column] for column in COLUMNS})

    def _label(self, column: str, places: Ints) -> pa.Array:
        indices = pa.array(places.astype(np.int32), mask=places < 0)
        return pa.DictionaryArray.from_arrays(indices, self.labels[column])

    def _iso(self, seconds: Ints) -> pa.Array:
        known = np.where(seconds < 0, self.first_day * DAY_SECONDS, seconds)
        day, second = np.divmod(known, DAY_SECONDS)
        letters = np.hstack([self.days[day - self.first_day], _TIMES[second]])
        return _strings(letters, seconds >= 0)


def plain(table: pa.Table) -> pa.Table:
    """The same table with its labels written out, as a CSV writer wants them."""
    fields = [
        pa.field(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _id(prefix: str, numbers: Ints) -> pa.Array:
    """A letter and ten digits."""
    high, low = np.divmod(np.maximum(numbers, 0), 100_000)
    letter = np.full((len(numbers), 1), ord(prefix), np.uint8)
    return _strings(np.hstack([letter, _DIGITS[high], _DIGITS[low]]), numbers >= 0)


def _strings(letters: Bytes, known: NDArray[np.bool_]) -> pa.Array:
    """Strings of one length, (rows, letters), without a Python object for each."""
    rows, length = letters.shape
    offsets = np.arange(0, (rows + 1) * length, length, dtype=np.int32)
    valid = np.packbits(known, bitorder="little")
    buffers = [pa.py_buffer(part) for part in (offsets, np.ascontiguousarray(letters), valid)]
    return pa.StringArray.from_buffers(rows, buffers[0], buffers[1], buffers[2])


def _timestamp(seconds: Ints) -> pa.Array:
    return pa.array(seconds * 1_000_000, pa.timestamp("us"), mask=seconds < 0)


def _number(values: Ints, kind: pa.DataType) -> pa.Array:
    return pa.array(values, mask=values < 0).cast(kind)


def _day_number(day: date) -> int:
    return epoch(day) // DAY_SECONDS
