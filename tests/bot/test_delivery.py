"""A message sent once, whatever happens on the way; and what became of it."""

from collections import deque
from dataclasses import replace

import pytest

from bot.delivery import IN_FLIGHT, DeliveryError, attempt, practise
from bot.planning import review
from bot.services import Services
from scoring.database import noting, reading
from scoring.digests import DUE, FAILED, SENT, SKIPPED, note_try
from scoring.looks import looks_at
from scoring.people import find_team
from scoring.slack_people import people_in_slack
from tests.bot.weekly import WEEK, due, number, sending, stands, texts, weekly
from tests.factories import NOW, taken


@pytest.fixture
def company(database):
    with sending(weekly(database)) as (sender, slack):
        review(sender, WEEK)
        yield sender, slack


@pytest.fixture
def sender(company):
    return company[0]


@pytest.fixture
def slack(company):
    return company[1]


def posts(slack):
    return len(slack.arrivals)


def tried(sender, digest):
    with noting(sender.services.engine) as connection:
        note_try(connection, digest, sender.clock())


def test_a_message_is_sent_and_it_is_noted_under_which_id(sender, slack):
    digest = due(sender.services.engine)
    attempt(sender, digest)
    (message,) = slack.messages["DANA"]
    told = stands(sender.services.engine, digest)
    assert (told.state, told.ts, told.settled_at) == (SENT, message["ts"], sender.now)
    assert "Week of 9 Nov 2026, 30 contacts" in message["text"]


def test_practising_writes_what_is_due_and_sends_nothing(sender, slack):
    digest = due(sender.services.engine)
    assert practise(sender, [WEEK]) == digest
    assert (posts(slack), stands(sender.services.engine, digest).state) == (0, DUE)


def test_where_nothing_is_due_or_a_model_would_be_asked_nothing_is_practised(sender):
    assert practise(sender, [WEEK]) is None
    due(sender.services.engine)
    settings = sender.services.settings.model_copy(update={"model_notes": True})
    asking = Services(settings)
    vars(asking)["engine"] = sender.services.engine
    assert practise(replace(sender, services=asking), [WEEK]) is None


def test_what_is_settled_is_not_sent_again(sender, slack):
    digest = due(sender.services.engine)
    for _ in range(3):
        attempt(sender, digest)
    assert posts(slack) == 1


def test_what_never_was_due_is_not_sent(sender, slack):
    attempt(sender, replace(due(sender.services.engine), kind="team:99"))
    assert posts(slack) == 0


@pytest.mark.parametrize("fault", ["stored_then_failed", "stored_then_dropped"])
def test_what_landed_though_slack_failed_is_found_and_not_sent_again(sender, slack, fault):
    slack.script = deque([fault])
    digest = due(sender.services.engine)
    with pytest.raises(DeliveryError):
        attempt(sender, digest)
    attempt(sender, digest)
    assert posts(slack) == len(slack.messages["DANA"]) == 1
    assert stands(sender.services.engine, digest).ts == slack.messages["DANA"][0]["ts"]


@pytest.mark.parametrize("fault", ["failed", "dropped"])
def test_what_did_not_land_is_sent_again(sender, slack, fault):
    slack.script = deque([fault])
    digest = due(sender.services.engine)
    with pytest.raises(DeliveryError):
        attempt(sender, digest)
    attempt(sender, digest)
    assert (posts(slack), len(slack.messages["DANA"])) == (2, 1)


def test_who_was_killed_before_noting_that_it_landed_does_not_send_it_again(sender, slack):
    digest = due(sender.services.engine)
    attempt(sender, digest)
    # As if the process had died over it: tried, and nothing known of what became of it.
    with noting(sender.services.engine) as connection:
        connection.exec_driver_sql("UPDATE digest SET state = 'due', ts = ''")
    attempt(sender, digest)
    assert posts(slack) == 1
    assert stands(sender.services.engine, digest).state == SENT


def test_a_run_that_was_begun_before_looks_though_no_try_was_noted(sender, slack):
    digest = due(sender.services.engine)
    attempt(sender, digest)
    with noting(sender.services.engine) as connection:
        connection.exec_driver_sql("UPDATE digest SET state = 'due', ts = '', tried_at = NULL")
    attempt(sender, digest, again=True)
    assert posts(slack) == 1


def test_slack_is_not_asked_about_a_first_attempt(sender, slack):
    attempt(sender, due(sender.services.engine))
    assert "conversations.history" not in [method for method, _ in slack.calls]


def test_where_slack_does_not_tell_whether_it_landed_nothing_is_sent(sender, slack):
    digest = due(sender.services.engine)
    attempt(sender, due(sender.services.engine, "ben"))
    tried(sender, digest)
    slack.shares = {"failed": 1.0}
    with pytest.raises(DeliveryError):
        attempt(sender, digest)
    assert "DANA" not in slack.messages


