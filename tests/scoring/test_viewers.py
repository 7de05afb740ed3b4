"""Who may see whose figures: themselves, those they lead, or, as admin, everybody."""

import pytest

from scoring.asking import Scope
from scoring.database import reading
from scoring.errors import UnknownNameError
from scoring.people import find_agent, find_team
from scoring.viewers import viewer_in_slack, viewer_of
from tests.factories import taken

ROSTER = [
    {"agent": "ana", "team": "Billing", "manager": "Maya@example.com", "slack_user_id": "U1"},
    {"agent": "ben", "team": "Billing", "manager": "maya@example.com", "slack_user_id": "U2"},
    {"agent": "cleo", "team": "Sales", "manager": "maya@example.com", "slack_user_id": "U2"},
    {"agent": "dev", "team": "Sales", "manager": "otto"},
    {"agent": "maya@example.com", "role": "manager"},
    {"agent": "fay", "team": "Night"},
    {"agent": "gus", "team": "Night", "manager": "otto"},
    {"agent": "nora", "team": "Night", "role": "manager"},
    {"agent": "gone", "team": "Billing", "ended_on": "2026-01-31"},
    {"agent": "otto", "role": "manager"},
    {"agent": "root", "role": "admin"},
    {"agent": "idle", "role": "manager"},
]
PEOPLE = [row["agent"] for row in ROSTER]


@pytest.fixture
def company(database):
    taken(database, ROSTER, kind="roster")
    return database


def seen_by(engine, who):
    with reading(engine) as connection:
        viewer = viewer_of(connection, who)
        return [one for one in PEOPLE if viewer.may_see(find_agent(connection, one))]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ana", ["ana"]),
        ("Maya@Example.com", ["ana", "ben", "cleo", "maya@example.com"]),
        ("otto", ["dev", "gus", "otto"]),
        ("nora", ["fay", "gus", "nora"]),
        ("idle", ["idle"]),
        ("root", PEOPLE),
    ],
)
def test_people_see_themselves_and_those_they_lead(company, who, seen):
    assert seen_by(company, who) == seen


def narrowed(engine, who, agents=None, teams=None):
    """What is left of a scope, by the names of people and teams."""
    with reading(engine) as connection:
        people = {find_agent(connection, one): one for one in PEOPLE}
        named = {find_team(connection, one): one for one in ("Billing", "Sales", "Night")}
        ids = None if agents is None else tuple(find_agent(connection, one) for one in agents)
        team_ids = None if teams is None else tuple(find_team(connection, one) for one in teams)
        scope = viewer_of(connection, who).narrowed(Scope(ids, team_ids))
    if scope is None:
        return None
    return (
        scope.agents and sorted(people[one] for one in scope.agents),
        scope.teams and sorted(named[one] for one in scope.teams),
    )


def test_a_team_is_seen_as_a_whole_only_by_who_leads_all_of_it(company):
    assert narrowed(company, "maya@example.com", teams=["Billing", "Sales"]) == (None, ["Billing"])
    assert narrowed(company, "maya@example.com", teams=["Sales"]) is None
    assert narrowed(company, "otto", teams=["Sales"]) is None
    assert narrowed(company, "ana", teams=["Billing"]) is None
    assert narrowed(company, "root", teams=["Sales"]) == (None, ["Sales"])


def test_where_nobody_is_named_it_is_everybody_they_may_see(company):
    assert narrowed(company, "ana") == (["ana"], None)
    assert narrowed(company, "otto") == (["dev", "gus", "otto"], None)
    assert narrowed(company, "nora") == (None, ["Night"])
    assert narrowed(company, "root") == (None, None)


def test_who_leads_a_whole_team_and_people_of_another_is_shown_all_of_them(company):
    seen = ["ana", "ben", "cleo", "maya@example.com"]
    assert narrowed(company, "maya@example.com") == (seen, None)


def test_people_outside_are_left_out_whoever_asks(company):
    assert narrowed(company, "ana", agents=["ben"]) is None
    assert narrowed(company, "otto", agents=["ana", "dev"]) == (["dev"], None)


def test_somebody_unknown_is_refused_in_words(company):
    with reading(company) as connection, pytest.raises(UnknownNameError, match="No agent"):
        viewer_of(connection, "nobody@example.com")


@pytest.mark.parametrize(("user", "who"), [("U1", "ana"), ("U2", None), ("U9", None)])
def test_a_slack_user_is_whom_the_roster_links_to_them_and_nobody_else(company, user, who):
    with reading(company) as connection:
        viewer = viewer_in_slack(connection, user)
        assert (viewer and viewer.key) == who
