"""What a person is told who cannot be answered."""

import pytest

from bot.blockkit import check_reply
from bot.views.mistake import Mistake, mistake
from tests.bot.views.samples import MISTAKE
from tests.bot.views.seen import words_of


def test_a_mistake_has_a_sentence_a_next_step_examples_and_a_token():
    reply = mistake(MISTAKE)
    assert check_reply(reply) == []
    for said in (reply.text, words_of(reply.blocks)):
        assert "Two agents are called “Ana”.\nSay the e-mail address." in said
        assert "`/scorecard ana@example.com` or `/team Billing`" in said
        assert "quote `K7QF`" in said


def test_a_mistake_that_a_person_can_put_right_alone_has_no_token():
    assert "quote" not in mistake(Mistake("There is no such week.")).text


@pytest.mark.parametrize("words", ["<!channel>", "", "x" * 5000, "`/team`"])
def test_what_was_typed_is_data(words):
    told = Mistake(f"There is no “{words}”.", words, "T1", (words, "/team"))
    assert check_reply(mistake(told)) == []
