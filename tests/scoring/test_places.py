"""Places of worker processes: one each while it lives, free as soon as it has died."""

import subprocess
import sys

import pytest

from scoring.database import connect
from scoring.errors import DatabaseError
from scoring.places import PLACES, first_free, held
from tests.terminal import environment

HOLDER = """
import sys
from scoring.database import connect
from scoring.places import first_free
with first_free(connect(sys.argv[1])) as place:
    print(place, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def database(database, sqlite_file):
    """An engine; SQLite's of a file of its own, since locks stand beside it."""
    if database.dialect.name != "sqlite":
        yield database
        return
    engine = connect(str(sqlite_file))
    yield engine
    engine.dispose()


def holder(engine):
    """A process that holds a place, and the number of it."""
    address = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    return process, int(process.stdout.readline())


def test_each_has_a_place_of_its_own_while_it_works(database):
    with first_free(database) as one, first_free(database) as other:
        assert (one, other) == (1, 2)
    with first_free(database) as again:
        assert again == 1


def test_a_place_that_another_has_is_not_ours(database):
    with held(database, 3) as ours, held(database, 3) as not_ours:
        assert (ours, not_ours) == (True, False)
    with held(database, 3) as ours:
        assert ours


def test_the_place_of_a_process_that_was_killed_is_free_at_once(database):
    process, place = holder(database)
    with held(database, place) as ours:
        assert (place, ours) == (1, False)
    process.kill()
    process.communicate()
    # PostgreSQL has to hear of it first.
    found = next(ours for ours in _tries(database, place) if ours)
    assert found


def _tries(engine, place):
    for _ in range(2000):
        with held(engine, place) as ours:
            yield ours


def test_more_than_there_are_places_for_are_told(engine, monkeypatch):
    monkeypatch.setattr("scoring.places.PLACES", 1)
    assert PLACES > 1
    with first_free(engine), pytest.raises(DatabaseError, match="1 processes are at work"):
        first_free(engine).__enter__()
