"""What `evenkeel check` says of Slack: the token, its scopes, and the way in which calls come."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from bot.slack import SCOPES
from tests.factories import NOW
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
    with running_slack() as slack:
        found = check(slack, **TOKEN, SLACK_APP_TOKEN="xapp-1")
    assert found["bot token"] == (
        True,
        f"is for the workspace T0WORK; it has what is needed, of {', '.join(SCOPES)}",
    )
    assert found["calls"] == (True, "come over Socket Mode")


def test_a_scope_that_is_missing_is_named(check):
    granted = ",".join(one for one in SCOPES if one != "commands")
    with running_slack(scopes=granted) as slack:
        works, said = check(slack, **TOKEN)["bot token"]
    assert not works
    assert "it lacks commands. " in said


def test_a_token_that_slack_does_not_take_is_amiss(check):
    with running_slack(error="token_revoked") as slack:
        found = check(slack, **TOKEN, SLACK_APP_TOKEN="xapp-1")
    assert [works for works, _ in found.values()] == [False, False, False]
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


@pytest.mark.parametrize(("ahead", "works"), [(0, True), (60, True), (61, False), (-61, False)])
def test_a_clock_that_is_not_slack_s_is_amiss(check, monkeypatch, ahead, works):
    noon = "Fri, 20 Nov 2026 12:00:00 GMT"
    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda _: noon)
    now = (NOW + timedelta(seconds=ahead)).isoformat()
    with running_slack() as slack:
        found, said = check(slack, **TOKEN, EVENKEEL_NOW=now)["clock"]
    assert found is works
    assert works or ("ahead of" if ahead > 0 else "behind") in said


def test_without_a_token_no_clock_is_compared(check):
    assert check()["clock"] == (True, "not compared; no token is set")
