"""What admins decide in Slack: kept, laid over the settings, taken back."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scoring.database import connect, reading, writing
from scoring.decided import (
    Decided,
    decide_hours,
    decide_target,
    decide_week,
    decided,
    decided_in,
    decisions,
    newest,
    note_link,
)
from scoring.kpis import load_catalogue
from scoring.leaders import Act
from scoring.people import find_agent
from scoring.working_hours import WorkingHours
from tests.factories import NOW, taken, workspace_of

NINE_TO_FIVE = ((9 * 3600, 17 * 3600),)
HOURS = WorkingHours(
    ZoneInfo("Asia/Tokyo"), (*[NINE_TO_FIVE] * 5, (), ()), frozenset({date(2026, 12, 25)})
)


@pytest.fixture
def roster(database):
    taken(database, [{"agent": "otto", "name": "Otto Ek"}, {"agent": "ana"}], "roster")
    return database


@pytest.fixture
def decide(roster):
    """Does something as somebody, and gives back what holds then."""

    def decide(what, *said, by="otto", at=NOW):
        with writing(roster) as connection:
            what(connection, Act(find_agent(connection, by), at), *said)
        return held(roster)

    return decide


def held(engine):
    with reading(engine) as connection:
        return decided(connection)


def test_before_the_first_decision_nothing_is_decided(roster):
    assert held(roster) == Decided()
    with reading(roster) as connection:
        assert newest(connection) == 0


def test_the_newest_decision_of_each_name_holds(decide):
    decide(decide_week, 6)
    decide(decide_target, "fcr", 0.8)
    found = decide(decide_week, 0)
    assert (found.week_starts, found.targets) == (0, {"fcr": 0.8})


@pytest.mark.parametrize("target", [0.8, (200.0, 300.0), ()], ids=["one", "band", "none"])
def test_a_target_comes_back_as_it_was_decided(decide, target):
    assert decide(decide_target, "aht", target).targets == {"aht": target}


def test_working_hours_come_back_as_they_were_decided(decide):
    assert decide(decide_hours, HOURS).hours == HOURS


@pytest.mark.parametrize(
    ("what", "said"),
    [(decide_week, (6,)), (decide_hours, (HOURS,)), (decide_target, ("fcr", 0.8))],
)
def test_what_is_taken_back_is_no_longer_decided(decide, what, said):
    decide(what, *said)
    found = decide(what, *said[:-1], None)
    assert (found.week_starts, found.hours, found.targets) == (None, None, {})


def test_every_decision_has_a_higher_number(decide, roster):
    numbers = [decide(decide_week, day).number for day in (6, 0, None)]
    assert numbers == sorted(set(numbers))
    with reading(roster) as connection:
        assert newest(connection) == numbers[-1]


def test_who_decided_and_when_is_kept(decide, roster):
    decide(decide_week, 6)
    decide(decide_target, "fcr", None, by="ana", at=NOW + timedelta(days=1))
    with reading(roster) as connection:
        found = decisions(connection)
    week, target = found["week_starts"], found["target:fcr"]
    assert (week.by, week.at, week.taken_back) == ("Otto Ek", NOW, False)
    assert (target.by, target.at, target.taken_back) == ("ana", NOW + timedelta(days=1), True)


def test_a_link_is_a_decision_that_changes_no_setting(decide, roster):
    found = decide(note_link, "ana", "U0ANA")
    assert (found.week_starts, found.hours, found.targets) == (None, None, {})
    with reading(roster) as connection:
        assert "link:ana" in decisions(connection)


def test_a_decided_week_is_laid_over_the_workspace_s():
    workspace = workspace_of()
    assert Decided(week_starts=6).workspace(workspace).calendar.week_starts == 6
    assert Decided().workspace(workspace) == workspace


def test_a_week_that_is_insisted_on_stays():
    found = Decided(week_starts=6).workspace(workspace_of(), week_starts=False)
    assert found.calendar.week_starts == 0


def test_decided_hours_are_everybody_s_but_of_teams_with_their_own():
    own = WorkingHours(ZoneInfo("UTC"), ((),) * 7)
    laid = Decided(hours=HOURS).workspace(workspace_of(hours={None: own, "Billing": own}))
    assert (laid.hours_of("Billing"), laid.hours_of("Sales")) == (own, HOURS)


def test_decided_hours_change_what_the_kept_sums_rest_on():
    before, laid = workspace_of(), Decided(hours=HOURS).workspace(workspace_of())
    assert before.footing()["working_hours"] != laid.footing()["working_hours"]


def test_a_decided_target_is_the_catalogue_s():
    laid = Decided(targets={"fcr": 0.8, "no_such_kpi": 1.0}).catalogue(load_catalogue())
    assert laid["fcr"].band == (0.8, float("inf"))
    assert laid["aht"].target == load_catalogue()["aht"].target
    assert "no_such_kpi" not in laid


def test_where_there_is_no_database_nothing_is_decided_and_none_is_made(tmp_path):
    path = tmp_path / "none.db"
    assert decided_in(connect(str(path))) == Decided()
    assert not path.exists()


def test_a_database_without_a_schema_holds_no_decision(tmp_path):
    engine = connect(str(tmp_path / "empty.db"))
    with reading(engine):
        assert decided_in(engine) == Decided()
    engine.dispose()


def test_what_is_decided_in_a_database_is_read(decide, roster):
    decide(decide_week, 6)
    assert decided_in(roster).week_starts == 6
