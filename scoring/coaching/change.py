"""Step 3: did anything change? Each agent's recent weeks against the same agent's baseline.

Source: Benjamini and Yekutieli 2005, JASA 100:71, for the intervals of what was selected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Floats, Mask, Whole
from scoring.coaching.findings import QUALITY
from scoring.coaching.multiple import discoveries
from scoring.coaching.normal import as_normal, quantile, two_sided, unskewed
from scoring.coaching.spread import Spread
from scoring.coaching.weekly import Weekly, mean_over, shape_over
from scoring.coaching.windows import Windows

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Trial:
    """Recent weeks against their baseline, ``(windows, agents)``, and what that comes to.

    ``change``, its ``error`` and the noise's ``skew`` and excess ``kurtosis`` are latent;
    ``before`` and ``before_variance`` are the baseline's mean; ``n`` and ``baseline_n`` contacts;
    ``tested`` is where there were enough of them. ``p``, ``best`` and ``tests`` are
    ``(agents,)``: the p-value for all windows together, NaN where none was tested; the window
    that told most; how many.
    """

    change: Floats
    error: Floats
    skew: Floats
    kurtosis: Floats
    before: Floats
    before_variance: Floats
    n: Floats
    baseline_n: Floats
    tested: Mask
    p: Floats
    best: Whole
    tests: Whole

    @property
    def z(self) -> Floats:
        """Change as a normal deviate ``(windows, agents)``; 0 where nothing was tested."""
        return _deviate(self.change, (self.error, self.skew, self.kurtosis), self.tested)

    def at_best(self, values: Floats) -> Floats:
        """Values ``(windows, agents)`` at each agent's best window."""
        return at_window(values, self.best)


@dataclass(frozen=True)
class Confirmed:
    """Whose change is confirmed ``(agents,)``, whether it is for the better, and p's limit."""

    holds: Mask
    better: Mask
    threshold: float

    @property
    def up(self) -> Mask:
        """Who changed for the better."""
        return self.holds & self.better

    @property
    def down(self) -> Mask:
        """Who changed for the worse."""
        return self.holds & ~self.better


def at_window(values: NDArray[Scalar], window: Whole) -> NDArray[Scalar]:
    """Of values ``(windows, agents, ...)``, those of one window for each agent."""
    return values[window, np.arange(window.size)]


def compare(weekly: Weekly, windows: Windows, own: MetricConstants, constants: Constants) -> Trial:
    """A metric's recent weeks against their baselines."""
    recent, recent_variance = mean_over(weekly, windows.recent)
    before, before_variance = mean_over(weekly, windows.baseline)
    n, baseline_n = ((mask * weekly.n).sum(-1) for mask in (windows.recent, windows.baseline))
    known = windows.baseline & np.isfinite(weekly.variance)
    tested = windows.distinct & (n >= own.recent) & (baseline_n >= own.baseline)
    tested &= known.sum(-1) >= constants.fewest_baseline_weeks
    tested &= np.isfinite(recent_variance) & np.isfinite(before_variance)
    error = np.sqrt(recent_variance + before_variance)
    third, fourth = shape_over(weekly, windows.recent, constants)
    third_before, fourth_before = shape_over(weekly, windows.baseline, constants)
    safe = np.where(tested, error, np.inf)
    noise = error, (third - third_before) / safe**3, (fourth + fourth_before) / safe**4
    return _trial(recent - before, noise, tested, (before, before_variance), (n, baseline_n))


def compare_quality(
    trials: Mapping[str, Trial], spreads: Mapping[str, Spread], constants: Constants
) -> Trial:
    """The quality index: changes of the quality metrics, in typical spreads, good is up.

    Each weighs by what it is worth and by how reliably it was seen; errors are taken to be
    correlated, which errs on the safe side.
    """
    parts = quality_parts(trials, spreads, constants)
    total = np.sum(list(parts.values()), axis=0)
    tested = total >= constants.index_least
    safe = np.where(tested, total, 1.0)
    change, before = np.zeros_like(total), np.zeros_like(total)
    errors, behind, leans, tails = [], [], [], []
    for metric, part in parts.items():
        trial, sign = trials[metric], constants.metrics[metric].sign
        weight = part / safe / spreads[metric].size
        change += sign * weight * trial.change
        before += sign * weight * trial.before
        errors.append(weight * np.where(part > 0, trial.error, 0.0))
        leans.append(errors[-1] * sign * trial.skew)
        tails.append(errors[-1] * trial.kurtosis)
        behind.append(weight * np.sqrt(np.where(part > 0, trial.before_variance, 0.0)))
    error, before_error = (together(each, constants.rho) for each in (errors, behind))
    n = [[trials[metric].n, trials[metric].baseline_n] for metric in parts]
    most = np.max(n, axis=0)
    # Odd weeks are odd in all of it, and who is left without an answer says so everywhere: the
    # mean of the parts, not the less heavy tail of a sum.
    all_errors = np.sum(errors, axis=0)
    safe_errors = np.where(all_errors > 0, all_errors, 1.0)
    noise = error, np.sum(leans, axis=0) / safe_errors, np.sum(tails, axis=0) / safe_errors
    return _trial(change, noise, tested, (before, before_error**2), (most[0], most[1]))


