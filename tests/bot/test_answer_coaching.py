"""Who needs coaching: reasons and contacts from the review, and who is only noise."""

import pytest

from tests.scoring.coaching.operation import AGENTS, operation

ASK = "ask --now 2026-11-20T12:00:00Z --as"
OTHER = "gil"


@pytest.fixture
def ask(evenkeel, take_in):
    """A call gives back what somebody's question is answered with, as JSON."""
    led = [{"agent": one, "team": "Crew", "manager": "maya"} for one in AGENTS if one != OTHER]
    other = {"agent": OTHER, "team": "Other", "manager": "otto"}
    take_in(*led, other, {"agent": "maya", "role": "manager"}, kind="roster")
    take_in(*operation())
    return lambda question, who="maya": evenkeel(*ASK.split(), who, question, "--json").rows[0]


def test_whoever_slipped_is_named_with_reasons_and_contacts_and_nobody_else(ask):
    found = ask("who needs coaching last week?")
    assert (found["status"], found["reading"]["intent"]) == ("answered", "coaching")
    assert found["text"].startswith("Worth a talk, by the week of 9 Nov to 15 Nov: ana.")
    assert {row["agent"] for row in found["rows"]} == {"ana"}
    (fcr,) = [row for row in found["rows"] if row["kpi"] == "fcr"]
    assert fcr["change"] < -0.1
    assert (fcr["n"], len(fcr["contacts"])) == (90, 4)
    assert "Only noise: leave alone: " in found["text"]
    assert "nobody is ranked" in found["text"]
    assert OTHER not in found["text"]


def test_a_week_that_is_not_over_is_told_by_the_last_one(ask):
    assert "Reviewed is the week of 2026-11-09" in ask("who needs coaching this week")["text"]


def test_only_what_is_asked_about_is_told(ask):
    assert {row["kpi"] for row in ask("who needs coaching on fcr last week")["rows"]} == {"fcr"}
    assert "Nobody needs coaching more" in ask("does ben need coaching on fcr last week?")["text"]
    found = ask("who needs coaching on first response time last week")
    assert (found["status"], "Reviews do not judge" in found["text"]) == ("clarify", True)
    chats = ask("who needs coaching on chat last week")["text"]
    assert "what kind they are does not narrow it" in chats


def test_an_agent_is_told_of_themselves_alone(ask):
    found = ask("do i need coaching", "ana")
    assert (found["status"], found["rows"]) == ("answered", [])
    assert "weekly note" in found["text"]
    assert not any(one in found["text"] for one in AGENTS if one != "ana")
    assert ask("who needs coaching", "ana")["status"] == "refused"


def test_a_time_before_all_records_is_asked_back(ask):
    assert ask("who needs coaching in september 2025")["status"] == "clarify"
