from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scoring.errors import PeriodError
from scoring.period import Calendar
from scoring.reading.dates import Clock
from scoring.reading.relative import back, number, read_relative
from scoring.reading.words import plain

# A Saturday.
CLOCK = Clock(
    datetime(2026, 11, 21, 10, tzinfo=UTC), Calendar(ZoneInfo("Europe/London")), date(2026, 11, 21)
)


def read(words, clock=CLOCK):
    """The whole period so named, as "2026-11-09..2026-11-15"."""
    period = read_relative(plain(words), clock).latest(clock.today)
    return f"{period.first}..{period.last}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-21"),
        ("today so far", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("the last day", "2026-11-20"),
        ("the day before yesterday", "2026-11-19"),
        ("3 days ago", "2026-11-18"),
        ("a day ago", "2026-11-20"),
        ("Monday", "2026-11-16"),
        ("last Tuesday", "2026-11-17"),
        ("Saturday", "2026-11-14"),  # The most recent past one is not today.
        ("Sun", "2026-11-15"),
        ("this Monday", "2026-11-16"),
        ("this Saturday", "2026-11-21"),
        ("Monday last week", "2026-11-09"),
        ("Friday of last week", "2026-11-13"),
        ("last week's Monday", "2026-11-09"),
        ("Monday this week", "2026-11-16"),
    ],
)
def test_a_day_is_counted_from_today(words, day):
    assert read(words) == f"{day}..{day}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("this week", "2026-11-16..2026-11-22"),
        ("the current month", "2026-11-01..2026-11-30"),
        ("this quarter to date", "2026-10-01..2026-12-31"),
        ("so far this year", "2026-01-01..2026-12-31"),
        ("month-to-date", "2026-11-01..2026-11-30"),
        ("week so far", "2026-11-16..2026-11-22"),
        ("WTD", "2026-11-16..2026-11-22"),
        ("MTD", "2026-11-01..2026-11-30"),
        ("QTD", "2026-10-01..2026-12-31"),
        ("YTD", "2026-01-01..2026-12-31"),
        ("November to date", "2026-11-01..2026-11-30"),
        ("last week", "2026-11-09..2026-11-15"),
        ("this past week", "2026-11-09..2026-11-15"),
        ("prev. month", "2026-10-01..2026-10-31"),
        ("past quarter", "2026-07-01..2026-09-30"),
        ("last complete month", "2026-10-01..2026-10-31"),
        ("last year", "2025-01-01..2025-12-31"),
        ("the week before last", "2026-11-02..2026-11-08"),
        ("the quarter before last", "2026-04-01..2026-06-30"),
        ("this October", "2026-10-01..2026-10-31"),
        ("last October", "2026-10-01..2026-10-31"),
        ("last November", "2025-11-01..2025-11-30"),  # This one is not over.
        ("last Q4", "2025-10-01..2025-12-31"),
    ],
)
def test_a_unit_is_counted_from_the_running_one(words, expected):
    assert read(words) == expected


def test_a_month_that_ends_today_is_not_yet_the_last_one():
    clock = Clock(CLOCK.now, CLOCK.calendar, date(2026, 10, 31))
    assert read("last October", clock) == "2025-10-01..2025-10-31"


def test_weekdays_of_a_week_follow_where_weeks_start():
    sundays = Clock(CLOCK.now, Calendar(CLOCK.calendar.zone, 6), CLOCK.today)
    assert read("Sunday this week", sundays) == "2026-11-15..2026-11-15"
    assert read("Sunday last week", sundays) == "2026-11-08..2026-11-08"
    assert read("Sunday last week") == "2026-11-15..2026-11-15"


@pytest.mark.parametrize("words", ["this Sunday", "this December", "Sunday this week"])
def test_what_has_not_come_is_refused(words):
    with pytest.raises(PeriodError, match="has not come yet"):
        read(words)


@pytest.mark.parametrize(
    "words", ["", "week", "last", "last 2025", "October to date", "day ago", "tomorrow"]
)
def test_other_words_count_nothing(words):
    assert read_relative(words, CLOCK) is None


def test_counting_back_stops_at_1970():
    assert back("month", 10, CLOCK) == date(2026, 1, 1)
    assert back("day", number("twenty one"), CLOCK) == date(2026, 10, 31)
    with pytest.raises(PeriodError, match="57 years reach back before 1970"):
        back("year", 57, CLOCK)
