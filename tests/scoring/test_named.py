"""People and teams by what a viewer may call them; others are not there for them."""

import pytest

from scoring.database import reading
from scoring.named import has_roster, named
from scoring.viewers import viewer_of
from tests.factories import taken

ROSTER = [
    {"agent": "ana@example.com", "name": "Ana Lima", "team": "Billing", "slack_user_id": "U1"},
    {"agent": "ben", "name": "Ben Sato", "team": "Billing"},
    {"agent": "ana2", "name": "Ana Roy", "team": "Sales"},
    {"agent": "maya", "role": "manager", "team": "Billing"},
    {"agent": "root", "role": "admin"},
]


@pytest.fixture
def known(database):
    taken(database, ROSTER, kind="roster")

    def known(who):
        with reading(database) as connection:
            return named(connection, viewer_of(connection, who))

    return known


def people_called(found, said):
    return sorted(found.people[one] for one in found.people_called(said))


@pytest.mark.parametrize("said", ["Ana Lima", "ana lima", "ana@Example.com", "U1", " Ana "])
def test_a_person_has_several_names(known, said):
    assert people_called(known("maya"), said) == ["Ana Lima"]


def test_a_first_name_that_several_have_leads_to_all_of_them(known):
    assert people_called(known("root"), "ana") == ["Ana Lima", "Ana Roy"]


def test_whom_a_viewer_may_not_see_is_nobody(known):
    assert people_called(known("maya"), "Ana Roy") == []
    assert people_called(known("ben"), "Ana Lima") == []
    assert list(known("maya").teams.values()) == ["Billing"]
    assert not known("ben").teams
    assert not known("maya").team_called("Sales")


def test_an_admin_sees_every_team(known):
    assert list(known("root").teams.values()) == ["Billing", "Sales"]
    assert len(known("root").team_called("SALES")) == 1


def test_there_is_a_roster_once_somebody_is_linked(database):
    with reading(database) as connection:
        assert not has_roster(connection)
    taken(database, ROSTER[1:2], kind="roster")
    with reading(database) as connection:
        assert not has_roster(connection)
    taken(database, ROSTER[:1], kind="roster")
    with reading(database) as connection:
        assert has_roster(connection)
