"""What is said while an answer is on its way, and what may be there already when it comes."""

from dataclasses import replace

import pytest

from bot.calls import Call, Place
from bot.command import Answer
from bot.replies import Reply
from bot.turn import Turn
from tests.bot.talking import Talking, talking

CALL = Call("e" * 32, "", "U0ANA", "T0WORK")
THREAD = Place("U0ANA", channel="D0", thread="1.1")
HERE = Answer(Reply(({"type": "divider"},), "Here"))


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def turn(engine, slack):
    with talking(engine, slack) as door:
        yield Turn(door.shows, CALL, THREAD)


def methods(slack):
    return [name for name, _ in slack.calls]


def test_work_is_told_before_the_answer(turn, slack):
    turn.say_working()
    assert turn.show(HERE)
    assert methods(slack) == ["assistant.threads.setStatus", "chat.postMessage"]
    ((_, told), _) = slack.calls
    assert (told["channel_id"], told["thread_ts"]) == ("D0", "1.1")


def test_work_is_not_told_after_the_answer(turn, slack):
    turn.show(HERE)
    turn.say_working()
    assert methods(slack) == ["chat.postMessage"]


@pytest.mark.parametrize(
    "place", [replace(THREAD, among=True), Place("U0ANA")], ids=["mention", "no message"]
)
def test_work_is_told_in_nobody_s_way(turn, slack, place):
    replace(turn, place=place).say_working()
    assert slack.calls == []


def test_a_status_that_is_refused_is_no_matter(turn, slack):
    slack.refused["assistant.threads.setStatus"] = "missing_scope"
    turn.say_working()
    assert turn.show(HERE)
    assert turn.is_settled


def test_who_took_long_looks_whether_another_was_quicker(turn, slack):
    turn.show(HERE)
    slow = Turn(turn.shows, CALL, THREAD, since=turn.since - 51)
    assert slow.show(HERE)
    assert len(slack.posted("D0")) == 1


def test_an_answer_that_is_not_there_is_not_settled(turn, slack):
    slack.refused["chat.postMessage"] = "internal_error"
    assert not turn.show(HERE)
    assert (turn.is_shown, turn.is_settled) == (True, False)
