"""Decided cells: laid over a source's rows, at no cost where nothing was decided."""

from scoring.database import reading, writing
from scoring.overrides import decided, laid_over
from scoring.records import Source
from tests.factories import interactions, stored, taken
from tests.scoring.loop import ANA, accepted, number_of, people


def rows(engine):
    """Two rows of the source as the store sees them."""
    ana = number_of(engine, ANA)
    return {
        "external_id": ["c1", "c2"],
        "agent_id": [ana, ana],
        "issue_type": ["billing", "billing"],
        "excluded": [None, None],
    }


def laid(engine, columns, source="files"):
    """What is made of rows of a source."""
    sources = {row["name"]: row["id"] for row in stored(engine, Source)}
    with writing(engine) as connection:
        return laid_over(connection, sources[source], columns)


def test_where_nothing_was_decided_the_rows_are_the_same(database):
    people(database)
    columns = rows(database)
    assert laid(database, columns) is columns


def test_a_decided_cell_is_laid_over_its_own_row_alone(database):
    people(database)
    taken(database, interactions({}, {}, {"issue_type": "refund"}))
    accepted(database, "category", "refund", contact="c2")
    columns = rows(database)
    assert laid(database, columns) == columns | {"issue_type": ["billing", "refund"]}


def test_another_source_s_row_of_the_same_id_is_left_alone(database):
    people(database)
    taken(database, interactions({"issue_type": "refund"}), source="phone")
    taken(database, interactions({}, {}))
    accepted(database, "outage", contact="c2")
    columns = rows(database)
    assert laid(database, columns, "phone") is columns
    assert laid(database, columns)["excluded"] == [None, "disputed: outage"]


def test_decisions_are_looked_through_and_not_a_source_s_records(engine):
    with reading(engine) as connection:
        options = {"literal_binds": True}
        query = decided(1).compile(dialect=connection.dialect, compile_kwargs=options)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert [step[3] for step in plan] == [
        "SCAN interaction_override",
        "SEARCH interaction USING INTEGER PRIMARY KEY (rowid=?)",
    ]