def quality_parts(
    trials: Mapping[str, Trial], spreads: Mapping[str, Spread], constants: Constants
) -> dict[str, Floats]:
    """What each quality metric weighs in the index, before the weights are made to add up to 1."""
    return {
        metric: np.where(
            trials[metric].tested,
            constants.metrics[metric].weight
            * spreads[metric].reliability(trials[metric].error ** 2),
            0.0,
        )
        for metric in QUALITY
    }


def together(errors: list[Floats], rho: float) -> Floats:
    """The standard error of a sum, of parts whose errors have this correlation."""
    found: Floats = np.sqrt(
        (1 - rho) * np.sum(np.square(errors), axis=0) + rho * np.sum(errors, axis=0) ** 2
    )
    return found


def confirm(
    trials: Mapping[str, Trial], worth: Mapping[str, Mask], constants: Constants
) -> dict[str, Confirmed]:
    """The changes that survive both in the whole digest and within their own metric.

    The first keeps a quiet week silent; the second keeps a noisy metric from living on the
    credit of an easy one. ``worth`` ``(agents,)`` is who changed enough for a sentence.
    """
    q = constants.false_discoveries
    whole = discoveries(np.stack([trial.p for trial in trials.values()]), q)
    found = {}
    for (metric, trial), survives in zip(trials.items(), whole.holds, strict=True):
        own = discoveries(trial.p, q)
        sign = constants.metrics[metric].sign if metric in constants.metrics else 1
        found[metric] = Confirmed(
            survives & own.holds & worth[metric],
            sign * trial.at_best(trial.change) > 0,
            min(whole.threshold, own.threshold),
        )
    return found


def pool_without(trial: Trial, active: Mask, constants: Constants) -> Mask:
    """Who stays among "everybody else" ``(agents,)``: not those who changed most.

    Otherwise one agent's slip would look like everybody else's improvement in a small team. At
    least half of those active in the week stay, and at least three.
    """
    farthest = np.abs(trial.z).max(0)
    limits = [quantile(1 - constants.pool_alpha / (2 * max(h, 1))) for h in trial.tests.tolist()]
    leaving = np.flatnonzero(active & (farthest > np.array(limits)))
    here = int(active.sum())
    stay = max(int(np.ceil(here * constants.pool_share)), constants.pool_least)
    order = leaving[np.argsort(-farthest[leaving], kind="stable")]
    pool = np.ones(active.size, dtype=np.bool_)
    pool[order[: max(here - stay, 0)]] = False
    return pool


def _trial(
    change: Floats,
    noise: tuple[Floats, Floats, Floats],
    tested: Mask,
    baseline: tuple[Floats, Floats],
    n: tuple[Floats, Floats],
) -> Trial:
    """A trial with its p-value: the smallest of the windows' times how many there were."""
    z = _deviate(change, noise, tested)
    tests = tested.sum(0)
    # Where z is so large that every p is 0, the window is still the one of the largest z.
    best = np.where(tested, np.abs(z), -1.0).argmax(0)
    p = np.minimum(tests * two_sided(at_window(z, best)), 1.0)
    p = np.where(tests > 0, p, np.nan)
    return Trial(change, *noise, *baseline, *n, tested, p, best, tests)


def _deviate(change: Floats, noise: tuple[Floats, Floats, Floats], tested: Mask) -> Floats:
    error, skew, kurtosis = noise
    z = np.where(tested, change / np.where(tested, error, 1.0), 0.0)
    return as_normal(unskewed(z, skew), kurtosis)
