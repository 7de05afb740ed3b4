"""What is true of each agent and week of a simulated operation, and which claims would be true.

A *true change* at week T: for one of the windows of 1, 2, 3 or 6 active weeks that end in T, the
mean of the agent's true levels differs from their mean over the up to 8 (at least 3) active weeks
before it, by more than a tenth of what the method deems worth a sentence. So what is said of a
step stays true until the step has left every baseline, an unchanged agent has no true change at
all, and where the past is mixed (a slip and its recovery) a claim either way may be true. Nothing
here knows of claims: the same truth judges every judge.
"""

from dataclasses import dataclass

import numpy as np

from bench.careers import Careers
from bench.nature import CELL_ISSUE, levels
from bench.scenario import AHT, GOOD, METRICS
from bench.world import World

WINDOWS, BASELINE, LEAST_BASELINE, REFERENCE = (1, 2, 3, 6), 8, 3, 26
# A tenth of what is worth a sentence: 5 % (aht), 3 and 2 points, 0.15, 0.04; 0.25 spreads.
NEGLIGIBLE = np.array((0.005, 0.003, 0.002, 0.015, 0.004, 0.025))
QUALITY = len(METRICS)
QUALITY_WEIGHTS = np.array((0.0, 0.40, 0.15, 0.25, 0.20))


@dataclass(frozen=True)
class Truth:
    """Arrays (agents, weeks) and (agents, weeks, 6): the five metrics, then quality as a whole.

    ``levels`` are on the standard mix, free of wobble and shocks; ``better`` and ``worse`` say
    whether a claim of that direction would be true; ``rushing``: both faster and worse in quality
    over one window; ``overserving``: slower, and quality no better over that window;
    ``unchanged`` (agents,): nothing ever changes. ``starts`` (agents,): the first changed week of
    an agent whose change comes at once, -1 else.
    """

    levels: np.ndarray
    active: np.ndarray
    better: np.ndarray
    worse: np.ndarray
    rushing: np.ndarray
    overserving: np.ndarray
    unchanged: np.ndarray
    starts: np.ndarray
    kind: np.ndarray


def truth_of(world: World) -> Truth:
    """The truth of every agent and week."""
    lives, active = world.lives, world.lives.contacts > 0
    return truth_from(world.levels, active, lives.kind, steps(lives))


def truth_from(found: np.ndarray, active: np.ndarray, kind: np.ndarray, starts: np.ndarray):
    """The truth that levels (agents, weeks, 5) in active weeks amount to."""
    agents, weeks, _ = found.shape
    better, worse = (np.zeros((agents, weeks, QUALITY + 1), bool) for _ in range(2))
    rushing, overserving = (np.zeros((agents, weeks), bool) for _ in range(2))
    spreads = found[:, 0].std(0)
    for agent in range(agents):
        weeks_there = np.flatnonzero(active[agent])
        for window in WINDOWS:
            moved = _moved(found[agent, weeks_there], window, spreads)
            up, down = moved > NEGLIGIBLE, moved < -NEGLIGIBLE
            better[agent, weeks_there] |= up
            worse[agent, weeks_there] |= down
            rushing[agent, weeks_there] |= up[:, AHT] & down[:, QUALITY]
            overserving[agent, weeks_there] |= down[:, AHT] & ~up[:, QUALITY]
    unchanged = ~(better | worse).any((1, 2))
    return Truth(found, active, better, worse, rushing, overserving, unchanged, starts, kind)


def steps(lives: Careers) -> np.ndarray:
    """The first changed week of agents who change at once, -1 for the others."""
    at_once = (lives.weeks_to == 1) & ~np.isin(lives.kind, ["leave", "switch", "new"])
    return np.where(at_once, lives.start, -1)


def _moved(found: np.ndarray, window: int, spreads: np.ndarray) -> np.ndarray:
    """How far each active week's window is from its baseline, + is good: (weeks, 6).

    AHT as a share of the baseline; quality in spreads, weighted as in the method's score. 0 where
    the baseline has too few weeks.
    """
    sums = np.concatenate([np.zeros((1, found.shape[1])), np.cumsum(found, axis=0)])
    last = np.arange(1, len(found) + 1)
    middle = np.maximum(last - window, 0)
    first = np.maximum(middle - BASELINE, 0)
    count = middle - first
    before = (sums[middle] - sums[first]) / np.maximum(count, 1)[:, None]
    change = ((sums[last] - sums[middle]) / window - before) * GOOD
    quality = change @ (QUALITY_WEIGHTS / spreads)
    change[:, AHT] /= np.where(before[:, AHT] > 0, before[:, AHT], 1)
    enough = (count >= LEAST_BASELINE)[:, None]
    return np.where(enough, np.concatenate([change, quality[:, None]], axis=1), 0.0)


def usual_levels(world: World, week: int) -> np.ndarray:
    """Levels in a week on the standard mix and in a usual week: (agents, 5).

    A usual week has the mean shock of the reference window, which no review of the past can tell
    from how things are.
    """
    lives = world.lives
    shock = lives.shocks[max(0, week + 1 - REFERENCE) : week + 1].mean(0)
    dials = lives.dials[:, week, None] + (lives.taste + shock)[:, CELL_ISSUE]
    return levels(world.nature, lives.shares, dials)
