"""A client that posts in turns, and lets Slack have the time that it wants."""

from collections import deque

import pytest
from slack_sdk.errors import SlackApiError

from bench.stand_in import Workspace, standing_in
from bot.paced import UNSAID_SECONDS, _wanted, paced_client
from bot.posting import Posted, Refused, key_of, post
from bot.replies import Reply
from bot.settings import read_settings
from bot.slack import PATIENCE

REPLY = Reply(({"type": "section", "text": {"type": "mrkdwn", "text": "a"}},), "words")


@pytest.fixture
def slack():
    return Workspace()


@pytest.fixture
def held():
    """For how long Slack was let alone, each time."""
    return []


@pytest.fixture
def turns():
    """Whose turns were waited for."""
    return []


@pytest.fixture
def client(slack, turns, held):
    with standing_in(slack) as address:
        settings = {"EVENKEEL_SLACK_BOT_TOKEN": "xoxb-1", "EVENKEEL_SLACK_API_URL": address}
        yield paced_client(read_settings(settings), turns.append, held.append)


def test_every_post_waits_for_its_turn(client, turns):
    for channel in ("D1", "D2"):
        assert isinstance(post(client, channel, REPLY, key_of(channel)), Posted)
    assert turns == ["D1", "D2"]


def test_what_was_too_fast_is_posted_again_in_a_turn_of_its_own(client, slack, turns, held):
    slack.script = deque(["limited", "limited"])
    assert isinstance(post(client, "D1", REPLY, key_of(1)), Posted)
    assert (turns, held) == (["D1"] * 3, [1.0, 1.0])


def test_a_slack_that_never_takes_it_is_let_alone_in_the_end(client, slack, turns):
    slack.script = deque(["limited"] * 99)
    assert post(client, "D1", REPLY, key_of(1)) == Refused("ratelimited")
    assert len(turns) == len(slack.arrivals) == PATIENCE + 1


def test_the_plainer_form_waits_for_a_turn_too(client, slack, turns):
    slack.script = deque(["refused"])
    post(client, "D1", REPLY, key_of(1))
    assert turns == ["D1", "D1"]


@pytest.mark.parametrize("fault", ["failed", "refused"])
def test_nothing_else_is_posted_again(client, slack, held, fault):
    slack.script = deque([fault])
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="D1", text="words")
    assert (len(slack.arrivals), held) == (1, [])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7.0), ({"retry-after": "30"}, 30.0), ({}, UNSAID_SECONDS)],
)
def test_slack_gets_as_long_as_it_says(headers, seconds):
    assert _wanted(headers) == seconds


def test_a_time_that_cannot_be_read_is_a_long_one():
    assert _wanted({"Retry-After": "soon"}) == UNSAID_SECONDS
