from dataclasses import replace

import numpy as np
import pytest

from bench.scenario import SCENARIOS
from bench.truth import truth_of, usual_levels
from bench.world import simulate
from tests.bench.claimed import WEEKS, case

AHT, FCR, ESCALATION, CSAT, SENTIMENT, QUALITY = range(6)


def true_weeks(flags):
    return np.flatnonzero(flags).tolist()


def test_who_never_changes_has_no_true_change():
    truth = case({}, {}).truth
    assert truth.unchanged.all()
    assert not truth.better.any()
    assert not truth.worse.any()


def test_a_step_is_true_until_it_has_left_every_baseline():
    # Six recent weeks from 18 on have eight weeks of baseline before them, of which 12 was the
    # first; the seventh agent-week of a longer run would be the first with nothing old in it.
    truth = case({FCR: {8: 0.6}}, {}).truth
    # Window of 6 in week w: baseline is w-13 to w-6; it holds week 7 while w <= 20.
    assert true_weeks(truth.worse[0, :, FCR]) == list(range(8, WEEKS))
    assert not truth.better[0].any()
    assert truth.unchanged.tolist() == [False, True]


def test_a_step_of_fourteen_weeks_ago_is_no_news():
    truth = case({FCR: {4: 0.6}}, {}).truth
    # The last window with week 3 in its baseline is that of six weeks ending in week 16.
    assert true_weeks(truth.worse[0, :, FCR]) == list(range(4, 17))


def test_a_change_needs_three_weeks_to_compare_with():
    truth = case({AHT: {2: 300.0}}, {}).truth
    # Two weeks before the change are too few; three are in the baseline of one recent week in 3.
    assert true_weeks(truth.better[0, :, AHT])[0] == 3


def test_less_handle_time_is_better_and_more_escalation_is_worse():
    truth = case({AHT: {12: 300.0}, ESCALATION: {12: 0.2}}, {}).truth
    assert truth.better[0, 12, AHT]
    assert truth.worse[0, 12, ESCALATION]
    assert not truth.worse[0, 12, AHT]


def test_quality_as_a_whole_follows_its_parts():
    truth = case({FCR: {12: 0.7}, SENTIMENT: {12: 0.26}}, {}).truth
    assert truth.worse[0, 12, QUALITY]
    assert truth.better[0, 12, SENTIMENT]


def test_what_is_negligible_is_no_change():
    truth = case({AHT: {12: 399.0}, FCR: {12: 0.802}}, {}).truth
    assert truth.unchanged.all()


def test_a_slip_and_its_recovery_are_both_true_for_a_while():
    truth = case({FCR: {8: 0.6, 12: 0.8}}, {}).truth
    assert truth.worse[0, 11, FCR]
    assert not truth.better[0, 11, FCR]
    assert truth.better[0, 12, FCR]
    assert truth.worse[0, 12, FCR]  # six weeks, four of them bad, against eight good ones


def test_weeks_of_leave_are_passed_over():
    active = np.ones((2, WEEKS))
    active[0, 9:14] = 0
    truth = case({CSAT: {12: 3.5}}, {}, active=active).truth
    assert true_weeks(truth.worse[0, :, CSAT]) == list(range(14, WEEKS))


def test_rushing_is_faster_and_worse_at_once():
    faster, worse, both = {AHT: {12: 300.0}}, {FCR: {12: 0.7}}, {AHT: {12: 300.0}, FCR: {12: 0.7}}
    truth = case(faster, worse, both, {}).truth
    assert truth.rushing[:, 13].tolist() == [False, False, True, False]


def test_over_servicing_is_slower_for_nothing():
    slower, trade = {AHT: {12: 600.0}}, {AHT: {12: 600.0}, FCR: {12: 0.95}}
    truth = case(slower, trade, {}).truth
    assert truth.overserving[:, 13].tolist() == [True, False, False]


def test_in_a_usual_week_levels_are_those_of_a_week_with_the_mean_shock():
    world = simulate(replace(SCENARIOS["quiet"], agents=40), 1)
    calm = replace(world, lives=replace(world.lives, shocks=0 * world.lives.shocks))
    assert usual_levels(calm, 25) == pytest.approx(world.levels[:, 25])
    slow = 0 * world.lives.shocks
    slow[..., 0] = np.log(1.1)
    slower = replace(world, lives=replace(world.lives, shocks=slow))
    assert usual_levels(slower, 25)[:, 0] == pytest.approx(1.1 * world.levels[:, 25, 0])


def test_each_kind_of_agent_is_what_its_name_says():
    truth = truth_of(simulate(SCENARIOS["mixed"], 1))
    rushing, over = truth.rushing.any(1), truth.overserving.any(1)
    assert rushing[(truth.kind == "rush")].all()
    assert not rushing[np.isin(truth.kind, ["faster", "overserve", "trade", "slip"])].any()
    assert over[truth.kind == "overserve"].all()
    assert not over[np.isin(truth.kind, ["trade", "improve", "faster"])].any()
    assert truth.unchanged[np.isin(truth.kind, ["steady", "switch", "leave"])].all()
