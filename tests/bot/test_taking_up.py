"""What was acknowledged is handled, whoever dies over it; and it is answered once."""

import json
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta

import pytest

from bot.command import Answer, Command, Deed
from bot.replies import Reply
from bot.taking_up import take_up, taken_up
from scoring.aside import aside, beside
from scoring.database import connect
from scoring.held import KEPT, Held, hold
from scoring.inbox import LEASE, begin
from scoring.talk_records import HeldRow
from tests.bot.talking import Talking, faults, sent, talking, wrote
from tests.factories import NOW, stored
from tests.slack import command as payload
from tests.slack import running_slack

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Here", "verbatim": True}}
HERE = Reply((SECTION,), "Here you are")


class Clock:
    """A clock that is moved on by hand."""

    now = NOW

    def __call__(self):
        return self.now

    def pass_by(self, time):
        self.now += time


class Slow:
    """A deed that answers when it is let go; how often it ran."""

    def __init__(self):
        self.go = threading.Event()
        self.runs = 0

    def __call__(self, _request, _services):
        self.runs += 1
        assert self.go.wait(60)
        return Answer(HERE)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def slow():
    found = Slow()
    yield found
    found.go.set()


def deeds(run):
    return (Deed("event", "message", run),)


def held(engine):
    return stored(beside(engine), HeldRow)


def left(engine, event, now=NOW):
    """An event that was acknowledged by a process that is no more, which had begun it."""
    begin(engine, event, now)
    with aside(engine) as connection:
        kept = Held(event, "event", "message", json.dumps(wrote("csat")))
        hold(connection, kept, now)


def test_a_late_event_is_kept_until_it_is_answered(engine, slack, clock, slow):
    with talking(engine, slack, deeds=deeds(slow), clock=clock, ack_seconds=0.1) as door:
        assert sent(door, wrote("csat")).status == 200
        (row,) = held(engine)
        assert (row["kind"], row["name"]) == ("event", "message")
        slow.go.set()
        door.pool.shutdown()
        door.keeping.writer.shutdown()
        assert "gone" not in row["payload"]
    assert held(engine) == []
    assert [one["text"] for one in slack.posted()] == ["Here you are"]


def test_a_late_event_says_that_somebody_is_at_it_and_no_more_once_it_is_there(
    engine, slack, clock, slow
):
    with talking(engine, slack, deeds=deeds(slow), clock=clock, ack_seconds=0.1) as door:
        sent(door, wrote("csat"))
        slow.go.set()
        door.pool.shutdown()
    methods = [name for name, _ in slack.calls]
    assert methods in (
        ["assistant.threads.setStatus", "chat.postMessage"],
        # The answer was there first, so nothing was said of work.
        ["chat.postMessage"],
    )


def test_an_event_in_time_says_nothing_of_work_and_is_not_kept(engine, slack, clock):
    run = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=run, clock=clock) as door:
        sent(door, wrote("csat"))
    assert [name for name, _ in slack.calls] == ["chat.postMessage"]
    assert held(engine) == []


def test_what_a_dead_process_had_is_answered_when_its_lease_ends(engine, slack, clock):
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        left(engine, "e1")
        assert take_up(door) == 0
        clock.pass_by(LEASE)
        assert take_up(door) == 1
        assert take_up(door) == 0
    assert [one["thread_ts"] for one in slack.posted()] == ["1.1"]
    assert held(engine) == []


def test_what_the_dead_process_had_posted_is_not_posted_again(engine, slack, clock):
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        body = wrote("csat")
        sent(door, body)
        (message,) = slack.posted()
        event = message["metadata"]["event_payload"]["key"]
        # As if it had died between posting and writing down that it had.
        with aside(engine) as connection:
            connection.exec_driver_sql("UPDATE slack_event SET done_at = NULL")
            hold(connection, Held(event, "event", "message", json.dumps(body)), NOW)
        clock.pass_by(LEASE)
        assert take_up(door) == 1
    assert len(slack.posted()) == 1


@pytest.mark.parametrize("fault", ["dropped", "failed"])
def test_what_slack_may_not_have_taken_is_tried_again(engine, slack, clock, fault):
    slack.script = faults(fault)
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        sent(door, wrote("csat"))
        assert slack.posted() == []
        clock.pass_by(LEASE)
        assert take_up(door) == 1
    assert len(slack.posted()) == 1


@pytest.mark.parametrize("fault", ["stored_then_dropped", "stored_then_failed"])
def test_what_slack_took_without_saying_so_is_found(engine, slack, clock, fault):
    slack.script = faults(fault)
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        sent(door, wrote("csat"))
        clock.pass_by(LEASE)
        assert take_up(door) == 1
    assert len(slack.posted()) == 1
    assert held(engine) == []


def test_what_cannot_be_looked_for_waits_for_a_slack_that_tells(engine, slack, clock):
    slack.refused["conversations.replies"] = "internal_error"
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        left(engine, "e1")
        clock.pass_by(LEASE)
        assert take_up(door) == 0
        assert slack.posted() == []
        slack.refused.clear()
        clock.pass_by(LEASE)
        assert take_up(door) == 1
    assert len(slack.posted()) == 1


