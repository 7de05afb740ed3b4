"""The wordings of a note: the same for the same person and week, and never two weeks alike."""

import subprocess
import sys
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prompts.note.voice import Voice

WORDINGS = ("one", "two", "three")
WEEK = date(2026, 11, 9)


@given(st.text(), st.dates(), st.text())
def test_the_same_person_and_week_get_the_same_wording(about, week, slot):
    assert Voice(about, week).choose(slot, WORDINGS) == Voice(about, week).choose(slot, WORDINGS)


@given(st.text(), st.dates(max_value=date(9000, 1, 1)), st.integers(2, 9))
def test_two_weeks_in_a_row_never_sound_alike(about, week, number):
    this, following = Voice(about, week), Voice(about, week + timedelta(weeks=1))
    assert this.turn("verdict", number) != following.turn("verdict", number)


def test_every_wording_has_its_turn():
    weeks = (WEEK + timedelta(weeks=number) for number in range(3))
    chosen = {Voice("ana@example.com", week).choose("x", WORDINGS) for week in weeks}
    assert chosen == set(WORDINGS)


def test_another_run_of_the_program_chooses_the_same():
    code = (
        "from datetime import date; from prompts.note.voice import Voice;"
        "print([Voice(a, date(2026, 11, 9)).turn('x', 97) for a in 'abcdefgh'])"
    )
    # Python's own hash would differ between these two.
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
