"""`evenkeel digest`: what is due is sent once, and what became of it is told."""

import pytest

from bench.stand_in import Workspace, standing_in
from scoring.database import connect, noting
from scoring.people import find_agent
from scoring.preferences import Preferences, keep_preferences
from tests.bot.weekly import MORNING, texts, weekly
from tests.factories import NOW


@pytest.fixture
def company(sqlite_file, monkeypatch):
    """The stand-in for Slack, on the Monday after the week; Ben wants none."""
    engine = connect(str(sqlite_file))
    weekly(engine)
    with noting(engine) as connection:
        ben = find_agent(connection, "ben")
        keep_preferences(connection, ben, Preferences(digest=False), NOW)
    engine.dispose()
    slack = Workspace()
    with standing_in(slack) as address:
        for name, value in {
            "EVENKEEL_NOW": MORNING,
            "EVENKEEL_SLACK_API_URL": address,
            "EVENKEEL_POSTS_PER_SECOND": "50",
            "SLACK_BOT_TOKEN": "xoxb-1",
        }.items():
            monkeypatch.setenv(name, value)
        yield slack


def told(said):
    """State and reason by who gets it."""
    return {row["agent"]: (row["state"], row["why"]) for row in said.rows}


def test_what_is_due_is_sent_once_and_a_manager_s_after_it(evenkeel, company):
    said = evenkeel("digest --json")
    assert said.status == 0, said.err
    assert told(said) | {"ben": ("skipped", "off"), "lea": ("sent", None)} == told(said)
    assert [row["team"] for row in said.rows if row["agent"] == "lea"] == ["Crew"]
    assert len(company.arrivals) == 7
    again = evenkeel("digest")
    assert (again.status, again.out) == (0, "Nothing is due.\n")
    assert len(company.arrivals) == 7
    assert len(texts(company, "UANA")) == 1


def test_a_dry_run_tells_what_would_be_sent_and_sends_nothing(evenkeel, company):
    said = evenkeel("digest --dry-run --json")
    assert told(said)["ana"] == ("now", None)
    assert told(said)["ben"] == ("skipped", "off")
    assert told(said)["lea"] == ("waits", None)
    assert said.rows[0]["due_at"] == "2026-11-16T09:00:00Z"
    assert company.calls == []
    assert evenkeel("digest --dry-run").out.count("to be sent now") == 7


def test_a_dry_run_needs_no_slack_and_tells_when_it_is_due(evenkeel, sqlite_file):
    engine = connect(str(sqlite_file))
    weekly(engine)
    engine.dispose()
    said = evenkeel("digest --dry-run --now 2026-11-16T08:59Z")
    assert said.status == 0
    assert "2026-11-16 09:00" in said.out
    assert "8 to be sent when it is due." in said.out


def test_what_slack_refuses_is_told_and_the_call_has_not_worked(evenkeel, company):
    company.script.extend(["refused"] * 7)
    company.refusal = "channel_not_found"
    said = evenkeel("digest")
    assert said.status == 1
    assert "failed: channel_not_found" in said.out
    assert "7 failed, 1 not sent." in said.out


@pytest.mark.usefixtures("company")
def test_a_week_long_ago_is_sent_if_it_is_asked_for(evenkeel):
    said = evenkeel("digest --week 2026-10-28 --dry-run --json")
    assert {row["week"] for row in said.rows} == {"2026-10-26"}
    assert told(said)["ana"] == ("now", None)


@pytest.mark.parametrize(
    ("week", "why"),
    [
        ("2026-W47", "The week of 2026-11-16 is not over. The last one is 2026-W46."),
        ("October", "more than a week"),
        ("someday", "someday"),
    ],
)
def test_a_week_that_cannot_be_is_told(evenkeel, company, week, why):
    said = evenkeel("digest", "--week", week)
    assert (said.status, company.calls) == (2, [])
    assert why in said.err


def test_without_a_token_it_is_said_what_to_do(evenkeel):
    said = evenkeel("digest")
    assert said.status == 1
    assert "There is no bot token." in said.err
