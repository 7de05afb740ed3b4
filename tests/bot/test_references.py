"""What buttons stand for: it comes back as it was, and nothing else is taken for it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.limits import BUTTON_VALUE, OPTION_VALUE
from bot.references import Reference, Turn, read, read_turn, written, written_turn
from scoring.errors import WordsError
from scoring.period import Period

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15), None, "week")
TALK = "0123456789abcdef"
WHOLE = Reference("figure", WEEK, "escalation_rate", 123456789, None, 990, TALK)


@pytest.mark.parametrize(
    "reference",
    [
        WHOLE,
        Reference("card", WEEK),
        Reference("note", WEEK, team=7),
        Reference("figure", Period(date(2026, 11, 3), date(2026, 11, 19)), "aht", 1),
        Reference("figure", Period(date(2026, 7, 1), date(2026, 9, 30), None, "quarter"), "aht"),
        Reference("figure", Period(date(2026, 10, 19), date(2026, 11, 15), None, "weeks", 4)),
    ],
)
def test_a_reference_comes_back_as_it_was(reference):
    assert read(written(reference)) == reference
    assert len(written(reference)) < BUTTON_VALUE


def test_a_period_that_still_ran_is_whole_again():
    begun = replace(WHOLE, period=Period(date(2026, 11, 1), date(2026, 11, 30), None, "month"))
    assert read(written(begun)).period.last == date(2026, 11, 30)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "figure",
        written(WHOLE) + " ",
        written(WHOLE).replace("week", "fortnight"),
        "figure aht a1 t 9999999 9999999 1 days s0",
        "figure aht a1 t 2 1 1 days s0",
        "figure <!channel> a1 t 739929 739935 1 week s0",
        "figure aht a\N{SUPERSCRIPT TWO} t 739929 739935 1 week s0",
    ],
)
def test_what_is_no_reference_is_refused_in_words(value):
    with pytest.raises(WordsError, match="another version"):
        read(value)


@pytest.mark.parametrize(
    "turn", [Turn(TALK), Turn(TALK, "period", "last_12_weeks"), Turn(TALK, "whose", "a123456789")]
)
def test_a_turn_comes_back_as_it_was_and_fits_into_a_menu(turn):
    assert read_turn(written_turn(turn)) == turn
    assert len(written_turn(turn)) <= OPTION_VALUE


@given(st.text(max_size=80))
def test_no_other_text_is_a_turn_or_a_reference(text):
    for one in (read, read_turn):
        with pytest.raises(WordsError):
            one(text)
