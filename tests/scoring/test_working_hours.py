"""Working hours by hand, against a clock that walks minute by minute, and from a file."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import WorkingHoursError
from scoring.working_hours import WorkingHours, read_working_hours

HOUR = 3600
OFFICE = ((9 * HOUR, 17 * HOUR),)
NIGHT = ((0, 6 * HOUR), (22 * HOUR, 24 * HOUR))
ALWAYS = ((0, 24 * HOUR),)


def hours(zone="Europe/London", days=(*[OFFICE] * 5, (), ()), **more):
    return WorkingHours(ZoneInfo(zone), days, **more)


def ms(moment):
    return round(moment.timestamp() * 1000)


def at(text, zone="Europe/London"):
    return ms(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def worked(clock, start, end, pauses=()):
    zone = clock.zone.key
    own = [(at(since, zone), at(until, zone)) for since, until in pauses]
    return clock.seconds_between(at(start, zone), at(end, zone), own) / HOUR


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-13 16:00", "2026-11-16 10:00", 2),
        ("1969-12-31 16:00", "1970-01-01 10:00", 2),
        ("2026-11-14 10:00", "2026-11-15 10:00", 0),
    ],
)
def test_nights_and_weekends_do_not_count(start, end, expected):
    assert worked(hours(), start, end) == expected


def test_lunch_does_not_count():
    lunch = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
    assert worked(hours(days=(lunch,) * 7), "2026-11-09 11:30", "2026-11-09 13:30") == 1


def test_a_holiday_does_not_count():
    clock = hours(holidays=frozenset({date(2026, 12, 25)}))
    assert worked(clock, "2026-12-24 16:00", "2026-12-28 10:00") == 2


def test_a_night_shift_that_ends_on_a_holiday_ends_at_midnight():
    clock = hours(days=(NIGHT,) * 7, holidays=frozenset({date(2026, 12, 25)}))
    assert worked(clock, "2026-12-24 12:00", "2026-12-25 23:59") == 2


@pytest.mark.parametrize(
    ("zone", "eve", "day", "night"),
    [
        ("Europe/London", "2026-03-28", "2026-03-29", 7),
        ("Europe/London", "2026-10-24", "2026-10-25", 9),
        ("America/New_York", "2026-03-07", "2026-03-08", 7),
        ("America/New_York", "2026-10-31", "2026-11-01", 9),
    ],
)
def test_a_clock_change_alters_the_night_it_falls_in_and_no_office_day(zone, eve, day, night):
    assert worked(hours(zone, (OFFICE,) * 7), f"{day} 00:00", f"{day} 23:00") == 8
    assert worked(hours(zone, (NIGHT,) * 7), f"{eve} 12:00", f"{day} 12:00") == night


@pytest.mark.parametrize(
    ("day", "opens", "closes", "length"),
    [
        ("2026-03-29", 1.5, 3, 1),  # 01:30 is skipped
        ("2026-03-29", 0, 1.5, 1),
        ("2026-03-29", 1, 1.5, 0),
        ("2026-10-25", 1.5, 3, 2.5),  # 01:30 comes twice
        ("2026-10-25", 0, 1.5, 1.5),
    ],
)
def test_hours_may_begin_or_end_at_a_time_skipped_or_shown_twice(day, opens, closes, length):
    shift = ((int(opens * HOUR), int(closes * HOUR)),)
    assert worked(hours(days=(shift,) * 7), f"{day} 00:00", f"{day} 12:00") == length


def test_a_day_that_a_country_skips_is_not_worked():
    clock = hours("Pacific/Apia", (OFFICE,) * 7)  # Samoa had no 30 December 2011
    assert worked(clock, "2011-12-29 16:00", "2011-12-31 10:00") == 2


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("2026-11-09 10:00", "2026-11-09 11:00")], 7),
        ([("2026-11-09 10:00", "2026-11-09 12:00"), ("2026-11-09 11:00", "2026-11-09 13:00")], 5),
        ([("2026-11-09 15:00", "2026-11-10 09:00")], 6),
        ([("2026-11-08 00:00", "2026-11-09 10:00")], 7),
        ([("2026-11-01 00:00", "2026-12-01 00:00")], 0),
    ],
)
def test_a_contacts_own_pauses_are_taken_off_once(pauses, expected):
    assert worked(hours(), "2026-11-09 08:00", "2026-11-09 18:00", pauses) == expected


def test_a_closure_and_a_pause_that_overlap_count_once():
    zone = ZoneInfo("Europe/London")
    closure = datetime(2026, 11, 9, 12, tzinfo=zone), datetime(2026, 11, 9, 14, tzinfo=zone)
    own = [("2026-11-09 13:00", "2026-11-09 15:00")]
    clock = hours(pauses=(closure, closure))
    assert worked(clock, "2026-11-09 09:00", "2026-11-09 17:00") == 6
    assert worked(clock, "2026-11-09 09:00", "2026-11-09 17:00", own) == 5


def test_a_year_of_workdays_has_eight_hours_for_each_of_its_261():
    assert worked(hours(), "2026-01-01 00:00", "2027-01-01 00:00") == 261 * 8


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Honolulu", "Pacific/Kiritimati"])
def test_a_clock_that_always_runs_tells_the_time_that_passed(zone):
    clock = hours(zone, (ALWAYS,) * 7)
    assert worked(clock, "2020-01-01 00:00", "2026-01-01 00:00") == (6 * 365 + 2) * 24


@pytest.mark.parametrize(("end", "pauses"), [(9, []), (20, [(15, 12)])])
def test_what_ends_before_it_starts_is_refused(end, pauses):
    with pytest.raises(ValueError, match="before the start"):
        hours().seconds_between(10, end, pauses)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": (OFFICE,) * 6},
        {"days": (((17 * HOUR, 9 * HOUR),),) * 7},
        {"days": (((0, 25 * HOUR),),) * 7},
        {"pauses": ((datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),)},
    ],
)
def test_a_week_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"week|spans|closures"):
        hours(**wrong)


def walked(clock, start, end, pauses):
    """Minutes on foot, by a wall clock that is never put back: it stands still instead."""
    minute, count = start - timedelta(days=2), 0
    wall = minute.replace(tzinfo=None)
    while minute < end:
        wall = max(wall, minute.astimezone(clock.zone).replace(tzinfo=None))
        second = (wall.hour * 60 + wall.minute) * 60
        is_open = any(since <= second < until for since, until in clock.week[wall.weekday()])
        stopped = any(since <= minute < until for since, until in (*pauses, *clock.pauses))
        count += minute >= start and is_open and not stopped and wall.date() not in clock.holidays
        minute += timedelta(minutes=1)
    return count


CHANGES = [
    ("Europe/London", datetime(2026, 3, 28, tzinfo=UTC)),
    ("Europe/London", datetime(2026, 10, 24, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 3, 7, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2026, 12, 30, tzinfo=UTC)),
]
minutes = st.integers(0, 3 * 1440).map(lambda count: timedelta(minutes=count))
span = st.lists(st.integers(0, 96), min_size=2, max_size=2, unique=True).map(
    lambda quarters: tuple(900 * quarter for quarter in sorted(quarters))
)
any_week = st.tuples(*[st.lists(span, max_size=3).map(tuple)] * 7)
two_moments = st.tuples(minutes, minutes).map(sorted)
pairs = st.lists(two_moments, max_size=3)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(CHANGES), any_week, two_moments, pairs, pairs)
def test_the_clock_agrees_with_one_that_walks(change, days, moments, pauses, closures):
    zone, day = change
    start, end = (day + moment for moment in moments)
    own = [(day + since, day + until) for since, until in pauses]
    shut = tuple((day + since, day + until) for since, until in closures)
    clock = hours(zone, days, pauses=shut, holidays=frozenset({day.date() + timedelta(days=2)}))
    found = clock.seconds_between(ms(start), ms(end), [(ms(a), ms(b)) for a, b in own])
    assert found == 60 * walked(clock, start, end, own)


@given(any_week, st.lists(st.integers(0, 10**12), min_size=3, max_size=3).map(sorted))
@settings(deadline=None, max_examples=20)
def test_two_parts_of_a_span_add_up_to_the_whole(days, moments):
    start, middle, end = moments
    clock = hours(days=days)
    parts = clock.seconds_between(start, middle) + clock.seconds_between(middle, end)
    assert parts == pytest.approx(clock.seconds_between(start, end))


FILE = """
[default]
zone = "Europe/London"
monday = ["09:00-12:30", "13:30-18:00"]
sunday = ["18:00-00:00", "22:00-06:00"]
holidays = [2026-12-25]
pauses = [{ from = 2026-12-24T12:00:00Z, to = 2026-12-24T18:00:00Z }]

