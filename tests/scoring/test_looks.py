"""Who looked at whose figures is kept by day, and told to the person whose they are."""

from datetime import date, timedelta

import pytest

from scoring.aside import aside
from scoring.database import reading
from scoring.looks import Looking, looks_at, note
from scoring.people import find_agent
from tests.factories import NOW, taken

TODAY = date(2026, 11, 20)
ROSTER = [
    {"agent": "ana", "name": "Ana Lima"},
    {"agent": "ben"},
    {"agent": "maya", "name": "Maya"},
]


@pytest.fixture
def people(database):
    taken(database, ROSTER, kind="roster")
    with reading(database) as connection:
        return {row["agent"]: find_agent(connection, row["agent"]) for row in ROSTER}


def look(engine, viewer, *agents, day=TODAY, what="team"):
    at = NOW + timedelta(days=(day - TODAY).days)
    with aside(engine) as connection:
        note(connection, Looking(viewer, what, day, at), agents)


def told(engine, agent, since=TODAY - timedelta(days=30)):
    with reading(engine) as connection:
        return [
            (one.viewer, one.day, one.what, one.times)
            for one in looks_at(connection, agent, since)
        ]


def test_a_look_is_told_to_each_whose_figures_were_seen(database, people):
    look(database, people["maya"], people["ana"], people["ben"])
    assert told(database, people["ana"]) == [("Maya", TODAY, "team", 1)]
    assert told(database, people["ben"]) == [("Maya", TODAY, "team", 1)]
    assert told(database, people["maya"]) == []


def test_one_s_own_look_is_not_kept(database, people):
    look(database, people["ana"], people["ana"])
    assert told(database, people["ana"]) == []


def test_looks_of_a_day_are_counted_and_days_stand_newest_first(database, people):
    yesterday = TODAY - timedelta(days=1)
    look(database, people["maya"], people["ana"], day=yesterday)
    look(database, people["maya"], people["ana"])
    look(database, people["maya"], people["ana"])
    look(database, people["ben"], people["ana"], day=yesterday, what="coach")
    assert told(database, people["ana"])[0] == ("Maya", TODAY, "team", 2)
    assert sorted(told(database, people["ana"])[1:]) == [
        ("Maya", yesterday, "team", 1),
        ("ben", yesterday, "coach", 1),
    ]


def test_looks_before_a_day_are_left_out(database, people):
    look(database, people["maya"], people["ana"], day=TODAY - timedelta(days=1))
    assert told(database, people["ana"], since=TODAY) == []
