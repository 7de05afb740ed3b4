"""How figures are written: three levels of language, each with what it rests on."""

from dataclasses import replace
from datetime import date

import pytest

from prompts.note import figures
from scoring.coaching.findings import Span
from tests.prompts.note.weeks import AHT_DOWN, FCR_DOWN, FCR_UP, QUALITY_DOWN, metric

MINUS = "\N{MINUS SIGN}"


def test_a_confirmed_change_is_told_in_full():
    assert figures.change_words("fcr", FCR_UP, "your") == (
        "rose from 68.2 % to 77.4 % (change +9.2 points, 95 % interval +4.1 to +14.3 points),"
        " weeks of 26 Oct to 9 Nov against your 8 weeks before, 268 contacts"
    )


def test_a_change_down_fell():
    assert figures.change_words("fcr", FCR_DOWN, "their").startswith("fell from 77.4 % to 68.2 %")


def test_a_change_of_time_is_told_in_minutes():
    told = figures.change_words("aht", AHT_DOWN, "your")
    ends = f"95 % interval {MINUS}2 min 01 s to {MINUS}55 s"
    assert f"(change {MINUS}1 min 28 s, {ends})" in told


def test_one_week_is_called_one():
    one = replace(FCR_UP, first=FCR_UP.last, weeks=1, baseline_weeks=1, contacts=1)
    assert figures.change_words("fcr", one, "your").endswith(
        "week of 9 Nov against your 1 week before, 1 contact"
    )


def test_an_index_has_no_level_that_it_came_from():
    told = figures.change_words("quality", QUALITY_DOWN, "your")
    assert told.startswith(f"fell (change {MINUS}0.46, 95 % interval {MINUS}0.71 to {MINUS}0.21,")


def test_ratings_are_counted_as_ratings():
    assert figures.change_words("csat", FCR_UP, "your").endswith("268 ratings")


@pytest.mark.parametrize(
    ("expectation", "told"),
    [
        ("above", "above what is expected for your contacts"),
        ("below", "below what is expected for your contacts"),
        (None, "within normal variation"),
    ],
)
def test_a_level_is_above_below_or_within(expectation, told):
    assert figures.expectation_words(metric("fcr", expectation=expectation), "your") == told


def test_a_level_has_its_interval_and_n():
    assert figures.level_words("fcr", metric("fcr")) == "74.2 % (70.1 to 78.0 %), 412 contacts"


def test_a_rating_says_how_many_answered():
    told = figures.level_words("csat", metric("csat", n=38, asked=412))
    assert told == "4.31 (4.12 to 4.50), 38 of 412 contacts rated"


def test_a_polarity_below_zero_has_a_true_minus():
    told = figures.level_words("sentiment", metric("sentiment", estimate=Span(-0.2, -0.3, -0.1)))
    assert told.startswith(f"{MINUS}0.20 ({MINUS}0.30 to {MINUS}0.10)")


def test_nothing_is_below_zero_by_rounding():
    told = figures.level_words("sentiment", metric("sentiment", estimate=Span(0.04, -0.003, 0.1)))
    assert told.startswith("0.04 (0.00 to 0.10)")


@pytest.mark.parametrize(
    ("name", "n", "told"),
    [
        ("csat", 3, "too few surveys to say"),
        ("fcr", 9, "too few contacts to say"),
        ("fcr", 0, "no data"),
    ],
)
def test_too_little_is_told_in_words(name, n, told):
    assert figures.level_words(name, metric(name, n=n)) == told


def test_where_nobody_has_data_there_is_no_level():
    assert figures.level_words("csat", metric("csat", estimate=None)) == "no data"


def test_a_level_stands_beside_what_such_contacts_usually_give():
    level = metric("fcr", raw=0.701, expected=0.758)
    brief = figures.standing_words("fcr", level, brief=True)
    assert brief == "70.1 % against a usual 75.8 % for such contacts"
    assert figures.standing_words("fcr", level, brief=False) == (
        "70.1 % against a usual 75.8 % for such contacts; 74.2 % (95 % interval 70.1 to 78.0 %)"
        " on the team's usual mix, 412 contacts"
    )


def test_names_stand_in_a_row():
    assert figures.listed(["Ana"]) == "Ana"
    assert figures.listed(["Ana", "Ben", "Cleo"]) == "Ana, Ben and Cleo"


def test_weeks_over_the_turn_of_the_year():
    assert figures.weeks_words(date(2026, 12, 21), date(2027, 1, 4)) == "weeks of 21 Dec to 4 Jan"
