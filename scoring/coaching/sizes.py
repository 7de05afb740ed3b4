"""How large a change is: drawn towards 0, for what was picked out looks larger than it is.

Source: Efron 2011, Tweedie's formula and selection bias, JASA 106:1602.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.coaching.change import Trial, quality_parts, together
from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.expected import Expected
from scoring.coaching.natural import natural
from scoring.coaching.normal import Z95
from scoring.coaching.spread import Spread


@dataclass(frozen=True)
class Size:
    """A change at its best window ``(agents,)``, in natural units.

    ``low`` and ``high`` bound ``after - before``; ``worth`` is whether that is large enough for a
    sentence.
    """

    before: Floats
    after: Floats
    low: Floats
    high: Floats
    worth: Mask


def size_of(trial: Trial, expected: Expected, spread: Spread, own: MetricConstants) -> Size:
    """The size of a metric's change, around the agent's level in the baseline."""
    prior = np.full(trial.best.shape, spread.tau2)
    change, half = _drawn(trial, prior)
    believed = spread.reliability(trial.at_best(trial.before_variance))
    beyond = expected.agent + trial.at_best(trial.before) - spread.mu
    level = spread.mu + believed * np.where(believed > 0, beyond, 0.0)
    before, after, low, high = natural(
        expected, own, level + np.stack([0 * change, change, change - half, change + half])
    )
    moved = np.abs(after - before)
    # Handle time is on the log scale, where a change is a share of what was before.
    moved = moved / before if own.kind == "number" and own.scale is None else moved
    return Size(before, after, low - before, high - before, moved >= own.least)


def quality_size(
    trial: Trial,
    trials: Mapping[str, Trial],
    spreads: Mapping[str, Spread],
    constants: Constants,
) -> Size:
    """The size of the quality index's change, in typical spreads."""
    parts = list(quality_parts(trials, spreads, constants).values())
    total = np.sum(parts, axis=0)
    shares = [part / np.where(trial.tested, total, 1.0) for part in parts]
    prior = trial.at_best(together(shares, constants.rho) ** 2)
    change, half = _drawn(trial, prior)
    believed = _belief(prior, trial.at_best(trial.before_variance))
    before = believed * trial.at_best(trial.before)
    worth = np.abs(change) >= constants.quality_least
    return Size(before, before + change, change - half, change + half, worth)


def _drawn(trial: Trial, prior: Floats) -> tuple[Floats, Floats]:
    """The change drawn towards 0, and half of its 95 % interval; 0 where nothing was tested."""
    known = trial.tests > 0
    variance = np.where(known, trial.at_best(trial.error) ** 2, 0.0)
    belief = _belief(prior, variance)
    change = np.where(known, belief * trial.at_best(trial.change), 0.0)
    return change, Z95 * np.sqrt(variance * belief)


def _belief(prior: Floats, variance: Floats) -> Floats:
    return np.where(prior > 0, prior / np.where(prior > 0, prior + variance, 1.0), 0.0)
