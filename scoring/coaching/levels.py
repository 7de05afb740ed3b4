"""Step 5: where each agent stands, drawn towards the others' mean as far as data are few.

Source: Morris 1983, Parametric empirical Bayes inference, JASA 78:47, for the intervals.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.change import Confirmed, Trial, at_window
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.expected import Expected
from scoring.coaching.normal import student95
from scoring.coaching.spread import Spread
from scoring.coaching.strata import Strata
from scoring.coaching.weekly import Weekly, mean_over
from scoring.coaching.windows import Windows, last_weeks

TINY = 1e-300


@dataclass(frozen=True)
class Levels:
    """Levels ``(agents,)`` of a metric, latent, with their variance and reliability.

    ``low`` and ``high`` are the ends of their 95 % intervals. ``recent`` is the mean deviation
    behind a level, ``weeks`` ``(agents, weeks)`` the weeks it rests on, ``n`` their contacts with
    an outcome. Without data: the mean of all, reliability 0.
    """

    level: Floats
    variance: Floats
    low: Floats
    high: Floats
    reliability: Floats
    recent: Floats
    weeks: Mask
    n: Floats


@dataclass(frozen=True)
class Basis:
    """What levels rest on: weeks ``(agents, weeks)``, and what may have changed in them.

    ``unsettled`` ``(agents,)`` is a variance, latent.
    """

    weeks: Mask
    unsettled: Floats


def newcomers(strata: Strata, active: Mask, within: int) -> Mask:
    """Agents first seen less than so many weeks ago, and not in the first week of the data."""
    first = active.argmax(-1)
    late: Mask = (first > 0) & (strata.weeks.size - 1 - first < within)
    return late


def basis_of(
    windows: Windows, confirmed: Confirmed, trial: Trial, new: Mask, constants: Constants
) -> Basis:
    """What everybody's level of a metric rests on."""
    weeks = level_weeks(windows, confirmed, trial, new, constants)
    return Basis(weeks, unsettled(trial, confirmed, weeks, constants))


def level_weeks(
    windows: Windows, confirmed: Confirmed, trial: Trial, new: Mask, constants: Constants
) -> Mask:
    """The weeks behind a level: the last eight, four of a newcomer, or those since a change."""
    count = np.where(new, constants.new_level_weeks, constants.baseline_weeks)
    usual = last_weeks(windows.active, count[:, None])
    changed = at_window(windows.recent, trial.best)
    return np.where(confirmed.holds[:, None], changed, usual)


def unsettled(trial: Trial, confirmed: Confirmed, weeks: Mask, constants: Constants) -> Floats:
    """How far, squared, a change that is not confirmed may have left a level behind ``(agents,)``.

    A level over eight weeks has only part of a change in the last few. How probable that is
    follows from the p-value, in the way that is most favourable to it.

    Source: Sellke, Bayarri and Berger 2001, The American Statistician 55:62.
    """
    p = np.clip(np.where(confirmed.holds | np.isnan(trial.p), 1.0, trial.p), TINY, 1.0)
    odds = np.where(p < 1 / np.e, -np.e * p * np.log(p), 1.0)
    supposed = constants.supposed_changing
    changed = supposed / (supposed + (1 - supposed) * odds)
    size, error = trial.at_best(trial.change), trial.at_best(trial.error)
    excess = np.maximum(np.where(p < 1, size**2 - error**2, 0.0), 0.0)
    length = np.array(constants.windows)[trial.best]
    old = np.maximum(1 - length / np.maximum(weeks.sum(-1), 1), 0.0)
    found: Floats = changed * excess * old**2
    return found


def levels_of(
    weekly: Weekly, expected: Expected, spread: Spread, basis: Basis, constants: Constants
) -> Levels:
    """Everybody's level over these weeks."""
    weeks = basis.weeks
    recent, noise = mean_over(weekly, weeks)
    known = np.isfinite(noise)
    noise = np.where(known, noise, 0.0)
    reliability = np.where(known, spread.reliability(noise), 0.0)
    beyond = np.where(known, expected.agent + recent - spread.mu, 0.0)
    # The mean and the spread that a level is drawn by are estimates themselves.
    pooled = (1 - reliability) ** 2 * spread.mu_variance
    unsure = (1 - reliability) ** 2 * 2 * beyond**2 / (spread.freedom - 3)
    drift = reliability**2 * (constants.drift * weekly.wobble + basis.unsettled)
    variance = np.where(known, reliability * noise + unsure + drift, spread.tau2) + pooled
    level, sure = spread.mu + reliability * beyond, student95(spread.freedom)
    down, up = expected.outcomes.lean
    return Levels(
        level,
        variance,
        level - sure * np.sqrt(variance + pooled * (down**2 - 1)),
        level + sure * np.sqrt(variance + pooled * (up**2 - 1)),
        reliability,
        recent,
        weeks,
        (weeks * weekly.n).sum(-1),
    )
