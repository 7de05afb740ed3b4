import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from bench.finding import FOLDS, auc, auc_error, folds, in_top_tenth


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=60))
def test_the_area_is_that_of_the_rank_sum_test(rows):
    truths, scores = np.array([row[0] for row in rows]), np.array([float(row[1]) for row in rows])
    if truths.any() and not truths.all():
        statistic = mannwhitneyu(scores[truths], scores[~truths]).statistic
        assert auc(truths, scores) == pytest.approx(statistic / (truths.sum() * (~truths).sum()))


def test_area_and_error_are_those_of_the_paper():
    # Hanley and McNeil 1982, table I: 58 normal and 51 abnormal scans, rated 1 to 5.
    ratings = np.arange(1.0, 6.0)
    scores = np.concatenate([ratings.repeat([33, 6, 6, 11, 2]), ratings.repeat([3, 2, 2, 11, 33])])
    truths = np.arange(109) >= 58
    assert auc(truths, scores) == pytest.approx(0.893, abs=0.0005)
    assert auc_error(truths, scores) == pytest.approx(0.032, abs=0.001)


def test_the_top_tenth_shares_ties_evenly():
    truths = np.array([True, *[False] * 8, True] * 2)
    scores = np.array([9.0, *[0.0] * 8, 5.0, 5.0, *[0.0] * 8, 1.0])
    # Two of twenty places: one for the 9, one for two equal scores that are both true.
    assert in_top_tenth(truths, scores) == pytest.approx((1 + 1) / 4)


def test_folds_hold_out_whole_groups_and_every_row_once():
    groups = [f"agent {place % 23}" for place in range(200)]
    held = np.array(list(folds(groups, 0)))
    assert (held.sum(axis=0) == 1).all()
    assert len(held) == FOLDS
    for fold in held:
        inside = {group for group, out in zip(groups, fold, strict=True) if out}
        outside = {group for group, out in zip(groups, fold, strict=True) if not out}
        assert not inside & outside
