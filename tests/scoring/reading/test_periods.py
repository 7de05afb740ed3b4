from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import PeriodError, UnreadError
from scoring.period import Calendar, Period
from scoring.reading.periods import default_period, read_period, read_week

AT = datetime.fromisoformat
LONDON = Calendar(ZoneInfo("Europe/London"))
NOW = AT("2026-11-21T10:00Z")  # A Saturday.
TIMES = st.datetimes(datetime(1972, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds with no zone.


def calendar_in(zone, week_starts=0):
    return Calendar(ZoneInfo(zone), week_starts)


def days(period):
    """As "2026-11-09..2026-11-15", with "+" where it is cut."""
    return f"{period.first}..{period.last}{'+' * period.is_partial}"


def read(words, now=NOW, calendar=LONDON):
    return days(read_period(words, now, calendar))


# The periods of the golden questions, by number.
QUESTIONS = [
    ("1", "last week", "2026-11-09..2026-11-15"),
    ("2", "since October", "2026-10-01..2026-11-21+"),
    ("3 8 15 E6", "this month", "2026-11-01..2026-11-21+"),
    ("4", "in the past 30 days", "2026-10-22..2026-11-20"),
    ("5", "over the last 8 weeks", "2026-09-21..2026-11-15"),
    ("6", "in Q3", "2026-07-01..2026-09-30"),
    ("6 compared", "Q2", "2026-04-01..2026-06-30"),
    ("7", "in the week of 9 Nov", "2026-11-09..2026-11-15"),
    ("9 11 27", "last month", "2026-10-01..2026-10-31"),
    ("10", "this week", "2026-11-16..2026-11-21+"),
    ("13", "last quarter", "2026-07-01..2026-09-30"),
    ("14", "since 1 November", "2026-11-01..2026-11-21+"),
    ("18", "after 2 November", "2026-11-03..2026-11-21+"),
    ("20", "in September", "2026-09-01..2026-09-30"),
    ("22", "yesterday", "2026-11-20..2026-11-20"),
    ("23", "over the past two weeks", "2026-11-02..2026-11-15"),
    ("24", "this quarter", "2026-10-01..2026-11-21+"),
    ("25", "since the start of September", "2026-09-01..2026-11-21+"),
    ("26", "on Monday", "2026-11-16..2026-11-16"),
    ("28", "over the last 4 weeks", "2026-10-19..2026-11-15"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from last month", "2026-10-01..2026-10-31"),
        ("from yesterday", "2026-11-20..2026-11-20"),
        ("from this month", "2026-11-01..2026-11-21+"),
        ("from last month on", "2026-10-01..2026-11-21+"),
        ("from Monday", "2026-11-16..2026-11-21+"),
        ("from October", "2026-10-01..2026-11-21+"),
    ],
)
def test_chats_from_last_month_are_last_months_but_from_a_date_they_go_on(words, expected):
    assert read(words) == expected


@pytest.mark.parametrize(("question", "words", "expected"), QUESTIONS)
def test_the_periods_of_the_golden_questions_are_read(question, words, expected):
    assert read(words) == expected, f"question {question}"


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("last week", "2026-11-02..2026-11-08"),  # 1, 17
        ("this month", "2026-10-01..2026-10-21+"),  # 8
        ("last month", "2026-09-01..2026-09-30"),  # 11
        ("after 2 November", "2026-10-15..2026-11-02+"),  # 18
        ("past two weeks", "2026-10-19..2026-11-01"),  # 23
        ("last 4 weeks", "2026-09-21..2026-10-18"),  # 28
    ],
)
def test_the_golden_questions_compare_with_the_right_period(words, before):
    assert days(read_period(words, NOW, LONDON).before(LONDON)) == before


def test_no_period_said_is_the_last_four_complete_weeks():
    period = default_period(NOW, LONDON)
    assert (days(period), period.words) == ("2026-10-19..2026-11-15", "last 4 weeks")


