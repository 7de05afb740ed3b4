"""Questions are cut into plain words that know where they stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reading.amounts import Amount, amount
from scoring.reading.tokens import clean, tokens, words_of
from scoring.reading.typos import distance


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who's Ana's best?", ("who", "ana", "best", "?")),
        ("didn't", ("didnt",)),
        ("first-contact resolution", ("first", "contact", "resolution")),
        ("Chloé & José", ("chloe", "and", "jose")),
        ("CSAT > 80%, p90", ("csat", ">", "80%", ",", "p90")),
        ("o'brien@example.com", ("obrien@example.com",)),
        ("\uff23\uff33\uff21\uff34", ("csat",)),
    ],
)
def test_words_are_plain(text, words):
    assert words_of(text) == words


def test_a_word_knows_where_it_stood_and_whether_it_owns():
    ana = tokens("show Ana's csat")[1]
    assert ("show Ana's csat"[ana.first : ana.after], ana.owns, ana.capital) == (
        "Ana's",
        True,
        True,
    )


@given(st.text())
def test_a_clean_text_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("8 minutes", 480, "seconds"),
        ("8min", 480, "seconds"),
        ("1h", 3600, "seconds"),
        ("8:30", 510, "seconds"),
        ("70%", 70, "percent"),
        ("70 per cent", 70, "percent"),
        ("4.2", 4.2, None),
        ("1,000", 1000, None),
        ("4,5", 4.5, None),
        ("twenty", 20, None),
        ("zero", 0, None),
        ("90 days", 90, "days"),
        ("six months", 180, "days"),
        ("4 stars", 4, "points"),
    ],
)
def test_amounts_have_their_units(text, value, unit):
    some = tokens(text)
    assert amount(some, 0) == (Amount(value, unit), len(some))


@pytest.mark.parametrize("text", ["p90", "5x", "1.2.3", "chat"])
def test_what_is_no_amount_is_none(text):
    assert amount(tokens(text), 0) is None


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("csat", "csat", 0), ("chole", "chloe", 1), ("escaltion", "escalation", 1), ("", "abc", 3)],
)
def test_swapped_letters_are_one_step(one, other, steps):
    assert distance(one, other) == steps


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == distance(other, one)
