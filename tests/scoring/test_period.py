from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.period import Calendar, Period, moved, running, whole

D = date.fromisoformat
AT = datetime.fromisoformat
LONDON = Calendar(ZoneInfo("Europe/London"))
UNITS = ["day", "week", "month", "quarter", "year", "weeks"]
DAYS = st.dates(date(1971, 1, 1), date(2100, 1, 1))
# Zones whose clocks do what most never do: change over midnight, by half an hour, leave out a
# day, or stand at odd minutes; and three that are plain.
ZONES = ["Africa/Cairo", "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns"]
ZONES += ["Asia/Kathmandu", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia"]
ZONES += ["Pacific/Auckland"]
CALENDARS = st.builds(Calendar, st.sampled_from(ZONES).map(ZoneInfo), st.sampled_from([0, 6]))
WHOLE = st.builds(
    lambda day, unit, count, calendar: whole(calendar.begin(day, unit), unit, count),
    DAYS,
    st.sampled_from(UNITS),
    st.integers(1, 13),
    st.just(LONDON),
)
DAY_SPANS = st.builds(
    lambda first, more: Period(first, first + timedelta(more)), DAYS, st.integers(0, 400)
)


def calendar_in(zone, week_starts=0):
    return Calendar(ZoneInfo(zone), week_starts)


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/London", "2026-11-21", "2026-11-21T00:00Z"),
        ("Europe/London", "2026-10-25", "2026-10-24T23:00Z"),  # Clocks go back at 01:00Z.
        ("Europe/London", "2026-10-26", "2026-10-26T00:00Z"),
        ("Asia/Kathmandu", "2026-11-21", "2026-11-20T18:15Z"),
        ("Pacific/Auckland", "2026-11-21", "2026-11-20T11:00Z"),
        ("America/Los_Angeles", "2026-11-21", "2026-11-21T08:00Z"),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00Z"),  # 00:00 becomes 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z"),  # So does this.
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00Z"),  # 00:00 was 23:00 again.
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30Z"),  # Half an hour forward.
        ("Australia/Lord_Howe", "2026-10-05", "2026-10-04T13:00Z"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30Z"),  # 00:01 was 23:01 again.
        ("America/Toronto", "1919-03-31", "1919-03-31T04:30Z"),  # 23:30 became 00:30.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00Z"),  # There was no such day.
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00Z"),
    ],
)
def test_a_day_begins_when_the_clock_first_shows_it(zone, day, instant):
    midnight = calendar_in(zone).midnight(D(day))
    assert midnight == AT(instant)
    assert midnight.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", "2026-03-29", 23),
        ("Europe/London", "2026-10-25", 25),
        ("Africa/Cairo", "2026-04-24", 23),
        ("America/Sao_Paulo", "2018-02-17", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Pacific/Apia", "2011-12-30", 0),
    ],
)
def test_a_day_of_clock_change_has_its_own_length(zone, day, hours):
    period, calendar = Period(D(day), D(day)), calendar_in(zone)
    assert period.end(calendar) - period.start(calendar) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Europe/London", "2026-11-23T00:30Z", "2026-11-23"),
        ("Europe/London", "2026-10-24T23:30Z", "2026-10-25"),
        ("Pacific/Auckland", "2026-12-31T11:00Z", "2027-01-01"),
        ("America/Los_Angeles", "2027-01-01T07:59Z", "2026-12-31"),
    ],
)
def test_today_is_the_local_day_wherever_the_server_stands(zone, now, today):
    assert calendar_in(zone).today(AT(now)) == D(today)


@pytest.mark.parametrize(
    ("day", "monday", "sunday"),
    [
        ("2026-11-14", "2026-11-09", "2026-11-08"),
        ("2026-11-15", "2026-11-09", "2026-11-15"),
        ("2026-11-16", "2026-11-16", "2026-11-15"),
        ("2027-01-01", "2026-12-28", "2026-12-27"),
    ],
)
def test_a_week_begins_on_the_day_that_was_set(day, monday, sunday):
    assert LONDON.week_of(D(day)) == D(monday)
    assert Calendar(LONDON.zone, 6).week_of(D(day)) == D(sunday)


def test_a_calendar_refuses_naive_instants_and_an_eighth_weekday():
    with pytest.raises(ValueError, match="no time zone"):
        LONDON.today(datetime(2026, 11, 21))  # noqa: DTZ001 - being naive is the point.
    with pytest.raises(ValueError, match="no weekday has the number 7"):
        Calendar(LONDON.zone, 7)


@given(st.sampled_from(ZONES), DAYS)
def test_a_midnight_is_the_first_instant_of_its_day(zone, day):
    calendar = calendar_in(zone)
    midnight = calendar.midnight(day)
    assert calendar.day_of(midnight - timedelta(microseconds=1)) < day
    assert calendar.day_of(midnight) >= day