def test_a_look_waits_for_what_may_still_be_on_its_way(sender, slack):
    digest = due(sender.services.engine)
    tried(sender, digest)
    attempt(sender, digest)
    assert 0 < sender.ticks.waited[0] <= IN_FLIGHT.total_seconds()
    assert posts(slack) == 1


def test_a_clock_that_ran_ahead_hides_no_message(sender, slack):
    ahead = replace(sender, clock=lambda: NOW.replace(year=2027))
    slack.script = deque(["stored_then_failed"])
    digest = due(sender.services.engine)
    with pytest.raises(DeliveryError):
        attempt(ahead, digest)
    attempt(sender, digest)
    assert posts(slack) == 1


@pytest.mark.parametrize("said", ["channel_not_found", "messages_tab_disabled", "is_archived"])
def test_what_slack_refuses_has_failed_with_the_reason(sender, slack, said):
    slack.script, slack.refusal = deque(["refused"]), said
    digest = due(sender.services.engine)
    attempt(sender, digest)
    attempt(sender, digest)
    told = stands(sender.services.engine, digest)
    assert (told.state, told.why, posts(slack)) == (FAILED, said, 1)


@pytest.mark.parametrize("said", ["invalid_auth", "missing_scope"])
def test_what_can_be_put_right_is_tried_again(sender, slack, said):
    slack.script, slack.refusal = deque(["refused"]), said
    digest = due(sender.services.engine)
    with pytest.raises(DeliveryError, match=said):
        attempt(sender, digest)
    attempt(sender, digest)
    assert stands(sender.services.engine, digest).state == SENT


def test_a_conversation_is_opened_once(sender, slack):
    attempt(sender, due(sender.services.engine))
    (team,) = [_looked(sender, find_team, "Crew")]
    digest = replace(due(sender.services.engine), kind=f"team:{team}")
    due(sender.services.engine, kind=digest.kind)
    attempt(sender, digest)
    assert [method for method, _ in slack.calls].count("conversations.open") == 1
    ana = number(sender.services.engine, "ana")
    assert _looked(sender, people_in_slack)[ana].channel == "DANA"


def test_a_conversation_that_cannot_be_opened_has_failed(sender, slack):
    slack.shares, slack.refusal = {"refused": 1.0}, "user_disabled"
    digest = due(sender.services.engine)
    attempt(sender, digest)
    assert stands(sender.services.engine, digest).why == "user_disabled"


def test_whom_the_roster_links_no_more_gets_nothing(sender, slack):
    taken(sender.services.engine, [{"agent": "zoe"}], "roster")
    digest = due(sender.services.engine, "zoe")
    attempt(sender, digest)
    told = stands(sender.services.engine, digest)
    assert (told.state, told.why, posts(slack)) == (SKIPPED, "unlinked", 0)


def test_a_manager_gets_the_note_about_the_team_and_those_in_it_can_see_that(sender, slack):
    engine = sender.services.engine
    team = _looked(sender, find_team, "Crew")
    attempt(sender, due(engine, "lea", f"team:{team}"))
    assert texts(slack, "ULEA")[0].startswith("Crew: week of 9 Nov 2026, 210 contacts")
    ana = number(engine, "ana")
    (look,) = _looked(sender, looks_at, ana, WEEK)
    assert (look.viewer, look.what) == ("lea", "digest")


def test_nobody_looks_at_their_own_message(sender):
    attempt(sender, due(sender.services.engine))
    assert _looked(sender, looks_at, number(sender.services.engine, "ana"), WEEK) == []


def test_messages_wait_for_their_turns(sender, slack):
    for name in ("ana", "ben", "cleo"):
        attempt(sender, due(sender.services.engine, name))
    assert posts(slack) == 3
    # Turns lie 25 ms apart at fifty a second; some of it passes by itself.
    assert sum(sender.ticks.waited) <= 2 * 1.25 / 50


def test_after_a_refusal_for_its_pace_slack_gets_the_time_it_wants(sender, slack):
    slack.script = deque(["limited"])
    attempt(sender, due(sender.services.engine))
    assert 0.8 < sum(sender.ticks.waited) <= 1.5
    assert (posts(slack), len(slack.messages["DANA"])) == (2, 1)


def test_whoever_comes_late_to_a_turn_takes_another(sender, slack):
    late = iter([0.0, 9.0, 9.0, 9.0])
    attempt(replace(sender, ticks=lambda: next(late)), due(sender.services.engine))
    assert (len(sender.ticks.waited), posts(slack)) == (2, 1)


def _looked(sender, look, *given):
    with reading(sender.services.engine) as connection:
        return look(connection, *given)
