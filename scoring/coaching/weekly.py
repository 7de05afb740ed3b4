"""Step 2: one number for each agent and week: how far from the agent's own long-run level.

Net of the case mix, and of what the week did to everybody else; with its variance, and with the
wobble that agents have from week to week beyond the noise of counting.

Source: Wheeler and Chambers 1992, Understanding Statistical Process Control, for moving ranges.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Floats, Mask, Whole
from scoring.coaching.expected import Expected
from scoring.coaching.strata import Strata, sums


@dataclass(frozen=True)
class Slices:
    """Sums over an agent's contacts of one issue in one week, ``(slices,)``.

    ``score``, its ``third`` cumulant and ``information`` are at the long-run level: case mix and
    agent, no week. ``of`` ``(strata of the metric,)`` is each stratum's slice; ``unit`` an
    ordinary contact's information; ``shape`` the numbers of agents, weeks and issues.
    """

    agent: Whole
    week: Whole
    issue: Whole
    score: Floats
    information: Floats
    third: Floats
    of: Whole
    unit: float
    shape: tuple[int, int, int]


@dataclass(frozen=True)
class Weekly:
    """An agent's weeks ``(agents, weeks)``: deviations, and their variances without the wobble.

    ``variance`` is infinite, and ``delta`` 0, where there is nothing; ``third`` are the third
    cumulants of the luck in them; ``n`` the contacts with an outcome. ``wobble`` is the variance
    from week to week; ``others`` ``(slices,)`` what the week did to everybody else; ``largest``
    the largest mean deviation.
    """

    n: Floats
    delta: Floats
    variance: Floats
    third: Floats
    wobble: float
    others: Floats
    largest: float = np.inf


def slices_of(strata: Strata, expected: Expected) -> Slices:
    """The slices of a metric's strata."""
    at = expected.outcomes.at
    agent, week, issue = strata.agent[at], strata.week[at], strata.cells.issue[strata.cell[at]]
    eta = expected.cell[strata.cell[at]] + expected.agent[agent]
    score, information = expected.outcomes.slopes(eta)
    third = expected.outcomes.third(eta)
    # Strata stand in order of agent, week and cell, and cells in order of issue.
    steps = (np.diff(agent) != 0) | (np.diff(week) != 0) | (np.diff(issue) != 0)
    first = np.flatnonzero(np.concatenate([np.ones(min(at.size, 1), dtype=np.bool_), steps]))
    of = np.concatenate([np.zeros(min(at.size, 1), dtype=np.int64), np.cumsum(steps)])
    return Slices(
        *(agent[first], week[first], issue[first]),
        *(sums(of, score, first.size), sums(of, information, first.size)),
        *(sums(of, third, first.size), of),
        expected.unit,
        (*strata.shape, strata.cells.labels.size),
    )


def weigh(
    slices: Slices, n: Floats, pool: Mask, own: MetricConstants, constants: Constants
) -> Weekly:
    """Everybody's weeks; ``pool`` ``(agents,)`` are those who make "everybody else's week"."""
    _, weeks, _ = slices.shape
    effect, effect_information = _others(slices, pool, constants)
    place = slices.agent * weeks + slices.week
    total = _by_week(slices, slices.information)
    known = total > 0
    safe = np.where(known, total, 1.0)
    delta = _by_week(slices, slices.score - slices.information * effect) / safe
    part = slices.information / safe.ravel()[place]
    variance = 1 / safe + _by_week(slices, part**2 / effect_information)
    enough = total > constants.wobble_information * slices.unit
    wobble = _wobble(delta, variance, enough, own, constants)
    variance += wobble / _crowd(total, pool)
    third = _by_week(slices, slices.third) / safe**3
    largest = constants.largest_deviation if own.kind == "share" else np.inf
    return Weekly(n, delta, np.where(known, variance, np.inf), third, wobble, effect, largest)


