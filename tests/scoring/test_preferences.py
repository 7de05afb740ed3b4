"""What people say about the weekly message, kept until they say otherwise."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scoring.database import noting, reading
from scoring.people import find_agent
from scoring.period import Calendar
from scoring.preferences import Preferences, keep_preferences, preferences
from tests.factories import NOW, taken

LEAVE = (date(2026, 12, 21), date(2027, 1, 3))
WANTED = Preferences(
    digest=False,
    weekday=4,
    at=time(16, 45),
    zone="Asia/Kolkata",
    quiet=(LEAVE, (date(2027, 2, 1), date(2027, 2, 1))),
    comparison=False,
)


@pytest.fixture
def people(database):
    taken(database, [{"agent": "ana"}, {"agent": "ben"}], "roster")
    return database


def said(engine, *names):
    with reading(engine) as connection:
        ids = [find_agent(connection, name) for name in names]
        found = preferences(connection, ids)
        return [found[one] for one in ids]


def keep(engine, name, wanted):
    with noting(engine) as connection:
        keep_preferences(connection, find_agent(connection, name), wanted, NOW)


def test_whoever_said_nothing_gets_it_on_monday_at_nine_where_they_are(people):
    (found,) = said(people, "ana")
    assert (found.digest, found.weekday, found.at, found.zone) == (True, 0, time(9), None)
    assert (found.quiet, found.comparison) == ((), True)


def test_what_is_said_is_kept_for_the_one_who_said_it(people):
    keep(people, "ana", WANTED)
    assert said(people, "ana", "ben") == [WANTED, Preferences()]


def test_what_is_said_later_stands(people):
    keep(people, "ana", WANTED)
    keep(people, "ana", Preferences(at=time(0)))
    assert said(people, "ana") == [Preferences(at=time(0))]


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 12, 20), False),
        (date(2026, 12, 21), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), False),
        (date(2027, 2, 1), True),
    ],
)
def test_leave_lasts_from_its_first_day_to_its_last(day, quiet):
    assert WANTED.is_quiet(day) is quiet


def at(zone, week=date(2026, 11, 9), known=None, where="UTC", **wanted):
    """When a week's message is due, as ISO 8601 in UTC."""
    preferences = Preferences(zone=zone, **wanted)
    found = preferences.due_at(week, known, Calendar(ZoneInfo(where)))
    return f"{found:%m-%dT%H:%M}"


def test_it_is_due_at_the_wanted_hour_where_the_person_is():
    assert at("Asia/Kolkata") == "11-16T03:30"
    assert at(None, known="America/New_York") == "11-16T14:00"
    assert at("Asia/Kolkata", known="America/New_York") == "11-16T03:30"
    assert at(None, where="Europe/Zurich") == "11-16T08:00"
    assert at("UTC", weekday=4, at=time(16, 45)) == "11-20T16:45"


def test_a_zone_that_nobody_knows_is_the_workspace_s():
    assert at("Mars/Olympus", known="Not/There", where="Europe/Zurich") == "11-16T08:00"


def test_it_is_not_due_before_the_week_is_over_where_the_workspace_is():
    # At nine on Monday in Auckland it is Sunday in New York, where the week ends at 05:00 UTC.
    assert at("Pacific/Auckland", where="America/New_York") == "11-16T05:00"


def test_an_hour_that_the_clocks_skip_comes_after_it_and_one_that_comes_twice_comes_first():
    # By the EU's rules clocks went forward at 01:00 UTC on 29 March and back on 25 October 2026.
    spring, autumn = date(2026, 3, 16), date(2026, 10, 12)
    assert at("Europe/Paris", spring, weekday=6, at=time(2, 30)) == "03-29T01:30"
    assert at("Europe/Paris", autumn, weekday=6, at=time(2, 30)) == "10-25T00:30"
    assert at("Europe/Paris", autumn + timedelta(weeks=1)) == "10-26T08:00"
