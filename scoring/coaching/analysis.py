"""The steps of the method, one after the other, over everybody at once.

What comes out is arrays; ``scoring.coaching.review`` makes plain values of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from scoring.coaching.balance import Score, Standing, quality_weights, score_of, standing
from scoring.coaching.change import (
    Confirmed,
    Trial,
    compare,
    compare_quality,
    confirm,
    pool_without,
)
from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Contacts, Floats, Mask
from scoring.coaching.expected import Expected, expect
from scoring.coaching.findings import METRICS, QUALITY
from scoring.coaching.levels import Levels, basis_of, levels_of, newcomers
from scoring.coaching.natural import usual_of
from scoring.coaching.outcomes import values_of
from scoring.coaching.sizes import Size, quality_size, size_of
from scoring.coaching.spread import Spread, spread_of
from scoring.coaching.strata import Strata, stratify, sums
from scoring.coaching.trade import INDEX, Trade, weigh_trade
from scoring.coaching.weekly import Slices, Weekly, mean_over, slices_of, weigh
from scoring.coaching.windows import Windows, last_weeks, windows_of


@dataclass(frozen=True)
class Fit:
    """Step 1 of a metric, with the sums that step 2 starts from.

    ``(agents, weeks)``: ``n`` contacts with an outcome, ``total`` of their outcomes in natural
    units, and ``usual``, what contacts like these come to with average agents.
    """

    own: MetricConstants
    expected: Expected
    slices: Slices
    n: Floats
    total: Floats
    usual: Floats


@dataclass(frozen=True)
class Tested:
    """Steps 2 and 3 of a metric, against the pool ``(agents,)`` of everybody else."""

    pool: Mask
    weekly: Weekly
    spread: Spread
    trial: Trial


@dataclass(frozen=True)
class Changes:
    """Steps 3 and 4: what is tested, how large and confirmed, by metric and for the index.

    ``rush`` is how much handle time changed in the window in which rushing shows most.
    """

    trials: Mapping[str, Trial]
    sizes: Mapping[str, Size]
    confirmed: Mapping[str, Confirmed]
    trade: Trade
    rush: Size


@dataclass(frozen=True)
class Analysis:
    """All that is known of everybody, by metric.

    ``weights`` are those of the quality metrics that there are. ``reliability`` ``(agents,)`` is
    that of the quality in the score.
    """

    strata: Strata
    windows: Windows
    fits: Mapping[str, Fit]
    tested: Mapping[str, Tested]
    changes: Changes
    levels: Mapping[str, Levels]
    standings: Mapping[str, Standing]
    weights: Mapping[str, float]
    score: Score
    reliability: Floats


def analyse(contacts: Contacts, week: date, constants: Constants) -> Analysis:
    """The whole method, for the week that begins on this Monday and those before it."""
    strata = stratify(contacts, week, constants.weeks)
    windows = windows_of(strata, constants)
    fits = {metric: _fit(contacts, strata, metric, constants) for metric in METRICS}
    tested = {metric: _test_twice(fit, windows, constants) for metric, fit in fits.items()}
    changes = _changes(fits, tested, constants)
    new = newcomers(strata, windows.active, constants.new_weeks)
    levels, standings = {}, {}
    for metric, each in tested.items():
        confirmed = changes.confirmed[metric]
        basis = basis_of(windows, confirmed, each.trial, new, constants)
        own = levels_of(each.weekly, fits[metric].expected, each.spread, basis, constants)
        sign = constants.metrics[metric].sign
        levels[metric] = own
        standings[metric] = standing(own, each.weekly, each.spread, windows.active, sign)
    weights = quality_weights({m: bool(fits[m].n.any()) for m in QUALITY}, constants)
    reliability = [weight * levels[metric].reliability for metric, weight in weights.items()]
    return Analysis(
        *(strata, windows, fits, tested, changes, levels, standings, weights),
        score_of(standings, weights, changes.trade, constants),
        np.sum([np.zeros(strata.agents.size), *reliability], axis=0),
    )


def _fit(contacts: Contacts, strata: Strata, metric: str, constants: Constants) -> Fit:
    own, expected = constants.metrics[metric], expect(contacts, strata, metric, constants)
    values = values_of(contacts, metric, strata.rows)
    values = np.where(np.isfinite(values), np.exp(values) if metric == "aht" else values, 0.0)
    n, usual = np.zeros((2, strata.n.size))
    n[expected.outcomes.at] = expected.outcomes.n
    usual[expected.outcomes.at] = expected.outcomes.n * usual_of(expected, own, strata)
    return Fit(
        *(own, expected, slices_of(strata, expected)),
        strata.by_week(n),
        strata.by_week(sums(strata.of_row, values, strata.n.size)),
        strata.by_week(usual),
    )


def _test_twice(fit: Fit, windows: Windows, constants: Constants) -> Tested:
    """A metric's changes, the second time without those who changed most in the pool."""
    everybody = np.ones(windows.active.shape[0], dtype=np.bool_)
    first = _test(fit, windows, everybody, constants)
    pool = pool_without(first.trial, windows.active[:, -1], constants)
    return first if pool.all() else _test(fit, windows, pool, constants)


def _test(fit: Fit, windows: Windows, pool: Mask, constants: Constants) -> Tested:
    weekly = weigh(fit.slices, fit.n, pool, fit.own, constants)
    usual = last_weeks(windows.active, constants.baseline_weeks)
    recent, variance = mean_over(weekly, usual)
    spread = spread_of(fit.expected.agent + recent, variance, fit.own, constants)
    return Tested(pool, weekly, spread, compare(weekly, windows, fit.own, constants))


def _changes(
    fits: Mapping[str, Fit], tested: Mapping[str, Tested], constants: Constants
) -> Changes:
    trials = {metric: each.trial for metric, each in tested.items()}
    spreads = {metric: each.spread for metric, each in tested.items()}
    sizes = {
        metric: size_of(trials[metric], fit.expected, spreads[metric], fit.own)
        for metric, fit in fits.items()
    }
    index = compare_quality(trials, spreads, constants)
    sizes[INDEX] = quality_size(index, trials, spreads, constants)
    trials[INDEX] = index
    confirmed = confirm(trials, {key: size.worth for key, size in sizes.items()}, constants)
    trade, handle = weigh_trade(trials, confirmed, constants), fits["aht"]
    quick = replace(trials["aht"], best=trade.rush_window)
    rush = size_of(quick, handle.expected, spreads["aht"], handle.own)
    return Changes(trials, sizes, confirmed, trade, rush)
