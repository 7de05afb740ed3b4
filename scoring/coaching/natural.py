"""Natural units: what a latent level means on the standard mix, in seconds, shares or points."""

import numpy as np

from scoring.coaching.constants import MetricConstants
from scoring.coaching.contacts import Floats
from scoring.coaching.expected import Expected
from scoring.coaching.outcomes import expit
from scoring.coaching.strata import Strata

AT_ONCE = 1 << 20


def natural(expected: Expected, own: MetricConstants, level: Floats) -> Floats:
    """The figure that an agent of this latent level has on the standard mix; 0 is as expected.

    A share is the mean of the cells' shares, which is not the share of the mean log-odds; seconds
    are those of the mean, not of the median contact.

    Source: Duan 1983, JASA 78:605, for the smearing estimate of a mean from logarithms.
    """
    level = np.asarray(level, dtype=np.float64)
    if own.kind == "share":
        return _share(expected, level)
    if own.scale is None:
        typical = expected.outcomes.smear * float(expected.share @ np.exp(expected.cell))
        return typical * np.exp(level)
    return np.clip(float(expected.share @ expected.cell) + level, *own.scale)


def usual_of(expected: Expected, own: MetricConstants, strata: Strata) -> Floats:
    """What an average agent gets in each of the metric's strata, in its week and natural units."""
    eta = expected.average(strata, expected.outcomes.at)
    if own.kind == "share":
        return expit(eta)
    return expected.outcomes.smear * np.exp(eta) if own.scale is None else eta


def step_of_rate(rate: Floats, angle: Floats) -> Floats:
    """How far from a rate is one that is this angle away, on the side where that is farther.

    An angle, twice the arcsine of a rate's root, is as well known of every rate: to 1 over the
    root of the contacts. Log-odds are not, and those of a rate of 0 are not known at all.

    Source: Cohen 1988, Statistical Power Analysis, 2nd edition, section 6.2.
    """
    own = 2 * np.arcsin(np.sqrt(rate))
    ends = np.sin(np.clip(own + np.stack([angle, -angle]), 0, np.pi) / 2) ** 2
    found: Floats = np.abs(ends - rate).max(0)
    return found


def _share(expected: Expected, level: Floats) -> Floats:
    flat = level.ravel()
    parts = max(1, flat.size * expected.cell.size // AT_ONCE)
    found = [
        expit(expected.cell + part[:, None]) @ expected.share
        for part in np.array_split(flat, parts)
    ]
    return np.concatenate(found).reshape(level.shape)
