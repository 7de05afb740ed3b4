"""Data out again in the form that it can be taken in, and the same once it has been."""

import pytest

from scoring.columns import from_ms
from scoring.database import reading
from scoring.errors import UnknownNameError
from scoring.export import KINDS, export, instant
from tests.databases import empty
from tests.factories import (
    figure,
    interaction,
    interactions,
    message,
    shift,
    taken,
    transcript,
)
from tests.scoring.crowd import crowd, kept
from tests.scoring.estimates import days, value_of

PEOPLE = {
    "agent": "ana",
    "name": "Ana Gomes",
    "team": "Billing",
    "manager": "meg",
    "started_on": "2020-01-31",
    "ended_on": "2026-12-31",
    "slack_user_id": "U1",
    "timezone": "Europe/Lisbon",
    "role": "agent",
}
WORKED = shift(available_seconds=28800, productive_seconds=1.5, on_queue_seconds=0, absent="ill")
SAID = transcript(message(at="2026-11-09T09:00:00.250Z"), message(author="bot", public=False))


def exported(engine, kind, source=None):
    with reading(engine) as connection:
        return list(export(connection, kind, source))


def test_interactions_taken_in_again_give_the_same_figures(database):
    taken(database, crowd(), source="phone")
    rows, before = exported(database, "interactions"), kept(database)
    assert len(rows) == 300
    empty(database)
    receipt = taken(database, rows)
    assert (receipt.added, receipt.refused) == (300, 0)
    assert kept(database) == pytest.approx(before, rel=1e-12)


def test_interactions_taken_in_where_they_came_from_are_known(database):
    taken(database, crowd(), source="phone")
    receipt = taken(database, exported(database, "interactions"), source="phone")
    assert (receipt.known, receipt.corrected) == (300, 0)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("roster", PEOPLE),
        ("shifts", WORKED),
        ("figures", figure(team="Billing", value=12.5)),
        ("figures", figure(measure="customers_new", team=None)),
        ("transcripts", SAID),
    ],
)
def test_other_kinds_come_out_as_they_went_in(database, kind, row):
    taken(database, [row], kind)
    (out,) = exported(database, kind)
    assert taken(database, [out], kind).known == 1
    if kind != "transcripts":
        assert {name: cell for name, cell in out.items() if cell is not None} == {
            name: cell for name, cell in row.items() if cell is not None
        }


def test_messages_come_out_with_what_was_known_of_them(database):
    taken(database, [SAID], "transcripts")
    (out,) = exported(database, "transcripts")
    first, second = out["messages"]
    assert first["at"] == "2026-11-09T09:00:00.250Z"
    assert (second["at"], second["author"], second["public"]) == (None, "bot", False)


def test_a_customer_comes_out_as_a_keyed_hash_that_is_the_same_customer(database):
    later = {"customer_id": "kim", "started_at": "2026-11-10T09:00:00Z"}
    first, second = interactions({"customer_id": "kim"}, later)
    taken(database, [first])
    (out,) = exported(database, "interactions")
    assert out["customer_id"].startswith("hash:")
    assert "kim" not in repr(out)
    taken(database, [out | {"interaction_id": "c9"}, second])
    assert value_of(database, "repeat_contact_rate", period=days("2026-11-09")) == 1


def test_a_yes_and_no_come_out_as_such_and_the_unknown_as_nothing(database):
    taken(database, [interaction(escalated="no", sla_met="yes")])
    (out,) = exported(database, "interactions")
    assert (out["escalated"], out["sla_met"], out["resolved_first_contact"]) == (False, True, None)


def test_what_nobody_answered_names_its_team_and_no_agent(database):
    lost = {"agent": None, "outcome": "abandoned", "handle_seconds": None, "team": "Billing"}
    taken(database, interactions(lost))
    (out,) = exported(database, "interactions")
    assert (out["agent"], out["team"]) == (None, "Billing")
    assert exported(database, "roster") == []


@pytest.mark.parametrize("kind", ["interactions", "transcripts"])
def test_one_source_may_be_asked_for(database, kind):
    make = interaction if kind == "interactions" else transcript
    taken(database, [make(interaction_id="p1")], kind, source="phone")
    taken(database, [make(interaction_id="m1")], kind, source="mail")
    assert [row["interaction_id"] for row in exported(database, kind, "mail")] == ["m1"]
    assert len(exported(database, kind)) == 2


def test_an_unknown_source_is_answered_with_those_there_are(database):
    taken(database, interactions({}), source="phone")
    with pytest.raises(UnknownNameError, match=r"“fax”.*phone"):
        exported(database, "interactions", "fax")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_database_gives_no_rows(database, kind):
    assert exported(database, kind) == []


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1500, "1970-01-01T00:00:01.500Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ],
)
def test_an_instant_has_a_fraction_only_where_it_has_one(ms, text):
    assert instant(from_ms(ms)) == text
