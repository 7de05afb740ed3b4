"""Statements in the driver's own words, for many rows at once."""

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, Text, literal, select
from sqlalchemy.exc import ProgrammingError

from scoring.database import reading, writing
from scoring.driver import among, asked, rows_at, rows_of, run, run_many, upsert
from scoring.errors import DatabaseError


@pytest.fixture
def tally():
    """A small table of counts."""
    key, number = Column("name", Text, primary_key=True), Column("n", BigInteger)
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


def test_only_some_columns_may_be_replaced(connection, tally):
    run_many(connection, upsert(tally, connection), [("a", 1)])
    run_many(connection, upsert(tally, connection, ["n"]), [("a", 3)])
    assert counted(connection, tally) == [("a", 3)]


def test_rows_are_found_by_their_keys_however_many(connection, tally):
    run_many(connection, upsert(tally, connection), [(f"k{n}", n) for n in range(1200)])
    wanted = [(f"k{n}",) for n in range(1, 1200)]
    assert sorted(rows_at(connection, tally, [*wanted, ("none",)]))[-1] == ("k999", 999)
    assert len(rows_at(connection, tally, wanted)) == 1199
    assert rows_at(connection, tally, [("k7",)], []) == [("k7",)]


def test_a_key_may_hold_whatever_it_likes(connection, tally):
    run_many(connection, upsert(tally, connection), [(name, 1) for name in ("a", "a' OR 1=1")])
    assert rows_at(connection, tally, [("a' OR 1=1",)]) == [("a' OR 1=1", 1)]


NAMES = ["", "it's", "50 %", '"', "\\", "ü😀", "null"]


def test_values_are_given_whatever_is_in_them(connection, tally):
    run_many(connection, upsert(tally, connection), [(name, 1) for name in [*NAMES, "other"]])
    rows = rows_of(connection, _called, tally, given=NAMES)
    assert {name for (name,) in rows} == set(NAMES)
    assert rows_of(connection, _called, tally, given=[]) == []


def test_numbers_are_given_too_as_often_as_the_query_has_them(connection, tally):
    run_many(connection, upsert(tally, connection), [("a", 1), ("b", 1 << 40), ("c", 3)])
    assert rows_of(connection, _counting, tally, given=[1 << 40, 3]) == [("b",), ("c",)]


def test_values_are_given_by_name_each_and_in_lists(connection, tally):
    run_many(connection, upsert(tally, connection), [("a", 1), ("b", 2), ("c", 3), ("it's", 3)])
    about = {"least": 2, "word": "it's", "names": ["b", "c", "it's"]}
    assert rows_of(connection, _named, tally, about=about) == [("b",), ("c",)]
    assert rows_of(connection, _named, tally, about={**about, "names": []}) == []


def _named(table):
    name = table.c.name
    query = select(name).where(table.c.n >= asked("least"), name != asked("word", Text()))
    return query.where(among(name, "names")).order_by(name)


def test_a_statement_gives_rows_or_none(connection):
    name = "it's"
    assert run(connection, "INSERT INTO tally (name, n) VALUES ({}, {})", name, 1) == []
    assert run(connection, "SELECT n FROM tally WHERE name = {}", name) == [(1,)]


def test_a_refused_statement_is_told_as_sqlalchemy_would(database):
    with pytest.raises((DatabaseError, ProgrammingError)), reading(database) as connection:
        run(connection, "SELECT * FROM no_such_table")


def test_reading_begins_before_the_first_statement(database):
    with reading(database) as connection:
        run(connection, "SELECT 1")
        assert connection.in_transaction()


def _called(table):
    return select(table.c.name).where(among(table.c.name))


def _counting(table):
    return select(table.c.name).where(among(table.c.n), among(table.c.n)).order_by(table.c.name)


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
