"""What is due: to whom, when, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digest import CATCH_UP, WAIT, WHY, Known, due, needs_review
from scoring.digests import DUE, FAILED, LATE, SENT, SKIPPED, Crew, Digest, Recipient, Standing
from scoring.period import Calendar
from scoring.preferences import Preferences

WEEK = date(2026, 11, 9)
NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
ANA, BEN, LEA = 1, 2, 3
CREW = Crew(
    {
        ANA: Recipient(ANA, "U1", None, handles=True),
        BEN: Recipient(BEN, "U2", "Asia/Tokyo", handles=True),
        LEA: Recipient(LEA, "U3", None, handles=False),
    },
    {7: frozenset({ANA, BEN})},
    {7: (LEA,)},
)
TEAMS = Digest(WEEK, LEA, "team:7")


def known(crew=CREW, wanted=(), reviewed=frozenset({ANA, BEN}), standings=(), **more):
    everybody = {one: Preferences() for one in crew.people} | dict(wanted)
    by_digest = {one.digest: one for one in standings}
    return Known(WEEK, Calendar(ZoneInfo("UTC")), crew, everybody, reviewed, by_digest, **more)


def person(agent, **told):
    """The crew with one person otherwise."""
    return replace(CREW, people=CREW.people | {agent: replace(CREW.people[agent], **told)})


def stands(digest, state, why=""):
    return Standing(digest, state, why, NINE, settled_at=None if state == DUE else NINE)


def told(known, now=NINE, **more):
    """Agent, state and reason of all that is due."""
    return [(one.digest.agent, one.state, one.why) for one in due(known, now, **more)]


BOTH_SENT = [stands(Digest(WEEK, ANA), SENT), stands(Digest(WEEK, BEN), SENT)]


def test_everybody_gets_it_at_nine_where_they_are():
    # Midnight in Greenwich is nine in Tokyo, and the end of the week where the workspace is.
    assert told(known(), NINE - timedelta(hours=9)) == [(BEN, DUE, "")]
    assert told(known(), NINE - timedelta(seconds=1)) == [(BEN, DUE, "")]
    assert told(known()) == [(ANA, DUE, ""), (BEN, DUE, "")]


def test_it_is_due_on_the_day_and_at_the_hour_that_were_wanted():
    friday = known(wanted={ANA: Preferences(weekday=4, at=time(17))})
    assert told(friday) == [(BEN, DUE, "")]
    assert told(friday, datetime(2026, 11, 20, 17, tzinfo=UTC))[0] == (ANA, DUE, "")


def test_what_is_settled_is_not_due_again_and_what_is_not_is():
    assert told(known(standings=[*BOTH_SENT, stands(TEAMS, SENT)])) == []
    tried = replace(stands(Digest(WEEK, ANA), DUE), tries=3)
    assert due(known(standings=[tried]), NINE)[0] == tried


@pytest.mark.parametrize(
    ("crew", "wanted", "why"),
    [
        (CREW, Preferences(digest=False), "off"),
        (person(ANA, user_id=None), Preferences(), "unlinked"),
        (person(ANA, gone=True), Preferences(), "gone"),
        (CREW, Preferences(quiet=((date(2026, 11, 14), date(2026, 11, 16)),)), "leave"),
    ],
)
def test_who_gets_none_is_told_with_the_reason(crew, wanted, why):
    (first, *_) = due(known(crew, {ANA: wanted}), NINE)
    assert (first.state, first.why, first.settled_at) == (SKIPPED, why, NINE)
    assert why in WHY


def test_leave_that_ends_the_day_before_keeps_nobody_from_it():
    wanted = Preferences(quiet=((date(2026, 11, 9), date(2026, 11, 15)),))
    assert told(known(wanted={ANA: wanted}))[0] == (ANA, DUE, "")


def test_who_had_no_contact_gets_no_note():
    assert told(known(reviewed=frozenset({BEN})))[0] == (ANA, SKIPPED, "no_contacts")


def test_before_there_is_a_review_everybody_waits_for_it():
    assert told(known(reviewed=None)) == []
    assert needs_review(known(reviewed=None), NINE)
    assert not needs_review(known(), NINE)


def test_nobody_reviews_a_week_before_somebody_is_to_be_told_of_it():
    assert not needs_review(known(reviewed=None), NINE - timedelta(hours=10))
    off = {ANA: Preferences(digest=False), BEN: Preferences(digest=False)}
    assert not needs_review(known(wanted=off, reviewed=None), NINE)


def test_two_days_late_is_too_late():
    assert told(known(), NINE + CATCH_UP)[0] == (ANA, DUE, "")
    assert told(known(), NINE + CATCH_UP + timedelta(seconds=1))[0] == (ANA, SKIPPED, LATE)


def test_a_week_whose_records_never_came_is_told_so():
    never = known(reviewed=None, recorded=False)
    assert not needs_review(never, NINE)
    assert told(never, NINE + CATCH_UP * 2)[0] == (ANA, SKIPPED, "no_records")


def test_nobody_reviews_a_week_that_it_is_too_late_to_tell_of_unless_asked_to():
    late = NINE + CATCH_UP * 2
    assert not needs_review(known(reviewed=None), late)
    assert needs_review(known(reviewed=None), late, anyway=True)
    assert told(known(reviewed=None), late)[0] == (ANA, SKIPPED, LATE)


def test_what_is_asked_for_is_sent_however_late():
    late = stands(Digest(WEEK, ANA), SKIPPED, LATE)
    off = stands(Digest(WEEK, BEN), SKIPPED, "off")
    found = told(known(standings=[late, off]), NINE + CATCH_UP * 9, anyway=True)
    assert found == [(ANA, DUE, ""), (LEA, DUE, "")]


def test_what_slack_never_took_is_given_up_once_it_is_too_late():
    begun = known(standings=[stands(Digest(WEEK, ANA), DUE)])
    found = due(begun, NINE + CATCH_UP + timedelta(hours=1))
    assert (found[0].state, found[0].why) == (FAILED, "given_up")


def test_a_manager_s_comes_after_those_of_all_of_their_agents():
    one_sent = known(standings=[BOTH_SENT[0], stands(BOTH_SENT[1].digest, DUE)])
    assert told(one_sent) == [(BEN, DUE, "")]
    assert told(known(standings=BOTH_SENT)) == [(LEA, DUE, "")]


def test_somebody_who_gets_none_keeps_no_manager_waiting():
    skipped = stands(Digest(WEEK, BEN), SKIPPED, "off")
    assert told(known(standings=[BOTH_SENT[0], skipped])) == [(LEA, DUE, "")]


def test_a_manager_waits_no_longer_than_a_day():
    friday = known(wanted={ANA: Preferences(weekday=4)}, standings=BOTH_SENT[1:])
    assert told(friday, NINE + WAIT - timedelta(seconds=1)) == []
    assert told(friday, NINE + WAIT) == [(LEA, DUE, "")]


def test_after_a_time_when_nothing_was_sent_agents_still_come_first():
    late = NINE + timedelta(hours=30)
    assert told(known(), late) == [(ANA, DUE, ""), (BEN, DUE, "")]
    on_the_way = [stands(Digest(WEEK, one), DUE) for one in (ANA, BEN)]
    assert told(known(standings=on_the_way), late) == [(ANA, DUE, ""), (BEN, DUE, "")]


def test_an_agent_s_that_slack_does_not_take_keeps_a_manager_for_a_day_at_most():
    stuck = replace(stands(Digest(WEEK, BEN), DUE), tries=1)
    tried = known(standings=[BOTH_SENT[0], stuck])
    assert (LEA, DUE, "") not in told(tried, NINE + WAIT - timedelta(seconds=1))
    assert (LEA, DUE, "") in told(tried, NINE + WAIT)


def test_a_manager_whose_team_had_no_contact_is_told_so():
    found = told(known(reviewed=frozenset({LEA}), standings=BOTH_SENT))
    assert found == [(LEA, DUE, ""), (LEA, SKIPPED, "no_contacts")]


def test_a_manager_who_served_customers_gets_a_note_of_their_own():
    found = due(known(reviewed=frozenset({ANA, LEA})), NINE)
    assert Digest(WEEK, LEA) in [one.digest for one in found]
