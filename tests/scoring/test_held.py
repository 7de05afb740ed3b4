"""Calls that were acknowledged and are not handled: kept, taken up in order, and let go."""

from datetime import timedelta

from scoring.database import noting
from scoring.held import KEPT, MOST, Held, hold, release, waiting
from scoring.inbox import KEPT as REMEMBERED
from scoring.talk_records import HeldRow
from tests.factories import NOW, stored

MINUTE = timedelta(minutes=1)


def call(number=1):
    return Held(f"e{number}", "event", "message", '{"event": {}}')


def test_a_call_is_kept_once_until_it_is_released(database):
    with noting(database) as connection:
        hold(connection, call(), NOW)
        hold(connection, call(), NOW + MINUTE)
        assert waiting(connection, NOW, NOW) == [call()]
        release(connection, "e1")
        assert waiting(connection, NOW, NOW) == []


def test_the_oldest_comes_first_and_what_just_came_not_at_all(database):
    with noting(database) as connection:
        for number, minutes in ((1, 3), (2, 1), (3, 9)):
            hold(connection, call(number), NOW + minutes * MINUTE)
        found = waiting(connection, NOW + 3 * MINUTE, NOW + 9 * MINUTE)
    assert [one.id for one in found] == ["e2", "e1"]


def test_nobody_waits_for_half_a_day(database):
    later = NOW + KEPT + MINUTE
    with noting(database) as connection:
        hold(connection, call(1), NOW)
        assert waiting(connection, later, later) == []
        hold(connection, call(2), later)
    assert [row["id"] for row in stored(database, HeldRow)] == ["e2"]


def test_what_is_kept_is_forgotten_before_it_is_forgotten_that_it_was_handled():
    assert KEPT < REMEMBERED


def test_a_flood_is_taken_up_a_part_at_a_time(database):
    with noting(database) as connection:
        for number in range(MOST + 1):
            hold(connection, call(number), NOW)
        assert len(waiting(connection, NOW, NOW)) == MOST
