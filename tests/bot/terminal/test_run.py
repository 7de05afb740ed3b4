"""`evenkeel run` as its own process: a signed command over HTTP, answered, and stopped."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest

from scoring.aside import SUFFIX, aside
from tests.factories import NOW
from tests.slack import (
    NAMES,
    SECRET,
    command,
    company,
    form,
    running_slack,
    running_socket,
    signed,
)
from tests.terminal import environment


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def running(folder, slack, **more):
    settings = {
        "EVENKEEL_NOW": NOW.isoformat(),
        "EVENKEEL_SLACK_API_URL": slack.api,
        "SLACK_BOT_TOKEN": "xoxb-1",
        **more,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder,
        env={**environment(), **settings},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        # Its log tells when it listens.
        if "SLACK_SIGNING_SECRET" in more:
            assert '"listening"' in process.stderr.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def asked(port, body):
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", "/slack/events", body, dict(signed(body)))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_a_signed_command_is_answered_until_it_is_stopped(engine, sqlite_file):
    company(engine)
    port = free_port()
    more = {"SLACK_SIGNING_SECRET": SECRET, "EVENKEEL_LISTEN": f"127.0.0.1:{port}"}
    with running_slack() as slack, running(sqlite_file.parent, slack, **more) as process:
        payload = command("scorecard", "last week", response_url=slack.response_url)
        assert asked(port, form(payload)) == (200, "")
        assert slack.posts.get(timeout=20)["text"].startswith("Ana Lima, 9\N{EN DASH}15 Nov 2026")
        # Slack has taken a table now: the next answer comes at once.
        payload = command("scorecard", "me", response_url=slack.response_url)
        status, said = asked(port, form(payload))
        assert (status, json.loads(said)["response_type"]) == (200, "ephemeral")
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0, log
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["outcome"] for line in lines if line["event"] == "command"] == ["shown", "shown"]
    assert not re.search("|".join((*NAMES, "last week", "xoxb", SECRET)), log)


@contextmanager
def held_up(path):
    """Keeps a call from being done once it has been begun."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as connection:
        while not connection.execute("SELECT count(*) FROM slack_event").fetchone()[0]:
            time.sleep(0.001)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_a_call_that_was_killed_with_its_process_is_answered_by_the_next(engine, sqlite_file):
    company(engine)
    with aside(engine):
        pass
    port = free_port()
    more = {"SLACK_SIGNING_SECRET": SECRET, "EVENKEEL_LISTEN": f"127.0.0.1:{port}"}
    with running_slack() as slack, ThreadPoolExecutor(1) as pool:
        body = form(command("scorecard", "last week", response_url=slack.response_url))
        with running(sqlite_file.parent, slack, **more) as process:
            first = pool.submit(asked, port, body)
            with held_up(f"{sqlite_file}{SUFFIX}"):
                process.kill()
                assert isinstance(first.exception(timeout=20), OSError)
        noted = f"{sqlite_file}{SUFFIX}"
        with closing(sqlite3.connect(noted)) as connection, connection:
            # As if as much time had passed as a call may take.
            ((done, _),) = connection.execute("SELECT done_at, id FROM slack_event").fetchall()
            connection.execute("UPDATE slack_event SET begun_at = begun_at - 60000")
        assert done is None
        assert slack.posts.empty()
        with running(sqlite_file.parent, slack, **more):
            assert asked(port, body) == (200, "")
            assert slack.posts.get(timeout=20)["text"].startswith("Ana Lima")
            assert asked(port, body) == (200, "")
        assert slack.posts.empty()


def test_a_command_over_socket_mode_is_answered_until_it_is_stopped(engine, sqlite_file):
    company(engine)
    with (
        running_socket() as (socket_mode, address),
        running_slack(websocket=address) as slack,
        running(sqlite_file.parent, slack, SLACK_APP_TOKEN="xapp-1") as process,
    ):
        assert socket_mode.connected.wait(30)
        said = socket_mode.envelope("e1", command("evenkeel", "status"))
        assert "You are linked to Ana Lima" in said["payload"]["text"]
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0, log
    events = [json.loads(line)["event"] for line in log.splitlines()]
    assert events == ["connected", "command", "stopping"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "Slack has no way to call"),
        ({"SLACK_SIGNING_SECRET": "s"}, "There is no bot token"),
        (
            {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1"},
            "does not take the token (invalid_auth)",
        ),
        ({"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"}, "(invalid_auth)"),
    ],
)
def test_what_is_missing_is_said_before_anything_runs(evenkeel, monkeypatch, settings, told):
    with running_slack(error="invalid_auth") as slack:
        monkeypatch.setenv("EVENKEEL_SLACK_API_URL", slack.api)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        said = evenkeel("run")
    assert said.status == 1
    assert told in said.err
    assert "xoxb-1" not in said.err
