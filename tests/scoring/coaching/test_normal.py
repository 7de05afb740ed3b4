import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, norm
from scipy.stats import t as student

from scoring.coaching.normal import (
    Z95,
    as_normal,
    cdf,
    quantile,
    student95,
    two_sided,
    unskewed,
    upper_tail,
)

DEVIATES = np.array([-37.0, -8, -3, -1, -0.1, 0, 0.5, 1.96, 6, 30])


def test_probabilities_are_those_of_scipy_far_into_the_tails():
    assert cdf(DEVIATES) == pytest.approx(norm.cdf(DEVIATES), rel=1e-12, abs=0)
    assert upper_tail(DEVIATES) == pytest.approx(norm.sf(DEVIATES), rel=1e-12, abs=0)
    assert two_sided(DEVIATES) == pytest.approx(2 * norm.sf(np.abs(DEVIATES)), rel=1e-12, abs=0)


def test_infinity_has_probability_one_or_none():
    assert cdf(np.array([-np.inf, np.inf])).tolist() == [0, 1]


def test_quantiles_are_those_of_scipy():
    assert quantile(0.975) == pytest.approx(norm.ppf(0.975)) == pytest.approx(Z95)


@pytest.mark.parametrize("df", [5, 6, 8, 12, 30, 200])
def test_a_heavy_tailed_deviate_is_as_rare_as_that_of_students_t(df):
    z = np.array([2.5, 3.0, 4.0, 6.0, -5.0])
    found = np.abs(as_normal(z, np.full(z.size, 6 / (df - 4))))
    # Scaled to the variance of 1 that z has.
    expected = student.sf(np.abs(z) * np.sqrt(df / (df - 2)), df)
    assert norm.sf(found) == pytest.approx(expected, rel=0.12)


@given(st.floats(-40, 40), st.floats(0, 100))
def test_a_heavy_tailed_deviate_is_never_rarer_than_a_normal_one(z, kurtosis):
    found = float(as_normal(np.array(z), np.array(kurtosis)))
    assert abs(found) <= abs(z)
    assert found * z >= 0


def test_a_deviate_without_heavy_tails_is_left_alone():
    assert as_normal(np.array([-3.0, 0.0, 5.0]), np.zeros(3)) == pytest.approx([-3, 0, 5])


@pytest.mark.parametrize("skew", [0.1, 0.3, 0.6, 1.0])
def test_a_lopsided_deviate_is_as_rare_as_that_of_a_gamma_distribution(skew):
    z = np.array([2.0, 3.0, 4.5])
    # A gamma of this skewness, moved and scaled to mean 0 and variance 1.
    shape = 4 / skew**2
    expected = gamma.sf(z * np.sqrt(shape) + shape, shape)
    assert norm.sf(unskewed(z, np.full(3, skew))) == pytest.approx(expected, rel=0.08)
    mirrored = unskewed(-z, np.full(3, -skew))
    assert norm.cdf(mirrored) == pytest.approx(expected, rel=0.08)


@given(st.floats(-40, 40), st.floats(-20, 20))
def test_a_lopsided_deviate_is_never_rarer_than_a_normal_one(z, skew):
    found = float(unskewed(np.array(z), np.array(skew)))
    assert abs(found) <= abs(z)
    assert found * z >= 0


def test_a_symmetrical_deviate_is_left_alone():
    assert unskewed(np.array([-3.0, 0.0, 5.0]), np.zeros(3)) == pytest.approx([-3, 0, 5], abs=1e-5)


@pytest.mark.parametrize("df", [8, 12, 30, 1000])
def test_the_quantile_of_students_t_is_that_of_scipy(df):
    assert student95(df) == pytest.approx(student.ppf(0.975, df), rel=0.004)
    assert student95(np.inf) == Z95
