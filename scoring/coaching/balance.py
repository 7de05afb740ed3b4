"""Step 6: the balance score: three parts quality and one part speed, which can never buy it off.

A geometric mean of desirabilities, so that a weak part is not made up for by a strong one; speed
counts for no more than quality does, and getting faster only once quality is shown to have held.

Source: Derringer and Suich 1980, J. Quality Technology 12:214.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.coaching.change import together
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.findings import QUALITY, State
from scoring.coaching.levels import Levels
from scoring.coaching.outcomes import expit
from scoring.coaching.spread import Spread
from scoring.coaching.trade import Trade
from scoring.coaching.weekly import Weekly, mean_over


@dataclass(frozen=True)
class Standing:
    """Where a metric stands ``(agents,)`` in typical spreads from the mean, good is up.

    ``error`` is the standard error of ``z``, ``before`` the same of the weeks before the level's,
    ``earlier`` how many of those have data.
    """

    z: Floats
    error: Floats
    before: Floats
    earlier: Floats


@dataclass(frozen=True)
class Score:
    """The score ``(agents,)`` as the data have it, its standard error, and the quality in it."""

    score: Floats
    error: Floats
    quality: Floats


def standing(levels: Levels, weekly: Weekly, spread: Spread, active: Mask, sign: int) -> Standing:
    """Where a metric's levels stand, and where they stood before."""
    z = sign * (levels.level - spread.mu) / spread.size
    earlier = active & (np.cumsum(levels.weeks, axis=-1) == 0)
    mean, variance = mean_over(weekly, earlier)
    moved = sign * levels.reliability * (mean - levels.recent) / spread.size
    known = (earlier & np.isfinite(weekly.variance)).sum(-1)
    before = np.where(np.isfinite(variance) & (levels.reliability > 0), z + moved, z)
    return Standing(z, np.sqrt(levels.variance) / spread.size, before, known)


def desirability(z: Floats) -> Floats:
    """From 0 to 1, 0.5 as expected."""
    return expit(z)


def quality_of(z: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The geometric mean of the quality metrics' desirabilities, 0 to 1."""
    logs = [weight * np.log(desirability(z[metric])) for metric, weight in weights.items()]
    found: Floats = np.exp(np.sum(logs, axis=0))
    return found


def balance(quality: Floats, speed: Floats, constants: Constants) -> Floats:
    """The score, 0 to 100, of quality 0 to 1 and the speed that counts, in spreads."""
    counted = np.minimum(desirability(np.minimum(speed, constants.speed_cap)), quality)
    weight = constants.speed_weight
    return 100 * quality ** (1 - weight) * counted**weight


def counted_speed(speed: Floats, before: Floats, credited: Mask) -> Floats:
    """The speed that counts: no more than before, unless quality is shown to have held."""
    return np.where(credited, speed, np.minimum(speed, before))


def quality_weights(known: Mapping[str, bool], constants: Constants) -> dict[str, float]:
    """The weights of those quality metrics that anybody has data in; they add up to 1."""
    found = {metric: constants.metrics[metric].weight for metric in QUALITY if known[metric]}
    total = sum(found.values())
    return {metric: weight / total for metric, weight in found.items()}


def score_of(
    standings: Mapping[str, Standing],
    weights: Mapping[str, float],
    trade: Trade,
    constants: Constants,
) -> Score:
    """Everybody's score. ``weights`` name the quality metrics that there are."""
    speed = standings["aht"]
    # Without quality metrics nothing has fallen short, and the score is withheld.
    ideal = np.ones(speed.z.size)
    quality = ideal * quality_of({key: standings[key].z for key in weights}, weights)
    before = ideal * quality_of({key: standings[key].before for key in weights}, weights)
    known = speed.earlier >= constants.score_baseline_weeks
    speed_before = np.where(known, speed.before, 0.0)
    credited = trade.held & known & (quality >= before)
    score = balance(quality, counted_speed(speed.z, speed_before, credited), constants)
    parts = {metric: (1 - constants.speed_weight) * weight for metric, weight in weights.items()}
    parts["aht"] = constants.speed_weight
    errors = [
        score * part * (1 - desirability(standings[metric].z)) * standings[metric].error
        for metric, part in parts.items()
    ]
    return Score(score, together(errors, constants.rho), quality)


def published(
    score: Score, agent: int, before: State, trade: Trade, constants: Constants
) -> float:
    """The score that an agent (by number) is shown: last week's, unless it says something new."""
    new, old = float(score.score[agent]), before.score
    if old is None or new == old:
        return new
    good, bad = good_news(trade)[agent], (trade.bad | trade.rushing | trade.worse)[agent]
    twice = good and before.good_news
    far = abs(new - old) >= constants.dead_band * float(score.error[agent])
    if new < old:
        return new if far or bad else old
    barred = trade.rushing[agent] or trade.bad[agent]
    fresh = (trade.faster[agent] or good) and not twice
    return new if (far or (twice and not bad)) and not barred and not fresh else old


def good_news(trade: Trade) -> Mask:
    """Whose quality is confirmed up with none down and no rushing, or whose speed is praised."""
    return (trade.risen & ~trade.bad & ~trade.rushing) | trade.praised
