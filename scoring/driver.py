"""Statements in the driver's own words: for thousands of rows, or for what every batch asks."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select, Table


def upsert(table: Table, connection: Connection, *, add: bool = False) -> str:
    """INSERT that replaces what has the same primary key or, with ``add``, adds the numbers to it.

    The text takes one parameter a column, in the table's order, in the driver's own style.
    """
    keys = [column.name for column in table.primary_key]
    names = [column.name for column in table.columns]
    marks = ", ".join([mark(connection)] * len(names))
    old = f'"{table.name}".'
    changes = ", ".join(
        f'"{name}" = {old + quoted(name) + " + " if add else ""}excluded."{name}"'
        for name in names
        if name not in keys
    )
    columns = ", ".join(map(quoted, names))
    targets = ", ".join(map(quoted, keys))
    return (
        f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 names of our own
        f" ON CONFLICT ({targets}) DO UPDATE SET {changes}"
    )


def quoted(name: str) -> str:
    """A column's name as both databases take it."""
    return f'"{name}"'


def mark(connection: Connection) -> str:
    """What stands for a parameter in a statement written for the driver."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


def rows_of(
    connection: Connection, build: Callable[..., Select[Any]], *arguments: Hashable
) -> list[tuple[Any, ...]]:
    """The driver's own rows of a query that ``build`` makes, once for each set of arguments.

    For what every batch of records asks again: making a query of a hundred expressions takes ten
    times as long as running it over one record.
    """
    result = connection.exec_driver_sql(_told(connection.dialect, build, arguments))
    return [tuple(row) for row in result.cursor.fetchall()]


@lru_cache(maxsize=64)
def _told(
    dialect: Dialect, build: Callable[..., Select[Any]], arguments: tuple[Hashable, ...]
) -> str:
    query = build(*arguments)
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def run_many(connection: Connection, statement: str, rows: Iterable[Sequence[object]]) -> None:
    """Runs a driver's own statement for each row; nothing happens for no rows."""
    rows = [tuple(row) for row in rows]
    if rows:
        connection.exec_driver_sql(statement, rows)
