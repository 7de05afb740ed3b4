"""The door to Slack: nothing is written twice, and refused blocks go again in plainer form."""

import pytest

from bot.replies import Reply
from bot.settings import read_settings
from bot.slack import SCOPES, Answers, SlackError, client_of, installation_of, see_app_token, shape
from tests.slack import running_slack

PLAIN = ({"type": "section", "text": {"type": "mrkdwn", "text": "plain"}},)
TABLE = ({"type": "table", "rows": []},)
INVALID = (400, "invalid_blocks", {})


@pytest.fixture
def slack():
    with running_slack() as slack:
        yield slack


def client(slack, token="xoxb-1"):
    return client_of(
        read_settings({"EVENKEEL_SLACK_BOT_TOKEN": token, "EVENKEEL_SLACK_API_URL": slack.api})
    )


def posts(slack):
    return [slack.posts.get() for _ in range(slack.posts.qsize())]


def test_an_answer_is_for_the_asker_alone_and_has_its_words_beside_its_blocks(slack):
    assert Answers().send(slack.response_url, Reply(PLAIN, "words"), "t")
    (post,) = posts(slack)
    assert post["response_type"] == "ephemeral"
    assert post["replace_original"] is False
    assert (post["blocks"], post["text"]) == (list(PLAIN), "words")


def test_refused_blocks_are_sent_once_more_in_their_classic_form(slack):
    slack.refusals.put(INVALID)
    assert Answers().send(slack.response_url, Reply(TABLE, "words", PLAIN), "t")
    assert [post["blocks"] for post in posts(slack)] == [list(TABLE), list(PLAIN)]


def test_a_classic_form_that_is_refused_too_is_not_tried_again(slack):
    for _ in range(3):
        slack.refusals.put(INVALID)
    assert not Answers().send(slack.response_url, Reply(TABLE, "words", PLAIN), "t")
    assert len(posts(slack)) == 2


def test_without_a_classic_form_the_words_alone_are_sent(slack):
    slack.refusals.put((200, '{"ok": false, "error": "invalid_blocks"}', {}))
    assert Answers().send(slack.response_url, Reply(PLAIN, "words"), "t")
    assert [(post["text"], post["blocks"]) for post in posts(slack)][1] == ("words", [])


@pytest.mark.parametrize("refusal", [(500, "down", {}), (404, "expired_url", {}), (503, "", {})])
def test_what_slack_may_have_taken_is_not_sent_again(slack, refusal):
    slack.refusals.put(refusal)
    assert not Answers().send(slack.response_url, Reply(TABLE, "words", PLAIN), "t")
    assert len(posts(slack)) == 1


def test_what_slack_says_it_did_not_take_is_sent_again(slack):
    slack.refusals.put((429, "", {"Retry-After": "0"}))
    assert Answers().send(slack.response_url, Reply(PLAIN, "words"), "t")
    assert len(posts(slack)) == 2


def test_an_answer_that_nobody_takes_is_no_error():
    assert not Answers().send("http://127.0.0.1:9/", Reply(PLAIN, "words"), "t")


def test_a_kind_of_block_is_sure_once_slack_has_taken_one(slack):
    answers, reply = Answers(), Reply((*PLAIN, *TABLE), "words", PLAIN)
    assert answers.sure(Reply(PLAIN, "words"))
    assert not answers.sure(reply)
    slack.refusals.put(INVALID)
    answers.send(slack.response_url, reply, "t")
    assert not answers.sure(reply)
    answers.send(slack.response_url, reply, "t")
    assert answers.sure(reply)


def test_a_text_that_slack_would_split_is_cut():
    assert len(shape(Reply((), "x" * 5000))["text"]) == 3000


def test_the_installation_is_what_the_token_says(slack):
    slack.scopes = ", ".join([*SCOPES, "team:read"])
    found = installation_of(client(slack))
    assert (found.team_id, found.bot_user_id) == ("T0WORK", "U0BOT")
    assert found.scopes == {*SCOPES, "team:read"}
    assert found.missing == []
    assert slack.methods.get() == ("auth.test", "Bearer xoxb-1")


def test_a_scope_that_was_not_granted_is_missing(slack):
    slack.scopes = "team:read"
    assert installation_of(client(slack)).missing == list(SCOPES)


def test_a_token_that_slack_does_not_take_is_told_without_it(slack):
    slack.error = "invalid_auth"
    with pytest.raises(SlackError, match=r"does not take the token \(invalid_auth\)") as refused:
        installation_of(client(slack, "xoxb-secret"))
    assert "xoxb-secret" not in str(refused.value)
    with pytest.raises(SlackError, match="connections:write"):
        see_app_token(client(slack), "xapp-1")


def test_a_slack_that_cannot_be_reached_is_told():
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "EVENKEEL_SLACK_API_URL": "http://127.0.0.1:9/api"}
    with pytest.raises(SlackError, match="cannot be reached at"):
        installation_of(client_of(read_settings(settings)))


def test_no_token_is_told_with_where_to_find_it():
    with pytest.raises(SlackError, match="xoxb-"):
        client_of(read_settings({}))


def test_a_client_repeats_nothing_but_what_slack_did_not_take(slack):
    kinds = [type(one).__name__ for one in client(slack).retry_handlers]
    assert kinds == ["RateLimitErrorRetryHandler"]
