from dataclasses import replace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.change import (
    Trial,
    compare,
    compare_quality,
    confirm,
    pool_without,
    together,
)
from scoring.coaching.constants import DEFAULT
from scoring.coaching.spread import Spread
from scoring.coaching.weekly import Weekly
from scoring.coaching.windows import Windows
from tests.scoring.coaching.crews import crew, monday
from tests.scoring.coaching.trials import trial

AHT = DEFAULT.metrics["aht"]


def week_by_week(delta, variance=0.01, n=50.0, wobble=0.0, third=0.0):
    """The weeks of one agent, and the windows of somebody who was always there."""
    size = len(delta)
    weekly = Weekly(
        np.full((1, size), n),
        np.array([delta]),
        np.full((1, size), variance),
        np.full((1, size), third),
        wobble,
        np.zeros(0),
    )
    ago = np.arange(size)[::-1]
    recent = np.array([[ago < h] for h in DEFAULT.windows])
    baseline = np.array([[(ago >= h) & (ago < h + 8)] for h in DEFAULT.windows])
    always = np.ones((4, 1), dtype=bool)
    return weekly, Windows(recent, baseline, always, always[0], np.ones((1, size), dtype=bool))


def test_a_change_is_the_recent_mean_less_the_baselines():
    weekly, windows = week_by_week([0.0] * 10 + [0.4, 0.6])
    found = compare(weekly, windows, AHT, DEFAULT)
    assert found.change[:2, 0] == pytest.approx([0.6 - 0.4 / 8, 0.5])
    # One and two weeks of variance 0.01 against eight.
    assert found.error[:2, 0] ** 2 == pytest.approx([0.01 + 0.01 / 8, 0.005 + 0.01 / 8])


def test_the_best_window_pays_for_the_others_that_were_tried():
    weekly, windows = week_by_week([0.0] * 10 + [0.2, 0.2])
    found = compare(weekly, windows, AHT, DEFAULT)
    assert DEFAULT.windows[found.best[0]] == 2
    # No wobble, no heavy tails: z = 0.2 / sqrt(0.005 + 0.00125) = 2.53, in four windows.
    # 2 (1 - Phi(2.53)) = 0.01141.
    assert found.p[0] == pytest.approx(4 * 0.01141, rel=1e-3)


@pytest.mark.parametrize(
    ("n", "tested"),
    [(3, [False, False, False, True]), (9, [False, True, True, True]), (10, [True] * 4)],
)
def test_a_window_needs_ten_contacts_and_its_baseline_forty(n, tested):
    weekly, windows = week_by_week([0.0] * 14, n=n)
    if n == 3:
        weekly = replace(weekly, n=np.array([[6.0] * 8 + [3.0] * 6]))
    found = compare(weekly, windows, AHT, DEFAULT)
    assert found.tested[:, 0].tolist() == tested


def test_four_answers_to_surveys_are_enough():
    weekly, windows = week_by_week([0.0] * 14, n=4)
    assert compare(weekly, windows, DEFAULT.metrics["csat"], DEFAULT).tested.all()
    assert not compare(weekly, windows, DEFAULT.metrics["sentiment"], DEFAULT).tested[0].any()


def test_a_baseline_of_two_weeks_is_none():
    weekly, windows = week_by_week([0.0] * 3)
    found = compare(weekly, windows, AHT, DEFAULT)
    assert not found.tested.any()
    assert np.isnan(found.p[0])
    assert compare(*week_by_week([0.0] * 4), AHT, DEFAULT).tested[0].all()


