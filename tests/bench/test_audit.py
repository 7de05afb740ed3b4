import json
from dataclasses import replace

import numpy as np
import pytest

from bench import audit
from bench.claims import NOBODY, RUSHING
from bench.replay import replay
from bench.scenario import METRICS, SCENARIOS
from bench.simulate import write
from bench.world import simulate
from scoring.coaching.review import review
from tests.terminal import Terminal, own_settings

SMALL = replace(SCENARIOS["mixed"], agents=12, weeks=14)
WEEKS = np.arange(10, 14)


@pytest.fixture(scope="module")
def world():
    return simulate(SMALL, 5)


def line(metric, flag="none", **cells):
    plain = {"agent": "agent0003@example.com", "week": "2026-10-26", "estimate": None,
             "low": None, "high": None, "score": None}  # fmt: skip
    return json.dumps({**plain, "metric": metric, "flag": flag, **cells})


def test_audit_lines_become_the_claims_that_they_are(world):
    lines = [
        line("aht", "better", estimate=300.0, low=280.0, high=320.0, score=61.5),
        line("fcr", "worse", score=61.5),
        line("quality", "worse", score=61.5),
        line("rushing", "yes", score=61.5),
        line("overservicing", "none", score=61.5),
        line("focus", "rushing", score=61.5),
        line("strength", "csat", score=61.5),
    ]
    claims = audit.audited(world, WEEKS, lines)
    at = 3, 1
    assert claims.judged.sum() == claims.judged[at] == 1
    assert claims.change[at].tolist() == [1, -1, 0, 0, 0, -1]
    assert [claims.estimate[at][0], claims.low[at][0], claims.high[at][0]] == [300, 280, 320]
    assert np.isnan(claims.estimate[at][1])
    assert (claims.praised[at], claims.rushing[at], claims.overserving[at]) == (1, 1, 0)
    assert (claims.focus[at], claims.strength[at], claims.score[at]) == (RUSHING, 3, 61.5)


def test_faster_is_no_praise_and_an_empty_focus_is_none(world):
    lines = [line("aht", "faster"), line("focus", ""), line("strength", "")]
    claims = audit.audited(world, WEEKS, lines)
    assert claims.change[3, 1, 0] == 1
    assert not claims.praised.any()
    assert claims.focus[3, 1] == claims.strength[3, 1] == NOBODY
    assert np.isnan(claims.score[3, 1])


def test_weeks_that_are_not_judged_are_passed_over(world):
    claims = audit.audited(world, WEEKS, [line("aht", "better", week="2026-01-05")])
    assert not claims.judged.any()


def test_an_unknown_flag_is_an_error(world):
    with pytest.raises(KeyError):
        audit.audited(world, WEEKS, [line("aht", "splendid")])


@pytest.fixture
def terminal(capsys, monkeypatch):
    own_settings(monkeypatch)
    return Terminal(capsys)


def test_the_public_path_claims_what_a_review_in_memory_does(terminal, world, tmp_path):
    list(write(world, tmp_path))
    clock = ["--now", "2026-11-20T12:00:00Z", "--timezone", "UTC"]
    database = ["--database", f"sqlite:///{tmp_path / 'evenkeel.db'}"]
    for kind in ("interactions", "roster"):
        assert terminal("import", kind, tmp_path / f"{kind}.csv", *database, *clock).status == 0
    span = f"{world.mondays[10]}..2026-11-15"
    said = terminal("review", "--weeks", span, "--json", *database, *clock)
    assert said.status == 0
    one = audit.audited(world, WEEKS, said.out.splitlines())
    other = replay(world, WEEKS, review)
    for name, cells in vars(other).items():
        assert getattr(one, name) == pytest.approx(cells, rel=1e-6, nan_ok=True), name


def test_the_command_judges_a_file(capsys, tmp_path):
    path = tmp_path / "review.jsonl"
    path.write_text(line("aht", "better", estimate=300.0, low=280.0, high=320.0), "utf-8")
    audit.main([str(path), "--agents", "12", "--weeks", "14", "--seed", "5", "--digests", "4"])
    text = capsys.readouterr().out
    assert "review.jsonl" in text.splitlines()[0]
    assert METRICS[0] in text
