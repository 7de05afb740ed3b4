"""Step 5: where each agent stands, drawn towards the others' mean as far as data are few.

Source: Morris 1983, Parametric empirical Bayes inference, JASA 78:47, for the intervals.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.change import Confirmed, Trial, at_window
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.expected import Expected
from scoring.coaching.spread import Spread
from scoring.coaching.strata import Strata
from scoring.coaching.weekly import Weekly, mean_over
from scoring.coaching.windows import Windows, last_weeks


@dataclass(frozen=True)
class Levels:
    """Levels ``(agents,)`` of a metric, latent, with their variance and reliability.

    ``recent`` is the mean deviation behind a level, ``weeks`` ``(agents, weeks)`` the weeks it
    rests on, ``n`` their contacts with an outcome. Without data: the mean of all, reliability 0.
    """

    level: Floats
    variance: Floats
    reliability: Floats
    recent: Floats
    weeks: Mask
    n: Floats


def newcomers(strata: Strata, active: Mask, within: int) -> Mask:
    """Agents first seen less than so many weeks ago, and not in the first week of the data."""
    first = active.argmax(-1)
    late: Mask = (first > 0) & (strata.weeks.size - 1 - first < within)
    return late


def level_weeks(
    windows: Windows, confirmed: Confirmed, trial: Trial, new: Mask, constants: Constants
) -> Mask:
    """The weeks behind a level: the last eight, four of a newcomer, or those since a change."""
    count = np.where(new, constants.new_level_weeks, constants.baseline_weeks)
    usual = last_weeks(windows.active, count[:, None])
    changed = at_window(windows.recent, trial.best)
    return np.where(confirmed.holds[:, None], changed, usual)


def levels_of(
    weekly: Weekly, expected: Expected, spread: Spread, weeks: Mask, constants: Constants
) -> Levels:
    """Everybody's level over these weeks."""
    recent, noise = mean_over(weekly, weeks)
    known = np.isfinite(noise)
    noise = np.where(known, noise, 0.0)
    reliability = np.where(known, spread.reliability(noise), 0.0)
    beyond = np.where(known, expected.agent + recent - spread.mu, 0.0)
    # One team's spread is itself estimated, from this many agents, phantom ones included.
    agents = known.size + constants.phantom_agents
    unsure = spread.tau2 / agents + 2 * beyond**2 / (agents - 3)
    drift = constants.drift * reliability**2 * weekly.wobble
    variance = reliability * noise + (1 - reliability) ** 2 * unsure + drift
    return Levels(
        spread.mu + reliability * beyond,
        np.where(known, variance, spread.tau2),
        reliability,
        recent,
        weeks,
        (weeks * weekly.n).sum(-1),
    )
