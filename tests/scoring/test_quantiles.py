"""Quantiles against numpy, and their intervals against scipy's quantile test."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scoring.estimate import Estimate, nothing
from scoring.quantiles import quantile, quantiles_by_group

shares = st.sampled_from([0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])


def scipy_interval(values, q):
    found = stats.quantile_test(values, q=0, p=q).confidence_interval(0.95)
    return tuple(None if math.isnan(end) else end for end in found)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), shares)
def test_a_quantile_is_that_of_numpy_with_the_interval_of_scipy(values, q):
    estimate = quantile(values, q)
    assert estimate.value == pytest.approx(np.quantile(values, q), rel=1e-9, abs=1e-9)
    assert (estimate.low, estimate.high) == scipy_interval(values, q)
    assert estimate.n == len(values)


@pytest.mark.parametrize("n", [1_000, 54_321, 2_000_000])
@pytest.mark.parametrize("q", [0.5, 0.9, 0.99])
def test_the_interval_of_many_values_is_that_of_scipy(n, q):
    # The numbers 0 to n - 1 are their own ranks.
    binomial = stats.binom(n, q)
    estimate = quantile(np.arange(n), q)
    assert (estimate.low, estimate.high) == (binomial.ppf(0.025) - 1, binomial.isf(0.025))


def test_a_median_by_hand():
    # Six of 2, 4, …, 12: the median is between 6 and 8; all six lie on one side once in 32 times.
    assert quantile([12, 2, 10, 4, 8, 6], 0.5) == Estimate(7, 2, 12, 6)


def test_five_values_are_too_few_for_either_end_of_a_median():
    assert quantile([1, 2, 3, 4, 5], 0.5) == Estimate(3, None, None, 5)


def test_ten_values_are_too_few_for_the_upper_end_of_the_ninth_decile():
    estimate = quantile(range(10), 0.9)
    assert estimate.low is not None
    assert estimate.high is None


def test_a_quantile_of_no_values_is_none_with_a_reason():
    assert quantile([], 0.5) == nothing("no_records")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(-1e6, 1e6)), min_size=1, max_size=300), shares
)
def test_each_group_has_the_quantile_of_its_own_values(records, q):
    groups, values = (np.array(column) for column in zip(*records, strict=True))
    found = quantiles_by_group(groups, values, q)
    assert found.n.sum() == len(records)
    for group in range(11):
        assert found.of(group) == quantile(values[groups == group], q)


def test_a_group_without_values_is_nan_in_the_arrays():
    found = quantiles_by_group(np.array([0, 2]), np.array([3.0, 5.0]), 0.5)
    assert found.n.tolist() == [1, 0, 1]
    np.testing.assert_array_equal(found.value, [3, np.nan, 5])
    assert np.isnan(found.low).all()


def test_the_values_that_came_in_are_left_in_their_order():
    values = np.array([5.0, 3.0, 9.0, 1.0])
    quantiles_by_group(np.array([0, 0, 0, 0]), values, 0.5)
    assert values.tolist() == [5, 3, 9, 1]


def test_more_than_65536_groups_keep_their_values_apart():
    groups = np.random.default_rng(5).permutation(70_000)
    assert (quantiles_by_group(groups, groups * 2.0, 0.9).value == np.arange(70_000) * 2).all()


@pytest.mark.parametrize(
    ("groups", "values", "q"),
    [
        ([0], [1.0], 0),
        ([0], [1.0], 1),
        ([0], [math.nan], 0.5),
        ([0, 1], [1.0], 0.5),
        ([-1], [1.0], 0.5),
    ],
)
def test_what_has_no_quantile_is_refused(groups, values, q):
    with pytest.raises(ValueError, match=r"quantile|negative"):
        quantiles_by_group(np.array(groups), np.array(values), q)