def test_the_quality_index_weighs_metrics_by_worth_and_reliability():
    trials = {
        "fcr": trial(-0.4, 0.2),
        "csat": trial(-0.1, 0.1),
        "sentiment": trial(0.0, 0.05),
        "escalation": trial(0.3, 0.3),
    }
    spreads = {
        "fcr": Spread(0, 0.09, 0.3),
        "csat": Spread(0, 0.04, 0.2),
        "sentiment": Spread(0, 0.01, 0.1),
        "escalation": Spread(0, 0.09, 0.3),
    }
    found = compare_quality(trials, spreads, DEFAULT)
    # 0.40 * 0.09 / 0.13, 0.25 * 0.04 / 0.05, 0.20 * 0.01 / 0.0125, 0.15 * 0.09 / 0.18.
    raw = np.array([0.4 * 9 / 13, 0.25 * 0.8, 0.2 * 0.8, 0.075])
    a = raw / raw.sum()
    # In spreads, good is up: fewer escalations are better.
    assert found.change[0, 0] == pytest.approx(a @ [-4 / 3, -0.5, 0, -1])
    s = a * [2 / 3, 0.5, 0.5, 1]
    assert found.error[0, 0] == pytest.approx(np.sqrt(0.7 * s @ s + 0.3 * s.sum() ** 2))


def test_there_is_no_index_of_what_is_hardly_known():
    metrics = ("fcr", "csat", "sentiment", "escalation")
    spreads = dict.fromkeys(metrics, Spread(0, 0.01, 0.1))
    unsure = compare_quality(dict.fromkeys(metrics, trial(1.0, 0.31)), spreads, DEFAULT)
    surer = compare_quality(dict.fromkeys(metrics, trial(1.0, 0.29)), spreads, DEFAULT)
    # 0.01 / (0.01 + 0.31^2) = 0.094.
    assert (unsure.tested.any(), surer.tested.any()) == (False, True)


def test_odd_weeks_make_a_single_weeks_change_less_certain():
    calm = compare(*week_by_week([0.0] * 10 + [0.3, 0.3], variance=0.006), AHT, DEFAULT)
    odd = compare(
        *week_by_week([0.0] * 10 + [0.3, 0.3], variance=0.001, wobble=0.005), AHT, DEFAULT
    )
    assert odd.error == pytest.approx(calm.error)
    assert odd.z[0, 0] < 0.95 * calm.z[0, 0]
    # Of a week with 5/6 of its variance from the wobble: (5/6)^2, for one week and for eight.
    share = (5 / 6) ** 2 * (1 + 1 / 8**3) / (1 + 1 / 8) ** 2
    assert odd.kurtosis[0, 0] == pytest.approx(DEFAULT.wobble_kurtosis * share)
    assert odd.kurtosis[1, 0] < odd.kurtosis[0, 0]


def test_luck_that_leans_to_one_side_makes_a_change_to_that_side_less_certain():
    # Skewness of a week's luck: 0.0005 / 0.01^1.5 = 0.5.
    up, down = (
        compare(*week_by_week([0.0] * 12 + [size], third=0.0005), AHT, DEFAULT)
        for size in (0.5, -0.5)
    )
    # The baseline's eight weeks take a little of it off.
    skew = 0.0005 * (1 - 8 / 8**3) / (0.01 + 0.01 / 8) ** 1.5
    assert up.skew[0, 0] == down.skew[0, 0] == pytest.approx(skew)
    z = 0.5 / np.sqrt(0.01 + 0.01 / 8)
    assert up.z[0, 0] < 0.9 * z
    assert down.z[0, 0] == pytest.approx(-z)


def test_the_index_leans_to_the_side_on_which_less_is_good():
    metrics = ("fcr", "csat", "sentiment", "escalation")
    spreads = dict.fromkeys(metrics, Spread(0, 0.04, 0.2))
    plain = trial(0.3, 0.1)
    trials = dict.fromkeys(metrics, plain)
    trials["escalation"] = replace(plain, skew=plain.skew + 0.6)
    # Of equal errors escalation has 0.15 of the weight; its rises are losses.
    assert compare_quality(trials, spreads, DEFAULT).skew[0, 0] == pytest.approx(-0.15 * 0.6)


def test_errors_that_go_together_add_up_to_more():
    errors = [np.array(3.0), np.array(4.0)]
    assert together(errors, 0) == pytest.approx(5)
    assert together(errors, 1) == pytest.approx(7)


