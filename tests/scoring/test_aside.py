"""What comes from Slack is noted whatever else is being written, on SQLite and on PostgreSQL."""

from contextlib import contextmanager
from datetime import date

import pytest

from scoring.aside import aside, beside
from scoring.database import connect, reading, writing
from scoring.inbox import begin, done
from scoring.looks import Looking, looks_at, note
from scoring.people import find_agent
from tests.factories import NOW, taken

TODAY = date(2026, 11, 20)


@contextmanager
def importing(engine):
    """Somebody who has written to the database, and is not done yet."""
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE agent SET name = 'Somebody'")
        yield


@pytest.fixture
def people(database):
    taken(database, [{"agent": "ana"}, {"agent": "maya"}], kind="roster")
    with reading(database) as connection:
        return [find_agent(connection, name) for name in ("ana", "maya")]


def test_an_event_is_begun_and_done_and_a_look_noted_beside_an_import(database, people):
    ana, maya = people
    with importing(database):
        assert begin(database, "a", NOW) == "ours"
        with aside(database) as connection:
            note(connection, Looking(maya, "card", TODAY, NOW), [ana])
            done(connection, "a", NOW)
        assert begin(database, "a", NOW) == "done"
        with reading(database) as connection:
            assert [look.viewer for look in looks_at(connection, ana, TODAY)] == ["maya"]


def broken_off(engine, looking, agent):
    """Notes a look and that an event is done, and fails over it."""
    with aside(engine) as connection:
        note(connection, looking, [agent])
        done(connection, "a", NOW)
        raise ZeroDivisionError


def test_nothing_is_noted_where_noting_was_broken_off(database, people):
    ana, maya = people
    begin(database, "a", NOW)
    with pytest.raises(ZeroDivisionError):
        broken_off(database, Looking(maya, "card", TODAY, NOW), ana)
    assert begin(database, "a", NOW) == "busy"
    with reading(database) as connection:
        assert looks_at(connection, ana, TODAY) == []


def test_whoever_notes_on_the_database_s_own_connection_notes_in_the_same_place(database):
    begin(database, "a", NOW)
    with writing(database) as connection:
        done(connection, "a", NOW)
    assert begin(database, "a", NOW) == "done"


def test_the_file_stands_beside_a_sqlite_database_and_another_program_finds_it(sqlite_file):
    one, other = (connect(str(sqlite_file)) for _ in range(2))
    assert begin(one, "a", NOW) == "ours"
    assert begin(other, "a", NOW) == "busy"
    assert sqlite_file.with_name(f"{sqlite_file.name}-slack").exists()
    for engine in (one, other):
        engine.dispose()


def test_there_is_no_such_file_where_writers_pass_each_other(database):
    sqlite = database.dialect.name == "sqlite"
    assert (beside(database) is database) == (not sqlite)