@pytest.mark.parametrize(
    ("words", "monday", "sunday"),
    [
        ("last week", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("the week before last", "2026-11-02..2026-11-08", "2026-11-01..2026-11-07"),
        ("this week", "2026-11-16..2026-11-21+", "2026-11-15..2026-11-21+"),
        ("week of 9 Nov", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("last 8 weeks", "2026-09-21..2026-11-15", "2026-09-20..2026-11-14"),
        ("last 4 weeks", "2026-10-19..2026-11-15", "2026-10-18..2026-11-14"),
        ("2026-W46", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("last month", "2026-10-01..2026-10-31", "2026-10-01..2026-10-31"),
    ],
)
def test_weeks_and_only_weeks_move_where_they_start_on_sunday(words, monday, sunday):
    assert read(words) == monday
    assert read(words, calendar=Calendar(LONDON.zone, 6)) == sunday


# Each moment is told by its local time; the server's clock is the instant.
MONDAY_0030 = {
    "yesterday": "2026-11-22..2026-11-22",
    "last week": "2026-11-16..2026-11-22",
    "this week": "2026-11-23..2026-11-23+",
    "monday": "2026-11-16..2026-11-16",
    "past 7 days": "2026-11-16..2026-11-22",
}
CHANGE_SUNDAY = {
    "today": "2026-10-25..2026-10-25+",
    "yesterday": "2026-10-24..2026-10-24",
    "this week": "2026-10-19..2026-10-25+",
    "last week": "2026-10-12..2026-10-18",
    "sunday": "2026-10-18..2026-10-18",
}
NEW_YEAR = {
    "today": "2027-01-01..2027-01-01+",
    "YTD": "2027-01-01..2027-01-01+",
    "last year": "2026-01-01..2026-12-31",
    "last quarter": "2026-10-01..2026-12-31",
    "last month": "2026-12-01..2026-12-31",
    "December": "2026-12-01..2026-12-31",
    "Q1": "2027-01-01..2027-01-01+",
    "9 Dec": "2026-12-09..2026-12-09",
    "week 53": "2026-12-28..2027-01-01+",
    "last week": "2026-12-21..2026-12-27",
}


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Europe/London", "2026-11-23T00:30Z", MONDAY_0030),
        ("Pacific/Auckland", "2026-11-22T11:30Z", MONDAY_0030),
        ("America/Los_Angeles", "2026-11-23T08:30Z", MONDAY_0030),
        ("Europe/London", "2026-10-25T00:30Z", CHANGE_SUNDAY),
        ("Europe/London", "2026-10-25T23:59Z", CHANGE_SUNDAY),
        ("Europe/London", "2027-01-01T00:00Z", NEW_YEAR),
        ("Pacific/Auckland", "2026-12-31T11:00Z", NEW_YEAR),
        ("America/Los_Angeles", "2027-01-02T07:59Z", NEW_YEAR),
    ],
)
def test_days_turn_over_at_local_midnight(zone, now, expected):
    assert {words: read(words, AT(now), calendar_in(zone)) for words in expected} == expected


def test_since_october_begins_in_summer_time_and_ends_now():
    period = read_period("since October", NOW, LONDON)
    assert period.start(LONDON) == AT("2026-09-30T23:00Z")
    assert period.end(LONDON) == NOW


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last 1 week", "1 week 2026-11-09..2026-11-15"),
        ("last fortnight", "2 weeks 2026-11-02..2026-11-15"),
        ("the last four full weeks", "4 weeks 2026-10-19..2026-11-15"),
        ("last twenty-eight days", "1 days 2026-10-24..2026-11-20"),
        ("rolling 12 months", "12 month 2025-11-01..2026-10-31"),
        ("last 3 years", "3 year 2023-01-01..2025-12-31"),
    ],
)
def test_a_number_of_units_is_so_many_complete_ones(words, expected):
    period = read_period(words, NOW, LONDON)
    assert f"{period.count} {period.unit} {days(period)}" == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from 5 Oct to 18 Oct", "2026-10-05..2026-10-18"),
        ("between 5 and 18 October", "2026-10-05..2026-10-18"),
        ("5\N{EN DASH}18 Oct 2025", "2025-10-05..2025-10-18"),
        ("Oct 5 to 18, 2025", "2025-10-05..2025-10-18"),
        ("the 25th to the 5th", "2026-10-25..2026-11-05"),
        ("2026-11-09..2026-11-15", "2026-11-09..2026-11-15"),
        ("16-22 Nov", "2026-11-16..2026-11-21+"),
        ("20 Dec to 5 Jan", "2025-12-20..2026-01-05"),
        ("1 Dec to 5 Dec", "2025-12-01..2025-12-05"),
        ("2019 to 2020", "2019-01-01..2020-12-31"),
        ("weeks 44-46", "2026-10-26..2026-11-15"),
        ("2026-11-09 to 2026-11-09", "2026-11-09..2026-11-09"),
        ("from Monday to Wednesday", "2026-11-16..2026-11-18"),
        ("Wednesday to Monday", "2026-11-11..2026-11-16"),
        ("from 1 Nov to Monday", "2026-11-01..2026-11-16"),
        ("Monday - now", "2026-11-16..2026-11-21+"),
        ("from the start of the month to yesterday", "2026-11-01..2026-11-20"),
        ("from 15 October to the end of October 2026", "2026-10-15..2026-10-31"),
        ("since Monday", "2026-11-16..2026-11-21+"),
        ("since the beginning of the year", "2026-01-01..2026-11-21+"),
        ("from 1 Nov onwards", "2026-11-01..2026-11-21+"),
        ("from 1 October to date", "2026-10-01..2026-11-21+"),
        ("after the end of October", "2026-11-01..2026-11-21+"),
    ],
)
def test_what_has_two_ends_is_read_in_the_most_recent_order(words, expected):
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("before 3 Nov", "not when it begins"),
        ("next week", "not come yet"),
        ("since tomorrow", "not come yet"),
        ("December 2026", "1\N{EN DASH}31 Dec 2026 has not come yet"),
        ("after today", "What comes after 21 Nov 2026 has not come yet"),
        ("after November", "What comes after 1\N{EN DASH}30 Nov 2026"),
        ("1 Dec 2026 to 5 Dec 2026", "not come yet"),
        ("2026-11-15..2026-11-09", "ends before it begins"),
        ("5 Oct to 3 Oct", "more than one way"),
        ("from 1 Jan 2025 to 31 March", "more than one way"),
        ("yesterday and today", "several periods"),
        ("last week and past 2 weeks", "several periods"),
        ("the last few weeks", "how many"),
        ("last 0 days", "hold nothing"),
        ("last 9999 years", "before 1970"),
        ("past 24 hours", "shortest"),
        ("last 5 working days", "days must be said"),
        ("two weeks ago", "one day or more"),
        ("the week before", "before what"),
        ("last week of October", "said with dates"),
        ("mid-October", "said with dates"),
        ("all time", "since when"),
    ],
)
def test_what_cannot_be_one_past_period_is_refused_with_the_reason(words, reason):
    with pytest.raises(PeriodError, match=reason) as caught:
        read_period(words, NOW, LONDON)
    assert not isinstance(caught.value, UnreadError)


