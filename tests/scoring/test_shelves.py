"""Durations come to their shelf and go from it, whatever their bytes."""

from array import array

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.database import writing
from scoring.records import KeptValues
from scoring.shelves import restock
from tests.databases import empty
from tests.factories import stored

SHELF = ("handle_seconds", 1, 1, 739_929)
# Bytes that end a text, are no text, or look like one.
durations = st.floats(0, 1e9, allow_subnormal=True) | st.sampled_from([0.0, 256.0, 2.0**-1000])


def stocked(engine, *moves):
    with writing(engine) as connection:
        for moved in moves:
            restock(connection, {SHELF: moved})
    (row,) = stored(engine, KeptValues)
    return sorted(array("d", row["values"]))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.lists(durations, min_size=1), more=st.lists(durations, min_size=1))
def test_what_comes_stands_beside_what_is_there(database, first, more):
    empty(database)
    moves = [[(value, 1) for value in some] for some in (first, more)]
    assert stocked(database, *moves) == sorted(first + more)


def test_what_goes_is_taken_off_as_often_as_it_goes(database):
    assert stocked(database, [(5.0, 3), (7.5, 1)], [(5.0, -2), (1.0, 1)]) == [1.0, 5.0, 7.5]


def test_taking_off_what_is_not_there_is_a_fault_and_changes_nothing(database):
    stocked(database, [(5.0, 1)])
    with pytest.raises(ValueError, match="not in"):
        stocked(database, [(6.0, -1)])
    assert stocked(database) == [5.0]
