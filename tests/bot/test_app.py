"""Bolt in this process: signed requests in, acknowledgements with answers out."""

import json
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltRequest

from bot.app import load_commands
from bot.command import Answer, Command
from bot.replies import Reply
from bot.slack import Answers
from tests.slack import SECRET, app_over, command, company, door_of, form, running_slack, signed
from tests.terminal import CHECKOUT


@pytest.fixture
def door(engine):
    company(engine)
    door = door_of(engine)
    yield door
    door.pool.shutdown()


def dispatched(app, payload, **more):
    body = form(payload)
    return app.dispatch(BoltRequest(body=body, headers=dict(signed(body, **more))))


def test_a_command_is_answered_in_its_acknowledgement(door):
    answer = dispatched(app_over(door), command("scorecard", "last week"))
    shown = json.loads(answer.body)
    assert answer.status == 200
    assert shown["response_type"] == "ephemeral"
    assert shown["text"].startswith("Ana Lima, 9\N{EN DASH}15 Nov 2026")
    assert {"header", "table"} <= {block["type"] for block in shown["blocks"]}


# `/log` opens a form, which goes its own way.
@pytest.mark.parametrize("name", [one.name for one in load_commands() if one.name != "log"])
def test_every_command_has_its_listener(door, name):
    answer = dispatched(app_over(door), command(name))
    assert answer.status == 200
    assert json.loads(answer.body)["text"]


@pytest.mark.parametrize(
    ("secret", "late"),
    [("another secret", 0), (SECRET, 301), (SECRET, -310)],
    ids=["forged", "old", "ahead"],
)
def test_what_is_not_signed_by_slack_just_now_is_refused(door, secret, late):
    at = time.time() - late
    answer = dispatched(app_over(door), command("scorecard"), secret=secret, at=at)
    assert answer.status == 401
    assert "Ana" not in answer.body


def test_a_request_without_a_signature_is_refused(door):
    assert app_over(door).dispatch(BoltRequest(body=form(command("kpi")))).status == 401


def test_a_replay_of_a_signed_request_is_acknowledged_and_not_answered(door):
    app, body = app_over(door), form(command("scorecard"))
    headers = dict(signed(body))
    first, second = (app.dispatch(BoltRequest(body=body, headers=headers)) for _ in range(2))
    assert "Ana Lima" in json.loads(first.body)["text"]
    assert (second.status, second.body) == (200, "")


def test_a_retry_of_slack_s_is_not_answered_again(door):
    app, payload = app_over(door), command("scorecard")
    dispatched(app, payload)
    body = form(payload)
    headers = {**signed(body), "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    assert app.dispatch(BoltRequest(body=body, headers=headers)).body == ""


def test_a_command_that_is_not_ours_is_not_handled(door):
    assert dispatched(app_over(door), command("elsewhere")).status == 404


class Slow:
    """A command that answers when it is let go."""

    def __init__(self):
        self.go = threading.Event()

    def __call__(self, _request, _services):
        assert self.go.wait(20)
        return Answer(Reply((), "Here you are"))


def test_a_slow_answer_follows_its_acknowledgement(engine):
    slow = Slow()
    commands = (Command("slow", "About", "", ("/slow", "/slow x"), slow),)
    door = door_of(engine, commands=commands, ack_seconds=0.05)
    with running_slack() as slack:
        began = time.monotonic()
        answer = dispatched(app_over(door), command("slow", response_url=slack.response_url))
        assert time.monotonic() - began < 3
        assert (answer.status, answer.body) == (200, "")
        assert slack.posts.empty()
        slow.go.set()
        door.pool.shutdown()
        assert slack.posts.get(timeout=10)["text"] == "Here you are"
        assert slack.posts.empty()


def test_a_table_is_sent_where_a_refusal_is_told_until_slack_has_taken_one(engine):
    company(engine)
    door = door_of(engine, answers=Answers())
    with running_slack() as slack:
        payload = {"response_url": slack.response_url}
        first = dispatched(app_over(door), command("scorecard", **payload))
        assert first.body == ""
        assert any(one["type"] == "table" for one in slack.posts.get(timeout=10)["blocks"])
        door.pool.shutdown()
    assert "table" in door.shows.answers.taken


def test_importing_the_app_asks_for_nothing_and_opens_nothing(tmp_path):
    code = (
        "import socket, threading\n"
        "def refuse(*_): raise SystemExit('a connection was opened')\n"
        "socket.socket.connect = refuse\n"
        "import bot.app, bot.server, bot.events, bot.slack\n"
        "raise SystemExit(threading.active_count() - 1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())


def test_a_body_that_is_signed_is_read_as_slack_writes_it(door):
    body = urlencode(command("scorecard", "R&D <@U0ANA|ana>"))
    answer = app_over(door).dispatch(BoltRequest(body=body, headers=dict(signed(body))))
    assert "names no period" in json.loads(answer.body)["text"]
    assert SECRET not in answer.body
