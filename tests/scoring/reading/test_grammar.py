"""The grammar's file holds each phrase once, but for those that say nothing by themselves."""

from scoring.reading.grammar import FILL, KPI, grammar
from scoring.reading.tokens import words_of
from tests.scoring.reading.maya import CATALOGUE


def test_what_is_loosely_said_is_of_the_catalogue():
    named = {one.value for one in grammar().phrases.values() if one.kind == KPI}
    several = {key for one in grammar().phrases.values() if one.kind == "?" for key in one.value}
    assert named | several <= set(CATALOGUE)


def test_words_that_change_a_question_never_say_nothing():
    telling = words_of("not no except without or before half doubled worse better under over")
    assert all(grammar().phrases[(word,)].kind != FILL for word in telling)
