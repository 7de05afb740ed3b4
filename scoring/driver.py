"""Statements in the driver's own words: for thousands of rows, or for what every batch asks."""

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Select,
    Table,
    column,
    select,
    text,
)

# What stands in a query's text where the values that it is asked about go.
_GIVEN = ("GIVEN_NUMBERS", "GIVEN_WORDS")
_AT_ONCE = 500


def among(given: Column[Any]) -> ColumnElement[bool]:
    """Whether a column's value is among those that ``rows_of`` is given.

    They go into the statement as one parameter, so its text is the same for any number of them.
    """
    place = _GIVEN[0] if isinstance(given.type, Integer) else _GIVEN[1]
    return given.in_(select(column("value")).select_from(text(place)))


def rows_of(
    connection: Connection,
    build: Callable[..., Select[Any]],
    *arguments: Hashable,
    given: Collection[int] | Collection[str] | None = None,
) -> list[tuple[Any, ...]]:
    """The driver's own rows of a query that ``build`` makes, once for each set of arguments.

    For what every batch of records asks again: making a query of a hundred expressions takes ten
    times as long as running it over one record. ``given`` is what its ``among`` is about, however
    often that stands in it; a query about nothing has no rows.
    """
    if given is not None and not given:
        return []
    statement, times = _told(connection.dialect, build, arguments)
    values: Any = given
    if given is not None:
        values = json.dumps(list(given)) if connection.dialect.name == "sqlite" else list(given)
    result = connection.exec_driver_sql(statement, (values,) * times)
    return [tuple(row) for row in result.cursor.fetchall()]


@lru_cache(maxsize=64)
def _told(
    dialect: Dialect, build: Callable[..., Select[Any]], arguments: tuple[Hashable, ...]
) -> tuple[str, int]:
    """A query's text, and how often the values that are given stand in it."""
    query = build(*arguments)
    told = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    times = sum(map(told.count, _GIVEN))
    for place, kind in zip(_GIVEN, ("bigint", "text"), strict=True):
        one = "json_each(?)" if dialect.name == "sqlite" else f"unnest(%s::{kind}[]) AS g(value)"
        told = told.replace(place, one)
    return told, times


def upsert(table: Table, connection: Connection, only: Sequence[str] | None = None) -> str:
    """INSERT that replaces what has the same primary key, or only these of its columns.

    The text takes one parameter a column, the primary key's first, in the driver's own style.
    """
    keys = [column.name for column in table.primary_key]
    names = [*keys, *(_others(table) if only is None else only)]
    marks = ", ".join([mark(connection)] * len(names))
    changes = ", ".join(
        f"{quoted(name)} = excluded.{quoted(name)}" for name in names if name not in keys
    )
    columns = ", ".join(map(quoted, names))
    targets = ", ".join(map(quoted, keys))
    return (
        f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 names of our own
        f" ON CONFLICT ({targets}) DO UPDATE SET {changes}"
    )


def rows_at(
    connection: Connection,
    table: Table,
    keys: Sequence[tuple[str | int, ...]],
    only: Sequence[str] | None = None,
) -> list[tuple[Any, ...]]:
    """The driver's own rows that have these primary keys, in no order; keys are never a user's.

    A row is its primary key and all its other columns, or only these of them.
    """
    names = [column.name for column in table.primary_key]
    others = _others(table) if only is None else only
    wanted = ", ".join(f"there.{quoted(name)}" for name in (*names, *others))
    same = " AND ".join(f"there.{quoted(name)} = wanted.{quoted(name)}" for name in names)
    found: list[tuple[Any, ...]] = []
    for first in range(0, len(keys), _AT_ONCE):
        told = ", ".join(_literal(key) for key in keys[first : first + _AT_ONCE])
        result = connection.exec_driver_sql(
            f"WITH wanted ({', '.join(map(quoted, names))}) AS (VALUES {told})"  # noqa: S608 checked
            f' SELECT {wanted} FROM wanted CROSS JOIN "{table.name}" AS there WHERE {same}'
        )
        found += result.cursor.fetchall()
    return found


def _others(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.primary_key]


def _literal(key: tuple[str | int, ...]) -> str:
    """A key as SQL text.

    Raises:
        ValueError: a word of it is none of our own names.
    """
    if not all(isinstance(part, int) or part.isidentifier() for part in key):
        raise ValueError(f"{key} is no key of our own")
    return "(" + ", ".join(f"'{one}'" if isinstance(one, str) else str(one) for one in key) + ")"


def quoted(name: str) -> str:
    """A column's name as both databases take it."""
    return f'"{name}"'


def mark(connection: Connection) -> str:
    """What stands for a parameter in a statement written for the driver."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


def run_many(connection: Connection, statement: str, rows: Iterable[Sequence[object]]) -> None:
    """Runs a driver's own statement for each row; nothing happens for no rows."""
    rows = [tuple(row) for row in rows]
    if rows:
        connection.exec_driver_sql(statement, rows)
