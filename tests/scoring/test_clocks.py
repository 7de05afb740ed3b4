"""Response times on a team's own clock: its hours, lunch, holidays and closures."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scoring.upkeep import refound
from scoring.working_hours import WorkingHours
from tests.factories import desk_of, interactions, taken, workspace_of
from tests.scoring.estimates import days, value_of

DAY = ((9 * 3600, 12 * 3600), (13 * 3600, 17 * 3600))
NIGHT = ((20 * 3600, 24 * 3600),)
UTC_ZONE = ZoneInfo("UTC")
CLOSED = (datetime(2026, 11, 10, 9, tzinfo=UTC), datetime(2026, 11, 10, 10, tzinfo=UTC))
OPEN = WorkingHours(UTC_ZONE, (DAY,) * 5 + ((),) * 2, frozenset({date(2026, 11, 11)}), (CLOSED,))
LATE = WorkingHours(UTC_ZONE, (NIGHT,) * 7, frozenset(), ())
HOURS = workspace_of(hours={None: OPEN, "Night": LATE})
MONDAYS = days("2026-11-06", "2026-11-15")


def replied(created, reply, **cells):
    times = {"created_at": created, "started_at": reply, "first_reply_at": reply}
    return interactions({**times, **cells})


def clock(engine, rows):
    taken(engine, rows, desk=desk_of(engine, workspace=HOURS))
    return value_of(engine, "frt_business", period=MONDAYS, workspace=HOURS)


@pytest.mark.parametrize(
    ("created", "reply", "seconds"),
    [
        pytest.param("2026-11-09T11:30:00Z", "2026-11-09T13:30:00Z", 3600, id="lunch"),
        pytest.param("2026-11-09T16:30:00Z", "2026-11-10T10:30:00Z", 3600, id="night and closure"),
        pytest.param("2026-11-10T16:00:00Z", "2026-11-12T10:00:00Z", 7200, id="holiday"),
        pytest.param("2026-11-06T16:59:00Z", "2026-11-09T09:01:00Z", 120, id="weekend"),
    ],
)
def test_only_working_hours_count(database, created, reply, seconds):
    assert clock(database, replied(created, reply)) == seconds


def test_the_calendars_clock_goes_on(database):
    clock(database, replied("2026-11-09T11:30:00Z", "2026-11-09T13:30:00Z"))
    assert value_of(database, "frt", period=MONDAYS, workspace=HOURS) == 7200


def test_a_team_has_a_clock_of_its_own(database):
    rows = replied("2026-11-09T19:00:00Z", "2026-11-09T21:00:00Z", team="Night")
    assert clock(database, rows) == 3600


def test_resolution_time_has_the_same_clock(database):
    rows = interactions(
        {"created_at": "2026-11-09T08:00:00Z", "resolved_at": "2026-11-09T12:30:00Z"}
    )
    taken(database, rows, desk=desk_of(database, workspace=HOURS))
    found = value_of(database, "resolution_time_business", period=MONDAYS, workspace=HOURS)
    assert found == 3 * 3600


def test_a_person_who_changes_teams_takes_the_records_along(database):
    rows = replied("2026-11-09T19:00:00Z", "2026-11-09T21:00:00Z")
    assert clock(database, rows) == 0
    roster = [{"agent": rows[0]["agent"], "team": "Night"}]
    taken(database, roster, "roster", desk=desk_of(database, workspace=HOURS))
    assert value_of(database, "frt_business", period=MONDAYS, workspace=HOURS) == 3600


def test_hours_that_were_set_later_are_worked_out_by_an_upgrade(database):
    taken(database, replied("2026-11-09T11:30:00Z", "2026-11-09T13:30:00Z"))
    assert value_of(database, "frt_business", period=MONDAYS) is None
    refound(database, HOURS)
    assert value_of(database, "frt_business", period=MONDAYS, workspace=HOURS) == 3600
