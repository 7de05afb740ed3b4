"""Who is who: names that records use, and names that people use."""

import pytest

from scoring.database import reading, writing
from scoring.errors import UnknownNameError
from scoring.people import Directory, agent_key, find_agent, find_team
from scoring.records import Agent, Source, Team
from tests.factories import interactions, stored, taken
from tests.scoring.estimates import values_of

LOST = {"agent": None, "outcome": "abandoned", "handle_seconds": None}


def on_roster(engine, *people):
    taken(engine, people, "roster")


def found(engine, find, said):
    """What the one who was found is called."""
    with reading(engine) as connection:
        number = find(connection, said)
    model, name = (Agent, "name_key") if find is find_agent else (Team, "name")
    return next(row[name] for row in stored(engine, model) if row["id"] == number)


def test_an_address_is_one_agent_in_any_case_and_another_id_is_not():
    assert agent_key(" Ana@Example.COM ") == "ana@example.com"
    assert agent_key(" A17 ") == "A17" != agent_key("a17")


@pytest.mark.parametrize(
    "said", ["ana@example.com", "ANA@example.com", "Ana Gomes", " ana gomes "]
)
def test_an_agent_is_found_by_address_and_name(database, said):
    on_roster(database, {"agent": "ana@example.com", "name": "Ana Gomes"}, {"agent": "ben"})
    assert found(database, find_agent, said) == "ana@example.com"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Élodie Brûlé", "élodie brûlé"), ("Ölmez", "ÖLMEZ"), ("Jörg Groß", "Jörg Groß")],
)
def test_a_name_is_found_in_any_case_whatever_its_letters(database, name, said):
    on_roster(database, {"agent": "a1", "name": name})
    assert found(database, find_agent, said) == "a1"
    assert found(database, find_agent, name) == "a1"


def test_an_id_goes_before_a_name(database):
    on_roster(database, {"agent": "kim", "name": "Lee"}, {"agent": "lee", "name": "Kim"})
    assert found(database, find_agent, "kim") == "kim"


def test_two_of_one_name_are_asked_about(database):
    on_roster(database, {"agent": "a1", "name": "Ana"}, {"agent": "a2", "name": "Ana"})
    with pytest.raises(UnknownNameError, match="“ana” may be any of a1, a2"):
        found(database, find_agent, "ana")


@pytest.mark.parametrize("said", ["nobody:Billing", "zoe", ""])
def test_nobody_of_a_name_is_said_so(database, said):
    taken(database, interactions(LOST | {"team": "Billing"}))
    with pytest.raises(UnknownNameError, match=f"No agent is called “{said}”"):
        found(database, find_agent, said)


@pytest.mark.parametrize("said", ["Zürich", "zürich", " ZÜRICH "])
def test_a_team_is_found_in_any_case(database, said):
    on_roster(database, {"agent": "ana", "team": "Zürich"}, {"agent": "ben", "team": "Bern"})
    assert found(database, find_team, said) == "Zürich"


def test_teams_that_differ_in_case_alone_are_found_as_they_stand(database):
    on_roster(database, {"agent": "ana", "team": "IT"}, {"agent": "ben", "team": "it"})
    assert found(database, find_team, "it") == "it"
    with pytest.raises(UnknownNameError):
        found(database, find_team, "It")


def test_an_unknown_team_is_answered_with_those_there_are(database):
    with pytest.raises(UnknownNameError, match="The teams are: none yet"):
        found(database, find_team, "Sales")
    on_roster(database, {"agent": "ana", "team": "Billing"}, {"agent": "ben", "team": "Care"})
    with pytest.raises(UnknownNameError, match="The teams are: Billing, Care"):
        found(database, find_team, "Sales")


def test_records_fill_in_what_the_roster_leaves_open(database):
    on_roster(database, {"agent": "ana", "name": "Ana Gomes"})
    taken(database, interactions({"agent": "ana", "agent_name": "A. G.", "team": "Billing"}))
    (ana,) = stored(database, Agent)
    assert ana["name"] == "Ana Gomes"
    assert values_of(database, "volume", "team") == {"Billing": 1}


def test_a_roster_goes_before_what_records_said(database):
    taken(database, interactions({"agent": "ana", "agent_name": "A. G.", "team": "Billing"}))
    on_roster(database, {"agent": "ana", "name": "Ana Gomes", "team": "Care"})
    (ana,) = stored(database, Agent)
    assert ana["name"] == "Ana Gomes"
    assert values_of(database, "volume", "team") == {"Care": 1}


def test_names_of_several_rows_are_put_together(database):
    rows = ({"agent_name": "Ana"}, {"team": "Billing"}, {"agent_name": None})
    taken(database, interactions(*({"agent": "ana", **row} for row in rows)))
    (ana,) = stored(database, Agent)
    assert (ana["name"], ana["team_id"] is None) == ("Ana", False)


def test_what_nobody_answered_is_kept_by_a_stand_in_for_each_team(database):
    taken(database, interactions(LOST, LOST | {"team": "Billing"}, LOST | {"team": "Billing"}))
    people = {row["name_key"]: row["person"] for row in stored(database, Agent)}
    assert people == {"nobody:": 0, "nobody:Billing": 0}


def test_a_directory_remembers_and_makes_each_but_once(database):
    with writing(database) as connection:
        directory = Directory(connection)
        first = dict(directory.agent_ids(["ana", "ben"]))
        assert dict(directory.agent_ids(["ben", "ana"])) == first
        assert Directory(connection).agent_ids(["ana"])["ana"] == first["ana"]
        assert directory.source("phone") == Directory(connection).source("phone")
    assert len(stored(database, Agent)) == 2
    assert [row["name"] for row in stored(database, Source)] == ["phone"]
