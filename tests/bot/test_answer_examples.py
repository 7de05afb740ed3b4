"""Single contacts as an answer: in a line each, with why, and as rows."""

import pytest

from tests.factories import interactions, message, transcript

ASK = "ask --now 2026-11-20T12:00:00Z --as"
ROSTER = [
    {"agent": "ana", "name": "Ana", "team": "Billing", "manager": "maya"},
    {"agent": "zoe", "name": "Zoe", "team": "Other", "manager": "otto"},
    {"agent": "maya", "role": "manager"},
]
ROWS = [
    {"agent": "ana", "started_at": "2026-11-09T09:00Z", "handle_seconds": 90, "escalated": "no"},
    {"agent": "ana", "started_at": "2026-11-10T09:30Z", "csat": 1, "escalated": "yes"},
    {"agent": "zoe", "started_at": "2026-11-11T09:00Z", "escalated": "yes"},
]


@pytest.fixture
def ask(evenkeel, take_in):
    """A call gives back what somebody's question is answered with, as JSON."""
    take_in(*ROSTER, kind="roster")
    take_in(*interactions(*ROWS))
    said = message("Nobody calls me back at kim@example.com")
    take_in(transcript(said, interaction_id="c2"), kind="transcripts")
    return lambda question, who="maya": evenkeel(*ASK.split(), who, question, "--json").rows[0]


def test_contacts_are_shown_with_what_happened_and_redacted_words(ask):
    found = ask("show me 3 calls where ana escalated last week")
    assert found["status"] == "answered"
    assert "3 were asked for." in found["text"]
    assert (
        "c2 (ana, 2026-11-10 09:35, billing by phone): passed up; a low rating: 1 of 5; "
        in (found["text"])
    )
    assert "kim@example.com" not in found["text"]
    assert "Customers' words are redacted" in found["text"]


def test_rows_have_the_contact_and_its_reasons(ask):
    (row,) = ask("show me some calls that were escalated last week")["rows"]
    assert (row["agent"], row["contact"], row["kpi"]) == ("ana", "c2", "escalation_rate")
    assert (row["value"], row["reasons"]) == (1.0, ["escalated", "unhappy", "strained"])
    assert row["at"] == "2026-11-10T09:35:00+00:00"


def test_somebody_else_s_contacts_are_shown_to_nobody_outside(ask):
    assert ask("show me examples of zoe's calls last week")["status"] == "refused"
    own = ask("show me examples of my calls last week", "ana")
    assert {row["agent"] for row in own["rows"]} == {"ana"}


def test_the_contacts_behind_a_figure_are_those_that_speak_against_it(ask):
    found = ask("list the contacts behind ana's csat last week")
    assert [row["contact"] for row in found["rows"]] == ["c2"]
    assert "1 contact behind Customer satisfaction, on its bad side" in found["text"]


def test_that_there_are_none_is_said(ask):
    found = ask("show me some transferred calls last week")
    assert (found["status"], found["rows"]) == ("answered", [])
    assert "There are no transferred contacts" in found["text"]


def test_a_figure_of_more_than_contacts_has_none(ask):
    found = ask("show me examples of occupancy last week")
    assert found["status"] == "clarify"
