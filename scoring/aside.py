"""Where what comes from Slack is noted: beside a SQLite database, in a small file of its own.

SQLite takes one writer at a time, and an import writes for seconds on end: nobody who asks
something in Slack is to wait for it. On PostgreSQL writers pass each other in the one database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Engine, Index, MetaData, Table, event

from scoring.columns import table_of
from scoring.database import connect, noting
from scoring.slack_records import LookRow, SlackEvent
from scoring.talk_records import FeedbackRow, HeldRow, TalkRow

SUFFIX = "-slack"


@contextmanager
def aside(engine: Engine) -> Iterator[Connection]:
    """A connection that notes events and looks, whole or not at all, whatever else is written."""
    with noting(beside(engine)) as connection:
        yield connection


@contextmanager
def noted_aside(connection: Connection) -> Iterator[Connection]:
    """A connection to where events and looks are noted: the same one, if it leads there."""
    if beside(connection.engine) is connection.engine:
        yield connection
        return
    with aside(connection.engine) as there:
        yield there


def beside(engine: Engine) -> Engine:
    """Where a database's events and looks are noted.

    Raises:
        DatabaseError: the file cannot be made.
    """
    options = engine.get_execution_options()
    if engine.dialect.name != "sqlite" or not engine.url.database or options.get("is_aside"):
        return engine
    with options["opening"]:
        known = engine.get_execution_options().get("beside")
        return known if isinstance(known, Engine) else _open(engine)


def _open(engine: Engine) -> Engine:
    side = connect(f"{engine.url.database}{SUFFIX}")
    side.update_execution_options(is_aside=True)
    with noting(side) as connection:
        for model in (SlackEvent, LookRow, TalkRow, HeldRow, FeedbackRow):
            _alone(table_of(model)).create(connection, checkfirst=True)
    event.listen(engine, "engine_disposed", lambda _: side.dispose())
    engine.update_execution_options(beside=side)
    return side


def _alone(table: Table) -> Table:
    """A table that refers to no other, as there is none in its file."""
    columns = (
        Column(
            one.name,
            one.type,
            primary_key=one.primary_key,
            nullable=one.nullable,
            server_default=getattr(one.server_default, "arg", None),
        )
        for one in table.columns
    )
    alone = Table(table.name, MetaData(), *columns)
    for index in table.indexes:
        Index(index.name, *(alone.c[one.name] for one in index.columns))
    return alone
