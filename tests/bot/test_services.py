"""What every command works with, made when asked for."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, inspect

from bot.services import Services
from bot.settings import Settings
from scoring import decided
from scoring.database import writing
from scoring.decided import decide_week
from scoring.errors import CatalogueError, DatabaseError, SettingsError, WorkingHoursError
from scoring.leaders import Act
from scoring.people import find_agent
from tests.factories import NOW, interactions, taken
from tests.slack import services_of

HOURS = '[default]\nzone = "Europe/London"\nmonday = ["09:00-17:00"]\n'


def services(**settings):
    return Services(Settings(**settings))


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_clock_stands_still_in_a_run():
    run = services()
    assert run.now is run.now
    assert run.now.utcoffset() is not None


def test_the_clock_may_be_set():
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert services(now=noon).now == noon


def test_the_database_is_made_on_first_use(here):
    run = services(database="new.db")
    assert not (here / "new.db").exists()
    assert "interaction" in inspect(run.engine).get_table_names()
    assert run.engine is run.engine


def test_the_database_is_closed_when_the_run_is_over(sqlite_file):
    run = services(database=str(sqlite_file))
    closed = []
    event.listen(run.engine, "close", lambda *_: closed.append("closed"))
    del run
    assert closed


def test_a_database_of_another_program_is_refused(here):
    (here / "notes.db").write_text("no database\n" * 100)
    with pytest.raises(DatabaseError, match="not an Evenkeel database"):
        _ = services(database="notes.db").engine


def test_a_company_s_own_kpis_are_laid_over_the_catalogue(here):
    (here / "own.toml").write_text("[aht]\ntarget = [100, 200]\n")
    assert services(kpis=Path("own.toml")).catalogue["aht"].band == (100, 200)
    assert services().catalogue["aht"].band == (240, 420)


def test_a_kpi_file_that_is_not_there_is_told():
    with pytest.raises(CatalogueError, match=r"nowhere\.toml cannot be read"):
        _ = services(kpis=Path("nowhere.toml")).catalogue


def test_the_workspace_is_as_it_is_set(here):
    (here / "hours.toml").write_text(HOURS)
    run = services(
        timezone="Asia/Tokyo",
        week_starts="sunday",
        repeat_days=3,
        working_hours=Path("hours.toml"),
    )
    calendar = run.workspace.calendar
    assert (calendar.zone.key, calendar.week_starts) == ("Asia/Tokyo", 6)
    assert run.workspace.rules.repeat_days == 3
    assert run.workspace.hours[None].zone.key == "Europe/London"


def test_without_a_file_of_hours_there_are_none():
    assert not services().workspace.hours


def test_a_file_of_hours_that_cannot_be_used_is_told(here):
    (here / "hours.toml").write_text("[default]\n")
    with pytest.raises(WorkingHoursError, match=r"hours\.toml cannot be used"):
        _ = services(working_hours=Path("hours.toml")).workspace


def test_a_key_that_is_set_is_the_key(here):
    assert services(customer_key="of my own").secret == b"of my own"
    assert not list(here.iterdir())


@pytest.mark.usefixtures("here")
def test_a_key_is_made_once_and_said_to_be_kept(capsys):
    first = services(database="x.db").secret
    told = capsys.readouterr()
    assert (len(first), told.out) == (64, "")
    assert "Made a key for customers' ids: x.key. Keep it" in told.err
    assert services(database="x.db").secret == first
    assert capsys.readouterr().err == ""


def test_a_key_is_its_owner_s_alone(here):
    _ = services(database="x.db").secret
    assert stat.S_IMODE((here / "x.key").stat().st_mode) == 0o600


@pytest.mark.usefixtures("here")
def test_no_two_keys_are_alike():
    assert services(database="x.db").secret != services(database="y.db").secret


def test_an_empty_key_file_is_no_key(here):
    (here / "x.key").write_bytes(b"\n")
    with pytest.raises(SettingsError, match=r"x\.key is empty"):
        _ = services(database="x.db").secret


@pytest.mark.usefixtures("here")
def test_a_key_that_cannot_be_written_is_told():
    with pytest.raises(SettingsError, match="Set EVENKEEL_CUSTOMER_KEY"):
        _ = services(key_file=Path("missing/x.key")).secret


def decide(engine, week_starts):
    with writing(engine) as connection:
        act = Act(find_agent(connection, "ana@example.com"), NOW)
        decide_week(connection, act, week_starts)


@pytest.fixture
def running(engine):
    """Services that run on over a database, and that database."""
    taken(engine, interactions({}))
    return services_of(engine), engine


def test_what_is_decided_meanwhile_holds_from_the_next_look(running):
    run, engine = running
    assert run.current() is run
    decide(engine, 6)
    later = run.current()
    assert (run.workspace.calendar.week_starts, later.workspace.calendar.week_starts) == (0, 6)


def test_nothing_is_read_again_where_nothing_was_decided(running):
    run, engine = running
    decide(engine, 6)
    later = run.current()
    assert run.current() is later
    assert later.current() is later


def test_what_is_decided_again_holds_after_that(running):
    run, engine = running
    for day in (6, 0, 6):
        decide(engine, day)
        assert run.current().workspace.calendar.week_starts == day


def test_services_of_another_time_share_the_database(running):
    run, engine = running
    decide(engine, 6)
    assert run.current().engine is run.engine is engine


def test_a_look_reads_one_row(running, monkeypatch):
    run, _ = running
    asked = []
    monkeypatch.setattr(decided, "rows_of", lambda *given: asked.append(given) or [(0,)])
    run.current()
    assert len(asked) == 1


def test_a_setting_that_a_call_names_goes_before_what_was_decided(running):
    _, engine = running
    decide(engine, 6)
    insisted = Services(Settings(), frozenset({"week_starts"}))
    vars(insisted)["database"] = engine
    assert insisted.workspace.calendar.week_starts == 0
