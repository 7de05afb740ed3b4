"""What other tools show, as claims: raw averages, an arrow for any movement, an additive score.

They stand beside ours so that the goals have something to be compared with. `arrows` compares the
raw average of a week with the week before, and any movement of 5 % or more is an arrow. `t_tests`
asks of the same two weeks whether Welch's t is beyond 1.96, whatever the number of questions. Both
know no case mix; their estimates are raw averages of the last 8 weeks with textbook intervals.
"""

import warnings
from dataclasses import replace

import numpy as np

from bench.claims import NOBODY, Claims, no_claims
from bench.scenario import AHT, ESCALATION, FCR, GOOD, METRICS
from bench.world import World

ARROW, CRITICAL, LEVEL_WEEKS = 0.05, 1.96, 8
WEIGHTS = np.array((0.25, 0.30, 0.1125, 0.1875, 0.15))
POINTS_A_SPREAD = 15
COLUMNS = ("handle_seconds", "resolved", "escalated", "csat", "sentiment")


def sums(world: World) -> np.ndarray:
    """Count, total and total of squares of each agent, week and metric: (3, agents, weeks, 5)."""
    columns, shape = world.contacts, world.lives.contacts.shape
    place = columns["agent"] * shape[1] + columns["week"]
    found = np.zeros((3, *shape, len(METRICS)))
    for metric, name in enumerate(COLUMNS):
        known = ~np.isnan(columns[name])
        values = columns[name][known]
        for power in range(3):
            total = np.bincount(place[known], values**power, shape[0] * shape[1])
            found[power, :, :, metric] = total.reshape(shape)
    return found


def means(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Averages and their standard errors, NaN where there are fewer than two values."""
    count, total, squares = found
    count = np.where(count > 1, count, np.nan)
    mean = total / count
    spread = np.sqrt(np.maximum(squares / count - mean**2, 0) * count / (count - 1))
    return mean, spread / np.sqrt(count)


def arrows(world: World, weeks: np.ndarray) -> Claims:
    """An arrow for every raw average that moved by 5 % or more since the week before."""
    found = sums(world)
    mean, _ = means(found)
    before, now = mean[:, weeks - 1], mean[:, weeks]
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = (now - before) / np.abs(before)
    return _claims(found, weeks, np.where(np.abs(moved) >= ARROW, np.sign(moved), 0))


def t_tests(world: World, weeks: np.ndarray) -> Claims:
    """A claim for every raw average whose t against the week before is beyond 1.96."""
    found = sums(world)
    mean, error = means(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = mean[:, weeks] - mean[:, weeks - 1]
        t = gap / np.hypot(error[:, weeks], error[:, weeks - 1])
    return _claims(found, weeks, np.where(np.abs(t) > CRITICAL, np.sign(t), 0))


def _claims(found: np.ndarray, weeks: np.ndarray, moved: np.ndarray) -> Claims:
    """Claims by raw averages: any fall of handle time is praised, whatever became of quality."""
    claims = no_claims(found.shape[1], weeks)
    change = np.nan_to_num(moved).astype(int) * GOOD
    total = np.cumsum(np.pad(found, ((0, 0), (0, 0), (1, 0), (0, 0))), axis=2)
    mean, error = means(
        total[:, :, weeks + 1] - total[:, :, np.maximum(weeks + 1 - LEVEL_WEEKS, 0)]
    )
    score, focus, strength = _additive(means(found)[0][:, weeks])
    claims.change[..., : len(METRICS)] = change
    worse = (change[..., FCR] < 0) | (change[..., ESCALATION] < 0)
    return replace(
        claims,
        judged=found[0, :, weeks, AHT].T > 0,
        estimate=mean,
        low=mean - CRITICAL * error,
        high=mean + CRITICAL * error,
        praised=change[..., AHT] > 0,
        rushing=(change[..., AHT] > 0) & worse,
        overserving=change[..., AHT] < 0,
        score=score,
        focus=focus,
        strength=strength,
    )


def _additive(mean: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Score, worst and best metric of a week's raw averages: (agents, digests).

    Against everybody's: 50 and 15 points for every spread above, with the weights of the balance
    score, but added up.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a metric that nobody has
        z = (mean - np.nanmean(mean, 0)) / np.nanstd(mean, 0) * GOOD
    z = np.nan_to_num(z)
    score = np.clip(50 + POINTS_A_SPREAD * (z @ WEIGHTS) / np.sqrt((WEIGHTS**2).sum()), 0, 100)
    there = ~np.isnan(mean[..., AHT])
    worst = np.where(there, (z * WEIGHTS).argmin(-1), NOBODY)
    best = np.where(there, (z * WEIGHTS).argmax(-1), NOBODY)
    return np.where(there, np.round(score), np.nan), worst, best
