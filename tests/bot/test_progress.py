"""How far long work has come: a bar for whoever looks, nothing for a pipe."""

import sys

from bot.progress import progress


def test_in_a_pipe_there_is_no_bar(capsys):
    with progress("chats", 10) as watch:
        watch(5)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_the_bar_says_how_far_it_is(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with progress("chats", 10) as watch:
        watch(5)
    said = capsys.readouterr()
    assert said.out == ""
    assert "chats" in said.err
    assert "50 %" in said.err
