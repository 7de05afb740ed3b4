"""Keeps durations whole, a shelf for each agent's week: puts more on, takes some off."""

from array import array
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from scoring.columns import table_of
from scoring.driver import rows_at, run_many, upsert
from scoring.records import KeptValues

# Measure, agent, answered, first day of the week.
Shelf: TypeAlias = tuple[str, int, int, int]
# Durations, and how many more or fewer of each.
Moved: TypeAlias = Mapping[Shelf, Sequence[tuple[float, int]]]

_values = table_of(KeptValues)


def restock(connection: Connection, moved: Moved) -> None:
    """Puts durations on their shelves and takes them off.

    A shelf that durations only come to is not read: they are put at its end.
    """
    growing = [shelf for shelf in sorted(moved) if all(more > 0 for _, more in moved[shelf])]
    run_many(
        connection,
        _append(connection),
        [(*shelf, _changed(b"", moved[shelf])) for shelf in growing],
    )
    others = sorted(moved.keys() - set(growing))
    stock = {tuple(row[:-1]): row[-1] for row in rows_at(connection, _values, others)}
    rows = [(*shelf, _changed(stock.get(shelf, b""), moved[shelf])) for shelf in others]
    run_many(connection, upsert(_values, connection), rows)


def _changed(stock: bytes, moved: Sequence[tuple[float, int]]) -> bytes:
    values = array("d", stock)
    for value, more in moved:
        for _ in range(-more):
            values.remove(value)
        values.extend([value] * more)
    return values.tobytes()


def _append(connection: Connection) -> str:
    """INSERT that puts bytes behind those that a shelf holds."""
    both = '"kept_values"."values" || excluded."values"'
    if connection.dialect.name == "sqlite":
        # SQLite joins bytes byte by byte, but calls the outcome a text.
        both = f"CAST({both} AS BLOB)"
    return upsert(_values, connection).replace('= excluded."values"', f"= {both}")
