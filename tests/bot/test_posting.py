"""One message to Slack: posted, refused or unknown, and found again by its key."""

from collections import deque
from datetime import timedelta

import pytest

from bench.stand_in import BOT, Workspace, standing_in
from bot.posting import (
    LookError,
    Posted,
    Refused,
    Unknown,
    key_of,
    landed,
    landed_in_thread,
    post,
)
from bot.replies import Reply
from bot.settings import read_settings
from bot.slack import client_of
from tests.factories import NOW

PLAIN = ({"type": "section", "text": {"type": "mrkdwn", "text": "plain"}},)
CHART = ({"type": "data_visualization"},)
REPLY = Reply(CHART, "words", PLAIN)
KEY = key_of("T0WORK", "2026-W46", 1)
ME = BOT["bot_id"]


@pytest.fixture
def slack():
    return Workspace()


@pytest.fixture
def client(slack):
    with standing_in(slack) as address:
        settings = {"EVENKEEL_SLACK_BOT_TOKEN": "xoxb-1", "EVENKEEL_SLACK_API_URL": address}
        yield client_of(read_settings(settings))


def sent(slack, channel="D1"):
    return slack.messages.get(channel, [])


def told(slack, method):
    return [given for name, given in slack.calls if name == method]


def test_a_key_is_the_same_for_the_same_thing_and_tells_nothing_of_it():
    assert key_of("T0WORK", "2026-W46", 1) == KEY
    assert key_of("T0WORK", "2026-W46", 11) != KEY
    assert "2026" not in KEY
    assert key_of("a", "bc") != key_of("ab", "c")


def test_a_message_carries_its_key_twice_and_shows_no_page_of_a_link(slack, client):
    outcome = post(client, "D1", REPLY, KEY)
    (message,) = sent(slack)
    assert outcome == Posted(message["ts"])
    assert message["metadata"]["event_payload"] == {"key": KEY}
    assert message["blocks"][0]["block_id"] == KEY
    (given,) = told(slack, "chat.postMessage")
    assert (given["unfurl_links"], given["unfurl_media"], given["text"]) == (False, False, "words")
    assert "block_id" not in REPLY.blocks[0]


def test_an_answer_goes_into_its_thread(slack, client):
    post(client, "D1", REPLY, KEY, "1.2")
    assert sent(slack)[0]["thread_ts"] == "1.2"


def test_refused_blocks_go_once_more_in_their_classic_form(slack, client):
    slack.script = deque(["refused"])
    assert isinstance(post(client, "D1", REPLY, KEY), Posted)
    (message,) = sent(slack)
    assert message["blocks"][0]["type"] == "section"
    assert message["blocks"][0]["block_id"] == KEY


def test_a_classic_form_that_is_refused_too_is_the_end_of_it(slack, client):
    slack.script = deque(["refused", "refused", "refused"])
    assert post(client, "D1", REPLY, KEY) == Refused("invalid_blocks")
    assert len(slack.arrivals) == 2


def test_where_there_is_no_classic_form_the_words_are_sent(slack, client):
    slack.script = deque(["refused"])
    post(client, "D1", Reply(CHART, "words"), KEY)
    assert (sent(slack)[0]["text"], sent(slack)[0]["blocks"]) == ("words", [])


def test_what_slack_refuses_for_another_reason_is_not_sent_again(slack, client):
    slack.script, slack.refusal = deque(["refused"]), "channel_not_found"
    assert post(client, "D1", REPLY, KEY) == Refused("channel_not_found")
    assert len(slack.arrivals) == 1


@pytest.mark.parametrize("fault", ["failed", "stored_then_failed"])
def test_after_a_failure_nobody_knows(slack, client, fault):
    slack.script = deque([fault])
    assert post(client, "D1", REPLY, KEY) == Unknown("status 500")
    assert len(slack.arrivals) == 1


@pytest.mark.parametrize("fault", ["dropped", "stored_then_dropped"])
def test_after_a_dropped_connection_nobody_knows(slack, client, fault):
    slack.script = deque([fault])
    assert isinstance(post(client, "D1", REPLY, KEY), Unknown)
    assert len(slack.arrivals) == 1


@pytest.mark.parametrize("said", ["fatal_error", "internal_error", "service_unavailable"])
def test_what_slack_does_not_know_itself_nobody_knows(slack, client, said):
    slack.script, slack.refusal = deque(["refused"]), said
    assert post(client, "D1", REPLY, KEY) == Unknown(said)


def test_what_slack_did_not_take_for_its_pace_is_sent_when_it_says(slack, client):
    slack.script = deque(["limited"])
    assert isinstance(post(client, "D1", REPLY, KEY), Posted)
    (first, *_), (second, *_) = slack.arrivals
    assert second - first >= 1


def test_what_landed_is_found_by_its_key(slack, client):
    slack.script = deque(["stored_then_failed"])
    post(client, "D1", REPLY, KEY)
    assert landed(client, "D1", KEY, NOW - timedelta(days=9999), ME) == sent(slack)[0]["ts"]
    assert landed(client, "D1", key_of("other"), NOW - timedelta(days=9999), ME) is None
    (given, _) = told(slack, "conversations.history")
    assert (given["limit"], given["include_all_metadata"]) == ("15", "1")


def test_a_key_is_found_in_metadata_where_blocks_have_lost_it(client):
    post(client, "D1", Reply((), "words"), KEY)
    assert landed(client, "D1", KEY, NOW - timedelta(days=9999), ME) is not None


def test_a_key_is_found_in_blocks_where_metadata_was_lost(slack, client):
    post(client, "D1", REPLY, KEY)
    del sent(slack)[0]["metadata"]
    assert landed(client, "D1", KEY, NOW - timedelta(days=9999), ME) is not None


def test_what_another_has_written_with_our_key_is_not_ours(client):
    post(client, "D1", REPLY, KEY)
    assert landed(client, "D1", KEY, NOW - timedelta(days=9999), "B0OTHER") is None


def test_a_look_that_slack_does_not_answer_is_no_no(slack, client):
    slack.shares = {"failed": 1.0}
    with pytest.raises(LookError, match="status 500"):
        landed(client, "D1", KEY, NOW, ME)
    with pytest.raises(LookError, match="status 500"):
        landed_in_thread(client, "D1", "1.2", KEY, ME)


def test_an_answer_is_found_at_the_end_of_a_long_thread(slack, client):
    post(client, "D1", Reply(PLAIN, "begin"), key_of("begin"))
    thread = sent(slack)[0]["ts"]
    for number in range(40):
        post(client, "D1", Reply(PLAIN, "words"), key_of(number), thread)
    post(client, "D1", REPLY, KEY, thread)
    assert landed_in_thread(client, "D1", thread, KEY, ME) == sent(slack)[-1]["ts"]
    assert landed(client, "D1", KEY, NOW - timedelta(days=9999), ME) is None
    assert landed_in_thread(client, "D1", thread, key_of("no"), ME) is None
