"""The way to the database: made once, of one schema, whole or not at all, and never in the way."""

import re
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel

from scoring import migrations
from scoring.columns import table_of
from scoring.database import (
    HEAD,
    connect,
    prepare,
    reading,
    schema_version,
    shown,
    upgrade,
    writing,
)
from scoring.errors import DatabaseError
from scoring.measures import Rules
from scoring.records import Import, Interaction, Setting, Source
from scoring.rollup import rebuild
from tests.databases import postgres_database
from tests.factories import NOW, interactions, stored, taken, workspace_of
from tests.scoring.crowd import crowd, kept
from tests.scoring.estimates import value_of

SETTINGS = table_of(Setting)
AT_ONCE = 3


def run(engine, statement):
    with writing(engine) as connection:
        connection.execute(text(statement))


def settings(engine):
    return {row["name"]: row["value"] for row in stored(engine, Setting)}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_database(request, tmp_path):
    """The address of a database of each kind in which there is nothing yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "new.db")
        return
    server = request.getfixturevalue("_postgres").url.render_as_string(hide_password=False)
    with postgres_database(server) as address:
        yield address


@pytest.fixture
def empty_engine(new_database):
    """An engine on a database in which there is nothing yet."""
    engine = connect(new_database)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("busy_timeout", 60_000),
        ("synchronous", 1),
        ("temp_store", 2),
        ("cache_size", -65_536),
    ],
)
def test_sqlite_is_set_up_for_many_readers_and_a_waiting_writer(engine, pragma, value):
    with reading(engine) as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_record_of_nobody_is_refused_by_the_database(database):
    row = "INSERT INTO pulse (team_id, day, satisfaction) VALUES (4711, 1, 5)"
    with pytest.raises(IntegrityError):
        run(database, row)


def test_a_new_database_gets_the_schema_and_keeps_it(empty_engine):
    assert schema_version(empty_engine) is None
    prepare(empty_engine)
    prepare(empty_engine)
    upgrade(empty_engine)
    assert schema_version(empty_engine) == HEAD
    assert stored(empty_engine, Interaction) == []


def test_the_steps_of_the_schema_end_in_the_one_this_program_knows():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_steps_of_the_schema_make_the_tables_that_the_program_uses(database):
    with reading(database) as connection:
        told = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(told, SQLModel.metadata) == []
        assert set(inspect(connection).get_table_names()) == {
            "alembic_version",
            *SQLModel.metadata.tables,
        }


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("9999", f"made by a newer Evenkeel (schema 9999, this one knows {HEAD})"),
        (
            "0000",
            f"has schema 0000, this Evenkeel needs {HEAD}. Back it up and say `evenkeel upgrade`",
        ),
    ],
)
def test_a_database_of_another_version_is_refused_in_words(empty_engine, version, said):
    prepare(empty_engine)
    run(empty_engine, f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(DatabaseError, match=re.escape(said)):
        prepare(empty_engine)


@pytest.mark.parametrize("tables", [("interaction",), ("agent", "team"), ("setting",), ("shift",)])
def test_tables_of_another_program_are_left_alone(empty_engine, tables):
    for table in tables:
        run(empty_engine, f"CREATE TABLE {table} (mine INTEGER)")
    with pytest.raises(DatabaseError, match="holds tables that Evenkeel did not make"):
        prepare(empty_engine)
    with reading(empty_engine) as connection:
        assert set(inspect(connection).get_table_names()) == set(tables)


def test_tables_that_are_in_nobodys_way_may_be_there(empty_engine):
    run(empty_engine, "CREATE TABLE weather (mine INTEGER)")
    prepare(empty_engine)
    assert schema_version(empty_engine) == HEAD


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://root@127.0.0.1/x", "does not know mysql. Use SQLite or PostgreSQL"),
        ("sqlite:/x://y", "address cannot be read|cannot be opened|does not know"),
        ("://", "address cannot be read"),
    ],
)
def test_an_address_that_is_none_is_refused_in_words(address, said):
    with pytest.raises(DatabaseError, match=said):
        prepare(connect(address))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_any_of_its_names(scheme):
    engine = connect(f"{scheme}://ana:secret@example.com/evenkeel")
    assert engine.dialect.driver == "psycopg"
    assert "secret" not in shown(engine)


def test_a_server_that_does_not_answer_is_named_without_its_password():
    engine = connect("postgresql://ana:secret@127.0.0.1:1/evenkeel?connect_timeout=2")
    with pytest.raises(DatabaseError) as error:
        prepare(engine)
    assert "See that it runs" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.postgres
def test_a_database_that_the_server_does_not_have_is_said_so(request):
    server = request.getfixturevalue("_postgres").url.set(database="evenkeel_is_not_there")
    with pytest.raises(DatabaseError, match=r"It does not exist there\. Create it"):
        prepare(connect(server.render_as_string(hide_password=False)))


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(DatabaseError, match=r"cannot be opened\. See that its folder exists"):
        prepare(connect(str(tmp_path / "nowhere" / "evenkeel.db")))


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana, " * 500, encoding="utf-8")
    with pytest.raises(DatabaseError, match="not an Evenkeel database, or damaged"):
        prepare(connect(str(letter)))
    assert letter.read_text(encoding="utf-8").startswith("Dear Ana")


def test_a_database_that_may_only_be_read_is_read_and_refuses_to_be_written(sqlite_file):
    engine = connect(str(sqlite_file))
    taken(engine, interactions({}))
    engine.dispose()
    engine = connect(f"sqlite:///file:{sqlite_file}?mode=ro&uri=true")
    assert value_of(engine, "volume") == 1
    with pytest.raises(DatabaseError, match=r"It cannot be written to\. Allow writing"):
        taken(engine, interactions({}, {}))
    engine.dispose()


def test_instants_go_in_and_come_out_aware_in_utc(database):
    source = {"id": 1, "name": "files"}
    at = datetime(2026, 11, 9, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with writing(database) as connection:
        connection.execute(table_of(Source).insert(), source)
        row = {"kind": "roster", "file": "x", "source_id": 1, "at": at, "added": 0}
        row |= {"corrected": 0, "known": 0, "refused": 0}
        connection.execute(table_of(Import).insert(), row)
    (out,) = stored(database, Import)
    assert out["at"] == datetime(2026, 11, 9, 3, 30, 0, 123000, tzinfo=UTC)
    assert out["at"].utcoffset() == timedelta(0)


def test_an_instant_without_its_zone_is_a_bug(database):
    column = table_of(Interaction).c.created_at
    naive = NOW.replace(tzinfo=None)
    with reading(database) as connection, pytest.raises(StatementError, match="needs its zone"):
        connection.execute(select(column).where(column == naive))


def test_what_fails_half_way_is_not_kept_at_all(database):
    row = {"name": "zone", "value": "UTC"}
    with pytest.raises(ZeroDivisionError), writing(database) as connection:
        connection.execute(SETTINGS.insert(), row).rowcount / 0
    assert settings(database) == {}


def test_a_reader_sees_one_state_though_another_writes(database):
    with reading(database) as connection:
        query = select(SETTINGS.c.name)
        assert connection.scalars(query).all() == []
        run(database, "INSERT INTO setting (name, value) VALUES ('zone', 'UTC')")
        assert connection.scalars(query).all() == []
    assert settings(database) == {"zone": "UTC"}


def test_a_second_writer_waits_for_the_first(database):
    begun, done = Event(), []

    def second():
        begun.set()
        with writing(database) as connection:
            done.append(connection.scalar(select(SETTINGS.c.value)))

    with writing(database) as connection:
        thread = Thread(target=second)
        thread.start()
        begun.wait()
        thread.join(timeout=0.2)
        assert done == []
        connection.execute(SETTINGS.insert(), {"name": "zone", "value": "UTC"})
    thread.join(timeout=30)
    assert done == ["UTC"]


def make_new(address):
    """Makes a new database ready, in a process of its own."""
    engine = connect(address)
    prepare(engine)
    engine.dispose()


def take_some(address, number):
    """Takes in one part of the crowd after the other, in a process of its own."""
    engine = connect(address)
    rows = crowd()[number::AT_ONCE]
    for first in range(0, len(rows), 25):
        taken(engine, rows[first : first + 25])
    engine.dispose()


def in_processes(work, *arguments):
    """Runs a function for each argument, each in a process of its own, at the same time."""
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, *arguments))


def test_processes_make_a_new_database_and_write_to_it_at_the_same_time(new_database):
    in_processes(make_new, [new_database] * AT_ONCE)
    in_processes(take_some, [new_database] * AT_ONCE, range(AT_ONCE))
    engine = connect(new_database)
    assert len(stored(engine, Interaction)) == 300
    at_once = kept(engine)
    with writing(engine) as connection:
        rebuild(connection, Rules(), workspace_of().calendar)
    assert kept(engine) == pytest.approx(at_once, rel=1e-9)
    engine.dispose()


def test_who_makes_a_new_file_waits_for_another_who_does(tmp_path):
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE weather (mine INTEGER)")
    thread = Thread(target=make_new, args=[str(path)])
    thread.start()
    thread.join(timeout=0.2)
    other.execute("COMMIT")
    other.close()
    thread.join(timeout=30)
    engine = connect(str(path))
    assert schema_version(engine) == HEAD
    engine.dispose()


def test_a_lock_of_another_program_is_waited_for_and_then_named(sqlite_file, monkeypatch):
    monkeypatch.setattr("scoring.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine = connect(str(sqlite_file))
    with pytest.raises(DatabaseError, match=r"Another program holds it\. Try again in a minute"):
        run(engine, "DELETE FROM setting")
    other.close()
    engine.dispose()