@given(
    st.sampled_from(ZONES) | st.sampled_from(sorted(available_timezones())),
    st.lists(st.none() | st.integers(-1_500_000_000_000, 4_000_000_000_000)),
    st.integers(-90_000_000, 90_000_000) | st.integers(-3_600_000, 3_600_000),
)
@example("Asia/Kathmandu", [1_795_198_800_000], 0)  # 20 past six in UTC, five past midnight there.
@example("America/St_Johns", [], -30_000)  # The minute it was tomorrow already.
def test_local_days_are_those_of_single_conversion(zone, instants, near):
    changes = ["2026-10-03T15:30Z", "2026-04-23T22:00Z", "2011-12-30T10:00Z", "2010-11-07T02:31Z"]
    instants += [int(AT(change).timestamp()) * 1000 + near for change in changes]
    start, there = datetime(1970, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    singly = [
        ms if ms is None else (start + timedelta(milliseconds=ms)).astimezone(there).toordinal()
        for ms in instants
    ]
    assert Calendar(there).local_days(instants) == singly


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("2026-11-09", "2026-11-08"), "cannot begin"),
        (("2026-11-01", "2026-11-21", "2026-11-21T10:00"), "must be in UTC"),
        (("2026-11-01", "2026-11-21", "2026-11-21T10:00+01:00"), "must be in UTC"),
        (("2026-11-01", "2026-11-30", None, "decade"), "no period of 1 decade"),
        (("2026-11-01", "2026-11-30", None, "month", 0), "no period of 0 month"),
        (("2026-11-01", "2026-11-21", None, "month"), "is not 1 month"),
        (("2026-11-02", "2026-11-30", "2026-11-30T10:00Z", "month"), "is not 1 month"),
        (("2026-02-01", "2026-04-30", None, "quarter"), "is not 1 quarter"),
        (("2026-11-09", "2026-11-16", "2026-11-16T10:00Z", "week"), "is not 1 week"),
    ],
)
def test_a_period_that_cannot_be_is_refused(fields, reason):
    first, last, *rest = fields
    until = AT(rest[0]) if rest and rest[0] else None
    with pytest.raises(ValueError, match=reason):
        Period(D(first), D(last), until, *rest[1:])


@pytest.mark.parametrize(
    ("unit", "count", "first", "before"),
    [
        ("day", 1, "2026-11-20", "2026-11-19..2026-11-19"),
        ("week", 1, "2026-11-09", "2026-11-02..2026-11-08"),
        ("weeks", 4, "2026-10-19", "2026-09-21..2026-10-18"),
        ("month", 1, "2026-10-01", "2026-09-01..2026-09-30"),
        ("month", 1, "2026-01-01", "2025-12-01..2025-12-31"),
        ("month", 6, "2026-05-01", "2025-11-01..2026-04-30"),
        ("quarter", 1, "2026-07-01", "2026-04-01..2026-06-30"),
        ("quarter", 1, "2026-01-01", "2025-10-01..2025-12-31"),
        ("year", 1, "2025-01-01", "2024-01-01..2024-12-31"),
        ("days", 30, "2026-10-22", "2026-09-22..2026-10-21"),
    ],
)
def test_a_whole_period_is_compared_with_the_unit_before(unit, count, first, before):
    period = whole(D(first), unit, count).before(LONDON)
    assert f"{period.first}..{period.last}" == before
    assert (period.unit, period.is_partial) == (unit, False)


@pytest.mark.parametrize(
    ("zone", "unit", "now", "before", "until"),
    [
        ("Europe/London", "day", "2026-11-21T10:00Z", "2026-11-20", "2026-11-20T10:00Z"),
        ("Europe/London", "week", "2026-11-21T10:00Z", "2026-11-09", "2026-11-14T10:00Z"),
        # 10:00 on the clock is 09:00Z in October's summer time.
        ("Europe/London", "month", "2026-11-21T10:00Z", "2026-10-01", "2026-10-21T09:00Z"),
        ("Europe/London", "quarter", "2026-11-21T10:00Z", "2026-07-01", "2026-08-21T09:00Z"),
        ("Europe/London", "year", "2026-11-21T10:00Z", "2025-01-01", "2025-11-21T10:00Z"),
        # 1 March is the 60th day, and 29 February is in a leap year.
        ("Europe/London", "year", "2025-03-01T10:00Z", "2024-01-01", "2024-02-29T10:00Z"),
        ("Pacific/Auckland", "month", "2026-11-20T21:00Z", "2026-10-01", "2026-10-20T21:00Z"),
        ("America/Los_Angeles", "month", "2026-11-21T18:00Z", "2026-10-01", "2026-10-21T17:00Z"),
        # 00:30 does not exist on Cairo's 24 April: the clock shows 01:30 instead.
        ("Africa/Cairo", "day", "2026-04-24T21:30Z", "2026-04-24", "2026-04-23T22:30Z"),
        # Apia had no 30 December to compare the 31st with.
        ("Pacific/Apia", "day", "2011-12-30T20:00Z", "2011-12-30", "2011-12-30T10:00Z"),
    ],
)
def test_a_running_period_is_compared_with_as_much_of_the_unit_before(
    zone, unit, now, before, until
):
    calendar = calendar_in(zone)
    unit_now = whole(calendar.begin(calendar.today(AT(now)), unit), unit)
    period = running(unit_now, AT(now), calendar).before(calendar)
    assert (period.first, period.until) == (D(before), AT(until))


