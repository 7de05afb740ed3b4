"""What there is to say of a contact that a finding cites, and nothing that gives a person away."""

import pytest
from sqlalchemy import update

from scoring.asking import reader
from scoring.coaching.cited import REASONS, Reason, cited
from scoring.columns import table_of
from scoring.database import reading, writing
from scoring.records import Interaction, Transcript
from tests.factories import NOW, interactions, message, stored, taken, transcript, workspace_of


def cited_of(engine, *names):
    """The cited contacts of these interactions, or of all, in the order given."""
    ids = {row["external_id"]: row["id"] for row in stored(engine, Interaction)}
    with reading(engine) as connection:
        view = reader(connection, workspace_of(), workspace_of().moment(NOW))
        return cited(view, [ids[name] for name in names or ids])


def reasons(engine, name="c1"):
    (one,) = cited_of(engine, name)
    return one.reasons


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"escalated": "yes"}, Reason("escalated", who=None)),
        ({"reopened": 2}, Reason("reopened", 2.0)),
        ({"outcome": "unresolved"}, Reason("unresolved")),
        ({"hold_seconds": 120, "handle_seconds": 400}, Reason("long_hold", 120.0)),
        ({"resolved_first_contact": "no"}, Reason("unsettled")),
        ({"csat": 2}, Reason("unhappy", 2.0)),
        ({"csat": 1, "csat_scale": 10}, Reason("unhappy", 1.0)),
        ({"sentiment": -0.5}, Reason("strained", -0.5)),
    ],
)
def test_what_happened_is_told(database, cells, reason):
    parts = {"talk_seconds": 100, "wrap_seconds": 180} if "hold_seconds" in cells else {}
    taken(database, interactions({**cells, **parts}))
    assert reasons(database) == (reason,)
    assert reason.kind in REASONS


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"resolved_first_contact": "yes"},
        {"escalated": "no", "reopened": 0, "csat": 3, "sentiment": -0.25},
        {"hold_seconds": 119, "talk_seconds": 30, "wrap_seconds": 1, "handle_seconds": 150},
        {"hold_seconds": 130, "talk_seconds": 470, "wrap_seconds": 0, "handle_seconds": 600},
    ],
)
def test_nothing_is_made_of_what_is_ordinary(database, cells):
    taken(database, interactions(cells))
    assert reasons(database) == ()


def test_a_customer_who_came_back_is_told_with_the_days_it_took(database):
    again = ({"customer_id": "x"}, {"customer_id": "x", "started_at": "2026-11-11T21:00Z"})
    taken(database, interactions(*again))
    assert reasons(database, "c1") == (Reason("repeat", 2.5),)
    assert isinstance(reasons(database, "c1")[0].value, float)
    assert reasons(database, "c2") == ()


def test_an_escalation_that_another_agent_resolved_names_who_did(database):
    first = {"contact_id": "x", "outcome": "escalated"}
    second = {"contact_id": "x", "agent": "ben", "started_at": "2026-11-09T10:00Z"}
    taken(database, interactions(first, second))
    assert reasons(database) == (Reason("resolved_elsewhere", who="ben"),)


def test_an_escalation_that_came_back_to_the_same_agent_names_nobody(database):
    first = {"contact_id": "x", "outcome": "escalated"}
    second = {"contact_id": "x", "started_at": "2026-11-09T10:00Z"}
    taken(database, interactions(first, second))
    assert reasons(database) == (Reason("escalated", who=None),)


def test_contacts_come_in_the_order_given_and_those_gone_are_left_out(engine):
    taken(engine, interactions({}, {"channel": "chat"}, {}))
    first, second = cited_of(engine, "c3", "c2")
    assert (first.interaction, second.interaction, second.channel) == ("c3", "c2", "chat")
    assert (first.source, first.issue_type, first.handle_seconds) == ("files", "billing", 300.0)
    with reading(engine) as connection:
        view = reader(connection, workspace_of(), workspace_of().moment(NOW))
        assert cited(view, [4711]) == []


def excerpt(engine, *messages):
    taken(engine, interactions({"agent_name": "Ana Silva"}))
    taken(engine, [transcript(*messages)], "transcripts")
    (one,) = cited_of(engine)
    return one.excerpt


def test_the_customers_last_words_are_shown(database):
    last = message("Nobody ever\n calls back.")
    agent = message("I will.", author="agent")
    private = message("He shouted.", public=False)
    assert excerpt(database, message("Hello"), last, agent, private) == "Nobody ever calls back."


def test_what_gives_a_person_away_is_not_shown(engine):
    said = excerpt(engine, message("Ana Silva promised a call to +44 20 7946 0958 or j@x.com"))
    assert not {"Silva", "7946", "j@x.com"} & set(said.split())
    assert "promised a call" in said


def test_a_text_that_was_kept_as_it_came_is_not_shown_as_it_came(engine):
    taken(engine, interactions({}))
    taken(engine, [transcript(message("Call me: NUMBER"))], "transcripts")
    (kept,) = stored(engine, Transcript)
    plain = kept["messages"].replace("NUMBER", "+44 20 7946 0958")
    with writing(engine) as connection:
        connection.execute(update(table_of(Transcript)).values(messages=plain))
    (one,) = cited_of(engine)
    assert one.excerpt.startswith("Call me: ")
    assert "7946" not in one.excerpt


def test_a_long_text_is_cut_between_words(engine):
    said = excerpt(engine, message("word " * 100))
    assert said.endswith("word …")
    assert len(said) <= 202


def test_no_words_of_the_customer_are_no_excerpt(engine):
    assert excerpt(engine, message("Hello", author="agent")) is None
