"""`evenkeel review`: one line an agent, week and metric; tables that say what is news."""

import json
import os
import subprocess
import sys

import pytest

from tests.factories import interaction
from tests.scoring.coaching.operation import AGENTS, operation
from tests.terminal import environment

METRICS = ["aht", "fcr", "escalation", "csat", "sentiment"]
FLAGS = ["quality", "rushing", "overservicing", "focus", "strength"]
NOW = ("--now", "2026-11-20T12:00Z")


@pytest.fixture
def review(evenkeel, take_in):
    """A call of `evenkeel review` over the small operation."""
    take_in(*operation())

    def review(*words):
        return evenkeel("review", *NOW, *words)

    return review


def test_a_line_for_each_agent_and_metric_of_the_last_complete_week(review):
    rows = review("--json").rows
    assert [(row["agent"], row["metric"]) for row in rows] == [
        (agent, metric) for agent in AGENTS for metric in METRICS + FLAGS
    ]
    keys = ["agent", "week", "metric", "estimate", "low", "high", "flag", "score"]
    assert {tuple(row) for row in rows} == {tuple(keys)}
    assert {row["week"] for row in rows} == {"2026-11-09"}


def test_levels_have_their_interval_and_flags_have_none(review):
    for row in review("--json").rows:
        if row["metric"] in METRICS:
            assert row["low"] < row["estimate"] < row["high"]
            assert row["flag"] in {"better", "worse", "faster", "slower", "none"}
        else:
            assert row["estimate"] is row["low"] is row["high"] is None
        assert row["score"] is None or 0 <= row["score"] <= 100


def test_the_slip_is_flagged_and_is_the_focus(review):
    rows = review("--agent", "ana", "--json").rows
    flags = {row["metric"]: row["flag"] for row in rows}
    assert flags == {
        "aht": "worse",
        "fcr": "worse",
        "escalation": "none",
        "csat": "none",
        "sentiment": "none",
        "quality": "worse",
        "rushing": "none",
        "overservicing": "none",
        "focus": "fcr",
        "strength": "",
    }


def test_what_is_not_known_is_null(evenkeel, take_in):
    take_in(interaction())
    rows = {row["metric"]: row for row in evenkeel("review", *NOW, "--json").rows}
    assert {row["score"] for row in rows.values()} == {None}
    assert rows["csat"]["estimate"] is None
    assert rows["focus"]["flag"] == ""


def test_several_agents_and_weeks_come_week_by_week_and_by_name(review):
    words = ("--agent", "cleo", "--agent", "ben", "--weeks", "2026-W44..2026-11-04", "--json")
    rows = review(*words).rows
    shown = list(dict.fromkeys((row["week"], row["agent"]) for row in rows))
    weeks = ("2026-10-26", "2026-11-02")
    assert shown == [(week, agent) for week in weeks for agent in ("ben", "cleo")]


@pytest.mark.parametrize("weeks", ["2026-W46", "2026-11-12", "last week", "2026-W46..2026-11-15"])
def test_a_week_may_be_named_in_many_ways(review, weeks):
    rows = review("--agent", "ben", "--weeks", weeks, "--json").rows
    assert {row["week"] for row in rows} == {"2026-11-09"}
    assert len(rows) == len(METRICS + FLAGS)


def test_weeks_are_from_monday_where_others_start_on_sunday(review):
    rows = review("--week-starts", "sunday", "--json").rows
    assert {row["week"] for row in rows} == {"2026-11-09"}


def test_a_phrase_counts_weeks_from_monday_too(review):
    rows = review("--week-starts", "sunday", "--weeks", "last 2 weeks", "--json").rows
    assert {row["week"] for row in rows} == {"2026-11-02", "2026-11-09"}


def test_the_table_says_what_is_news_in_the_order_of_names(review, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    said = review().out
    assert "15 Nov 2026" in said
    assert "handle time: up from 6 min 00 s to 8 min 35 s, n 90" in said
    assert "quality as a whole: worse" in said
    places = [said.index(f"\n{agent} ") for agent in AGENTS]
    assert places == sorted(places)


def test_one_agent_s_weeks_stand_in_one_table(review, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    said = review("--agent", "ana", "--weeks", "2026-W44..2026-W46").out
    assert said.count("quality as a whole") == 2
    assert said.count("strength") == 1
    assert all(f"{day} Nov 2026" in said for day in (1, 8, 15))


def test_an_agent_without_contacts_is_told_so(evenkeel, take_in):
    take_in(
        interaction(),
        interaction(interaction_id="c2", agent="ben", started_at="2026-11-03T09:00Z"),
    )
    said = evenkeel("review", *NOW, "--agent", "ben")
    assert "none of those named handled a contact" in said.out
    assert evenkeel("review", *NOW, "--agent", "ben", "--json").rows == []


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("--agent zoe", 1, "No agent is called “zoe”."),
        ("--weeks 2026-11-16", 1, "is not over before Monday 23 November 2026"),
        ("--weeks 2026-W48", 2, "has not come yet"),
        ("--weeks soon", 2, "“soon” names no period."),
        ("--weeks 2025-W01", 1, "No agent handled a contact in the week of 2024-12-30."),
    ],
)
def test_what_cannot_be_reviewed_is_told_in_a_sentence(evenkeel, take_in, words, status, told):
    take_in(interaction())
    said = evenkeel(" ".join(("review", *NOW, words)))
    assert (said.status, said.out) == (status, "")
    assert told in said.err


def test_an_empty_database_is_told_in_a_sentence(evenkeel):
    said = evenkeel("review", *NOW)
    assert (said.status, said.out) == (1, "")
    assert "Take records in with `evenkeel import`" in said.err


def test_a_bar_on_the_terminal_leaves_the_lines_in_the_pipe(take_in, sqlite_file):
    take_in(interaction())
    watching, terminal = os.openpty()
    words = (*NOW, "--json", "--database", str(sqlite_file))
    call = [sys.executable, "-m", "bot", "review", *words]
    done = subprocess.run(
        call,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**environment(), "TERM": "xterm"},
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(METRICS + FLAGS)
    assert b"weeks" in os.read(watching, 10_000)
    os.close(watching)
    os.close(terminal)
