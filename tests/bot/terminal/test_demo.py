"""`evenkeel demo`: from real chats to scorecards, with nothing set up and nothing left behind."""

import os
import socket

import pytest

from bot.terminal import demo_command


@pytest.fixture
def alone(monkeypatch):
    """No network: whoever asks for a connection fails."""

    def refused(*_args, **_named):
        raise AssertionError("the demonstration needs no network")

    monkeypatch.setattr(socket, "socket", refused)


@pytest.mark.usefixtures("alone")
def test_the_main_job_is_shown_on_real_chats_and_nothing_is_left(evenkeel, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    said = evenkeel("demo")
    assert (said.status, said.err) == (0, "")
    assert "1,108 added, 0 corrected, 0 already known, 0 refused." in said.out
    for step in demo_command.STEPS:
        assert f"\n$ evenkeel {step}\n" in said.out
    for told in ("Compass", "Kavya", "Average handle time", "First contact resolution (fcr)"):
        assert told in said.out
    for told in ("Week of 18 May 2020, 29 contacts", "One focus", "To try: ", "Your figures"):
        assert told in said.out
    for told in ("Ivo comes first", "the team's median (8 min 21 s)", "Cannot be told apart"):
        assert told in said.out
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_step_that_fails_ends_it(evenkeel, monkeypatch):
    monkeypatch.setattr(demo_command, "FILES", {})
    monkeypatch.setattr(demo_command, "STEPS", ("scorecard --agent Nobody", "kpis fcr"))
    said = evenkeel("demo")
    assert said.status == 1
    assert "No agent is called" in said.err
    assert "kpis fcr" not in said.out


@pytest.mark.parametrize("key", [None, "of my own"])
def test_the_key_that_is_set_stays_as_it_was(evenkeel, monkeypatch, key):
    monkeypatch.setattr(demo_command, "FILES", {})
    monkeypatch.setattr(demo_command, "STEPS", ("kpis fcr",))
    monkeypatch.delenv("EVENKEEL_CUSTOMER_KEY")
    if key:
        monkeypatch.setenv("EVENKEEL_CUSTOMER_KEY", key)
    assert evenkeel("demo").status == 0
    assert os.environ.get("EVENKEEL_CUSTOMER_KEY") == key
