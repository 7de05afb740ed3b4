"""Turns to post: far enough apart, whoever takes them."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from scoring.database import noting
from scoring.digest_records import PaceRow
from scoring.pacing import hold, turn
from tests.factories import stored


def turns(engine, *channels, seconds=2.0):
    with noting(engine) as connection:
        return [turn(connection, one, seconds) for one in channels]


def test_whoever_is_first_need_not_wait(database):
    assert turns(database, "D1") == [0.0]


def test_turns_in_all_conversations_lie_apart(database):
    assert turns(database, "D1", "D2", "D3") == pytest.approx([0, 2, 4], abs=0.5)


def test_turns_in_one_conversation_lie_a_second_apart_however_fast_others_are(database):
    first, second, other = turns(database, "D1", "D1", "D2", seconds=0.01)
    assert 1 < second - first < 1.5
    assert other - second < 0.5


def test_those_who_come_at_once_get_turns_of_their_own(database):
    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(lambda number: turns(database, f"D{number}")[0], range(8)))
    # What waiting for the database takes shortens the wait for a turn.
    assert all(later - one > 1 for one, later in pairwise(found))


def test_after_a_refusal_everybody_waits(database):
    with noting(database) as connection:
        hold(connection, 30)
    assert turns(database, "D1") == pytest.approx([30], abs=2)


def test_a_refusal_shortens_no_wait(database):
    turns(database, "D1", seconds=60)
    with noting(database) as connection:
        hold(connection, 5)
    assert turns(database, "D2") == pytest.approx([60], abs=2)


def test_a_clock_that_was_set_back_stops_nobody(database):
    turns(database, "D1")
    with noting(database) as connection:
        connection.execute(PaceRow.__table__.update().values(free_at=PaceRow.free_at + 7200))
    assert turns(database, "D1") == [0.0]
    assert turns(database, "D2") == pytest.approx([2], abs=1)


def test_the_database_s_clock_is_kept_and_no_process_s(database):
    turns(database, "D1")
    (everywhere, channel) = stored(database, PaceRow)
    assert (everywhere["place"], channel["place"]) == ("*", "D1")
    assert everywhere["free_at"] > 1.7e9
