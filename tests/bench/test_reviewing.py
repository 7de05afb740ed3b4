"""What reviews take is measured over records that a review reads as they were made up."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from bench import reviewing
from bench.replay import contacts_of
from bench.scenario import SCENARIOS
from bench.simulate import write
from bench.world import simulate
from scoring.asking import reader
from scoring.coaching.reading import Window
from scoring.database import reading
from scoring.intake.plain import take_in
from scoring.intake.receipt import Receipt
from tests.factories import desk_of, workspace_of

OUTCOMES = ("handle_seconds", "resolved", "escalated", "csat", "sentiment")
LATER = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def world(engine, tmp_path):
    """A small simulated operation, and a database that took its files in."""
    world = simulate(replace(SCENARIOS["mixed"], agents=6, weeks=12), 3)
    list(write(world, tmp_path))
    receipt = Receipt("interactions.csv", "interactions", "files", rejects=str(tmp_path / "no"))
    take_in(desk_of(engine, now=LATER), "interactions", tmp_path / "interactions.csv", receipt)
    assert receipt.refused == 0
    return world


def test_a_simulated_operation_is_read_back_as_it_was_made(world, engine):
    made, week = contacts_of(world), world.mondays[-1]
    with reading(engine) as connection:
        view = reader(connection, workspace_of(), workspace_of().moment(LATER))
        read = Window(view, 26).until(week)
    for name in OUTCOMES:
        np.testing.assert_allclose(np.sort(getattr(read, name)), np.sort(getattr(made, name)))
    for name, labels in (("issue", "issues"), ("channel", "channels"), ("priority", "priorities")):
        assert counted(read, name, labels) == counted(made, name, labels)
    assert np.array_equal(np.unique(read.week), np.unique(made.week))


def counted(contacts, name, labels):
    codes, counts = np.unique(getattr(contacts, name), return_counts=True)
    return {getattr(contacts, labels)[code]: n for code, n in zip(codes, counts, strict=True)}


def test_the_measurement_says_what_a_week_is_made_of(world, sqlite_file, capsys):
    last = world.mondays[-1].isoformat()
    reviewing.main([str(sqlite_file), "--last", last, "--weeks", "1", "2", "--keep"])
    said = capsys.readouterr().out
    assert [line.split()[1] for line in said.splitlines()[2:4]] == ["1", "2"]
    contacts = len(contacts_of(world).id)
    for part in (f"reading {contacts:,} contacts", "judging", "gathering", "keeping"):
        assert part in said
