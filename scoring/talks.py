"""Questions as they were read, kept for a day: what follow-ups and buttons change.

A question is kept as data: ids, dates and words of the catalogue, none of the words it was asked
in. Only whoever asked it gets it back, and what they may see is decided when it is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from scoring.columns import table_of
from scoring.query import Query
from scoring.talk_records import TalkRow

_rows = table_of(TalkRow)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Thread:
    """Where somebody asks: one thread of a conversation, or nowhere that a follow-up can come."""

    user_id: str
    channel: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Talk:
    """A question to be kept, under an id that tells nothing by itself."""

    id: str
    query: Query
    where: Thread


def keep(connection: Connection, talks: Sequence[Talk], now: datetime) -> None:
    """Keeps questions, the last of each thread as its last, and forgets those of days ago."""
    connection.execute(delete(_rows).where(_rows.c.at < now - KEPT))
    for where in {one.where for one in talks if one.where.thread}:
        connection.execute(update(_rows).where(*_in(where)).values(thread=""))
    rows = [
        {
            "id": one.id,
            "user_id": one.where.user_id,
            "channel": one.where.channel,
            "thread": one.where.thread,
            "query": written(one.query),
            "at": now,
        }
        for one in talks
    ]
    if rows:
        connection.execute(insert(_rows), rows)


def last_in(connection: Connection, where: Thread, now: datetime) -> Query | None:
    """The last question of a thread; None where there is none, or none any more."""
    if not where.thread:
        return None
    return _found(connection, now, *_in(where))


def kept(connection: Connection, name: str, user_id: str, now: datetime) -> Query | None:
    """The question of an id, if this person asked it; None where it is not there any more."""
    return _found(connection, now, _rows.c.id == name, _rows.c.user_id == user_id)


def _in(where: Thread) -> tuple[ColumnElement[bool], ...]:
    row = _rows.c
    return (
        row.user_id == where.user_id,
        row.channel == where.channel,
        row.thread == where.thread,
    )


def _found(connection: Connection, now: datetime, *where: ColumnElement[bool]) -> Query | None:
    row = _rows.c
    found = connection.scalar(select(row.query).where(row.at >= now - KEPT, *where).limit(1))
    return None if found is None else read(found)


def written(query: Query) -> str:
    """A question as JSON, without the words that its periods were named by."""
    compare = query.compare
    other = None if compare is None else compare.period
    if compare is not None and other is not None:
        compare = replace(compare, period=replace(other, words=""))
    told = replace(query, period=replace(query.period, words=""), compare=compare)
    return _shape().dump_json(told).decode()


def read(told: str) -> Query | None:
    """A question of its JSON; None where another version of this program wrote it."""
    try:
        query: Query = _shape().validate_json(told)
    except ValidationError:
        return None
    return query


@cache
def _shape() -> TypeAdapter[Any]:
    return TypeAdapter(Query)
