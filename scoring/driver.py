"""Statements in the driver's own words: for thousands of rows, or for what every batch asks."""

import json
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Table,
    column,
    literal_column,
    make_url,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

# What stands in a query's text where what it is asked about goes: one value, or a list of them.
_PLACE = re.compile(r"ASKED_(ONE|NUMBERS|WORDS)_(\w+)_HERE")
_GIVEN = "given"
Query: TypeAlias = Select[Any] | CompoundSelect[Any]
_NOTHING: Mapping[str, object] = MappingProxyType({})
_AT_ONCE = 500


def asked(name: str, kind: TypeEngine[Any] | None = None) -> ColumnElement[Any]:
    """The value, a number unless said otherwise, that ``rows_of`` is asked about by this name."""
    return literal_column(f"ASKED_ONE_{name}_HERE", kind or BigInteger())


def among(given: ColumnElement[Any], name: str = _GIVEN) -> ColumnElement[bool]:
    """Whether a value is among those that ``rows_of`` is asked about by this name.

    They go into the statement as one parameter, so its text is the same for any number of them.
    """
    kind = "NUMBERS" if isinstance(given.type, Integer) else "WORDS"
    place = text(f"ASKED_{kind}_{name}_HERE")
    return given.in_(select(column("value")).select_from(place))


def rows_of(
    connection: Connection,
    build: Callable[..., Query],
    *arguments: Hashable,
    given: Collection[int] | Collection[str] | None = None,
    about: Mapping[str, object] = _NOTHING,
) -> list[tuple[Any, ...]]:
    """The driver's own rows of a query that ``build`` makes, once for each set of arguments.

    For what is asked again and again: making a query of a hundred expressions takes ten times as
    long as running it. ``given`` is what its ``among`` is about, however often that stands in it;
    a query about nothing has no rows. ``about`` has the values of its other places, by name.
    """
    if given is not None and not given:
        return []
    values = about if given is None else {**about, _GIVEN: given}
    statement, places = _told(connection.dialect.name, connection.dialect.driver, build, arguments)
    # A list is one parameter: JSON, or the server's own array.
    listed = json.dumps if connection.dialect.name == "sqlite" else list
    ready = (
        values[name] if kind == "ONE" else listed(list(cast("Collection[object]", values[name])))
        for kind, name in places
    )
    with ran(connection, statement, tuple(ready)) as cursor:
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def run(connection: Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The driver's own rows, if any, of a statement with ``{}`` where each value goes."""
    marked = statement.format(*[mark(connection)] * len(values))
    with ran(connection, marked, values) as cursor:
        return cast("list[tuple[Any, ...]]", cursor.fetchall()) if cursor.description else []


@contextmanager
def ran(
    connection: Connection, statement: str, values: Sequence[Any], *, many: bool = False
) -> Iterator[DBAPICursor]:
    """The cursor of a driver's own statement that was run, once or for each of many rows.

    It goes round SQLAlchemy, which takes four times as long for a small statement as it runs.

    Raises:
        DBAPIError: as SQLAlchemy would, what the database refused.
    """
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(statement, values)
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            statement, None, error, base, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


@lru_cache(maxsize=512)
def _told(
    name: str, driver: str, build: Callable[..., Query], arguments: tuple[Hashable, ...]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A query's text, and the kinds and names of the places in it, in their order."""
    dialect = make_url(f"{name}+{driver}://").get_dialect()()
    query = build(*arguments)
    told = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    places = tuple((found[1], found[2]) for found in _PLACE.finditer(told))
    return _PLACE.sub(partial(_place, name), told), places


def _place(dialect: str, found: re.Match[str]) -> str:
    """What a driver takes in a place."""
    kind = found[1]
    if dialect == "sqlite":
        return "?" if kind == "ONE" else "json_each(?)"
    array = "bigint" if kind == "NUMBERS" else "text"
    return "%s" if kind == "ONE" else f"unnest(%s::{array}[]) AS g(value)"


def upsert(table: Table, connection: Connection, only: Sequence[str] | None = None) -> str:
    """INSERT that replaces what has the same primary key, or only these of its columns.

    The text takes one parameter a column, the primary key's first, in the driver's own style.
    """
    return _upsert(table, mark(connection), None if only is None else tuple(only))


@lru_cache(maxsize=256)
def _upsert(table: Table, one: str, only: tuple[str, ...] | None) -> str:
    keys = [column.name for column in table.primary_key]
    names = [*keys, *(_others(table) if only is None else only)]
    marks = ", ".join([one] * len(names))
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
    """The driver's own rows that have these primary keys, in no order.

    A row is its primary key and all its other columns, or only these of them.
    """
    found: list[tuple[Any, ...]] = []
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        names = None if only is None else tuple(only)
        statement = _rows_at(table, mark(connection), names, len(some))
        with ran(connection, statement, tuple(chain.from_iterable(some))) as cursor:
            found += cursor.fetchall()
    return found


@lru_cache(maxsize=256)
def _rows_at(table: Table, one: str, only: tuple[str, ...] | None, count: int) -> str:
    """The query for so many keys: its text is the same for all of them, so it is known again."""
    names = [column.name for column in table.primary_key]
    others = _others(table) if only is None else only
    wanted = ", ".join(f"there.{quoted(name)}" for name in (*names, *others))
    same = " AND ".join(f"there.{quoted(name)} = wanted.{quoted(name)}" for name in names)
    marks = ", ".join([f"({', '.join([one] * len(names))})"] * count)
    return (
        f"WITH wanted ({', '.join(map(quoted, names))}) AS (VALUES {marks})"  # noqa: S608 names of our own
        f' SELECT {wanted} FROM wanted CROSS JOIN "{table.name}" AS there WHERE {same}'
    )


def _others(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.primary_key]


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
        with ran(connection, statement, rows, many=True):
            pass
