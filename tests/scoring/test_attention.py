"""Who is looked at for coaching: whole weeks, people of the scope, what customers get first."""

from dataclasses import replace
from datetime import date

import pytest

from scoring.asking import Scope
from scoring.attention import people_of, urgency, week_of
from scoring.database import reading
from scoring.people import find_agent, find_team
from tests.factories import NOW, taken
from tests.scoring.coaching.reviewed import change, reviewed
from tests.scoring.estimates import asked, days

MONDAY = date(2026, 11, 9)
ROSTER = [
    {"agent": "ana", "name": "Ana", "team": "Billing", "started_on": "2026-10-01"},
    {"agent": "ben", "name": None, "team": "Billing", "started_on": "2020-01-01"},
    {"agent": "gone", "team": "Billing", "ended_on": "2026-11-08"},
    {"agent": "late", "team": "Billing", "started_on": "2026-11-16"},
    {"agent": "dev", "team": "Technical"},
    {"agent": "maya", "team": "Billing", "role": "manager"},
]


@pytest.fixture
def company(database):
    assert taken(database, ROSTER, "roster").refused == 0
    return database


@pytest.mark.parametrize(
    ("period", "monday"),
    [
        (days("2026-11-09", "2026-11-15"), "2026-11-09"),
        (days("2026-10-19", "2026-11-15"), "2026-11-09"),
        (days("2026-11-16", "2026-11-20"), "2026-11-09"),
        (days("2026-10-01", "2026-10-31"), "2026-10-19"),
        (days("2026-11-11"), "2026-11-02"),
    ],
)
def test_the_week_is_the_last_whole_one_of_the_period_that_is_over(company, period, monday):
    with reading(company) as connection:
        view, _ = asked(connection)
        assert week_of(view, period, NOW) == date.fromisoformat(monday)


def names_of(engine, **scope):
    with reading(engine) as connection:
        view, _ = asked(connection)
        for kind, find in (("agents", find_agent), ("teams", find_team)):
            if kind in scope:
                scope[kind] = tuple(find(connection, one) for one in scope[kind])
        return sorted(people_of(view, Scope(**scope), MONDAY).values())


def test_those_who_were_there_in_the_week_are_looked_at_but_not_who_leads(company):
    assert names_of(company) == ["Ana", "ben", "dev"]
    assert names_of(company, teams=["Billing"]) == ["Ana", "ben"]


def test_whoever_is_named_is_looked_at(company):
    assert names_of(company, agents=["dev", "maya"]) == ["dev", "maya"]


def test_new_people_are_those_in_the_job_for_less_than_so_many_days(company):
    assert names_of(company, tenure=(0, 90)) == ["Ana"]
    assert names_of(company, tenure=(90, None)) == ["ben"]


@pytest.mark.parametrize(
    ("week", "place"),
    [
        (reviewed(1, rushing=True, quality=change(1, better=False)), 0),
        (reviewed(1, quality=change(1, better=False)), 1),
        (reviewed(1, quality=change(1, better=False, still=True)), 2),
        (replace(reviewed(1), overservicing=True), 3),
        (reviewed(1, quality=change(1)), 4),
        (None, 4),
    ],
)
def test_what_customers_get_goes_before_what_it_takes(week, place):
    assert urgency(week) == place
