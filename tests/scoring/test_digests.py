"""What became of each week's messages, and who is to get which."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scoring.database import noting, reading
from scoring.digests import (
    DUE,
    FAILED,
    LATE,
    SENT,
    SKIPPED,
    Digest,
    Standing,
    crew,
    expect,
    give_up,
    next_digest,
    note_try,
    reviewed,
    settle,
    standing,
    standings,
    told,
    unsettled,
)
from scoring.people import find_agent, find_team
from scoring.period import Calendar
from scoring.preferences import Preferences, keep_preferences
from scoring.slack_people import Person, keep_channel, keep_told, people_in_slack
from tests.factories import NOW, taken

WEEK = date(2026, 11, 9)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAYS = Calendar(ZoneInfo("UTC"))
LEAD = {"team": "Crew", "role": "manager"}
ROSTER = [
    {"agent": "ana", "team": "Crew", "slack_user_id": "U1", "timezone": "Asia/Tokyo"},
    {"agent": "ben", "team": "Crew"},
    {"agent": "lea", "slack_user_id": "U3", **LEAD},
]


@pytest.fixture
def people(database):
    taken(database, ROSTER, "roster")
    return database


def ids(engine, *names):
    with reading(engine) as connection:
        return [find_agent(connection, name) for name in names]


def changed(engine, change, *given):
    with noting(engine) as connection:
        return change(connection, *given)


def looked(engine, look, *given):
    with reading(engine) as connection:
        return look(connection, *given)


def due(agent, state=DUE, why="", kind="own", week=WEEK):
    settled = None if state == DUE else MONDAY
    return Standing(Digest(week, agent, kind), state, why, MONDAY, settled_at=settled)


def test_what_is_not_settled_is_told_of_the_weeks_that_are_asked_for(people):
    ana, ben = ids(people, "ana", "ben")
    later = WEEK + timedelta(weeks=1)
    others = [due(ana, week=later + timedelta(weeks=1)), due(ben, SKIPPED, LATE)]
    changed(people, expect, [due(ana, week=later), *others, due(ana)])
    found = [one.digest for one in looked(people, unsettled, [later, WEEK])]
    assert found == [Digest(WEEK, ana), Digest(later, ana)]


def test_a_week_has_those_who_were_there(people):
    gone = {"agent": "gus", "ended_on": "2026-11-08"}
    new = {"agent": "nia", "started_on": "2026-11-16"}
    taken(people, [gone, new, {"agent": "last", "ended_on": "2026-11-09"}], "roster")
    found = looked(people, crew, WEEK)
    assert list(found.people) == ids(people, "ana", "ben", "lea", "last")


def test_a_team_s_message_goes_to_whoever_leads_all_of_it(people):
    (team,) = [looked(people, find_team, "Crew")]
    assert looked(people, crew, WEEK).leaders[team] == tuple(ids(people, "lea"))
    # Somebody on the team has another manager now.
    taken(people, [{"agent": "cleo", "team": "Crew", "manager": "mo"}], "roster")
    taken(people, [{"agent": "mo"}, {"agent": "ben", "manager": "mo"}], "roster")
    assert looked(people, crew, WEEK).leaders[team] == tuple(ids(people, "lea"))


def test_who_leads_only_some_of_a_team_is_told_nothing_of_the_rest(people):
    taken(people, [{"agent": "mo"}, {"agent": "ben", "manager": "mo"}], "roster")
    (team,) = [looked(people, find_team, "Crew")]
    assert ids(people, "mo")[0] not in looked(people, crew, WEEK).leaders[team]


def test_the_zone_is_slack_s_or_else_the_roster_s(people):
    ana, ben = ids(people, "ana", "ben")
    zones = {one.agent: one.zone for one in looked(people, crew, WEEK).people.values()}
    assert (zones[ana], zones[ben]) == ("Asia/Tokyo", None)
    changed(people, keep_told, Person(ana, "U1", "Europe/Paris", asked_at=NOW))
    assert looked(people, crew, WEEK).people[ana].zone == "Europe/Paris"


def test_what_slack_said_of_an_account_counts_for_no_other(people):
    (ana,) = ids(people, "ana")
    changed(people, keep_told, Person(ana, "U1", "Europe/Paris", gone=True, asked_at=NOW))
    changed(people, keep_channel, Person(ana, "U1"), "D1")
    assert looked(people, people_in_slack, ana)[ana] == Person(
        ana, "U1", "Europe/Paris", gone=True, channel="D1", asked_at=NOW
    )
    taken(people, [{"agent": "ana", "slack_user_id": "U9"}], "roster")
    assert looked(people, people_in_slack, ana)[ana] == Person(ana, "U9")
    assert looked(people, crew, WEEK).people[ana].gone is False
    changed(people, keep_told, Person(ana, "U9", asked_at=NOW))
    assert looked(people, people_in_slack, ana)[ana].channel is None


def test_what_was_due_stays_as_it_became(people):
    (ana,) = ids(people, "ana")
    changed(people, expect, [due(ana)])
    sent = Standing(Digest(WEEK, ana), SENT, "", MONDAY, settled_at=MONDAY, ts="1.2")
    assert changed(people, settle, sent)
    assert not changed(people, settle, due(ana, FAILED, "other"))
    changed(people, expect, [due(ana)])
    assert looked(people, standing, Digest(WEEK, ana)) == sent
    assert sent.settled


def test_what_came_too_late_may_be_sent_after_all(people):
    ana, ben = ids(people, "ana", "ben")
    changed(people, expect, [due(ana, SKIPPED, LATE), due(ben, SKIPPED, "off")])
    changed(people, expect, [due(ana), due(ben)])
    found = looked(people, standings, WEEK)
    assert [(one.state, one.why) for one in found.values()] == [(DUE, ""), (SKIPPED, "off")]


def test_a_try_and_a_failure_of_it_are_remembered(people):
    (ana,) = ids(people, "ana")
    changed(people, expect, [due(ana)])
    changed(people, note_try, Digest(WEEK, ana), NOW)
    changed(people, give_up, Digest(WEEK, ana), "status 500")
    found = looked(people, standing, Digest(WEEK, ana))
    assert (found.tried_at, found.tries, found.why) == (NOW, 1, "status 500")
    assert not found.settled


def test_agents_are_told_once_their_own_message_is_settled(people):
    ana, ben, lea = ids(people, "ana", "ben", "lea")
    rows = [due(ana, SENT), due(ben), due(lea, SKIPPED, "off"), due(lea, SENT, kind="team:1")]
    changed(people, expect, rows)
    changed(people, expect, [due(ben, SENT, week=WEEK - timedelta(weeks=1))])
    assert looked(people, told, WEEK) == {ana: MONDAY, lea: MONDAY}


def test_a_message_knows_the_team_that_it_is_about():
    assert Digest(WEEK, 1, "team:12").team == 12
    assert Digest(WEEK, 1).team is None


def test_nobody_is_reviewed_before_a_review_is_published(people):
    assert looked(people, reviewed, WEEK) is None


def test_the_next_one_is_told_in_the_person_s_own_zone(people):
    (ana,) = ids(people, "ana")
    found = looked(people, next_digest, ana, DAYS, NOW)
    # Nine o'clock in Tokyo is midnight in Greenwich.
    assert (found.at, found.last) == (datetime(2026, 11, 23, 0, tzinfo=UTC), None)


def test_the_next_one_of_this_week_is_still_to_come(people):
    (ben,) = ids(people, "ben")
    changed(people, keep_preferences, ben, Preferences(weekday=5, at=time(18, 30)), NOW)
    found = looked(people, next_digest, ben, DAYS, NOW)
    assert found.at == datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


def test_the_next_one_is_after_leave(people):
    (ben,) = ids(people, "ben")
    leave = ((date(2026, 11, 23), date(2026, 12, 6)),)
    changed(people, keep_preferences, ben, Preferences(quiet=leave), NOW)
    assert looked(people, next_digest, ben, DAYS, NOW).at == datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_who_wants_none_has_no_next_one_and_still_a_last(people):
    (ana,) = ids(people, "ana")
    changed(
        people, expect, [due(ana, SENT, week=WEEK - timedelta(weeks=1)), due(ana, FAILED, "x")]
    )
    changed(people, keep_preferences, ana, Preferences(digest=False), NOW)
    found = looked(people, next_digest, ana, DAYS, NOW)
    assert (found.at, found.last.digest.week, found.last.state) == (None, WEEK, FAILED)
