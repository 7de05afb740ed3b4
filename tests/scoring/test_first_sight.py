"""A new week is a person's own before it is anybody else's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scoring.asking import reader
from scoring.database import noting, reading
from scoring.digests import DUE, SENT, SKIPPED, Digest, Standing, expect, settle
from scoring.first_sight import early
from scoring.measures import Rules
from scoring.people import find_agent
from scoring.period import Calendar, Period
from scoring.viewers import viewer_of
from scoring.workspace import Workspace
from tests.factories import taken

WEEK = date(2026, 11, 9)
# Monday after the week, seven in the morning.
NOW = datetime(2026, 11, 16, 7, tzinfo=ZoneInfo("UTC"))
WORKSPACE = Workspace(Calendar(ZoneInfo("UTC")), Rules(7))
NEW = Period(WEEK, WEEK + timedelta(days=6))
ROSTER = [
    {"agent": "ana", "team": "Crew"},
    {"agent": "ben", "team": "Crew"},
    {"agent": "lea", "team": "Crew", "role": "manager"},
]


@pytest.fixture
def people(engine):
    taken(engine, ROSTER, "roster")
    with reading(engine) as connection:
        return engine, {name: find_agent(connection, name) for name in ("ana", "ben", "lea")}


def stand(engine, agent, week=WEEK, state=DUE):
    message = Standing(Digest(week, agent), DUE, "", NOW)
    with noting(engine) as connection:
        expect(connection, [message])
        if state != DUE:
            settle(connection, Standing(message.digest, state, "", NOW, settled_at=NOW))


def hidden(engine, who, people, period=NEW, now=NOW):
    with reading(engine) as connection:
        view = reader(connection, WORKSPACE, WORKSPACE.moment(now))
        found = early(view, viewer_of(connection, who), period)
    return set() if found is None else {name for name, id_ in people.items() if found.hides(id_)}


def test_nobody_waits_where_no_messages_are_sent(people):
    engine, ids = people
    assert hidden(engine, "lea", ids) == set()


def test_a_manager_waits_for_those_who_were_not_told(people):
    engine, ids = people
    stand(engine, ids["ana"], state=SENT)
    stand(engine, ids["ben"])
    assert hidden(engine, "lea", ids) == {"ben"}


def test_a_manager_waits_before_anything_is_due_where_the_week_before_was_sent(people):
    engine, ids = people
    stand(engine, ids["ana"], WEEK - timedelta(weeks=1), SENT)
    assert hidden(engine, "lea", ids) == {"ana", "ben"}


def test_who_gets_no_message_for_a_reason_keeps_nobody_waiting(people):
    engine, ids = people
    stand(engine, ids["ana"], state=SKIPPED)
    stand(engine, ids["ben"], state=SENT)
    assert hidden(engine, "lea", ids) == set()


def test_nobody_waits_for_their_own(people):
    engine, ids = people
    stand(engine, ids["ana"])
    assert hidden(engine, "ana", ids) == set()
    assert "lea" not in hidden(engine, "lea", ids)


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        (WEEK - timedelta(days=7), WEEK - timedelta(days=1), True),
        (WEEK + timedelta(days=7), WEEK + timedelta(days=7), True),
        (WEEK - timedelta(days=21), WEEK, False),
        (WEEK + timedelta(days=6), WEEK + timedelta(days=7), False),
    ],
    ids=["before", "after", "reaches into it", "begins in it"],
)
def test_only_the_days_of_that_week_are_kept_back(people, first, last, seen):
    engine, ids = people
    stand(engine, ids["ana"])
    assert (hidden(engine, "lea", ids, Period(first, last)) == set()) == seen


def test_after_another_week_nobody_waits_any_more(people):
    engine, ids = people
    stand(engine, ids["ana"])
    assert hidden(engine, "lea", ids, now=NOW + timedelta(weeks=1)) == set()
