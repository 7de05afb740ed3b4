"""Contacts that were logged by hand, as they are known now."""

from datetime import UTC, datetime

from scoring.database import reading
from scoring.logged import Logged, logged
from scoring.people import find_agent
from tests.factories import interactions, taken

STARTED = datetime(2026, 11, 9, 9, tzinfo=UTC)


def found(engine, name):
    with reading(engine) as connection:
        return logged(connection, name)


def test_a_logged_contact_is_told_as_it_is_known(database):
    taken(database, interactions({"csat": 4, "customer_id": "c"}), source="slack")
    with reading(database) as connection:
        ana = find_agent(connection, "ana@example.com")
    told = found(database, "c1")
    plain = Logged("c1", ana, "phone", "billing", STARTED, 300, "resolved", 4, told.customer)
    assert told == plain


def test_a_contact_of_another_source_is_none_that_was_logged(database):
    taken(database, interactions({}))
    assert found(database, "c1") is None


def test_a_customer_s_code_stays_what_it_is_when_it_is_taken_in_again(database):
    taken(database, interactions({"customer_id": "pat@example.com"}), source="slack")
    first = found(database, "c1").customer
    taken(database, interactions({"customer_id": first, "csat": 5}), source="slack")
    assert found(database, "c1").customer == first


def test_without_a_customer_there_is_no_code(database):
    taken(database, interactions({}), source="slack")
    assert found(database, "c1").customer == ""
