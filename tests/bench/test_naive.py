from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_ind

from bench import naive
from bench.scenario import SCENARIOS
from bench.world import simulate

WEEKS = np.arange(1, 4)


@pytest.fixture(scope="module")
def world():
    return simulate(replace(SCENARIOS["quiet"], agents=6, weeks=12), 2)


def of(world, agent, week, column="handle_seconds"):
    columns = world.contacts
    values = columns[column][(columns["agent"] == agent) & (columns["week"] == week)]
    return values[~np.isnan(values)]


def test_averages_and_their_errors_are_those_of_the_contacts(world):
    mean, error = naive.means(naive.sums(world))
    values = of(world, 3, 5)
    assert mean[3, 5, 0] == pytest.approx(values.mean())
    assert error[3, 5, 0] == pytest.approx(values.std(ddof=1) / np.sqrt(len(values)))


def test_an_arrow_is_a_movement_of_five_percent_or_more(world):
    change = naive.arrows(world, WEEKS).change
    for agent in range(6):
        moved = of(world, agent, 2).mean() / of(world, agent, 1).mean() - 1
        assert change[agent, 1, 0] == (-np.sign(moved) if abs(moved) >= 0.05 else 0)


def test_a_t_test_claims_what_is_beyond_two_errors(world):
    change = naive.t_tests(world, WEEKS).change
    for agent in range(6):
        weeks = of(world, agent, 3, "sentiment"), of(world, agent, 2, "sentiment")
        t = ttest_ind(*weeks, equal_var=False).statistic
        assert change[agent, 2, 4] == (np.sign(t) if abs(t) > 1.96 else 0)


def test_an_additive_score_is_fifty_on_average_and_higher_with_speed(world):
    claims = naive.arrows(world, WEEKS)
    assert claims.score.mean() == pytest.approx(50, abs=1)
    mean, _ = naive.means(naive.sums(world))
    faster = mean[:, [3]].copy()
    faster[0, 0, 0] *= 0.7
    before, after = (naive._additive(one)[0][0, 0] for one in (mean[:, [3]], faster))
    assert after > before


def test_who_is_away_is_not_judged():
    scenario = replace(SCENARIOS["quiet"], agents=120)
    world = simulate(scenario, 1)
    agent = int(np.flatnonzero(world.lives.kind == "leave")[0])
    weeks = np.arange(8, 26)
    claims = naive.arrows(world, weeks)
    assert np.array_equal(claims.judged[agent], world.lives.contacts[agent, weeks] > 0)
    assert np.array_equal(np.isnan(claims.score[agent]), ~claims.judged[agent])
