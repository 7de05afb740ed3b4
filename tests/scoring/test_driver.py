"""Statements in the driver's own words, for many rows at once."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, literal, select

from scoring.database import reading, writing
from scoring.driver import rows_of, run_many, upsert


@pytest.fixture
def tally():
    """A small table of counts."""
    key, number = Column("name", Text, primary_key=True), Column("n", Integer)
    return Table("tally", MetaData(), key, number, prefixes=["TEMPORARY"])


@pytest.fixture
def connection(database, tally):
    """A connection on which that table is there for the moment."""
    with writing(database) as connection:
        tally.create(connection)
        yield connection
        tally.drop(connection)


def counted(connection, tally):
    return [tuple(row) for row in connection.execute(select(tally).order_by("name"))]


def test_a_row_of_the_same_key_is_replaced(connection, tally):
    run_many(connection, upsert(tally, connection), [("a", 1), ("b", 2)])
    run_many(connection, upsert(tally, connection), [("b", 7)])
    assert counted(connection, tally) == [("a", 1), ("b", 7)]


def test_numbers_of_the_same_key_may_be_added_up(connection, tally):
    run_many(connection, upsert(tally, connection, add=True), [("a", 1)])
    run_many(connection, upsert(tally, connection, add=True), [("a", 5), ("c", 3)])
    assert counted(connection, tally) == [("a", 6), ("c", 3)]


def test_no_rows_are_nothing_to_run(connection):
    run_many(connection, "this is no statement", iter(()))


@pytest.mark.parametrize("said", ["it's", "50 %", ":name"])
def test_a_query_of_what_is_always_asked_gives_the_drivers_own_rows(database, said):
    with reading(database) as connection:
        assert rows_of(connection, _twice, said) == [(said, 2)]


def _twice(said):
    return select(literal(said), literal(1) + 1)


def test_such_a_query_is_made_once_for_each_set_of_arguments(database):
    made = []

    def query(number):
        made.append(number)
        return select(literal(number))

    with reading(database) as connection:
        rows = [rows_of(connection, query, number) for number in (1, 2, 1)]
    assert rows == [[(1,)], [(2,)], [(1,)]]
    assert made == [1, 2]
