import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from bench import accuracy
from tests.bench.claimed import at, case

AHT, FCR, ESCALATION, CSAT, SENTIMENT = range(5)
RUSHING = 5


def test_ranks_share_ties():
    values = np.array([3.0, 1.0, 3.0, 2.0])
    assert accuracy.ranked(values).tolist() == (rankdata(values) - 1).tolist()


def test_rank_correlation_is_spearmans():
    found = case(*[{}] * 6)
    guesses = np.array([390.0, 470.0, 450.0, 530.0, 500.0, 610.0])
    found.claims.estimate[..., AHT] = guesses[:, None]
    expected = spearmanr(guesses, np.arange(6)).statistic
    assert accuracy.rank_correlation(AHT)([found]).value == pytest.approx(expected)


def test_agents_without_an_estimate_are_not_ranked():
    found = case(*[{}] * 4)
    found.claims.estimate[..., FCR] = np.array([1.0, 2.0, 3.0, np.nan])[:, None]
    assert accuracy.rank_correlation(FCR)([found]).value == pytest.approx(1)
    assert accuracy.rank_correlation(CSAT)([found]).count == 0


@pytest.mark.parametrize(("metric", "error", "expected"), [(AHT, 30.0, 30.0), (FCR, -0.04, 4.0)])
def test_the_penalty_is_what_the_hardest_quarter_is_judged_too_badly(metric, error, expected):
    found = case(*[{}] * 8)
    found.claims.estimate[:] = found.usual
    found.claims.estimate[6:, :, metric] += error
    # The last two have the hardest mix: more handle time, fewer resolutions.
    found.hardness[..., 0] = np.arange(8)[:, None]
    found.hardness[..., 1] = -np.arange(8)[:, None]
    assert accuracy.penalty(metric)([found]).value == pytest.approx(expected)


def test_coverage_is_the_share_of_intervals_that_hold_the_truth():
    found = case({FCR: {12: 0.6}}, {})
    found.claims.low[..., FCR], found.claims.high[..., FCR] = 0.75, 0.85
    # The first agent is inside until week 12, the second (0.88) never.
    assert accuracy.coverage([FCR])([found]).value == pytest.approx(4 / 24)
    assert accuracy.coverage([FCR], only_unchanged=True)([found]).value == 0
    assert accuracy.coverage([CSAT])([found]).count == 0


def test_scores_of_the_unchanged_are_followed_from_week_to_week():
    found = case({FCR: {12: 0.6}}, {})
    found.claims.score[:] = 50.0
    found.claims.score[0] = np.arange(12)
    found.claims.score[1, 3] = 51.0
    found.claims.score[1, 8] = np.nan
    # Eleven steps less the two that touch the missing score; up and down again are two moves.
    assert accuracy.score_moves([found]).value == pytest.approx(2 / 9)
    assert accuracy.scores_shown([found]).value == pytest.approx(23 / 24)


def test_a_focus_is_right_below_average_or_where_it_got_worse():
    found = case({CSAT: {12: 4.1}}, {}, {CSAT: {12: 6.0}, FCR: {12: 0.93}})
    found.claims.focus[[0, 2], at(14)] = FCR
    assert accuracy.focus_right([found]).value == 1
    # Of the three the first escalates least.
    found.claims.focus[0, at(15)] = ESCALATION
    assert accuracy.focus_right([found]).value == pytest.approx(2 / 3)
    assert accuracy.given("focus")([found]).value == pytest.approx(3 / 36)


def test_a_focus_on_rushing_is_right_of_who_rushes():
    found = case({AHT: {12: 300.0}, FCR: {12: 0.7}}, {})
    found.claims.focus[:, at(13)] = RUSHING
    assert accuracy.focus_right([found]).value == 0.5


def test_a_strength_is_right_above_average_or_where_it_got_better():
    found = case({}, {AHT: {12: 430.0}}, {}, {})
    found.claims.strength[0, at(14)] = AHT
    found.claims.strength[3, at(14)] = FCR
    found.claims.strength[0, at(15)] = FCR
    assert accuracy.strength_right([found]).value == pytest.approx(2 / 3)
