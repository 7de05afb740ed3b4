"""How far agents lie apart in a metric, which decides how far a single one is believed.

Source: Morris 1983, Parametric empirical Bayes inference, JASA 78:47.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Floats


@dataclass(frozen=True)
class Spread:
    """The mean ``mu`` and variance ``tau2`` of agents' levels; ``size`` is a typical spread.

    ``mu_variance`` is how unsure the mean is; ``freedom`` by how many agents, phantom ones
    included, the spread is known: one who is known poorly tells little of it.
    """

    mu: float
    tau2: float
    size: float
    mu_variance: float = 0.0
    freedom: float = np.inf

    def reliability(self, variance: Floats) -> Floats:
        """The share of a difference with this variance that is the agent's own, 0 to 1."""
        return self.tau2 / (self.tau2 + variance)


def spread_of(
    level: Floats, variance: Floats, own: MetricConstants, constants: Constants
) -> Spread:
    """The spread of levels ``(agents,)``; infinite variance is no data and takes no part."""
    known = np.isfinite(variance)
    level, variance = level[known], variance[known]
    prior, phantoms = own.tau**2, constants.phantom_agents
    told = phantom_part(variance, prior)
    freedom = phantoms + float(told.sum()) * (1 - 1 / max(level.size, 1))
    mu, tau2, mu_variance = 0.0, prior, prior
    for _ in range(constants.level_rounds if level.size else 0):
        weight = 1 / (variance + tau2)
        mu = float((weight * level).sum() / weight.sum())
        beyond = float((told * ((level - mu) ** 2 - variance)).sum()) + phantoms * prior
        tau2 = max(beyond / freedom, constants.smallest_spread * prior)
        mu_variance = float(1 / (1 / (variance + tau2)).sum())
    return Spread(mu, tau2, max(float(np.sqrt(tau2)), own.floor), mu_variance, freedom)


def phantom_part(variance: Floats, prior: float) -> Floats:
    """How much of a phantom agent one counts for whose level has this variance, 0 to 1.

    A phantom agent is one whose level is known exactly. Where nobody's is known well enough to
    tell of a spread as large as the one that was guessed, the guess stands: that a few contacts
    all came out alike does not show that agents are.

    Source: the weights of the score for a variance component, at the guess; Searle, Casella and
    McCulloch 1992, Variance Components, section 6.6.
    """
    found: Floats = (prior / (prior + variance)) ** 2
    return found
