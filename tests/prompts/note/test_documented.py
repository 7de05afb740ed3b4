"""What the documents say of notes: every kind, section, finding and reason is told, and works."""

import re
from pathlib import Path
from typing import get_args

import pytest

from prompts.note.evidence import REASONS
from prompts.note.practices import Finding, load_practices
from prompts.note.team import TITLES
from prompts.note.wordings import VERDICTS
from scoring.coaching import cited
from tests.prompts.note.test_approved import texts

DOCS = Path(__file__).parents[3] / "docs"
NOTES = (DOCS / "notes.md").read_text(encoding="utf-8")
CLI = (DOCS / "cli.md").read_text(encoding="utf-8")


def test_the_practice_shown_can_be_used_as_it_is(tmp_path):
    (tmp_path / "own.toml").write_text(re.search(r"```toml\n(.*?)```", NOTES, re.DOTALL)[1])
    own = load_practices(tmp_path / "own.toml")["ask_for_the_meter"]
    assert own.is_for("Meter reading", "phone")


@pytest.mark.parametrize("finding", get_args(Finding))
def test_every_finding_is_told(finding):
    assert f"`{finding}`" in NOTES


@pytest.mark.parametrize("kind", [kind for kind in VERDICTS if not kind.startswith("same_")])
def test_every_kind_of_week_is_told(kind):
    assert f"`{kind}`" in CLI


def test_every_section_is_told():
    headings = {
        line
        for text in texts().values()
        for line in text.splitlines()[2:]
        if re.fullmatch(r"[A-Z][\w :]+", line)
    }
    assert headings >= set(TITLES.values())
    assert {line for line in headings if f"| {line} |" not in NOTES} == {"Focus"}


def test_every_reason_to_look_is_one_that_contacts_are_cited_for():
    assert {kind for some in REASONS.values() for kind in some} == set(cited.REASONS)
