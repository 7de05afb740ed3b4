"""`evenkeel remark`: written by a manager, answered by the agent, listed for these two."""

import pytest

from tests.scoring.loop import ANA, ROSTER

NOW = "--now 2026-11-20T12:00:00Z"
WRITE = f"remark write --as mia --agent Ana --text 'Well done.' {NOW}"

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(take_in):
    """A database with a roster."""
    take_in(*ROSTER, kind="roster")


def test_a_remark_is_written_answered_and_listed(evenkeel):
    (written,) = evenkeel(f"{WRITE} --json").rows
    answer = f"remark answer --as Ana --number {written['number']} --text 'Thank you.' {NOW}"
    (answered,) = evenkeel(f"{answer} --json").rows
    assert evenkeel("remark --as mia --json").rows == [answered]
    assert answered | {"number": 0} == {
        "number": 0,
        "manager": "mia",
        "agent": ANA,
        "said": "Well done.",
        "said_at": "2026-11-20T12:00:00+00:00",
        "answer": "Thank you.",
        "answered_at": "2026-11-20T12:00:00+00:00",
    }
    shown = evenkeel("remark --as Ana").out
    assert f"mia to {ANA}: Well done." in shown
    assert f"{ANA} answered: Thank you." in shown


@pytest.mark.parametrize("who", ["Ben", "ada"])
def test_nobody_else_sees_it(evenkeel, who):
    evenkeel(WRITE)
    assert evenkeel(f"remark --as {who} --json").rows == []


def test_the_same_call_again_writes_nothing_new(evenkeel):
    assert evenkeel(f"{WRITE} --json") == evenkeel(f"{WRITE} --json")
    assert len(evenkeel("remark --as mia --json").rows) == 1


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("remark", 2, "`evenkeel remark list` needs --as"),
        ("remark write --as mia --text x", 2, "`evenkeel remark write` needs --agent"),
        ("remark answer --as Ana --text x", 2, "needs --number"),
        ("remark answer --as Ana --text x --number 9", 1, "There is no remark 9"),
        ("remark write --as Ben --agent Ana --text x", 1, "may not write a private remark to Ana"),
    ],
)
def test_what_cannot_be_is_told(evenkeel, words, status, told):
    said = evenkeel(words)
    assert (said.status, said.out) == (status, "")
    assert told in said.err
