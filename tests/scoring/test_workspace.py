"""What a workspace decides, and what its kept sums rest on."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from scoring.database import reading, writing
from scoring.measures import Moment, Rules
from scoring.period import Calendar
from scoring.working_hours import WorkingHours
from scoring.workspace import Workspace, as_kept, differs, footing
from tests.factories import desk_of, interactions, taken, workspace_of
from tests.scoring.estimates import days, value_of

ALL_DAY = WorkingHours(ZoneInfo("UTC"), (((0, 86400),),) * 7)
MORNINGS = WorkingHours(ZoneInfo("UTC"), (((0, 43200),),) * 7)
TOKYO = workspace_of("Asia/Tokyo")


def kept_as(engine, workspace):
    """What a workspace takes records in as."""
    with writing(engine) as connection:
        return as_kept(connection, workspace)


def test_a_team_has_its_own_working_hours_or_everybodys():
    workspace = workspace_of(hours={None: ALL_DAY, "Billing": MORNINGS})
    assert workspace.hours_of("Billing") is MORNINGS
    assert workspace.hours_of("Sales") is workspace.hours_of(None) is ALL_DAY
    assert workspace_of(hours={"Billing": MORNINGS}).hours_of("Sales") is None


def test_a_moment_is_milliseconds_and_the_local_day():
    evening = datetime(1970, 1, 1, 20, 0, 0, 1500, tzinfo=UTC)
    second_day = datetime.combine(datetime(1970, 1, 2, tzinfo=UTC), time()).toordinal()
    assert TOKYO.moment(evening) == Moment(72_000_002, second_day)


def test_a_new_database_rests_on_what_takes_in_its_first_file(database):
    assert differs(database, TOKYO) == {}
    taken(database, interactions({}), desk=desk_of(database, workspace=TOKYO))
    with reading(database) as connection:
        assert footing(connection) == TOKYO.footing()
    assert differs(database, TOKYO) == {}


@pytest.mark.parametrize(
    ("other", "name", "rested_on"),
    [
        (TOKYO, "zone", "UTC"),
        (Workspace(Calendar(ZoneInfo("UTC"), 6)), "week_starts", "0"),
        (workspace_of(rules=Rules(3)), "repeat_days", "7"),
        (workspace_of(hours={None: ALL_DAY}), "working_hours", "none"),
    ],
)
def test_another_footing_is_noticed_by_name(database, other, name, rested_on):
    taken(database, interactions({}))
    assert differs(database, other) == {name: rested_on}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({None: ALL_DAY}, {None: MORNINGS}),
        ({None: ALL_DAY}, {"Billing": ALL_DAY}),
        ({None: ALL_DAY}, {None: ALL_DAY, "Billing": ALL_DAY}),
    ],
)
def test_other_working_hours_are_another_footing(one, other):
    assert workspace_of(hours=one).footing() == workspace_of(hours=dict(one)).footing()
    assert workspace_of(hours=one).footing() != workspace_of(hours=other).footing()


def test_records_are_taken_in_on_the_footing_that_is_there(database):
    kept_as(database, workspace_of())
    found = kept_as(database, Workspace(Calendar(ZoneInfo("Asia/Tokyo"), 6), Rules(3)))
    assert (found.calendar, found.rules) == (workspace_of().calendar, Rules(7))


def test_a_setting_that_changed_leaves_no_day_counted_twice(database):
    # 22:00 in UTC is the next day in Tokyo.
    first, second = interactions(*[{"started_at": "2026-11-09T22:00:00Z"}] * 2)
    taken(database, [first])
    taken(database, [second], desk=desk_of(database, workspace=TOKYO))
    assert value_of(database, "volume", period=days("2026-11-09")) == 2
    assert value_of(database, "volume", period=days("2026-11-10"), workspace=TOKYO) == 2
    assert value_of(database, "volume", period=days("2026-11-09"), workspace=TOKYO) is None
