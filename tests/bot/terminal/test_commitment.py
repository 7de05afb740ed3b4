"""`evenkeel commitment`: made, listed, judged by the weeks that follow, closed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import interaction
from tests.scoring.loop import ANA, BEN, ROSTER

# The Friday before the week in which it begins.
MADE = "--now 2026-10-30T12:00:00Z"
NOW = "--now 2026-11-20T12:00:00Z"
MAKE = f"commitment make --as Ana --metric fcr --text 'Ask once more.' {MADE}"
BEGIN = datetime(2026, 8, 24, 9, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(take_in):
    """A database with a roster."""
    take_in(*ROSTER, kind="roster")
    return take_in


def twelve_weeks():
    """Three contacts a day of each of five agents; every fourth is not resolved at once."""
    agents = (ANA, BEN, "sol@example.com", "tea@example.com", "uli@example.com")
    for day in range(84):
        for number, agent in enumerate(agents * 3):
            started = BEGIN + timedelta(days=day, minutes=number)
            yield interaction(
                interaction_id=f"{day}-{number}",
                agent=agent,
                started_at=f"{started:%Y-%m-%dT%H:%M:%SZ}",
                resolved_first_contact="no" if (day + number) % 4 == 0 else "yes",
            )


def test_a_commitment_is_made_and_listed(evenkeel):
    (made,) = evenkeel(f"{MAKE} --issue-type billing --renews --json").rows
    assert evenkeel("commitment --as mia --json").rows == [made]
    assert made | {"number": 0} == {
        "number": 0,
        "agent": ANA,
        "metric": "fcr",
        "text": "Ask once more.",
        "issue_type": "billing",
        "channel": None,
        "practice": None,
        "weeks": 4,
        "renews": True,
        "first_week": "2026-11-02",
        "last_week": "2026-11-23",
        "level": None,
        "low": None,
        "high": None,
        "rebound": None,
        "verdict": None,
        "why": None,
        "since": None,
        "outcome": None,
    }


def test_its_first_week_may_be_named(evenkeel):
    (made,) = evenkeel(f"{MAKE} --from 2026-W47 --weeks 2 --json").rows
    assert (made["first_week"], made["last_week"]) == ("2026-11-16", "2026-11-23")


def test_the_weeks_that_are_over_are_judged_once(desk, evenkeel):
    desk(*twelve_weeks())
    assert evenkeel(MAKE).status == 0
    judged = evenkeel(f"commitment judge {NOW} --json").rows
    assert [(row["week"], row["judged"]) for row in judged] == [
        ("2026-10-26", 0),
        ("2026-11-02", 1),
        ("2026-11-09", 1),
    ]
    (row,) = evenkeel("commitment --as Ana --json").rows
    assert (row["verdict"], row["why"], row["outcome"]) == ("too_early", "normal", None)
    assert row["low"] < row["level"] < row["high"]
    assert (
        evenkeel(f"commitment judge {NOW}").out == "No week is over that is still to be judged.\n"
    )


def test_people_are_told_how_it_stands(desk, evenkeel):
    desk(*twelve_weeks())
    evenkeel(MAKE)
    assert evenkeel(f"commitment judge {NOW}").out.endswith("2026-W46: 1 judged.\n")
    shown = evenkeel("commitment --as Ana").out
    assert "Ask once more." in shown
    assert "2026-W45 to 2026-W48" in shown
    assert "open: too early to say" in shown


def test_the_note_of_a_week_says_what_became_of_it(desk, evenkeel):
    desk(*twelve_weeks())
    evenkeel(MAKE)
    evenkeel(f"commitment judge {NOW}")
    note = evenkeel(f"note Ana --week 2026-W46 {NOW}").out
    assert "Your commitment" in note
    assert "“Ask once more.”, week 2 of 4: too early to tell." in note


def test_a_commitment_is_closed(evenkeel):
    (made,) = evenkeel(f"{MAKE} --json").rows
    (row,) = evenkeel(f"commitment close --as mia --number {made['number']} --json").rows
    assert row["outcome"] == "ended_early"
    assert "closed: ended early" in evenkeel("commitment --as Ana").out


def test_a_manager_makes_one_with_an_agent(evenkeel):
    (made,) = evenkeel(
        f"commitment make --as mia --agent Ana --metric csat --text Smile. {MADE} --json"
    ).rows
    assert made["agent"] == ANA
    assert evenkeel("commitment --as mia --agent Ben --json").rows == []


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("commitment", 2, "`evenkeel commitment list` needs --as"),
        ("commitment make --as Ana --text x", 2, "`evenkeel commitment make` needs --metric"),
        ("commitment make --as Ana --metric fcr", 2, "needs --text"),
        ("commitment close --as Ana", 2, "needs --number"),
        ("commitment undo --as Ana", 2, "invalid choice"),
        (f"{MAKE} --from whenever", 2, "“whenever” is no week. Write 2026-W47, or a day in it"),
        (f"{MAKE} --from 2026-W43", 1, "The week of 2026-10-19 is over"),
        (f"{MAKE} --practice whatever", 2, "No practice is called “whatever”"),
        ("commitment --as Zoe", 1, "No agent is called “Zoe”"),
        ("commitment --as Ben --agent Ana", 1, "may not see the commitments of Ana"),
        (f"{MAKE} --weeks 99", 1, "for 1 to 12 weeks, not 99"),
        ("commitment close --as Ana --number 9", 1, "There is no commitment 9"),
    ],
)
def test_what_cannot_be_is_told(evenkeel, words, status, told):
    said = evenkeel(words)
    assert (said.status, said.out) == (status, "")
    assert told in said.err
