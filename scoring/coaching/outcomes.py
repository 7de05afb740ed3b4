"""What a metric knows of the contacts of each stratum, and how far that is from what is expected.

Two kinds take turns: numbers, whose mean is the effects' sum, and shares, whose log-odds are.
Either gives the score and the information of a stratum at any effects: the first and (negative)
second derivative of the log-likelihood.

Source: McCullagh and Nelder 1989, Generalized Linear Models, 2nd edition, section 2.5.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Contacts, Floats, Whole
from scoring.coaching.normal import Z95
from scoring.coaching.strata import Strata, sums

NORMAL_MAD = 1.4826  # a normal deviation over its median absolute deviation
FARTHEST_ODDS = 35.0  # log-odds beyond which a probability is 0 or 1 to the last digit
HALF = 0.5


class Outcomes(Protocol):
    """The outcomes of one metric, in the strata that have any ``(strata,)``."""

    @property
    def at(self) -> Whole:
        """Places of the strata."""

    @property
    def n(self) -> Floats:
        """Contacts with an outcome."""

    @property
    def total(self) -> Floats:
        """The sum of the outcomes."""

    @property
    def smear(self) -> float:
        """The mean of exp(residual), which leads back from a mean of logarithms."""

    @property
    def deviation(self) -> float:
        """What a single residual is measured in."""

    @property
    def start(self) -> float:
        """The intercept to start from."""

    @property
    def unit(self) -> float:
        """The information of one ordinary contact."""

    @property
    def largest_step(self) -> float:
        """How far an effect may move in one round."""

    @property
    def lean(self) -> tuple[float, float]:
        """How far below and above the mean it may lie, as parts of what is so by symmetry."""

    def slopes(self, eta: Floats) -> tuple[Floats, Floats]:
        """The score and the information of each stratum at effects that add up to eta."""

    def third(self, eta: Floats) -> Floats:
        """The third cumulant of each stratum's score: how lopsided its luck is."""

    def anchored(self, eta: Floats) -> tuple[Floats, Floats]:
        """The same as slopes, with what keeps a fit finite where all outcomes are alike."""

    def renewed(self, eta: Floats) -> Self:
        """The outcomes with what is estimated along the way, at eta."""

    def part(self, places: slice) -> Self:
        """The outcomes of some of the strata; single values are not among them."""


@dataclass(frozen=True)
class Shares:
    """Outcomes that are 0 or 1.

    One phantom contact, half a hit, keeps the odds finite: every stratum has its part of it. One
    that stood at the intercept alone would draw it, and every cell nobody knows, towards a half.
    """

    at: Whole
    n: Floats
    total: Floats
    largest_step: float
    smear: float = 1.0
    deviation: float = 1.0

    @cached_property
    def rate(self) -> float:
        """The share of hits, the phantom contact included."""
        return float((self.total.sum() + HALF) / (self.n.sum() + 1))

    @property
    def start(self) -> float:
        """The log-odds of the share of hits."""
        return _log_odds(self.rate, 1.0)

    @property
    def unit(self) -> float:
        """The variance of one outcome."""
        return self.rate * (1 - self.rate)

    @property
    def lean(self) -> tuple[float, float]:
        """Wilson's limits of the share of hits, in log-odds; without a hit, infinitely below.

        Source: Wilson 1927, JASA 22:209; Brown, Cai and DasGupta 2001, Statistical Science 16:101.
        """
        n, hits, z2 = float(self.n.sum()), float(self.total.sum()), Z95**2
        if not n:
            return 1.0, 1.0
        half = math.sqrt(z2 * (hits * (n - hits) / n + z2 / 4))
        middle, usual = hits + z2 / 2, Z95 / math.sqrt(n * self.unit)
        low = -np.inf if not hits else _log_odds(middle - half, n + z2)
        high = np.inf if hits == n else _log_odds(middle + half, n + z2)
        return (self.start - low) / usual, (high - self.start) / usual

    def slopes(self, eta: Floats) -> tuple[Floats, Floats]:
        """Hits beyond those expected, and the variance of that."""
        p = expit(eta)
        expected = self.n * p
        return self.total - expected, expected * (1 - p)

    def third(self, eta: Floats) -> Floats:
        """That of so many outcomes of 0 or 1."""
        p = expit(eta)
        found: Floats = self.n * p * (1 - p) * (1 - 2 * p)
        return found

    def anchored(self, eta: Floats) -> tuple[Floats, Floats]:
        """The slopes with each stratum's part of the phantom contact."""
        p = expit(eta)
        n = self.n * (1 + 1 / max(self.n.sum(), 1.0))
        total = self.total + (n - self.n) * HALF
        return total - n * p, n * p * (1 - p)

    def renewed(self, eta: Floats) -> Self:  # noqa: ARG002 # numbers need it
        """Nothing is estimated along the way."""
        return self

    def part(self, places: slice) -> Self:
        """The shares of some of the strata."""
        return replace(self, at=self.at[places], n=self.n[places], total=self.total[places])


