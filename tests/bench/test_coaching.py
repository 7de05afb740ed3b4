from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bench import coaching
from bench.coaching import Line, case_of, report
from bench.judging import Figure
from bench.replay import contacts_of, replay
from bench.scenario import METRICS, SCENARIOS
from bench.world import simulate
from scoring.coaching.findings import AgentReview, MetricReview, Review, Span, State, Statement

SMALL = replace(SCENARIOS["mixed"], agents=16, weeks=14)
WEEKS = np.arange(10, 14)


@pytest.fixture(scope="module")
def world():
    return simulate(SMALL, 5)


def line(**goal):
    return Line("share", lambda _: None, **goal)


@pytest.mark.parametrize(
    ("goal", "value", "words"),
    [
        ({"most": 5}, 0.05, "yes"),
        ({"most": 5}, 0.06, "open"),
        ({"most": 5}, 0.08, "NO"),
        ({"least": 95}, 0.95, "yes"),
        ({"least": 95}, 0.94, "open"),
        ({"least": 95}, 0.92, "NO"),
        ({"least": 93, "most": 98.5}, 0.99, "open"),
        ({"least": 93, "most": 98.5}, 0.90, "NO"),
        ({}, 0.5, ""),
    ],
)
def test_a_goal_is_missed_only_by_more_than_two_errors(goal, value, words):
    assert line(**goal).reached(Figure(value, 0.01, 100)) == words


def test_a_figure_is_printed_with_its_error_and_its_goal():
    shown = line(least=93, most=98.5)
    assert shown.shown(Figure(0.9512, 0.0123, 7)) == "95.1 ± 1.2"
    assert shown.goal == "93-98.5 %"
    assert shown.shown(Figure(np.nan, np.nan, 0)) == "-"


def metric(value, flag="none"):
    span = Span(value, value - 1, value + 1)
    quiet = {"change": None, "why_quiet": "normal", "expectation": None, "noticeable": None}
    return MetricReview(
        estimate=span, raw=value, expected=value, n=9, asked=9, flag=flag, reliability=1, **quiet
    )


def reviewed(agent, week, flags=None, score=50.0, **said):
    metrics = {name: metric(place, (flags or {}).get(name, "none")) for place, name in
               enumerate(METRICS)}  # fmt: skip
    plain = {
        "contacts": 9, "quality": None, "quality_flag": "none", "rushing": False,
        "overservicing": False, "score_withheld": None, "score_moved": False, "focus": None,
        "strength": None, "check": (), "new": False, "state": State(score),
    }  # fmt: skip
    return AgentReview(agent=agent, week=week, metrics=metrics, score=score, **(plain | said))


def said(about):
    return Statement(about, "level", None, None, (), None, 9)


def test_a_replay_carries_states_and_writes_down_what_is_said(world):
    seen = []

    def reviewing(_contacts, week, before):
        seen.append((week, dict(before)))
        one = reviewed(3, week, {"aht": "faster", "csat": "worse"}, rushing=True,
                       focus=said("rushing"), strength=said("sentiment"))  # fmt: skip
        return Review(week, {3: one}, (), "1", "x")

    claims = replay(world, WEEKS, reviewing)
    assert [week for week, _ in seen] == [world.mondays[week] for week in WEEKS]
    assert seen[0][1] == {}
    assert seen[1][1] == {3: State(50.0)}
    assert claims.change[2, 0].tolist() == [1, 0, 0, -1, 0, 0]
    assert (claims.estimate[2, 0, 4], claims.low[2, 0, 4], claims.high[2, 0, 4]) == (4, 3, 5)
    assert claims.rushing[2].all()
    assert not claims.praised[2].any()
    assert (claims.focus[2, 1], claims.strength[2, 1], claims.score[2, 1]) == (5, 4, 50)
    assert not claims.judged[[0, 1, *range(3, 16)]].any()


def test_better_handle_time_is_praise_and_a_withheld_score_is_none(world):
    def reviewing(_contacts, week, _before):
        one = reviewed(1, week, {"aht": "better"}, score=None, quality_flag="worse")
        return Review(week, {1: one, 2: reviewed(2, week, contacts=0)}, (), "1", "x")

    claims = replay(world, WEEKS[:1], reviewing)
    assert claims.praised[0, 0]
    assert claims.change[0, 0].tolist() == [1, 0, 0, 0, 0, -1]
    assert np.isnan(claims.score[0, 0])
    assert not claims.judged[1, 0]


def test_a_review_sees_the_contacts_of_the_operation(world):
    contacts = contacts_of(world)
    assert set(contacts.agent) == set(range(1, 17))
    assert date.fromordinal(int(contacts.week.max())) == world.mondays[-1]
    assert np.array_equal(
        contacts.handle_seconds, world.contacts["handle_seconds"], equal_nan=True
    )
    days = contacts.at // 86_400_000 + date(1970, 1, 1).toordinal()
    assert ((days >= contacts.week) & (days < contacts.week + 7)).all()
    assert (np.diff(contacts.week) >= 0).all()


def test_the_report_holds_the_first_judge_to_every_goal(world):
    judges = {name: coaching.JUDGES[name] for name in ("arrows", "t-tests")}
    found = {name: [case_of(world, WEEKS, judge)] for name, judge in judges.items()}
    text = report(found)
    assert len(text.splitlines()) == len(coaching.LINES) + 2
    first = next(row for row in text.splitlines() if row.startswith("| false discovery rate"))
    goal, arrows, reached = (cell.strip() for cell in first.split("|")[2:5])
    assert (goal, reached) == ("≤ 5 %", "NO")
    assert float(arrows.split(" ±")[0]) > 50


def test_the_command_prints_a_table_for_each_scenario(capsys):
    few = ["--seeds", "1", "--digests", "2", "--judge", "arrows"]
    coaching.main([*few, "--scenario", "quiet", "--scenario", "no_csat"])
    text = capsys.readouterr().out
    assert text.index("quiet, seeds 1 to 1") < text.index("no_csat, seeds 1 to 1")
    assert "AHT by 26 % or more noticed in 3 weeks" in text
