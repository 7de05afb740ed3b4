import numpy as np
import pytest

from scoring.coaching.constants import DEFAULT
from scoring.coaching.spread import Spread, phantom_part, spread_of

AHT = DEFAULT.metrics["aht"]


def test_the_spread_between_agents_is_found_beneath_the_noise():
    chance = np.random.default_rng(3)
    levels = chance.normal(0.4, 0.25, 600) + chance.normal(0, 0.2, 600)
    found = spread_of(levels, np.full(600, 0.04), AHT, DEFAULT)
    assert found.tau2**0.5 == pytest.approx(0.25, rel=0.1)
    assert found.mu == pytest.approx(0.4, abs=0.03)
    assert found.size == found.tau2**0.5


def test_agents_who_are_all_alike_have_a_small_spread_but_not_none():
    found = spread_of(np.zeros(500), np.full(500, 1e-4), AHT, DEFAULT)
    # Eight phantoms' 0.15^2 among 508; and never below a hundredth of it.
    assert found.tau2 == pytest.approx(8 * 0.15**2 / 508, rel=0.3)
    assert found.size == AHT.floor
    noisy = spread_of(np.zeros(500), np.full(500, 0.04), AHT, DEFAULT)
    assert noisy.tau2 == pytest.approx(0.01 * AHT.tau**2)


def test_that_nobody_differs_by_chance_does_not_show_that_agents_are_alike():
    # A few contacts each with a rate near 0: log-odds known to plus or minus 5.
    found = spread_of(np.zeros(13), np.full(13, 26.0), DEFAULT.metrics["escalation"], DEFAULT)
    assert found.tau2 == pytest.approx(0.35**2, rel=0.01)
    assert found.freedom == pytest.approx(8, abs=0.01)


def test_the_mean_is_as_unsure_as_the_agents_it_is_the_mean_of():
    found = spread_of(np.zeros(4), np.full(4, 9.0), AHT, DEFAULT)
    assert found.mu_variance == pytest.approx((9 + found.tau2) / 4)


def test_an_agent_counts_for_the_part_of_a_phantom_that_the_level_tells_of():
    # The guess is 0.15^2: as much noise as that is a quarter, none is a whole one.
    assert phantom_part(np.array([0.15**2, 0.0]), 0.15**2).tolist() == [0.25, 1.0]
    found = spread_of(np.zeros(6), np.full(6, 0.15**2), AHT, DEFAULT)
    # Six quarters, less the one that the mean takes.
    assert found.freedom == pytest.approx(8 + 5 / 4)


def test_few_agents_lean_on_the_prior():
    # (0.15^2 from each of 8 phantoms + 2 * 0.1^2) / (2 - 1 + 8).
    found = spread_of(np.array([-0.1, 0.1]), np.full(2, 1e-8), AHT, DEFAULT)
    assert found.tau2 == pytest.approx((8 * 0.15**2 + 2 * 0.01) / 9)


def test_a_loud_agent_without_data_does_not_count():
    levels, variance = np.array([0.1, 0.2, 99.0]), np.array([0.01, 0.01, np.inf])
    assert spread_of(levels, variance, AHT, DEFAULT) == spread_of(
        levels[:2], variance[:2], AHT, DEFAULT
    )


def test_nobody_with_data_leaves_the_prior():
    found = spread_of(np.zeros(3), np.full(3, np.inf), AHT, DEFAULT)
    assert (found.mu, found.tau2) == (0, pytest.approx(AHT.tau**2))


def test_reliability_is_the_agents_share_of_the_variance():
    found = Spread(0, 0.03, 0.2).reliability(np.array([0.01, 0.03, np.inf]))
    assert found == pytest.approx([0.75, 0.5, 0])
