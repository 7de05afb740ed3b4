"""Tiny operations with levels written by hand, and claims about them."""

import numpy as np

from bench.claims import no_claims
from bench.judging import Case
from bench.truth import truth_from

WEEKS = 20
FIRST_DIGEST = 8
USUAL = (400.0, 0.80, 0.10, 4.2, 0.25)


def case(*paths, kinds=None, starts=None, active=None):
    """A case with no claims in it, of agents whose levels are given week by week.

    A path maps a metric's index to its levels from a week on: ``{0: {12: 300.0}}``. A second agent
    who never changes keeps the spreads from being zero.
    """
    levels = np.tile(np.array(USUAL), (len(paths), WEEKS, 1))
    for agent, path in enumerate(paths):
        levels[agent] *= 1 + 0.1 * agent
        for metric, changes in path.items():
            for week, level in changes.items():
                levels[agent, week:, metric] = level
    there = np.ones((len(paths), WEEKS), bool) if active is None else np.array(active, bool)
    kinds = np.array(kinds or ["steady"] * len(paths))
    truth = truth_from(levels, there, kinds, np.array(starts or [-1] * len(paths)))
    weeks = np.arange(FIRST_DIGEST, WEEKS)
    claims = no_claims(len(paths), weeks)
    claims.judged[:] = there[:, weeks]
    return Case(truth, claims, levels[:, weeks], np.zeros((len(paths), len(weeks), 2)))


def at(week):
    """The place of a week's digest."""
    return week - FIRST_DIGEST
