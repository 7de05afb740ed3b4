"""A message whose process is killed over it (kill -9) is answered, and answered once."""

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from bench.stand_in import standing_in
from bot.command import Deed
from bot.taking_up import take_up
from scoring.inbox import LEASE
from tests.bot.killed import answer
from tests.bot.talking import Talking, wrote
from tests.factories import NOW
from tests.slack import door_of
from tests.terminal import CHECKOUT


@dataclass
class Hanging(Talking):
    """A Slack that keeps what is posted and then says nothing for as long as it is told to."""

    landed: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def do_chat_postMessage(self, given):  # noqa: N802 Slack's name
        said = super().do_chat_postMessage(given)
        self.landed.set()
        return said

    def answer(self, method, given):
        told = super().answer(method, given)
        self.go.wait(60)
        return told


@contextmanager
def another_process(sqlite_file, address, *how):
    """A process that hears a message, and what it said: killed at the end."""
    body = json.dumps(wrote("csat"))
    words = (sys.executable, "-m", "tests.bot.killed", str(sqlite_file), address, body, *how)
    process = subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def later(engine):
    """A door of a process that is started afterwards."""

    def over(address):
        deeds = (Deed("event", "message", answer),)
        return door_of(engine, api=address, deeds=deeds, clock=lambda: NOW + 2 * LEASE)

    return over


def test_who_dies_before_the_answer_has_it_answered_by_another(sqlite_file, later):
    slack = Talking()
    with standing_in(slack) as address:
        with another_process(sqlite_file, address, "slow") as process:
            # It has acknowledged the message, and is at it still.
            assert process.stdout.readline() == "200\n"
        assert slack.posted() == []
        door = later(address)
        assert take_up(door) == 1
        assert take_up(door) == 0
        door.pool.shutdown()
    assert [one["text"] for one in slack.posted()] == ["Here you are"]


def test_who_dies_over_the_answer_has_it_found_by_another(sqlite_file, later):
    slack = Hanging()
    with standing_in(slack) as address:
        with another_process(sqlite_file, address) as process:
            assert slack.landed.wait(60)
            assert process.stdout.readline() == "200\n"
        slack.go.set()
        door = later(address)
        assert take_up(door) == 1
        door.pool.shutdown()
    assert len(slack.posted()) == 1