def worth(trials):
    return {metric: np.ones(each.p.size, dtype=bool) for metric, each in trials.items()}


def test_a_change_holds_in_the_digest_and_within_its_metric():
    quiet = np.full(9, 0.1)
    # Ten handle times surely changed; first contact resolution of one perhaps.
    trials = {"aht": trial(np.full(10, 9.0), 1.0), "fcr": trial(np.append(2.5, quiet), 1.0)}
    found = confirm(trials, worth(trials), DEFAULT)
    # p = 0.0124 survives beside ten certain ones, for it is below 0.05 * 11 / 20 = 0.0275; of ten
    # by itself it would have to be below 0.005.
    assert found["aht"].holds.all()
    assert not found["fcr"].holds.any()


def test_what_would_hold_alone_does_not_where_much_was_looked_at():
    # p = 0.03: below 0.05 for one, and not below 0.05 / 11 beside ten that did not change.
    one = np.arange(10) == 0
    fcr = trial(np.full(10, 2.17), 1.0, tested=one)
    trials = {"aht": trial(np.full(10, 0.1), 1.0), "fcr": fcr}
    assert not confirm(trials, worth(trials), DEFAULT)["fcr"].holds.any()
    assert (
        confirm({"fcr": fcr}, worth({"fcr": fcr}), DEFAULT)["fcr"].holds.tolist() == one.tolist()
    )


def test_down_is_better_for_handle_time_and_worse_for_resolution():
    trials = {"aht": trial(-9.0, 1.0), "fcr": trial(-9.0, 1.0), "quality": trial(9.0, 1.0)}
    found = confirm(trials, worth(trials), DEFAULT)
    assert [bool(each.up[0]) for each in found.values()] == [True, False, True]
    assert [bool(each.down[0]) for each in found.values()] == [False, True, False]


def test_a_change_too_small_for_a_sentence_is_none():
    trials = {"aht": trial(9.0, 1.0)}
    assert not confirm(trials, {"aht": np.array([False])}, DEFAULT)["aht"].holds[0]


def test_who_changed_most_leaves_the_pool():
    pool = pool_without(
        trial(np.array([0.1, 6.0, 0.2, -7.0, 0, 0]), 1.0), np.ones(6, bool), DEFAULT
    )
    assert pool.tolist() == [True, False, True, False, True, True]


def test_half_of_those_at_work_stay_in_the_pool():
    changed = np.array([9.0, 8.0, 7.0, 6.0, 0, 0])
    everybody = np.ones(6, dtype=bool)
    assert (
        pool_without(trial(changed, 1.0), everybody, DEFAULT).tolist() == [False] * 3 + [True] * 3
    )
    assert pool_without(trial(changed[:3], 1.0), everybody[:3], DEFAULT).all()
    ten = pool_without(trial(np.append(changed + 1, changed[:4]), 1.0), np.ones(10, bool), DEFAULT)
    assert ten.sum() == 5


def test_who_is_away_stays_in_the_pool():
    pool = pool_without(trial(np.array([0, 0, 0, 0, 9.0]), 1.0), np.arange(5) < 4, DEFAULT)
    assert pool.all()


def test_one_agents_slip_is_not_everybody_elses_gain():
    found = crew(agents=4, weeks=12, each=60, shifts=[(0, "fcr", 9, -2.0)])
    tested = analyse(found, monday(11), DEFAULT).tested["fcr"]
    assert tested.pool.tolist() == [False, True, True, True]
    with_slip = np.abs(tested.trial.z[2, 1:]).max()
    assert with_slip < 2.5 < abs(tested.trial.z[2, 0])


def test_trials_know_where_nothing_was_tested():
    none = replace(trial(1.0, 1.0), tested=np.zeros((1, 1), dtype=bool))
    assert isinstance(none, Trial)
    assert none.z.tolist() == [[0]]
