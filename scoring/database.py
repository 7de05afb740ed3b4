"""The way to the database: SQLite on one machine, PostgreSQL by one setting; one writer at a time.

Writers queue up: SQLite locks when a transaction begins, PostgreSQL on one advisory lock. What is
kept of several records (a repeat contact, a kept sum) is so never worked out from half of them.
"""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from scoring.errors import DatabaseError

# What another room holds of a database, without knowing how it works.
Database: TypeAlias = Engine

# The schema that this program knows; migrations/versions ends in it.
HEAD = "0009"
# An arbitrary number that all Evenkeel writers agree on.
WRITER_LOCK = 7_226_046_881
BUSY_SECONDS = 60
CACHE_KIB = 64 * 1024
CHECKPOINT_PAGES = 32_000

_TAKEN = r"(table|relation|index) \S+ already exists"
_FAULTS = (
    ("readonly|read-only", "It cannot be written to", "Allow writing to it and its folder"),
    ("disk is full|no space left", "The disk is full", "Free some room and do it again"),
    ("database is locked|lock timeout", "Another program holds it", "Try again in a minute"),
    (
        "not a database|malformed",
        "It is not an Evenkeel database, or damaged",
        "Name another file",
    ),
    (_TAKEN, "It holds tables that Evenkeel did not make", "Name an empty one"),
    ("i/o error|input/output", "The disk does not take it", "See that it is sound and has room"),
    ("unable to open", "It cannot be opened", "See that its folder exists and may be written to"),
    ("does not exist", "It does not exist there", "Create it, or name another"),
    ("password|authentication", "It refuses the user or the password", "Correct the address"),
    ("", "It cannot be reached", "See that it runs, and that the address is right"),
)


def connect(address: str) -> Engine:
    """An engine for a database URL, or for the path of a SQLite file.

    Raises:
        DatabaseError: the address is no database that is known here, or its driver is missing.
    """
    url = _url(address)
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        engine.update_execution_options(turns=Lock(), opening=Lock())
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseError(
            f"The driver for {url.get_backend_name()} is not installed."
            ' Install Evenkeel with its "postgres" extra, or use a SQLite file.'
        ) from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address))
    except ArgumentError as error:
        raise DatabaseError(
            "The database address cannot be read. Write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError(
            f"Evenkeel does not know {url.get_backend_name()}. Use SQLite or PostgreSQL."
        )
    return url


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    # The driver's own transactions begin late and unlocked; SQLAlchemy begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        _write_ahead(cursor)
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    finally:
        cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Lets readers go on while one writes; a file that may only be read stays as it is."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            # SQLite does not wait here by itself where another makes the same new file.
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state."""
    with plain_faults(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose work is kept whole or not at all; other writers wait."""
    with plain_faults(engine), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
            yield connection


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """A connection that writes down what no other record rests on; on PostgreSQL nobody waits.

    Threads of one process take turns: SQLite lets whoever finds it locked sleep for too long.
    """
    turns = engine.get_execution_options().get("turns", nullcontext())
    with plain_faults(engine), turns, engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def plain_faults(engine: Engine) -> Iterator[None]:
    """Turns a database's refusal into a sentence; other errors pass.

    Raises:
        DatabaseError: what the database refused, and what to do.
    """
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        ours = "no such column" in said or not isinstance(error, OperationalError)
        if ours and not re.search(f"not a database|malformed|{_TAKEN}", said):
            raise
        raise DatabaseError(fault(engine, str(error.orig))) from error


def fault(engine: Engine, said: str) -> str:
    """A sentence for what a database said, with a first thing to try."""
    wrong, remedy = next(
        (wrong, remedy)
        for pattern, wrong, remedy in _FAULTS
        if re.search(pattern, said, re.IGNORECASE)
    )
    return f"The database {shown(engine)} does not answer as it should. {wrong}. {remedy}."


def shown(engine: Engine) -> str:
    """The address of a database, without a password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ":memory:"
    return engine.url.render_as_string(hide_password=True)


def prepare(engine: Engine) -> None:
    """Makes a new database ready, and sees that an old one has the schema this program knows.

    Raises:
        DatabaseError: the schema is older (say `evenkeel upgrade`) or newer than this program.
    """
    version = schema_version(engine)
    see_newer(engine, version)
    if version is None:
        upgrade(engine)
    elif version < HEAD:
        raise DatabaseError(
            f"The database {shown(engine)} has schema {version}, this Evenkeel needs {HEAD}."
            " Back it up and say `evenkeel upgrade`."
        )


def see_newer(engine: Engine, version: str | None) -> None:
    """Refuses a database that a newer program made.

    Raises:
        DatabaseError: its schema is newer than what this program knows.
    """
    if version is not None and version > HEAD:
        raise DatabaseError(
            f"The database {shown(engine)} was made by a newer Evenkeel (schema {version}, this"
            f" one knows {HEAD}). Install that version or a later one."
        )


def schema_version(engine: Engine) -> str | None:
    """The schema that a database has; None for an empty one.

    Raises:
        DatabaseError: the database holds tables of another program.
    """
    with reading(engine) as connection:
        names = inspect(connection).get_table_names()
        if "alembic_version" in names:
            row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
            return None if row is None else str(row[0])
    if "interaction" in names or ("agent" in names and "team" in names):
        raise DatabaseError(
            f"The database {shown(engine)} holds tables that Evenkeel did not make."
            " Name an empty one."
        )
    return None


def upgrade(engine: Engine) -> None:
    """Brings the schema up to date.

    Raises:
        DatabaseError: the database was made by a newer program, or refuses.
    """
    # Alembic takes a third of a second to import.
    from alembic import command  # noqa: PLC0415 only this needs it
    from alembic.config import Config  # noqa: PLC0415 only this needs it

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with writing(engine) as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
