"""The column types that tables share: instants, keys, ids, small whole numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, SmallInteger, String, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# PostgreSQL sorts text by language unless told otherwise; ids must sort alike everywhere.
PLAIN = String().with_variant(String(collation="C"), "postgresql")
BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


def to_ms(value: datetime) -> int:
    """Whole milliseconds since 1970 of an aware instant."""
    return round((value - EPOCH) / timedelta(milliseconds=1))


def from_ms(value: int) -> datetime:
    """The aware instant, in UTC, so many milliseconds after 1970 began."""
    return EPOCH + timedelta(milliseconds=value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as whole milliseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> int | None:
        """Milliseconds of an aware datetime; a naive one is a bug and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return to_ms(value)

    def process_result_value(self, value: int | None, _: Dialect) -> datetime | None:
        """The instant as an aware datetime in UTC."""
        return None if value is None else from_ms(value)


def key() -> Any:
    """A primary key that counts up by itself."""
    return Field(default=None, sa_column=Column(BIG_KEY, primary_key=True))


def instant() -> Any:
    """An optional instant."""
    return Field(default=None, sa_type=Instant)


def small(default: int | None = None) -> Any:
    """A small whole number, or yes and no as 1 and 0."""
    told = {} if default is None else {"server_default": str(default)}
    return Field(default=default, sa_type=SmallInteger, sa_column_kwargs=told)


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it by metaclass
    return table


def column_names(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, in their order."""
    return tuple(column.name for column in table.columns)
