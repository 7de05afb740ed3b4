"""Notes from stored records: what was made known stays as it was said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.notes import note_of_agent, note_of_team, weeks_until
from prompts.note.practices import load_practices
from scoring.asking import reader
from scoring.database import reading
from scoring.people import find_agent, find_team
from tests.factories import NOW, taken, workspace_of
from tests.scoring.coaching.operation import AGENTS, LAST, operation
from tests.scoring.coaching.test_reviews import made_known

WEEK = timedelta(weeks=1)


@pytest.fixture
def told(database):
    assert taken(database, operation()).refused == 0
    roster = [{"agent": agent, "team": "Crew"} for agent in AGENTS]
    assert taken(database, roster, "roster").refused == 0
    return database


def looked_at(engine, look):
    """What a look at the database gives, by a reader of it."""
    workspace = workspace_of()
    with reading(engine) as connection:
        return look(reader(connection, workspace, workspace.moment(NOW)))


def note_of(engine, agent="ana", week=LAST):
    def look(view):
        number = find_agent(view.connection, agent)
        return note_of_agent(view, weeks_until(view, week), number, load_practices())

    return looked_at(engine, look)


def judged(note):
    """What a note says of the week: its verdict and all figures."""
    return note.verdict, [fact for fact in note.facts if fact.kind != "evidence"]


def test_a_note_rests_on_the_week_and_the_one_before(told):
    weeks = looked_at(told, lambda view: weeks_until(view, LAST))
    assert (weeks.review.week, weeks.before.week) == (LAST, LAST - WEEK)


def test_what_was_made_known_stays_as_it_was_said(told):
    """But for the reasons to look at single contacts, which are those of the records."""
    made_known(told, LAST - WEEK, LAST)
    before = judged(note_of(told))
    better = [{**row, "resolved_first_contact": "yes"} for row in operation()]
    assert taken(told, better).corrected > 0
    assert judged(note_of(told)) == before


def test_what_was_not_made_known_follows_the_records(told):
    before = note_of(told)
    better = [{**row, "resolved_first_contact": "yes"} for row in operation()]
    taken(told, better)
    assert note_of(told) != before


def test_a_note_made_known_is_the_one_that_was_shown_before(told):
    before = note_of(told)
    made_known(told, LAST - WEEK, LAST)
    assert note_of(told) == before


def test_the_contacts_of_a_focus_can_be_recognised(told):
    evidence = [fact for fact in note_of(told).facts if fact.id == "focus.contacts"]
    named = [row for row in operation() if f"{row['interaction_id']} (" in evidence[0].text]
    assert {row["agent"] for row in named} == {"ana"}
    assert len(evidence[0].contacts) >= len(named) > 0


def test_a_team_s_note_has_everybody_on_it_in_that_week(told):
    left = [{"agent": "zoe", "team": "Crew", "ended_on": "2026-11-01"}]
    lead = [{"agent": "lea", "team": "Crew", "role": "manager"}]
    late = [{"agent": "kim", "team": "Crew"}]
    taken(told, [*left, *lead, *late], "roster")

    def look(view):
        team = find_team(view.connection, "Crew")
        return note_of_team(view, weeks_until(view, LAST), team)

    text = " ".join(section.text for section in looked_at(told, look).sections)
    assert all(agent in text for agent in (*AGENTS, "kim"))
    assert "zoe" not in text
    assert "lea" not in text


def test_an_agent_away_in_the_week_has_no_note(told):
    rows = [row for row in operation() if row["agent"] == "ben"]
    gone = [{**row, "excluded": "test"} for row in rows if row["started_at"] >= "2026-11-09"]
    taken(told, gone)
    assert note_of(told, "ben").situation == "absent"
    assert replace(note_of(told, "ben"), verdict="").sections == ()
