"""The steps of a plan: people, the review, what is written down as due."""

from datetime import timedelta

import pytest

from bot.planning import (
    Plan,
    known_of,
    lacks_review,
    leave_for_later,
    meet,
    planned,
    review,
    weeks_due,
)
from scoring.coaching.publishing import published
from scoring.database import reading
from scoring.digests import DUE, SKIPPED, Digest, standings
from scoring.slack_people import people_in_slack
from tests.bot.weekly import DUE_AT, WEEK, due, number, sending, stands, weekly
from tests.factories import taken

BEFORE = WEEK - timedelta(weeks=1)


@pytest.fixture
def sender(database):
    with sending(weekly(database)) as (sender, slack):
        vars(sender.services)["slack"] = slack
        yield sender


@pytest.fixture
def slack(sender):
    return vars(sender.services)["slack"]


def looked(sender, look, *given):
    with reading(sender.services.engine) as connection:
        return look(connection, *given)


def test_the_last_two_weeks_that_are_over_may_be_due(sender):
    services = sender.services
    assert weeks_due(services, services.now, Plan()) == [BEFORE, WEEK]
    assert weeks_due(services, services.now, Plan(BEFORE)) == [BEFORE]


def test_slack_is_asked_once_about_everybody(sender, slack):
    slack.people["UANA"] = {"tz": "Asia/Tokyo"}
    slack.people["UBEN"] = {"deleted": True}
    assert meet(sender) == 8
    assert meet(sender) == 0
    found = looked(sender, people_in_slack)
    ana, ben = (found[number(sender.services.engine, name)] for name in ("ana", "ben"))
    assert (ana.zone, ana.gone, ben.gone) == ("Asia/Tokyo", False, True)


def test_whom_slack_does_not_know_is_gone(sender, slack):
    slack.shares, slack.refusal = {"refused": 1.0}, "user_not_found"
    meet(sender)
    assert all(one.gone for one in looked(sender, people_in_slack).values())


def test_a_slack_that_does_not_answer_is_asked_again_next_time(sender, slack):
    slack.shares = {"failed": 1.0}
    assert meet(sender) == 0
    assert len(slack.calls) == 1
    slack.shares = {}
    assert meet(sender) == 8


def test_a_week_is_reviewed_once_and_what_was_found_is_published(sender):
    assert lacks_review(sender, WEEK, Plan())
    assert review(sender, WEEK)
    assert not lacks_review(sender, WEEK, Plan())
    found = looked(sender, published, WEEK)
    assert len(found.agents) == 7
    assert review(sender, WEEK)
    assert looked(sender, published, WEEK) == found


def test_what_was_published_stays_whatever_the_records_say_now(sender):
    review(sender, WEEK)
    before = looked(sender, published, WEEK)
    taken(
        sender.services.engine,
        [
            {
                "interaction_id": "c3360",
                "agent": "gil",
                "started_at": "2026-11-13T09:00Z",
                "excluded": "test",
            }
        ],
    )
    review(sender, WEEK)
    assert looked(sender, published, WEEK) == before


def test_a_week_without_contacts_has_no_review(sender):
    assert not review(sender, WEEK - timedelta(weeks=99))


def test_what_is_due_is_written_down_and_given_back_until_it_is_settled(sender):
    review(sender, WEEK)
    found = planned(sender, WEEK, Plan())
    assert len(found) == 7
    assert planned(sender, WEEK, Plan()) == found
    told = looked(sender, standings, WEEK)
    assert {one.state for one in told.values()} == {DUE}
    assert {one.due_at for one in told.values()} == {DUE_AT}


def test_the_week_before_last_is_not_dug_up(sender):
    assert planned(sender, BEFORE, Plan()) == []
    assert looked(sender, standings, BEFORE) == {}


def test_a_week_that_is_asked_for_is_planned_however_long_ago(sender):
    assert lacks_review(sender, BEFORE, Plan(BEFORE))
    review(sender, BEFORE)
    assert len(planned(sender, BEFORE, Plan(BEFORE))) == 7


def test_who_gets_none_is_written_down_with_the_reason(sender):
    taken(
        sender.services.engine,
        [{"agent": "ana", "slack_user_id": ""}, {"agent": "zoe", "team": "Crew"}],
        "roster",
    )
    review(sender, WEEK)
    planned(sender, WEEK, Plan())
    zoe = looked(sender, standings, WEEK)[Digest(WEEK, number(sender.services.engine, "zoe"))]
    assert (zoe.state, zoe.why, zoe.settled_at) == (SKIPPED, "unlinked", sender.now)


def test_what_was_left_for_later_is_planned_again(sender):
    review(sender, WEEK)
    digest = due(sender.services.engine)
    leave_for_later(sender, digest, "status 500")
    assert stands(sender.services.engine, digest).tries == 1
    assert digest in [one.digest for one in planned(sender, WEEK, Plan())]


def test_a_week_knows_whether_any_record_tells_of_it(sender):
    assert known_of(sender.services, WEEK).recorded
    assert not known_of(sender.services, WEEK + timedelta(weeks=1)).recorded
