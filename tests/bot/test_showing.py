"""An answer goes where it belongs, and what Slack refuses is no more than a line of the log."""

import pytest

from bot.blockkit import actions, button, check_view, header, section, table
from bot.calls import Call, Place
from bot.command import Answer, Modal, Prompt
from bot.replies import Reply
from bot.showing import WAIT, page_of, view_of
from tests.bot.talking import Talking, talking
from tests.slack import running_slack

CALL = Call("e" * 32, "", "U0ANA", "T0WORK")
PLAIN = Reply((section("Here"),), "Here")
TABLED = Reply(
    (header("Title"), table(["a", "b"], [["c", "d"]], "ll")),
    "words",
    (header("Title"), section("c d")),
)
WINDOW = Modal("A window", (section("In it"),))
INSIDE = Place("U0ANA", trigger="1.2", inside=True)
OPENED = Place("U0ANA", trigger="1.2", window="V0", inside=True)
THREAD = Place("U0ANA", channel="D0", thread="1.1")


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def shows(engine, slack):
    with talking(engine, slack) as door:
        yield door.shows


def only(slack):
    """The one call that was made: its method and what was given."""
    ((method, given),) = slack.calls
    return method, given


def test_home_is_drawn_for_whoever_opened_it(shows, slack):
    assert shows.show(CALL, Place("U0ANA"), Answer(home=(section("Home"),)))
    method, given = only(slack)
    view = given["view"]
    assert (method, given["user_id"]) == ("views.publish", "U0ANA")
    assert view == {"type": "home", "blocks": [section("Home")]}


@pytest.mark.parametrize(
    ("place", "method"), [(INSIDE, "views.open"), (OPENED, "views.push")], ids=["home", "window"]
)
def test_a_window_opens_over_what_was_pressed(shows, slack, place, method):
    assert shows.open(CALL, place, WINDOW) == "V0NEW"
    called, given = only(slack)
    assert (called, given["trigger_id"]) == (method, "1.2")


def test_a_window_that_waits_is_filled_in(shows, slack):
    waiting = Place("U0ANA", window="V7", inside=True)
    assert shows.open(CALL, waiting, WINDOW) == "V7"
    method, given = only(slack)
    assert (method, given["view_id"]) == ("views.update", "V7")


def test_what_is_answered_in_a_window_is_a_page_over_it(shows, slack):
    shows.show(CALL, OPENED, Answer(TABLED))
    method, given = only(slack)
    view = given["view"]
    assert method == "views.push"
    assert [one["type"] for one in view["blocks"]] == ["header", "section"]
    assert view["title"]["text"] == "Title"


def test_what_takes_the_place_of_a_page_fills_it_in(shows, slack):
    shows.show(CALL, OPENED, Answer(TABLED, replaces=True))
    method, given = only(slack)
    assert (method, given["view_id"]) == ("views.update", "V0")


def test_a_form_that_takes_the_place_of_a_page_piles_up_no_window(shows, slack):
    shows.show(CALL, OPENED, Answer(modal=WINDOW, replaces=True))
    method, given = only(slack)
    assert (method, given["view_id"]) == ("views.update", "V0")


def test_in_home_nothing_is_replaced_and_a_window_opens(shows, slack):
    shows.show(CALL, INSIDE, Answer(PLAIN, replaces=True))
    assert only(slack)[0] == "views.open"


def test_an_answer_to_a_message_stands_in_its_thread_with_its_key(shows, slack):
    assert shows.show(CALL, THREAD, Answer(PLAIN))
    (message,) = slack.posted("D0")
    assert message["thread_ts"] == "1.1"
    assert message["metadata"]["event_payload"] == {"key": CALL.event}


def test_a_copy_looks_first_whether_the_answer_is_there(shows, slack):
    again = Place("U0ANA", channel="D0", thread="1.1", retried=True)
    for _ in range(3):
        assert shows.show(CALL, again, Answer(PLAIN))
    assert len(slack.posted("D0")) == 1
    assert all(one["include_all_metadata"] for one in slack.told("conversations.replies"))


def test_an_answer_that_is_nothing_calls_nobody(shows, slack):
    assert shows.show(CALL, THREAD, Answer())
    assert slack.calls == []


@pytest.mark.parametrize(
    "answer",
    [Answer(home=(section("a"),)), Answer(modal=WINDOW), Answer(prompts=(Prompt("a", "b"),))],
    ids=["home", "window", "prompts"],
)
def test_what_slack_refuses_is_not_raised(shows, slack, answer):
    for method in ("views.publish", "views.open", "assistant.threads.setSuggestedPrompts"):
        slack.refused[method] = "expired_trigger_id"
    assert shows.show(CALL, Place("U0ANA", trigger="1.2", channel="D0"), answer)


def test_a_slack_that_is_gone_is_not_raised_and_a_message_is_not_settled(shows):
    shows.client.base_url = "http://127.0.0.1:9/"
    assert not shows.show(CALL, THREAD, Answer(PLAIN))
    assert shows.show(CALL, INSIDE, Answer(PLAIN))


@pytest.mark.parametrize("why", ["not_agent_app", "missing_scope"])
def test_what_a_workspace_has_not_is_asked_for_once(shows, slack, why):
    slack.refused["assistant.threads.setStatus"] = why
    for _ in range(3):
        shows.say_working(CALL, THREAD)
    assert len(slack.told("assistant.threads.setStatus")) == 1


def test_a_passing_fault_is_no_reason_to_ask_no_more(shows, slack):
    slack.refused["assistant.threads.setStatus"] = "internal_error"
    for _ in range(2):
        shows.say_working(CALL, THREAD)
    assert len(slack.told("assistant.threads.setStatus")) == 2


@pytest.mark.parametrize(
    "modal",
    [
        WAIT,
        WINDOW,
        page_of(TABLED),
        page_of(PLAIN),
        Modal("x" * 99, (section("a"),), "n", "r", "Go"),
    ],
)
def test_every_window_is_one_that_slack_takes(modal):
    view = view_of(modal)
    assert check_view({name: one for name, one in view.items() if one != ""}) == []


def test_a_page_in_a_window_has_nothing_to_share_to_a_channel():
    card, share = button("FCR", "contacts:fcr", "ref"), button("Share", "share", "ref")
    assert page_of(Reply((actions(card, share),), "words")).blocks == (actions(card),)
    assert page_of(Reply((section("Here"), actions(share)), "words")).blocks == (section("Here"),)


def test_what_is_pressed_in_a_thread_is_answered_in_it(shows):
    with running_slack() as urls:
        place = Place("U0ANA", urls.response_url, channel="D0", thread="1.1")
        for answer in (Answer(PLAIN), Answer(PLAIN, replaces=True)):
            shows.show(CALL, place, answer)
        told = [urls.posts.get(timeout=20).get("thread_ts") for _ in range(2)]
    assert told == ["1.1", None]