def test_what_slack_refuses_for_good_is_not_tried_again(engine, slack, clock):
    slack.refused["chat.postMessage"] = "channel_not_found"
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        sent(door, wrote("csat"))
    assert held(engine) == []
    assert len(slack.told("chat.postMessage")) == 1


def test_what_is_still_being_handled_here_is_left_alone(engine, slack, clock, slow):
    with talking(engine, slack, deeds=deeds(slow), clock=clock, ack_seconds=0.1) as door:
        sent(door, wrote("csat"))
        clock.pass_by(LEASE)
        assert take_up(door) == 0
        slow.go.set()
        door.pool.shutdown()
    assert slow.runs == 1
    assert len(slack.posted()) == 1


def test_what_was_handled_meanwhile_is_let_go(engine, slack, clock):
    run = Slow()
    run.go.set()
    with talking(engine, slack, deeds=deeds(run), clock=clock) as door:
        sent(door, wrote("csat"))
        event = slack.posted()[0]["metadata"]["event_payload"]["key"]
        with aside(engine) as connection:
            hold(connection, Held(event, "event", "message", "{}"), NOW)
        clock.pass_by(LEASE)
        assert take_up(door) == 0
    assert held(engine) == []
    assert run.runs == 1


def test_nobody_is_answered_after_half_a_day(engine, slack, clock):
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, clock=clock) as door:
        left(engine, "e1")
        clock.pass_by(KEPT + timedelta(seconds=1))
        assert take_up(door) == 0
    assert slack.posted() == []


def test_what_nobody_handles_any_more_is_let_go(engine, slack, clock):
    with talking(engine, slack, deeds=deeds(lambda *_: Answer(HERE)), clock=clock) as door:
        with aside(engine) as connection:
            hold(connection, Held("e1", "event", "of_another_version", "{}"), NOW)
        clock.pass_by(LEASE)
        assert take_up(door) == 1
    assert held(engine) == []


def test_a_late_command_of_a_dead_process_is_answered_at_its_address(engine, slack, clock):
    commands = (Command("kpi", "About", "", ("", ""), lambda *_: Answer(HERE)),)
    with running_slack() as urls, talking(engine, slack, commands=commands, clock=clock) as door:
        body = payload("kpi", response_url=urls.response_url)
        begin(engine, "e1", NOW)
        with aside(engine) as connection:
            hold(connection, Held("e1", "command", "kpi", json.dumps(body)), NOW)
        clock.pass_by(LEASE)
        assert take_up(door) == 1
        assert urls.posts.get(timeout=20)["text"] == "Here you are"


def test_a_late_command_is_kept_until_it_is_answered(engine, slack, clock, slow):
    commands = (Command("kpi", "About", "", ("", ""), slow),)
    told = {"commands": commands, "clock": clock, "ack_seconds": 0.1}
    with running_slack() as urls, talking(engine, slack, **told) as door:
        sent(door, payload("kpi", response_url=urls.response_url))
        assert [row["kind"] for row in held(engine)] == ["command"]
        slow.go.set()
        assert urls.posts.get(timeout=20)["text"] == "Here you are"
        door.pool.shutdown()
        door.keeping.writer.shutdown()
    assert held(engine) == []


def test_it_is_looked_again_and_again_until_it_is_over(engine, slack, clock):
    with talking(engine, slack, deeds=deeds(lambda *_: Answer(HERE)), clock=clock) as door:
        left(engine, "e1", NOW - LEASE)
        shown = threading.Event()
        slack.do_conversations_replies = lambda given: shown.set() or _nothing(given)
        with taken_up(door, pause=0.01):
            assert shown.wait(20)
    assert len(slack.posted()) == 1


def _nothing(_given):
    return {"ok": True, "messages": [], "response_metadata": {"next_cursor": ""}}


def test_an_event_is_acknowledged_in_time_whatever_the_database_does(engine, slack):
    ran = deeds(lambda *_: Answer(HERE))
    with talking(engine, slack, deeds=ran, ack_seconds=2.0) as door:
        file = beside(door.desk.services.engine).url.database
        with closing(sqlite3.connect(file, isolation_level=None)) as another:
            another.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            assert sent(door, wrote("csat")).status == 200
            assert time.monotonic() - began < 3
            assert slack.posted() == []
            another.execute("ROLLBACK")
        door.pool.shutdown()
    assert [one["text"] for one in slack.posted()] == ["Here you are"]


def test_a_database_that_is_gone_is_told_in_the_thread(tmp_path, slack):
    gone = connect(str(tmp_path / "gone" / "evenkeel.db"))
    with talking(gone, slack, deeds=deeds(lambda *_: Answer(HERE))) as door:
        assert sent(door, wrote("csat")).status == 200
    (message,) = slack.posted()
    assert "Evenkeel cannot answer right now" in message["text"]
    gone.dispose()
