"""Weekly messages under kill -9, in small: none is lost, none doubled, none too fast."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.delivering import measured
from tests.databases import postgres_database
from tests.skips import POSTGRES

PACE = 10
ASKED = {
    "agents": 12,
    "kills": 3,
    "workers": 2,
    "pace": float(PACE),
    "between": 2.0,
    "seed": 7,
    "calm": False,
    "database": None,
}


def seen(folder, **more):
    return measured(SimpleNamespace(**{**ASKED, **more}), Path(folder))


def see(found):
    assert (found.expected, found.lost, found.doubled) == (14, 0, 0)
    assert found.settled
    assert found.kills >= 1
    assert found.most_in_a_second <= PACE
    # Two messages about two teams went to the same manager.
    assert found.least_apart >= 1


def test_two_workers_that_are_killed_send_each_once_from_one_file(tmp_path):
    see(seen(tmp_path))


@pytest.mark.postgres
def test_two_workers_that_are_killed_send_each_once_from_postgresql(tmp_path):
    with postgres_database(os.environ[POSTGRES]) as address:
        see(seen(tmp_path, database=address, seed=8))