@dataclass(frozen=True)
class Numbers:
    """Outcomes on a scale; ``values`` ``(rows,)`` are single ones, ``of`` each one's stratum.

    ``variance`` is the mean squared residual, never below ``least``, and ``cube`` the mean cubed
    one. Where ``clip`` is finite, values lie within that many robust deviations ``robust`` of
    what is expected.
    """

    at: Whole
    n: Floats
    total: Floats
    values: Floats
    of: Whole
    clip: float
    least: float
    variance: float = 1.0
    robust: float = 1.0
    cube: float = 0.0
    smear: float = 1.0
    largest_step: float = np.inf

    @property
    def start(self) -> float:
        """The mean."""
        return float(self.values.mean()) if self.values.size else 0.0

    @property
    def deviation(self) -> float:
        """The robust deviation where values are clipped, else the root of the variance."""
        return self.robust if np.isfinite(self.clip) else float(np.sqrt(self.variance))

    @property
    def unit(self) -> float:
        """One over the variance of a contact."""
        return 1 / self.variance

    @property
    def lean(self) -> tuple[float, float]:
        """As far below as above."""
        return 1.0, 1.0

    def slopes(self, eta: Floats) -> tuple[Floats, Floats]:
        """Residuals and contacts, over the variance."""
        return (self.total - self.n * eta) / self.variance, self.n / self.variance

    def third(self, eta: Floats) -> Floats:  # noqa: ARG002 # shares need it
        """That of so many residuals, of which every one is alike."""
        return self.n * self.cube / self.variance**3

    def anchored(self, eta: Floats) -> tuple[Floats, Floats]:
        """The slopes: a mean is finite."""
        return self.slopes(eta)

    def renewed(self, eta: Floats) -> Self:
        """Values clipped, and the moments and the mean of exp of their residuals, at eta."""
        if not self.values.size:
            return replace(self, variance=self.least)
        residuals = self.values - eta[self.of]
        robust = self.robust
        if np.isfinite(self.clip):
            robust = robust_deviation(residuals)
            np.clip(residuals, -self.clip * robust, self.clip * robust, out=residuals)
        total = sums(self.of, residuals, self.n.size) + self.n * eta
        squares = residuals**2
        return replace(
            self,
            total=total,
            variance=max(float(squares.mean()), self.least),
            robust=robust,
            cube=float(np.mean(squares * residuals)),
            smear=float(np.mean(np.exp(residuals, out=residuals))),
        )

    def part(self, places: slice) -> Self:
        """The numbers of some of the strata, without the single values."""
        return replace(self, at=self.at[places], n=self.n[places], total=self.total[places])


def expit(eta: Floats) -> Floats:
    """The probability of log-odds."""
    return 1 / (1 + np.exp(-np.clip(eta, -FARTHEST_ODDS, FARTHEST_ODDS)))


def _log_odds(hits: float, n: float) -> float:
    return math.log(hits / (n - hits))


def robust_deviation(residuals: Floats) -> float:
    """The standard deviation by the median absolute deviation; infinite where that is 0.

    Where more than half of the residuals are alike there is nothing to tell outliers by.

    Source: Rousseeuw and Croux 1993, JASA 88:1273, section 1.
    """
    deviations = residuals - np.median(residuals)
    found = NORMAL_MAD * float(np.median(np.abs(deviations, out=deviations)))
    return found if found > 0 else np.inf


def values_of(contacts: Contacts, metric: str, rows: Whole) -> Floats:
    """The outcomes of a metric in these rows, NaN where not known; of aht the log seconds."""
    match metric:
        case "aht":
            seconds = contacts.handle_seconds[rows]
            return np.log(np.where(seconds > 0, seconds, np.nan))
        case "fcr":
            return contacts.resolved[rows]
        case "escalation":
            return contacts.escalated[rows]
        case "csat":
            return contacts.csat[rows]
        case _:
            return contacts.sentiment[rows]


def outcomes_of(contacts: Contacts, strata: Strata, metric: str, constants: Constants) -> Outcomes:
    """The outcomes of a metric, in the strata that have any."""
    values = values_of(contacts, metric, strata.rows)
    known = np.isfinite(values)
    of_row, values = strata.of_row[known], values[known]
    every = np.bincount(of_row, minlength=strata.n.size)
    at = np.flatnonzero(every)
    n, total = every[at].astype(np.float64), sums(of_row, values, strata.n.size)[at]
    own = constants.metrics[metric]
    if own.kind == "share":
        return Shares(at, n, total, constants.largest_step)
    clip = constants.clip if metric == "aht" else np.inf
    least = constants.smallest_spread * own.tau**2
    return Numbers(at, n, total, values, _places(at, every.size)[of_row], clip, least)


def _places(at: Whole, size: int) -> NDArray[np.intp]:
    """Where each of ``size`` strata stands among those ``at``."""
    places = np.zeros(size, dtype=np.intp)
    places[at] = np.arange(at.size)
    return places
