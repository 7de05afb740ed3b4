"""Weeks reviewed one after another, in one go or one by one, early or late: the same reviews."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scoring.asking import reader
from scoring.coaching.publishing import last_states, publish, published
from scoring.coaching.reviews import last_complete_week, monday_of, reviews
from scoring.database import reading, writing
from scoring.errors import ReviewError
from scoring.people import find_agent
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.coaching.operation import AGENTS, LAST, operation

WEEK = timedelta(weeks=1)
THREE = (LAST - 2 * WEEK, LAST)


@pytest.fixture
def operated(database):
    assert taken(database, operation()).refused == 0
    return database


def reviewed(engine, first, last, *, now=NOW, workspace=None):
    """The reviews of some weeks; nothing is kept."""
    workspace = workspace or workspace_of()
    with reading(engine) as connection:
        view = reader(connection, workspace, workspace.moment(now))
        return list(reviews(view, first, last))


def made_known(engine, first, last, **more):
    """The reviews of some weeks, each kept as the digest keeps it."""
    found = reviewed(engine, first, last, **more)
    with writing(engine) as connection:
        for one in found:
            publish(connection, one.review, one.statements, NOW)
    return found


def test_weeks_reviewed_together_are_the_same_as_one_by_one(operated):
    together = reviewed(operated, *THREE)
    days = [one.review.week for one in together]
    one_by_one = [made_known(operated, day, day)[0] for day in days]
    assert days == [date(2026, 10, 26), date(2026, 11, 2), LAST]
    assert one_by_one == together


def test_a_review_carries_on_from_the_last_one_that_was_made_known(operated):
    (alone,) = reviewed(operated, LAST, LAST)
    made_known(operated, LAST - WEEK, LAST - WEEK)
    (after,) = reviewed(operated, LAST, LAST)
    with reading(operated) as connection:
        ana = find_agent(connection, "ana")
    assert not alone.review.agents[ana].metrics["aht"].change.still
    assert after.review.agents[ana].metrics["aht"].change.still


def test_looking_keeps_nothing(operated):
    reviewed(operated, *THREE)
    with reading(operated) as connection:
        assert last_states(connection, LAST + WEEK) == {}


def test_a_week_says_the_same_whenever_it_is_looked_at(engine):
    rows = operation()
    # The source's own verdict left out, so that it rests on who came back, of whom there are few.
    rows = [{**row, "customer_id": n % 900} for n, row in enumerate(rows)]
    rows = [{**row, "resolved_first_contact": None} for row in rows]
    taken(engine, rows)
    monday = datetime(2026, 11, 9, 1, tzinfo=UTC)
    early = reviewed(engine, LAST - WEEK, LAST - WEEK, now=monday)
    assert early == reviewed(engine, LAST - WEEK, LAST - WEEK)
    (one,) = early
    assert {agent.metrics["fcr"].n for agent in one.review.agents.values()} != {0}


def test_the_slip_is_found_and_nothing_else_is_news(operated):
    (last,) = reviewed(operated, LAST, LAST)
    with reading(operated) as connection:
        ana = find_agent(connection, "ana")
    news = {(one.agent, one.metric) for one in last.statements if one.kind == "change"}
    assert news == {(ana, "aht"), (ana, "fcr"), (ana, "quality")}
    assert len(last.review.agents) == len(AGENTS)


def test_an_agent_on_leave_has_no_review_and_goes_on_where_the_last_one_ended(engine):
    rows = operation()
    away = [row for row in rows if not ("2026-11-02" <= row["started_at"] < "2026-11-09")]
    taken(engine, [row for row in rows if row in away or row["agent"] != "ana"])
    ana, first = 0, LAST - 2 * WEEK
    with reading(engine) as connection:
        ana = find_agent(connection, "ana")
    before, without, after = (one.review.agents for one in reviewed(engine, first, LAST))
    assert ana in before
    assert ana not in without
    made_known(engine, first, LAST - WEEK)
    with reading(engine) as connection:
        assert last_states(connection, LAST)[ana] == before[ana].state
    assert reviewed(engine, LAST, LAST)[0].review.agents[ana] == after[ana]


@pytest.mark.parametrize(
    "cells",
    [
        {"handle_seconds": 300},
        {"handle_seconds": None},
        {"resolved_first_contact": "yes", "escalated": "no", "csat": 5, "sentiment": 1},
        {"resolved_first_contact": None, "escalated": None, "csat": None, "sentiment": None},
        {"issue_type": None, "channel": None, "outcome": None},
    ],
    ids=["all alike", "no handle time", "all perfect", "handle time only", "no labels"],
)
@pytest.mark.parametrize("agents", [AGENTS, AGENTS[:1]], ids=["seven agents", "one agent"])
def test_whatever_records_lack_a_review_stands_and_is_kept_as_it_is(engine, cells, agents):
    taken(engine, [{**row, **cells} for row in operation() if row["agent"] in agents])
    (found,) = made_known(engine, LAST, LAST)
    spans = [one.estimate for a in found.review.agents.values() for one in a.metrics.values()]
    assert all(one.low <= one.value <= one.high for one in spans if one is not None)
    with reading(engine) as connection:
        assert published(connection, LAST) == found.review


def test_a_week_with_no_contact_has_no_review(engine):
    taken(engine, interactions({}, {"started_at": "2026-10-26T09:00Z"}))
    weeks = [one.review.week for one in reviewed(engine, LAST - 3 * WEEK, LAST)]
    assert weeks == [date(2026, 10, 26), LAST]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-16", "2026-11-16", "The week of 2026-11-16 is not over before Monday 23 Nov"),
        ("2026-11-02", "2026-12-07", "The week of 2026-12-07 has not begun, and only whole"),
        ("2026-11-02", "2026-11-02", "No agent handled a contact in the week of 2026-11-02."),
        ("2026-10-26", "2026-11-02", "in the weeks of 2026-10-26 to 2026-11-02. Take records in"),
    ],
)
def test_what_cannot_be_reviewed_is_told_in_a_sentence(engine, first, last, said):
    taken(engine, interactions({}))
    with pytest.raises(ReviewError, match=said):
        reviewed(engine, date.fromisoformat(first), date.fromisoformat(last))


def test_a_week_is_over_when_it_is_over_where_the_workspace_is(engine):
    taken(engine, interactions({}))
    sunday = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    berlin = workspace_of("Europe/Berlin")
    assert reviewed(engine, LAST, LAST, now=sunday, workspace=berlin)
    with pytest.raises(ReviewError, match="not over"):
        reviewed(engine, LAST, LAST, now=sunday)


def test_the_last_complete_week_is_the_one_before_this_one():
    calendar = workspace_of().calendar
    assert last_complete_week(datetime(2026, 11, 15, 23, tzinfo=UTC), calendar) == date(
        2026, 11, 2
    )
    assert last_complete_week(datetime(2026, 11, 16, tzinfo=UTC), calendar) == LAST
    assert monday_of(date(2026, 11, 15)) == monday_of(LAST) == LAST