def mean_over(weekly: Weekly, weeks: Mask) -> tuple[Floats, Floats]:
    """Mean deviation and its variance ``(..., agents)`` over sets of weeks.

    ``weeks`` is ``(..., agents, weeks)``; where there is nothing, 0 and infinity.
    """
    weights = np.where(weeks, 1 / (weekly.variance + weekly.wobble), 0.0)
    total = weights.sum(-1)
    safe = np.where(total > 0, total, 1.0)
    # One step from a rate near 0 or 1 overshoots: a lapse where none was expected is not e^70. It
    # is the mean that is held, for single weeks of rare hits are either below 0 or far above it.
    mean = np.clip((weights * weekly.delta).sum(-1) / safe, -weekly.largest, weekly.largest)
    return mean, np.where(total > 0, 1 / safe, np.inf)


def shape_over(weekly: Weekly, weeks: Mask, constants: Constants) -> tuple[Floats, Floats]:
    """The third and fourth cumulants ``(..., agents)`` of a mean over sets of weeks.

    The third is that of the luck of contacts; the fourth that of the wobble, for odd weeks are
    more frequent than a normal one has them. The mean of many is the more normal.
    """
    weights = np.where(weeks, 1 / (weekly.variance + weekly.wobble), 0.0)
    total = weights.sum(-1, keepdims=True)
    parts = weights / np.where(total > 0, total, 1.0)
    third: Floats = (parts**3 * weekly.third).sum(-1)
    fourth: Floats = constants.wobble_kurtosis * weekly.wobble**2 * (parts**4).sum(-1)
    return third, fourth


def _by_week(slices: Slices, values: Floats) -> Floats:
    agents, weeks, _ = slices.shape
    places = slices.agent * weeks + slices.week
    return sums(places, values, agents * weeks).reshape(agents, weeks)


def _others(slices: Slices, pool: Mask, constants: Constants) -> tuple[Floats, Floats]:
    """What a slice's week did to everybody else's contacts of its issue, and its information."""
    _, weeks, issues = slices.shape
    pooled = pool[slices.agent]
    unit = slices.unit
    week_place = slices.agent * weeks + slices.week
    issue_place = slices.week * issues + slices.issue
    of_week, of_issue = [], []
    for values in (slices.score, slices.information):
        counted = np.where(pooled, values, 0.0)
        own = _by_week(slices, counted)
        of_week.append((own.sum(0) - own).ravel()[week_place])
        of_issue.append(sums(issue_place, counted, weeks * issues)[issue_place] - counted)
    week = of_week[0] / (np.maximum(of_week[1], 0.0) + constants.week_phantoms * unit)
    more = constants.week_issue_phantoms * unit
    information = np.maximum(of_issue[1], 0.0) + more
    return (of_issue[0] + more * week) / information, information


def _crowd(information: Floats, pool: Mask) -> Floats:
    """How many others there effectively are, ``(agents, weeks)``; 1 where there are none."""
    counted = np.where(pool[:, None], information, 0.0)
    total = np.maximum(counted.sum(0) - counted, 0.0)
    squares = np.maximum((counted**2).sum(0) - counted**2, 0.0)
    crowd: Floats = total**2 / np.where(squares > 0, squares, 1.0)
    return np.maximum(crowd, 1.0)


def _wobble(
    delta: Floats, variance: Floats, enough: Mask, own: MetricConstants, constants: Constants
) -> float:
    """The variance from week to week beyond counting, from differences of successive weeks."""
    agent, week = np.nonzero(enough)
    pairs = np.flatnonzero(agent[1:] == agent[:-1])
    now, then = (agent[pairs + 1], week[pairs + 1]), (agent[pairs], week[pairs])
    ranges, counting = (delta[now] - delta[then]) ** 2, variance[now] + variance[then]
    wobble, phantoms = own.omega**2, constants.wobble_phantoms
    for _ in range(constants.wobble_rounds):
        most = constants.wobble_clip * (counting + 2 * wobble)
        clipped = constants.wobble_unclip * np.minimum(ranges, most)
        weight = 1 / (counting / 2 + wobble) ** 2
        weight /= weight.max(initial=0.0) or 1.0
        found = (weight * (clipped - counting) / 2).sum() + phantoms * own.omega**2
        wobble = max(float(found / (weight.sum() + phantoms)), constants.smallest_wobble)
    return wobble