@pytest.mark.parametrize("now", ["2026-03-31T10:00Z", "2026-03-29T00:00Z"])
def test_a_shorter_month_before_is_taken_whole(now):
    march = running(whole(date(2026, 3, 1), "month"), AT(now), LONDON)
    assert march.before(LONDON) == whole(date(2026, 2, 1), "month")


def test_days_still_running_are_compared_with_as_many_days_and_hours():
    since = Period(D("2026-11-03"), D("2026-11-21"), AT("2026-11-21T10:00Z"))
    assert since.before(LONDON) == Period(
        D("2026-10-15"), D("2026-11-02"), AT("2026-11-02T10:00Z")
    )


@given(WHOLE, st.sampled_from(ZONES))
def test_a_unit_ends_where_the_next_begins(period, zone):
    calendar = calendar_in(zone)
    before = period.before(calendar)
    assert before.end(calendar) == period.start(calendar)
    assert whole(before.first, before.unit, before.count) == before


@given(DAY_SPANS)
def test_days_are_compared_with_as_many_days(period):
    before = period.before(LONDON)
    assert (before.days, before.end(LONDON)) == (period.days, period.start(LONDON))


@given(CALENDARS, st.sampled_from(UNITS), DAYS, st.times())
def test_what_a_running_period_is_compared_with_lies_before_it(calendar, unit, day, clock):
    now = datetime.combine(day, clock, UTC)
    begin = calendar.begin(calendar.today(now), unit)
    period = running(whole(begin, unit), now, calendar)
    before = period.before(calendar)
    assert before.start(calendar) <= before.end(calendar) <= period.start(calendar)
    assert before.days == period.days or not before.is_partial


@given(CALENDARS, DAY_SPANS, st.none() | st.integers(0, 22))
def test_weeks_tile_their_period(calendar, period, hour):
    until = hour and calendar.midnight(period.last) + timedelta(hours=hour)
    period = Period(period.first, period.last, until or None)
    weeks = period.weeks(calendar)
    assert weeks[0].start(calendar) == period.start(calendar)
    assert weeks[-1].end(calendar) == period.end(calendar)
    assert all(a.end(calendar) == b.start(calendar) for a, b in pairwise(weeks))
    assert sum(week.days for week in weeks) == period.days


def test_a_week_that_lacks_days_is_no_week_but_the_running_one_is():
    since = Period(D("2026-11-05"), D("2026-11-21"), AT("2026-11-21T10:00Z"))
    weeks = [(str(week), week.unit) for week in since.weeks(LONDON)]
    assert weeks == [
        ("5\N{EN DASH}8 Nov 2026", "days"),
        ("9\N{EN DASH}15 Nov 2026", "week"),
        ("16\N{EN DASH}21 Nov 2026 (so far)", "week"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "until", "text"),
    [
        ("2026-11-20", "2026-11-20", None, "20 Nov 2026"),
        ("2026-11-09", "2026-11-15", None, "9~15 Nov 2026"),
        ("2026-10-26", "2026-11-01", None, "26 Oct ~ 1 Nov 2026"),
        ("2025-12-29", "2026-01-04", None, "29 Dec 2025 ~ 4 Jan 2026"),
        ("2026-11-01", "2026-11-21", "2026-11-21T10:00Z", "1~21 Nov 2026 (until 10:00)"),
        ("2026-07-01", "2026-07-03", "2026-07-03T08:05Z", "1~3 Jul 2026 (until 09:05)"),
    ],
)
def test_a_period_is_written_as_people_write_it(first, last, until, text):
    period = Period(D(first), D(last), until and AT(until))
    assert period.written(LONDON) == text.replace("~", "\N{EN DASH}")


def test_words_do_not_make_a_period_another():
    assert whole(D("2026-11-09"), "week") == Period(
        D("2026-11-09"), D("2026-11-15"), unit="week", words="last week"
    )


@pytest.mark.parametrize(
    ("unit", "count", "day"),
    [("month", -1, "2026-10-01"), ("quarter", 0, "2026-10-01"), ("year", 2, "2028-01-01")],
)
def test_moving_by_months_lands_on_the_first_day(unit, count, day):
    assert moved(D("2026-11-21"), unit, count) == D(day)
