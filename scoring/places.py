"""Places of worker processes: each holds one while it lives, and whose is free has died.

The operating system, or PostgreSQL, frees the place of a process that dies, however it dies.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, Engine, text

from scoring.errors import DatabaseError

# As many processes may work at once.
PLACES = 64
# An arbitrary number that all workers agree on; the place is the second.
_LOCK = 722_604
_TRY = text("SELECT pg_try_advisory_lock(:lock, :place)")
_LEAVE = text("SELECT pg_advisory_unlock(:lock, :place)")


@contextmanager
def first_free(engine: Engine) -> Iterator[int]:
    """The number of the first free place, held as long as this lasts.

    Raises:
        DatabaseError: there is none.
    """
    for place in range(1, PLACES + 1):
        with held(engine, place) as ours:
            if ours:
                yield place
                return
    raise DatabaseError(f"{PLACES} processes are at work already. Stop one of them.")


@contextmanager
def held(engine: Engine, place: int) -> Iterator[bool]:
    """Whether a place is ours: it is, for as long as this lasts, if nobody else has it."""
    if engine.dialect.name == "sqlite":
        with _held_file(f"{engine.url.database}-worker-{place}") as ours:
            yield ours
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ours = _asked(connection, _TRY, place)
        try:
            yield ours
        finally:
            if ours:
                _asked(connection, _LEAVE, place)


@contextmanager
def _held_file(path: str) -> Iterator[bool]:
    """A lock on a file of its own, made by SQLite, which knows how on every system."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            yield False
            return
        yield True


def _asked(connection: Connection, query: object, place: int) -> bool:
    given = {"lock": _LOCK, "place": place}
    return bool(connection.execute(query, given).scalar())  # type: ignore[call-overload]
