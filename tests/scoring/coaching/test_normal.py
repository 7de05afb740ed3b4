import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from scoring.coaching.normal import Z95, as_normal, cdf, quantile, two_sided, upper_tail

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
