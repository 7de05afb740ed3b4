"""How well a score finds what is rare: the area under its curve, its share in the top tenth."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
FOLDS = 10


def auc(truths: Truths, scores: Floats) -> float:
    """The chance that a score is higher where it is true than where it is not; ties count half.

    Source: Hanley and McNeil 1982.
    """
    _values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    true = int(truths.sum())
    above = ranks[truths].sum() - true * (true + 1) / 2
    return float(above / (true * (len(truths) - true)))


def auc_error(truths: Truths, scores: Floats) -> float:
    """The standard error of the area under the curve. Source: as `auc`, formula 1."""
    area, true = auc(truths, scores), int(truths.sum())
    false = len(truths) - true
    both_true, both_false = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area)
    variance += (true - 1) * (both_true - area**2) + (false - 1) * (both_false - area**2)
    return float(np.sqrt(variance / (true * false)))


def in_top_tenth(truths: Truths, scores: Floats) -> float:
    """The share of what is true among the highest tenth of scores; ties are shared evenly."""
    places = len(scores) // 10
    least = np.sort(scores)[-places]
    above, level = scores > least, scores == least
    room = (places - above.sum()) / level.sum()
    return float((truths[above].sum() + room * truths[level].sum()) / truths.sum())


def folds(groups: Sequence[str], seed: int) -> Iterator[Truths]:
    """For each fold, which rows are held out: whole groups, dealt at random."""
    names, of_rows = np.unique(np.array(groups), return_inverse=True)
    dealt = np.random.default_rng(seed).permutation(len(names)) % FOLDS
    for fold in range(FOLDS):
        yield dealt[of_rows] == fold
