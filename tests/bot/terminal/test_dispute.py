"""`evenkeel dispute`: filed by the agent, decided by who leads them, followed by the figures."""

import pytest

from tests.factories import interactions
from tests.scoring.loop import ANA, ROSTER

NOW = "--now 2026-11-20T12:00:00Z"
FILE = f"dispute file --as Ana --contact c1 --fact outage --reason 'All was down.' {NOW}"
FIGURE = "scorecard --agent Ana --period 2026-11-09 --kpi aht --json"

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(take_in):
    """A database with a roster and two contacts of Ana's."""
    take_in(*ROSTER, kind="roster")
    take_in(*interactions({}, {"issue_type": "refund", "handle_seconds": 500}))


def test_a_dispute_is_filed_and_listed(evenkeel):
    (filed,) = evenkeel(f"{FILE} --json").rows
    assert evenkeel("dispute --as mia --json").rows == [filed]
    assert filed | {"number": 0} == {
        "number": 0,
        "source": "files",
        "contact": "c1",
        "agent": ANA,
        "fact": "outage",
        "proposed": None,
        "reason": "All was down.",
        "filed_at": "2026-11-20T12:00:00+00:00",
        "state": "open",
        "value": None,
        "decided_because": None,
        "decided_at": None,
    }


@pytest.mark.parametrize(
    ("verdict", "state", "aht"), [("accept", "accepted", 500), ("decline", "declined", 400)]
)
def test_the_figures_follow_a_decision(evenkeel, verdict, state, aht):
    (filed,) = evenkeel(f"{FILE} --json").rows
    words = f"dispute {verdict} --as mia --number {filed['number']} --reason 'I looked.' --json"
    (decided,) = evenkeel(words).rows
    assert (decided["state"], decided["decided_because"]) == (state, "I looked.")
    assert evenkeel(FIGURE).rows[0]["value"] == aht
    assert evenkeel("dispute --open --as mia --json").rows == []


def test_a_category_is_put_right_as_the_manager_says(evenkeel):
    words = "dispute file --as Ana --contact c1 --source files --fact category --value refund"
    (filed,) = evenkeel(f"{words} --reason 'A refund.' --json").rows
    decide = f"dispute accept --as mia --number {filed['number']} --reason Yes. --json"
    assert evenkeel(decide).rows[0]["value"] == "refund"
    by_type = "scorecard --by issue_type --period 2026-11-09 --kpi volume --json"
    assert [(row["issue_type"], row["value"]) for row in evenkeel(by_type).rows] == [("refund", 2)]


def test_people_see_what_was_decided(evenkeel):
    evenkeel(FILE)
    shown = evenkeel("dispute --as Ana").out
    assert "c1" in shown
    assert "All was down." in shown
    assert "open" in shown


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("dispute", 2, "`evenkeel dispute list` needs --as"),
        ("dispute file --as Ana --contact c1 --fact outage", 2, "needs --reason"),
        ("dispute accept --as mia --reason x", 2, "`evenkeel dispute accept` needs --number"),
        ("dispute decline --as mia --number 9 --reason x", 1, "There is no dispute 9"),
        (f"{FILE} --as Ben", 1, "Contact c1 is not Ben's"),
        (f"{FILE} --contact c9", 1, "There is no contact “c9”"),
        (f"{FILE} --fact csat", 1, "What a customer answered or felt cannot be disputed"),
    ],
)
def test_what_cannot_be_is_told(evenkeel, words, status, told):
    said = evenkeel(words)
    assert (said.status, said.out) == (status, "")
    assert told in said.err
