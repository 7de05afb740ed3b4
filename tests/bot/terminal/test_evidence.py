"""`evenkeel evidence`: the contacts behind a figure, a focus or a strength, and why they count."""

import pytest

from scoring.coaching.publishing import publish
from scoring.database import connect, writing
from tests.factories import NOW as CLOCK
from tests.factories import interactions
from tests.scoring.coaching.operation import LAST, operation
from tests.scoring.coaching.test_reviews import reviewed

NOW = ("--now", "2026-11-20T12:00Z")


@pytest.fixture
def evidence(evenkeel):
    def evidence(*words):
        return evenkeel("evidence", *NOW, *words)

    return evidence


def test_every_contact_behind_a_figure_has_a_line(evidence, take_in):
    take_in(*interactions({}, {"handle_seconds": 400}, {"excluded": "spam"}))
    rows = evidence("aht", "--json").rows
    assert [(row["interaction"], row["value"], row["reason"]) for row in rows] == [
        ("c1", 300, "counted"),
        ("c3", None, "excluded"),
        ("c2", 400, "counted"),
    ]
    assert rows[1] == {
        "interaction": "c3",
        "source": "files",
        "agent": "ana@example.com",
        "at": "2026-11-09T09:05:00Z",
        "channel": "phone",
        "issue_type": "billing",
        "value": None,
        "weight": 0.0,
        "reason": "excluded",
        "excluded": "spam",
    }


def test_the_summary_says_what_counts_and_what_does_not(evidence, take_in):
    take_in(*interactions({}, {"handle_seconds": 200}, {"excluded": "spam"}))
    said = evidence("aht", "--agent", "ana@example.com", "--period", "2026-W46").out
    assert "4 min 10 s, n 2" in said
    assert "1 excluded: marked as one that no figure counts" in said
    assert "spam" in said
    assert "c3" not in evidence("aht", "--reason", "counted", "--period", "2026-W46").out


def test_the_limit_limits(evidence, take_in):
    take_in(*interactions({}, {}, {}))
    assert len(evidence("volume", "--limit", "2", "--json").rows) == 2


def test_a_focus_leads_to_contacts_and_what_happened_in_them(evidence, take_in):
    take_in(*operation())
    rows = evidence("focus", "--agent", "ana", "--json").rows
    assert 1 <= len([row for row in rows if not row["contrast"]]) <= 3
    assert len([row for row in rows if row["contrast"]]) <= 1
    keys = ["interaction", "source", "at", "channel", "issue_type", "handle_seconds", "contrast"]
    assert {tuple(row) for row in rows} == {(*keys, "reasons", "excerpt")}
    ana = {row["interaction_id"] for row in operation() if row["agent"] == "ana"}
    assert {row["interaction"] for row in rows} <= ana
    said = evidence("focus", "--agent", "ana", "--week", "2026-W46").out
    assert "Focus in the week of 2026-11-09: first contact resolution" in said
    assert "of 90 contacts behind this" in said


def test_a_change_leads_to_all_its_contacts_the_most_telling_first(evidence, take_in):
    take_in(*operation())
    words = ("fcr", "--agent", "ana", "--week", "2026-W46")
    rows = evidence(*words, "--limit", "1000", "--json").rows
    slip = [
        row for row in operation() if row["agent"] == "ana" and row["started_at"] > "2026-10-25"
    ]
    assert {row["interaction"] for row in rows} == {row["interaction_id"] for row in slip}
    told = [len(row["reasons"]) for row in rows]
    assert told == sorted(told, reverse=True)
    said = evidence(*words).out
    assert "Change in the week of 2026-11-09: first contact resolution (worse)." in said
    assert "20 of 90 contacts behind this." in said


def test_what_was_published_is_what_is_shown(evidence, take_in, sqlite_file, monkeypatch):
    take_in(*operation())
    engine = connect(str(sqlite_file))
    (found,) = reviewed(engine, LAST, LAST)
    with writing(engine) as connection:
        publish(connection, found.review, found.statements, CLOCK)
    monkeypatch.setattr("scoring.coaching.reviews.reviews", None)
    assert evidence("focus", "--agent", "ana", "--json").rows
    engine.dispose()


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("focus", 2, "Say with --agent of whom"),
        ("aht --week 2026-W46", 2, "Say with --agent of whom"),
        ("focus --agent ana --period Q3", 2, "say only --agent, --week"),
        ("nps --agent ana --week 2026-W46", 2, "“nps” is nothing that reviews speak of"),
        ("focus --agent ana@example.com --week soon", 2, "“soon” names no period."),
        ("aht --reason luck", 2, "“luck” is not one of excluded, another"),
        ("aht --limit 0", 2, "--limit is a number of contacts"),
        ("nonsense", 2, "There is no KPI called “nonsense”."),
        ("utilization", 1, "Utilization is made of more than contacts"),
        ("strength --agent ana@example.com", 1, "The records support no strength in the week"),
        ("focus --agent ben --week 2026-W46", 1, "no contact of this agent in the week of"),
        (
            "aht --agent ana@example.com --week 2026-W46",
            1,
            "Nothing stands out in aht in the week",
        ),
        ("rushing --agent ana@example.com", 1, "it is within normal variation"),
    ],
)
def test_what_has_no_evidence_is_told_in_a_sentence(evidence, take_in, words, status, told):
    take_in(*interactions({}, {"agent": "ben", "started_at": "2026-11-03T09:00Z"}))
    said = evidence(*words.split())
    assert (said.status, said.out) == (status, "")
    assert told in said.err
