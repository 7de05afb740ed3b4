"""Kept sums on another footing: the same figures, now read from what is kept."""

from zoneinfo import ZoneInfo

import pytest

from scoring import upkeep
from scoring.errors import DatabaseError
from scoring.measures import Rules
from scoring.period import Calendar
from scoring.records import Interaction
from scoring.upkeep import counts, nature, refound
from scoring.working_hours import WorkingHours
from scoring.workspace import Workspace, differs
from tests.databases import empty
from tests.factories import desk_of, interactions, stored, taken, transcript, workspace_of
from tests.scoring.crowd import crowd, kept
from tests.scoring.estimates import CATALOGUE, days, estimates_of

UTC = ZoneInfo("UTC")
OFFICE = WorkingHours(UTC, (((32400, 43200), (46800, 61200)),) * 5 + ((), ()))
EARLY = WorkingHours(UTC, (((21600, 50400),),) * 5 + ((), ()))
ODD = days("2026-10-07", "2026-11-11")
NEW_FOOTINGS = {
    "zone": Workspace(Calendar(ZoneInfo("Asia/Tokyo"))),
    "weeks": Workspace(Calendar(UTC, 6)),
    "window": workspace_of(rules=Rules(3)),
    "hours": workspace_of(hours={None: OFFICE, "Billing": EARLY}),
    "all": Workspace(
        Calendar(ZoneInfo("America/New_York"), 6), Rules(14), {None: OFFICE, "Billing": EARLY}
    ),
}
each_footing = pytest.mark.parametrize("footing", NEW_FOOTINGS)
# What is kept of business clocks is worked out when a record comes, or on a new footing.
FIGURES = [key for key in CATALOGUE if "business" not in key]


def figures(engine, workspace):
    """The values of all KPIs by agent and by week."""
    return {
        (key, by, name): one.value
        for key in FIGURES
        for by in ("agent", "week")
        for name, one in estimates_of(engine, key, by, period=ODD, workspace=workspace).items()
    }


@each_footing
def test_figures_are_the_same_before_and_after(database, footing):
    workspace = NEW_FOOTINGS[footing]
    taken(database, crowd(120))
    before = figures(database, workspace)
    assert refound(database, workspace) == 120
    assert figures(database, workspace) == pytest.approx(before, rel=1e-9)


@each_footing
def test_it_is_as_if_all_had_been_taken_in_on_the_new_footing(database, footing):
    workspace = NEW_FOOTINGS[footing]
    taken(database, crowd(120))
    refound(database, workspace)
    after = kept(database)
    empty(database)
    taken(database, crowd(120), desk=desk_of(database, workspace=workspace))
    assert after == pytest.approx(kept(database), rel=1e-9)


def test_the_new_footing_is_written_down(database):
    taken(database, interactions({}))
    workspace = NEW_FOOTINGS["all"]
    assert set(differs(database, workspace)) == {
        "zone",
        "week_starts",
        "repeat_days",
        "working_hours",
    }
    refound(database, workspace)
    assert differs(database, workspace) == {}


def test_the_same_footing_changes_nothing(database):
    workspace = NEW_FOOTINGS["hours"]
    taken(database, crowd(120), desk=desk_of(database, workspace=workspace))
    before = stored(database, Interaction), kept(database)
    refound(database, workspace)
    assert stored(database, Interaction) == before[0]
    assert kept(database) == pytest.approx(before[1], rel=1e-9)


def test_it_goes_through_in_batches(database, monkeypatch):
    taken(database, crowd(50))
    monkeypatch.setattr(upkeep, "BATCH", 7)
    before = kept(database)
    assert refound(database, workspace_of()) == 50
    assert kept(database) == pytest.approx(before, rel=1e-9)


def test_what_fails_half_way_leaves_all_as_it_was(database, monkeypatch):
    taken(database, crowd(50))
    before = stored(database, Interaction), kept(database)
    monkeypatch.setattr(upkeep, "set_footing", None)
    with pytest.raises(TypeError):
        refound(database, NEW_FOOTINGS["all"])
    assert (stored(database, Interaction), kept(database)) == before


def test_an_empty_database_has_nothing_to_work_out(database):
    assert refound(database, workspace_of()) == 0


def test_it_is_counted_what_a_database_holds(database):
    lost = {"agent": None, "outcome": "abandoned", "handle_seconds": None}
    taken(database, interactions({"team": "Billing"}, lost))
    taken(database, [transcript()], "transcripts")
    expected = {"interactions": 2, "transcripts": 1, "teams": 1, "agents": 1}
    assert counts(database) == expected


def test_the_kind_of_a_database_is_told(database):
    named = {"postgresql": "PostgreSQL 1", "sqlite": "SQLite with a write-ahead log"}
    assert nature(database).startswith(named[database.dialect.name])


def test_sqlite_without_a_write_ahead_log_is_told_with_what_to_do(engine):
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA journal_mode = DELETE")
    # The same connection again: a new one would set it right.
    with pytest.raises(DatabaseError, match="Put the file into a folder on a local disk"):
        nature(engine)
