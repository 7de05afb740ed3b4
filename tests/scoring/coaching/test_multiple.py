import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from scoring.coaching.multiple import discoveries

CHANCES = st.lists(st.one_of(st.floats(0, 1), st.floats(0, 0.01)), min_size=1, max_size=60)


@given(CHANCES, st.sampled_from([0.01, 0.05, 0.2]))
def test_discoveries_are_those_of_statsmodels(chances, q):
    p = np.array(chances)
    expected = multipletests(p, q, method="fdr_bh")[0]
    assert discoveries(p, q).holds.tolist() == expected.tolist()


@given(CHANCES)
def test_every_discovery_is_below_the_threshold(chances):
    p = np.array(chances)
    found = discoveries(p, 0.05)
    assert (p[found.holds] <= found.threshold).all()
    assert found.threshold <= 0.05


def test_what_was_not_tested_makes_no_test_harder():
    p = np.array([0.02, np.nan, 0.5, np.nan])
    assert discoveries(p, 0.05).holds.tolist() == [True, False, False, False]
    assert discoveries(p, 0.05).threshold == pytest.approx(0.025)


def test_nothing_tested_is_nothing_found():
    assert discoveries(np.array([np.nan]), 0.05).holds.tolist() == [False]


def test_hypotheses_keep_their_shape():
    assert discoveries(np.array([[1e-9, 1.0], [1.0, 1e-9]]), 0.05).holds.tolist() == [
        [True, False],
        [False, True],
    ]