STRAY = ["", "...", "banana", "last week banana", "Ana last week", "2026-11-09..", "week", "5"]
STRAY += ["five weeks", "1969", "since the end of October", "5 Oct to the start of November"]
STRAY += ["last year to date"]


@pytest.mark.parametrize("words", STRAY)
def test_words_left_over_are_never_passed_over(words):
    with pytest.raises(UnreadError, match="Try “last week”"):
        read_period(words, NOW, LONDON)


def test_a_long_text_is_not_searched_for_a_period():
    with pytest.raises(UnreadError) as caught:
        read_period("since-" * 9999, NOW, LONDON)
    assert len(str(caught.value)) < 250


def test_a_period_keeps_the_words_it_was_read_from():
    assert read_period(" The  last week, please", NOW, LONDON).words == "The last week, please"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-W46", "2026-11-09..2026-11-15"),
        ("2026-11-12", "2026-11-09..2026-11-15"),
        ("15 Nov", "2026-11-09..2026-11-15"),
        ("last week", "2026-11-09..2026-11-15"),
        ("yesterday", "2026-11-16..2026-11-21+"),
        ("2026-11-22", "2026-11-16..2026-11-21+"),
    ],
)
def test_a_week_is_named_by_its_number_or_any_day_of_it(words, expected):
    week = read_week(words, NOW, LONDON)
    assert (days(week), week.unit, week.words) == (expected, "week", words)


@pytest.mark.parametrize("words", ["last month", "2026-W48", "2026-11-23", "Ana", "9/11/2026"])
def test_what_is_not_one_past_week_is_refused(words):
    with pytest.raises(PeriodError):
        read_week(words, NOW, LONDON)


PARTS = (
    "last this since from to between and after 5 18th oct 2026 29 feb q3 w53 week weeks of - .. 0"
)
PARTS += (
    " 2026-11 09 / 31 monday before ago a couple next days year 1970 9999 end start today h1 '26"
)


@given(st.text() | st.lists(st.sampled_from(PARTS.split())).map(" ".join), TIMES)
def test_any_text_is_a_past_period_or_a_period_error(words, now):
    calendar = calendar_in("Pacific/Auckland", 6)
    try:
        period = read_period(words, now, calendar)
    except PeriodError:
        return
    assert period.first <= period.last <= calendar.today(now)
    assert period.is_partial == (period.last == calendar.today(now))
    assert period.end(calendar) <= now


@given(TIMES, st.integers(1, 300), st.integers(0, 60))
def test_what_is_written_can_be_read(now, ago, more):
    last = LONDON.today(now) - timedelta(ago)
    period = Period(last - timedelta(more), last)
    assert days(read_period(str(period), now, LONDON)) == days(period)
