"""What `evenkeel check` says of Slack: the token, its scopes, and the way in which calls come."""

import pytest

from tests.slack import running_slack


@pytest.fixture
def check(evenkeel, monkeypatch):
    """The lines about Slack, by what they are about: whether it works, and what is said."""

    def check(slack=None, **settings):
        if slack is not None:
            monkeypatch.setenv("EVENKEEL_SLACK_API_URL", slack.api)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        rows = evenkeel("check", "--json").rows
        return {
            row["name"].removeprefix("Slack "): (row["works"], row["said"])
            for row in rows
            if row["name"].startswith("Slack")
        }

    return check


TOKEN = {"SLACK_BOT_TOKEN": "xoxb-1"}


def test_without_a_token_slack_is_not_amiss(check):
    found = check()
    assert found["bot token"] == (True, "none set; without one everything works but Slack")
    assert found["calls"][0]


def test_a_good_token_is_told_with_what_it_may(check):
    with running_slack(scopes="commands,chat:write") as slack:
        found = check(slack, **TOKEN, SLACK_APP_TOKEN="xapp-1")
    assert found["bot token"] == (
        True,
        "is for the workspace T0WORK; it has what is needed, of chat:write, commands",
    )
    assert found["calls"] == (True, "come over Socket Mode")


def test_a_scope_that_is_missing_is_named(check):
    with running_slack(scopes="chat:write") as slack:
        works, said = check(slack, **TOKEN)["bot token"]
    assert not works
    assert "it lacks commands" in said


def test_a_token_that_slack_does_not_take_is_amiss(check):
    with running_slack(error="token_revoked") as slack:
        found = check(slack, **TOKEN, SLACK_APP_TOKEN="xapp-1")
    assert [works for works, _ in found.values()] == [False, False]
    assert all("token_revoked" in said and "xoxb-1" not in said for _, said in found.values())


@pytest.mark.parametrize(
    ("settings", "works", "told"),
    [
        ({"SLACK_SIGNING_SECRET": "s"}, True, "over HTTP, signed, to 127.0.0.1:3000"),
        ({}, False, "Slack has no way to call"),
    ],
)
def test_the_way_in_is_told(check, settings, works, told):
    with running_slack() as slack:
        found = check(slack, **TOKEN, **settings)["calls"]
    assert found[0] is works
    assert told in found[1]
