"""An event that comes several times is handled once, and not lost with whoever began it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from scoring.aside import aside
from scoring.database import connect
from scoring.inbox import KEPT, LEASE, begin, done
from scoring.slack_records import SlackEvent
from tests.factories import NOW, stored

SECOND = timedelta(seconds=1)


def finish(engine, event, now=NOW):
    with aside(engine) as connection:
        done(connection, event, now)


def test_an_event_is_its_first_handler_s(database):
    assert begin(database, "a", NOW) == "ours"
    assert begin(database, "a", NOW + SECOND) == "busy"
    assert begin(database, "b", NOW) == "ours"


def test_an_event_that_is_done_is_never_begun_again(database):
    begin(database, "a", NOW)
    finish(database, "a")
    assert begin(database, "a", NOW + SECOND) == "done"
    assert begin(database, "a", NOW + 2 * LEASE) == "done"


@pytest.mark.parametrize(("since", "state"), [(LEASE - SECOND, "busy"), (LEASE, "ours")])
def test_an_event_whose_handler_died_is_free_after_a_while(database, since, state):
    begin(database, "a", NOW)
    assert begin(database, "a", NOW + since) == state


def test_whoever_takes_it_over_has_it_as_long(database):
    begin(database, "a", NOW)
    assert begin(database, "a", NOW + LEASE) == "ours"
    assert begin(database, "a", NOW + LEASE + SECOND) == "busy"


def test_of_many_at_once_one_has_it(database):
    with ThreadPoolExecutor(8) as pool:
        began = list(pool.map(partial(begin, database, now=NOW), ["a"] * 24))
    assert began.count("ours") == 1


def test_of_two_programs_on_one_file_one_has_it(sqlite_file):
    engines = [connect(str(sqlite_file)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        began = list(pool.map(lambda n: begin(engines[n % 2], f"{n // 2}", NOW), range(40)))
    assert began.count("ours") == 20
    for engine in engines:
        engine.dispose()


def test_events_of_days_ago_are_forgotten(database):
    begin(database, "old", NOW - KEPT - SECOND)
    begin(database, "young", NOW - KEPT)
    begin(database, "new", NOW)
    finish(database, "new")
    assert [row["id"] for row in stored(database, SlackEvent)] == ["new", "young"]
