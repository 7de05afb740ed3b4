"""How far agents lie apart in a metric, which decides how far a single one is believed.

Source: Morris 1983, Parametric empirical Bayes inference, JASA 78:47.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Floats


@dataclass(frozen=True)
class Spread:
    """The mean ``mu`` and variance ``tau2`` of agents' levels; ``size`` is a typical spread."""

    mu: float
    tau2: float
    size: float

    def reliability(self, variance: Floats) -> Floats:
        """The share of a difference with this variance that is the agent's own, 0 to 1."""
        return self.tau2 / (self.tau2 + variance)


def spread_of(
    level: Floats, variance: Floats, own: MetricConstants, constants: Constants
) -> Spread:
    """The spread of levels ``(agents,)``; infinite variance is no data and takes no part."""
    known = np.isfinite(variance)
    level, variance = level[known], variance[known]
    prior = own.tau**2
    mu, tau2 = 0.0, prior
    for _ in range(constants.level_rounds if level.size else 0):
        weight = 1 / (variance + tau2)
        weight /= weight.max()
        mu = float((weight * level).sum() / weight.sum())
        beyond = (weight * ((level - mu) ** 2 - variance)).sum()
        beyond += constants.phantom_agents * prior
        found = float(beyond / (weight.sum() - 1 + constants.phantom_agents))
        tau2 = max(found, constants.smallest_spread * prior)
    return Spread(mu, tau2, max(float(np.sqrt(tau2)), own.floor))
