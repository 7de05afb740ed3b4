from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scoring.errors import PeriodError
from scoring.period import Calendar
from scoring.reading.dates import Clock, Named, read_dated, read_week_of
from scoring.reading.words import plain

# A Saturday.
CLOCK = Clock(
    datetime(2026, 11, 21, 10, tzinfo=UTC), Calendar(ZoneInfo("Europe/London")), date(2026, 11, 21)
)


def read(words, clock=CLOCK):
    """The most recent whole period so named, as "2026-11-09..2026-11-15"."""
    period = read_dated(plain(words), clock).latest(clock.today)
    return f"{period.first}..{period.last}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("9 Nov", "2026-11-09"),
        ("Nov 9th", "2026-11-09"),
        ("November 9, 2026", "2026-11-09"),
        ("the 9th of November", "2026-11-09"),
        ("1st of Sept. 2025", "2025-09-01"),
        ("9-Nov-2025", "2025-11-09"),
        ("9 Nov last year", "2025-11-09"),
        ("21 Nov", "2026-11-21"),
        ("22 Nov", "2025-11-22"),
        ("9 Dec", "2025-12-09"),
        ("29 Feb", "2024-02-29"),
        ("Monday 9 Nov", "2026-11-09"),
        ("Sunday 9 Nov", "2025-11-09"),  # In 2026 it is a Monday.
        ("Thurs, 19 November 2026", "2026-11-19"),
        ("the 9th", "2026-11-09"),
        ("25th", "2026-10-25"),
        ("31st", "2026-10-31"),
        ("2026-11-09", "2026-11-09"),
        ("2026/11/09", "2026-11-09"),
        ("13/11/2026", "2026-11-13"),
        ("11/13/2026", "2026-11-13"),
        ("13.11.2026", "2026-11-13"),
        ("13/11", "2026-11-13"),
        ("11/11/2026", "2026-11-11"),  # The same in both readings.
    ],
)
def test_a_date_is_read_as_its_most_recent_day(words, day):
    assert read(words) == f"{day}..{day}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("October", "2026-10-01..2026-10-31"),
        ("November", "2026-11-01..2026-11-30"),
        ("Dec", "2025-12-01..2025-12-31"),
        ("Oct 2025", "2025-10-01..2025-10-31"),
        ("2025 Oct", "2025-10-01..2025-10-31"),
        ("October last year", "2025-10-01..2025-10-31"),
        ("the month of October", "2026-10-01..2026-10-31"),
        ("2026-02", "2026-02-01..2026-02-28"),
        ("10/2025", "2025-10-01..2025-10-31"),
        ("Q3", "2026-07-01..2026-09-30"),
        ("Q4", "2026-10-01..2026-12-31"),
        ("Q3 2025", "2025-07-01..2025-09-30"),
        ("2025-Q3", "2025-07-01..2025-09-30"),
        ("last year's Q3", "2025-07-01..2025-09-30"),
        ("first quarter of 2025", "2025-01-01..2025-03-31"),
        ("H1", "2026-01-01..2026-06-30"),
        ("2025 H2", "2025-07-01..2025-12-31"),
        ("2025", "2025-01-01..2025-12-31"),
        ("the year 2025", "2025-01-01..2025-12-31"),
    ],
)
def test_a_month_quarter_half_or_year_is_the_most_recent_begun(words, expected):
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "monday", "sunday"),
    [
        ("week 46", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("W46", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("2026W46", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("week 46 of 2025", "2025-11-10..2025-11-16", "2025-11-09..2025-11-15"),
        ("week 48", "2025-11-24..2025-11-30", "2025-11-23..2025-11-29"),
        ("2025-W01", "2024-12-30..2025-01-05", "2024-12-29..2025-01-04"),
        ("week of 9 Nov", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("w/c Monday 9 Nov", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
        ("week commencing 11 Nov", "2026-11-09..2026-11-15", "2026-11-08..2026-11-14"),
    ],
)
def test_a_week_is_read_by_number_or_by_a_day_of_it(words, monday, sunday):
    assert read(words) == monday
    sundays = Clock(CLOCK.now, Calendar(CLOCK.calendar.zone, 6), CLOCK.today)
    assert read(words, sundays) == sunday


@pytest.mark.parametrize(
    ("today", "words", "expected"),
    [
        ("2026-11-21", "week of 22 Nov", "2026-11-16..2026-11-22"),
        ("2026-11-21", "week ending 22 Nov", "2026-11-16..2026-11-22"),
        ("2026-12-31", "week of 1 Jan", "2026-12-28..2027-01-03"),
        ("2024-12-30", "week 1", "2024-12-30..2025-01-05"),
    ],
)
def test_the_running_week_may_be_named_by_a_day_still_to_come(today, words, expected):
    clock = Clock(CLOCK.now, CLOCK.calendar, date.fromisoformat(today))
    assert read(words, clock) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("9/11/2026", "one day in Europe and another in America"),
        ("5/6", "one day in Europe and another in America"),
        ("30 Feb", "no day 30 in month 2"),
        ("2026-02-29", "no day 29 in month 2"),
        ("13/13/2026", "no day 13 in month 13"),
        ("32nd", "No month has a day 32"),
        ("2026-13", "no month 13"),
        ("week 54", "no week 54"),
        ("2025-W53", "no week 53"),
        ("Tuesday 9 Nov", "9 Nov 2026 is not a Tuesday"),
        ("week ending 14 Nov", "No week ends on 14 Nov 2026"),
        ("2026-11-22", "22 Nov 2026 has not come yet"),
        ("2027", "has not come yet"),
    ],
)
def test_a_date_that_is_none_or_two_is_refused(words, reason):
    with pytest.raises(PeriodError, match=reason):
        read(words)


@pytest.mark.parametrize("words", ["", "9", "9 9", "week 9th", "week of Ana", "oct 25 25", "q5"])
def test_other_words_name_nothing(words):
    assert read_dated(words, CLOCK) is None
    assert read_week_of(words, CLOCK) is None


def test_a_name_without_a_year_may_mean_any_year_since_1970():
    named = read_dated("29 feb", CLOCK)
    assert named.choices[:2] == (date(1972, 2, 29), date(1976, 2, 29))
    assert named == Named("day", named.choices)
