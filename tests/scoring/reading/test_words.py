import pytest

from scoring.reading.words import NUMBERS, plain, refuse


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("LAST WEEK", "last week"),
        ("  the  last week, please ", "last week"),
        ("last week?", "last week"),
        ("*last week*", "last week"),
        ("“last week”.", "last week"),
        ("last week's", "last week"),
        ("during the last week", "last week"),
        ("for all of last week", "last week"),
        ("all time", "all time"),
        ("last\N{NO-BREAK SPACE}week", "last week"),
        ("\N{FULLWIDTH DIGIT NINE} Nov.", "9 nov"),
        ("9.11.2026", "9.11.2026"),
        ("1 Nov..5 Nov", "1 nov..5 nov"),
        ("5\N{EN DASH}18 Oct", "5 - 18 oct"),
        ("2026\N{NON-BREAKING HYPHEN}11", "2026-11"),
        ("Oct '25", "oct 2025"),
        ("Oct \N{RIGHT SINGLE QUOTATION MARK}25", "oct 2025"),
        ("the third quarter of 2025", "q3 of 2025"),
        ("2nd half", "h2"),
    ],
)
def test_a_text_made_plain_keeps_only_what_may_name_a_period(words, expected):
    assert plain(words) == expected


@pytest.mark.parametrize(
    ("words", "number"),
    [("a", 1), ("a couple of", 2), ("a dozen", 12), ("twenty-eight", 28), ("ninety nine", 99)],
)
def test_numbers_in_words_are_known(words, number):
    assert NUMBERS[words] == number


def test_a_refusal_says_what_is_wrong_and_what_to_write():
    assert str(refuse("That has not come yet", "“last week”")) == (
        "That has not come yet. Try “last week”."
    )
