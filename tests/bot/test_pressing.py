"""Buttons and forms over signed HTTP: acknowledged in time, shown where they were pressed."""

import json
import threading
import time

import pytest
from slack_bolt import BoltRequest

from bot.blockkit import section
from bot.command import Answer, Deed, Modal
from bot.replies import Reply
from scoring.errors import WordsError
from tests.bot.talking import Talking, sent, talking
from tests.slack import app_over, as_body, press, running_slack, signed, submitted

HERE = Reply((section("Here"),), "Here")
HOME = {"id": "V0", "type": "home"}
WINDOW = {"id": "V7", "type": "modal", "state": {"values": {}}}


@pytest.fixture
def slack():
    return Talking()


class Slow:
    """A deed that answers when it is let go."""

    def __init__(self, answer):
        self.go, self.answer = threading.Event(), answer

    def __call__(self, _request, _services):
        assert self.go.wait(60)
        return self.answer


def answering(kind, run, name="deed"):
    return (Deed(kind, name, run if callable(run) else lambda *_: run, ("like this",)),)


def body_of(response):
    return json.loads(response.body) if response.body else None


def test_a_form_with_mistakes_stays_open_and_says_what_is_wrong(engine, slack):
    wrong = Answer(wrong={"minutes": "Write a whole number of minutes."})
    with talking(engine, slack, deeds=answering("form", wrong)) as door:
        response = sent(door, submitted("deed", {"minutes": "x"}))
    assert body_of(response) == {"response_action": "errors", "errors": dict(wrong.wrong)}
    assert slack.calls == []


def test_a_form_that_is_well_is_closed(engine, slack):
    with talking(engine, slack, deeds=answering("form", Answer())) as door:
        response = sent(door, submitted("deed"))
    assert (response.status, response.body) == (200, "")


def test_what_comes_of_a_form_takes_its_place(engine, slack):
    with talking(engine, slack, deeds=answering("form", Answer(HERE))) as door:
        told = body_of(sent(door, submitted("deed")))
    assert told["response_action"] == "update"
    assert told["view"]["blocks"] == [section("Here")]


def test_a_form_that_fails_says_so_in_a_sentence_with_a_token(engine, slack):
    def broken(*_):
        raise RuntimeError("Ana Lima")

    with talking(engine, slack, deeds=answering("form", broken)) as door:
        told = json.dumps(body_of(sent(door, submitted("deed"))))
    assert "Evenkeel cannot answer right now" in told
    assert "quote" in told
    assert "Ana" not in told


def test_a_form_that_takes_its_time_waits_and_is_then_filled_in(engine, slack):
    slow = Slow(Answer(HERE))
    deeds = answering("form", slow)
    with talking(engine, slack, deeds=deeds, ack_seconds=0.1) as door:
        told = body_of(sent(door, submitted("deed")))
        assert "One moment" in json.dumps(told)
        slow.go.set()
        door.pool.shutdown()
    (given,) = slack.told("views.update")
    assert given["view_id"] == "V0"
    assert given["view"]["blocks"] == [section("Here")]


def test_a_home_that_comes_of_a_form_is_drawn(engine, slack):
    answer = Answer(home=(section("Home"),))
    with talking(engine, slack, deeds=answering("form", answer)) as door:
        sent(door, submitted("deed"))
        door.pool.shutdown()
    (given,) = slack.told("views.publish")
    assert given["user_id"] == "U0ANA"


@pytest.mark.parametrize(
    ("view", "method"), [(HOME, "views.open"), (WINDOW, "views.push")], ids=["home", "window"]
)
def test_a_press_that_takes_its_time_opens_a_window_that_waits(engine, slack, view, method):
    slow = Slow(Answer(modal=Modal("Title", (section("In it"),))))
    with talking(engine, slack, deeds=answering("button", slow), ack_seconds=0.1) as door:
        began = time.monotonic()
        assert sent(door, press("deed", view=view)).status == 200
        assert time.monotonic() - began < 3
        (waiting,) = slack.told(method)
        assert "One moment" in json.dumps(waiting)
        slow.go.set()
        door.pool.shutdown()
    (filled,) = slack.told("views.update")
    assert filled["view_id"] == "V0NEW"
    assert filled["view"]["blocks"] == [section("In it")]


def test_a_press_in_a_message_that_takes_its_time_is_answered_at_its_address(engine, slack):
    slow = Slow(Answer(HERE, replaces=True))
    deeds = answering("button", slow)
    with running_slack() as urls, talking(engine, slack, deeds=deeds, ack_seconds=0.1) as door:
        sent(door, press("deed", response_url=urls.response_url))
        assert urls.posts.empty()
        slow.go.set()
        answer = urls.posts.get(timeout=20)
    assert (answer["text"], answer["replace_original"]) == ("Here", True)
    assert slack.calls == []


def test_a_button_s_mistake_has_its_examples(engine, slack):
    def wrong(*_):
        raise WordsError("That is none.")

    deeds = answering("button", wrong)
    with running_slack() as urls, talking(engine, slack, deeds=deeds) as door:
        sent(door, press("deed", response_url=urls.response_url))
        assert "For example `like this`" in urls.posts.get(timeout=20)["text"]


def test_a_press_that_comes_again_is_answered_once(engine, slack):
    deeds, payload = answering("button", Answer(HERE)), press("deed", view=HOME)
    with talking(engine, slack, deeds=deeds) as door:
        for _ in range(3):
            sent(door, payload)
    assert len(slack.told("views.open")) == 1


@pytest.mark.parametrize(
    "payload", [press("deed", view=HOME), submitted("deed")], ids=["button", "form"]
)
def test_what_slack_did_not_sign_is_refused(engine, slack, payload):
    kind = "form" if "view_submission" in payload.values() else "button"
    with talking(engine, slack, deeds=answering(kind, Answer(HERE))) as door:
        body = as_body(payload)
        forged = BoltRequest(body=body, headers=dict(signed(body, secret="another")))
        assert app_over(door).dispatch(forged).status == 401
    assert slack.calls == []
