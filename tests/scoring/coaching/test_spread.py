import numpy as np
import pytest

from scoring.coaching.constants import DEFAULT
from scoring.coaching.spread import Spread, spread_of

AHT = DEFAULT.metrics["aht"]


def test_the_spread_between_agents_is_found_beneath_the_noise():
    chance = np.random.default_rng(3)
    levels = chance.normal(0.4, 0.25, 600) + chance.normal(0, 0.2, 600)
    found = spread_of(levels, np.full(600, 0.04), AHT, DEFAULT)
    assert found.tau2**0.5 == pytest.approx(0.25, rel=0.1)
    assert found.mu == pytest.approx(0.4, abs=0.03)
    assert found.size == found.tau2**0.5


def test_agents_who_are_all_alike_have_a_small_spread_but_not_none():
    found = spread_of(np.zeros(500), np.full(500, 0.04), AHT, DEFAULT)
    assert found.tau2 == pytest.approx(0.01 * AHT.tau**2)
    assert found.size == AHT.floor


def test_few_agents_lean_on_the_prior():
    # (0.15^2 from each of 8 phantoms + 2 * 0.1^2 - 2 * 0.0001) / (2 - 1 + 8), weights near 1.
    found = spread_of(np.array([-0.1, 0.1]), np.full(2, 1e-4), AHT, DEFAULT)
    assert found.tau2 == pytest.approx((8 * 0.15**2 + 2 * (0.01 - 1e-4)) / 9)


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
