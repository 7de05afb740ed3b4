"""Who on the roster is which Slack user."""

from datetime import date

import pytest

from scoring.database import reading, writing
from scoring.decided import decisions
from scoring.errors import UnknownNameError, WordsError
from scoring.leaders import Act
from scoring.links import Linked, OnRoster, link, linked, unlinked_by_email
from scoring.people import find_agent
from scoring.viewers import viewer_in_slack
from tests.factories import NOW, interactions, taken

TODAY = date(2026, 11, 20)
ROSTER = [
    {"agent": "ana@example.com", "name": "Ana Lima", "slack_user_id": "U0ANA"},
    {"agent": "Ben@Example.com", "name": "Ben Sato"},
    {"agent": "otto@example.com", "role": "admin", "slack_user_id": "U0OTTO"},
    {"agent": "gone@example.com", "ended_on": "2026-11-19"},
    {"agent": "leaves@example.com", "ended_on": "2026-11-20"},
    {"agent": "nick"},
]


@pytest.fixture
def roster(database):
    taken(database, ROSTER, "roster")
    # Contacts that nobody answered have a stand-in, who is no person.
    taken(database, interactions({"agent": None, "outcome": "abandoned", "handle_seconds": None}))
    return database


@pytest.fixture
def by_email(roster):
    def by_email(email):
        with reading(roster) as connection:
            return unlinked_by_email(connection, email, TODAY)

    return by_email


def test_whoever_nobody_is_linked_to_is_found_by_their_address(by_email, roster):
    with reading(roster) as connection:
        ben = find_agent(connection, "ben@example.com")
    assert by_email("BEN@example.com") == OnRoster(ben, "Ben Sato", "agent")


@pytest.mark.parametrize(
    "email", ["ana@example.com", "gone@example.com", "nobody@example.com", "nick", "nobody:"]
)
def test_nobody_is_found_who_is_linked_or_gone_or_not_there(by_email, email):
    assert by_email(email) is None


def test_whoever_leaves_today_is_still_there(by_email):
    assert by_email("leaves@example.com") is not None


def test_how_far_the_roster_is_linked_is_told_of_people_who_are_there(roster):
    with reading(roster) as connection:
        found = linked(connection)
    assert found == Linked(2, 4, ("Ben Sato", "nick"), ("U0OTTO",))


def link_as_otto(roster, who, user_id):
    with writing(roster) as connection:
        act = Act(find_agent(connection, "otto@example.com"), NOW)
        link(connection, act, find_agent(connection, who), user_id)


def test_whoever_is_linked_is_a_viewer_and_who_did_it_is_kept(roster):
    link_as_otto(roster, "nick", "U0NICK")
    with reading(roster) as connection:
        assert viewer_in_slack(connection, "U0NICK").key == "nick"
        assert decisions(connection)["link:nick"].by == "otto@example.com"


def test_whoever_is_unlinked_is_a_viewer_no_more(roster):
    link_as_otto(roster, "ana@example.com", None)
    with reading(roster) as connection:
        assert viewer_in_slack(connection, "U0ANA") is None
        assert decisions(connection)["link:ana@example.com"].taken_back


def test_a_slack_user_is_one_person(roster):
    with pytest.raises(WordsError, match="linked to another person"):
        link_as_otto(roster, "nick", "U0ANA")


def test_the_same_link_again_is_no_mistake(roster):
    link_as_otto(roster, "ana@example.com", "U0ANA")


def test_nobody_can_be_linked_to_who_is_not_there(roster):
    with writing(roster) as connection, pytest.raises(UnknownNameError):
        link(connection, Act(1, NOW), 10_000, "U0X")
