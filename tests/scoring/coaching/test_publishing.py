"""What was made known: kept once, found again as it was, and corrected in the open."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scoring.coaching.publishing import last_states, published, published_agents, statements_of
from scoring.columns import table_of
from scoring.database import reading
from scoring.people import find_agent
from scoring.records import Interaction
from scoring.review_records import AgentWeekReview, StatementRecord, WeekReview
from tests.factories import stored, taken
from tests.scoring.coaching.operation import AGENTS, LAST, operation
from tests.scoring.coaching.test_reviews import made_known, reviewed

WEEK = timedelta(weeks=1)
BEFORE = LAST - WEEK


@pytest.fixture
def told(database):
    assert taken(database, operation()).refused == 0
    made_known(database, BEFORE, LAST)
    return database


def ana_of(engine):
    with reading(engine) as connection:
        return find_agent(connection, "ana")


def standing(engine, agent=None):
    """The statements of the last week as they stand, by whom and what they are about."""
    with reading(engine) as connection:
        found = statements_of(connection, LAST, agent)
    return {(one.claim.agent, one.claim.topic): one for one in found}


def corrected(engine, *changes):
    """Takes the operation in again, with some rows changed."""
    rows = {row["interaction_id"]: row for row in operation()}
    for change in changes:
        rows[change["interaction_id"]] |= change
    return taken(engine, rows.values())


def slipped():
    """Ana's last two weeks, as if she had not slipped."""
    return [
        {
            "interaction_id": row["interaction_id"],
            "handle_seconds": round(row["handle_seconds"] / 1.5, 1),
            "resolved_first_contact": "yes",
        }
        for row in operation()
        if row["agent"] == "ana" and row["started_at"] >= "2026-10-26"
    ]


def test_a_review_is_found_again_as_it_was(told):
    before, last = reviewed(told, BEFORE, LAST)
    with reading(told) as connection:
        assert published(connection, LAST) == last.review
        assert published(connection, BEFORE) == before.review
        assert published(connection, LAST + WEEK) is None
        ana = find_agent(connection, "ana")
        weeks = published_agents(connection, ana, BEFORE - WEEK, LAST)
    assert weeks == [before.review.agents[ana], last.review.agents[ana]]


def test_statements_are_found_again_with_what_they_rest_on(told):
    _, last = reviewed(told, BEFORE, LAST)
    claims = [one.claim for one in standing(told).values()]
    assert sorted(claims, key=repr) == sorted(last.statements, key=repr)
    assert {one.revision for one in standing(told).values()} == {1}
    assert not any(one.withdrawn for one in standing(told).values())


def test_a_change_names_exactly_the_contacts_of_its_weeks(told):
    ana = ana_of(told)
    change = standing(told, ana)[ana, "change aht"].claim
    days = range(change.first_day, change.last_day + 1)
    recent = [
        row["id"]
        for row in stored(told, Interaction)
        if row["agent_id"] == ana and row["ended_day"] in days
    ]
    assert sorted(change.contacts) == recent
    assert change.n_recent == len(recent) == 90
    assert change.weeks == 3
    assert change.after - change.before == pytest.approx(change.size)
    assert change.low < change.size < change.high
    assert change.p <= change.threshold


def test_the_same_week_made_known_twice_is_kept_once(told):
    kept = [stored(told, table) for table in (WeekReview, AgentWeekReview, StatementRecord)]
    assert [len(rows) > 0 for rows in kept] == [True] * 3
    made_known(told, BEFORE, LAST)
    again = [stored(told, table) for table in (WeekReview, AgentWeekReview, StatementRecord)]
    assert again == kept


def test_a_record_that_was_corrected_makes_a_statement_a_corrected_one(told):
    ana = ana_of(told)
    old = standing(told)[ana, "change aht"].claim
    rows = [row for row in operation() if row["agent"] == "ana"][-20:]
    longer = [{**row, "handle_seconds": row["handle_seconds"] + 900} for row in rows]
    assert corrected(told, *longer).corrected == len(rows)
    made_known(told, LAST, LAST)
    now = standing(told)[ana, "change aht"]
    assert (now.revision, now.withdrawn) == (2, False)
    assert now.claim.after > old.after
    with reading(told) as connection:
        s = table_of(StatementRecord).c
        of_topic = (s.agent_id == ana, s.topic == "change aht", s.revision == 1)
        query = select(s.after).where(*of_topic).order_by(s.week.desc())
        assert connection.scalars(query).first() == old.after


def test_a_statement_that_no_longer_holds_is_withdrawn_and_may_come_back(told):
    ana = ana_of(told)
    corrected(told, *slipped())
    made_known(told, LAST, LAST)
    now = standing(told)[ana, "change aht"]
    assert (now.revision, now.withdrawn) == (2, True)
    made_known(told, LAST, LAST)
    assert standing(told)[ana, "change aht"] == now
    corrected(told)
    made_known(told, LAST, LAST)
    again = standing(told)[ana, "change aht"]
    assert (again.revision, again.withdrawn) == (3, False)


def test_a_small_correction_elsewhere_corrects_no_statement(told):
    gil = next(row for row in operation() if row["agent"] == "gil")
    corrected(told, {**gil, "handle_seconds": gil["handle_seconds"] + 30})
    made_known(told, LAST, LAST)
    assert {one.revision for one in standing(told).values()} == {1}


def test_the_state_is_that_of_the_last_review_before_a_week(told):
    before, last = reviewed(told, BEFORE, LAST)
    with reading(told) as connection:
        for day, one in ((LAST, before), (LAST + WEEK, last)):
            states = last_states(connection, day)
            assert states == {agent.agent: agent.state for agent in one.review.agents.values()}
        assert last_states(connection, LAST + 60 * WEEK) == states
        assert len(states) == len(AGENTS)
        assert last_states(connection, BEFORE) == {}


def test_an_agent_whose_contacts_were_somebody_elses_has_no_review_any_more(told):
    ana = ana_of(told)
    mine = [row for row in operation() if row["agent"] == "ana"]
    corrected(told, *({**row, "excluded": "not mine"} for row in mine))
    made_known(told, LAST, LAST)
    with reading(told) as connection:
        assert ana not in published(connection, LAST).agents
        assert published_agents(connection, ana, BEFORE, LAST)[-1].week == BEFORE
        weeks = select(func.count()).select_from(table_of(WeekReview))
        assert connection.scalar(weeks) == 2
    assert {one.withdrawn for one in standing(told, ana).values()} == {True}