[teams."Billing"]
zone = "America/New_York"
monday = ["00:00-24:00"]
holidays = []
"""


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "hours.toml"
        path.write_text(text, encoding="utf-8")
        return read_working_hours(path)

    return write_and_read


def test_the_default_is_read_under_none(read):
    monday = (9 * HOUR, 12 * HOUR + 1800), (13 * HOUR + 1800, 18 * HOUR), (0, 6 * HOUR)
    default = read(FILE)[None]
    assert default.zone.key == "Europe/London"
    assert default.week == (
        monday,
        (),
        (),
        (),
        (),
        (),
        ((18 * HOUR, 24 * HOUR), (22 * HOUR, 24 * HOUR)),
    )
    assert default.holidays == {date(2026, 12, 25)}
    assert default.pauses[0][1] == datetime(2026, 12, 24, 18, tzinfo=UTC)


def test_a_team_overrides_the_default_key_by_key(read):
    found = read(FILE)
    billing = found["Billing"]
    assert billing.zone.key == "America/New_York"
    assert billing.week[0] == (*ALWAYS, (0, 6 * HOUR))
    assert billing.week[6] == found[None].week[6]
    assert (billing.holidays, billing.pauses) == (frozenset(), found[None].pauses)


WRONG = """
[default]
monday = ["09:00-17:00", "9-17", "09:00-25:00", "10:00-10:00", "24:00-06:00"]
mondy = []
pauses = [{ from = 2026-12-24T12:00:00, to = 2026-12-24T18:00:00Z }]
[teams."Billing"]
zone = "Europe/Londn"
holidays = ["Christmas"]
tuesday = "09:00-17:00"
pauses = [{ from = 2026-12-25T12:00:00Z, to = 2026-12-24T18:00:00Z, why = "party" }]
[team.Sales]
"""


def test_all_mistakes_in_a_file_are_told_together_each_with_what_to_write(read):
    with pytest.raises(WorkingHoursError) as raised:
        read(WRONG)
    first, *lines = str(raised.value).splitlines()
    assert first.endswith("hours.toml cannot be used:")
    assert {line.partition(":")[0] for line in lines} == {
        *("default.zone", "default.mondy", "default.pauses.0.from", "team", "teams.Billing.zone"),
        *(f"default.monday.{place}" for place in (1, 2, 3, 4)),
        *(f"teams.Billing.{key}" for key in ("holidays.0", "tuesday", "pauses.0.why")),
    }
    assert all("; write " in line for line in lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[default]\nzone = "Europe/Londn"\nmonday = ["09:00-17:00"]', "'Europe/Londn'"),
        ('[default]\nzone = "UTC"', "no day has hours"),
        ("[teams.Billing]", "default: missing; write tables"),
        ("[default", "is not TOML"),
        ('[default]\nzone = "UTC"\nmonday = ["9 to 5"]', "'9 to 5'"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong(read, text, told):
    with pytest.raises(WorkingHoursError, match=told):
        read(text)


def test_a_file_that_is_not_there_is_told_by_name(tmp_path):
    with pytest.raises(WorkingHoursError, match=r"nowhere\.toml cannot be read"):
        read_working_hours(tmp_path / "nowhere.toml")
