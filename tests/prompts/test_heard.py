"""What a question names, word by word, and which questions a form cannot hold."""

import pytest

from prompts.heard import hear, sign
from scoring.period import Period
from scoring.reading.grammar import grammar
from scoring.reading.spans import Lexicon
from tests.scoring.reading.maya import world_of

LEXICON = Lexicon(world_of(), grammar())


def heard(words):
    return hear(words, LEXICON)


def test_names_and_periods_are_heard_as_what_they_are():
    people, teams, periods, tenure, labels = heard(
        "new hires on billing with Ana, refunds on chat last week"
    ).named
    assert (people, teams, tenure) == ({(1,)}, {(1,)}, {(0, 90)})
    assert [str(one.first) for one in periods if isinstance(one, Period)] == ["2026-11-09"]
    assert labels == {("issue_type", "refund"), ("channel", "chat")}


def test_numbers_are_heard_in_the_unit_of_the_figure():
    assert heard("top 5 agents with aht over 6 minutes and csat under 80 %").numbers == {
        5,
        360,
        80,
    }


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("whose csat fell", ["-"]),
        ("who got worse on fcr", ["bad"]),
        ("csat improved the least", ["bad"]),
        ("best fcr", ["good"]),
        ("who missed the csat target", ["bad"]),
    ],
)
def test_it_is_heard_which_way_words_point(words, signs):
    assert heard(words).signs == signs


def test_only_the_period_after_versus_is_another_one():
    others = heard("csat last week compared with September").others
    assert [str(one.first) for one in others] == ["2026-09-01"]


@pytest.mark.parametrize(
    "words",
    [
        "csat without chat",
        "csat except Ana",
        "csat of Ben or on chat",
        "quality of Ben",
        "csat next week",
        "csat by day",
        "high csat",
        "her csat",
        "csat week on week",
        "salary of Ben",
    ],
)
def test_what_no_form_can_say_is_closed(words):
    assert heard(words).is_closed


@pytest.mark.parametrize(
    "words", ["zibble csat of Ben", "who slowed down but kept csat up zibble"]
)
def test_what_a_form_can_say_is_open(words):
    assert not heard(words).is_closed


def test_words_are_found_where_they_stand_and_only_there():
    question = heard("zibble csat of Ben last week zabble")
    assert question.unknown == question.edges == {0, 6}
    assert question.places("of ben") == {2, 3}
    assert question.places("ben of") == question.places("dev") == question.places(None) == set()
    assert question.said({0, 6}) == "zibble zabble"


def test_a_word_that_is_tied_to_the_rest_is_no_greeting():
    assert heard("csat last week among left handers").edges == set()
    assert heard("for lisbon: csat last week").edges == set()


def test_words_are_found_as_they_were_typed_and_as_they_were_meant():
    question = heard("csatt of Ben zibble")
    assert question.places("csatt") == question.places("csat") == {0}


def test_what_points_nowhere_stays_itself():
    assert (sign("up"), sign("not_worse")) == ("+", "not_worse")
