"""Notes as they read, approved by eye; `python -m tests.prompts.note.test_approved` renews them.

Whoever renews them reads each as its agent would: is it kind, plain and short?
"""

from dataclasses import replace
from pathlib import Path

import pytest

from prompts.note.agent import agent_note
from prompts.note.plain import plain_text
from prompts.note.team import TeamWeek, team_note
from scoring.coaching.findings import Span, TeamEffect
from tests.prompts.note.weeks import SITUATIONS, WEEK, background, promise, quiet, week

APPROVED = Path(__file__).with_name("approved")
# All that is said before the figures, where “8 min 32 s” counts as four words.
MOST_WORDS = 180


def team():
    """Seven people, one of each kind."""
    kinds = ("focus_by_level", "steady", "gain", "rushing", "slip", "faster_too_early")
    names = ("Ana", "Ben", "Cleo", "Dana", "Emil", "Freya")
    people = dict(enumerate((*names, "Goran", "Hana")))
    reviews = {
        agent: replace(SITUATIONS[kind][0], agent=agent) for agent, kind in enumerate(kinds)
    }
    reviews[6] = week(agent=6, metrics=quiet("queue_changed"))
    effect = TeamEffect("fcr", "technical", Span(-0.041, -0.062, -0.020))
    sightings = background().sightings
    return team_note(
        TeamWeek("Billing", WEEK, people, reviews, {}, (effect,), sightings, {1: promise(agent=1)})
    )


def texts():
    """All notes by the names of their files."""
    notes = {name: agent_note("ana@example.com", *given) for name, given in SITUATIONS.items()}
    return {name: plain_text(note) for name, note in (notes | {"team": team()}).items()}


@pytest.mark.parametrize("name", [*SITUATIONS, "team"])
def test_a_note_reads_as_it_was_approved(name):
    assert texts()[name] == (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


def test_nothing_is_approved_that_is_not_written_any_more():
    assert {path.stem for path in APPROVED.iterdir()} == set(texts())


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_said_before_the_figures_is_short(name):
    note = agent_note("ana@example.com", *SITUATIONS[name])
    said = [one.text for one in note.sections if one.key not in ("figures", "remarks")]
    assert len(" ".join([note.verdict, *said]).split()) <= MOST_WORDS


if __name__ == "__main__":
    for file, text in texts().items():
        (APPROVED / f"{file}.txt").write_text(text, encoding="utf-8")
