"""What a figure of the report is: a share, its Monte-Carlo error, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.claims import Claims
from bench.truth import Truth


@dataclass(frozen=True)
class Figure:
    """A value, its standard error, and how many agents, digests or operations it rests on."""

    value: float
    error: float
    count: int


@dataclass(frozen=True)
class Case:
    """One judge's claims about one operation, and the truth of the same weeks.

    ``usual`` (agents, digests, 5) are true levels in a usual week of the reference window;
    ``hardness`` (agents, digests, 2) what an average agent's AHT and FCR would be on the agent's
    own mix.
    """

    truth: Truth
    claims: Claims
    usual: np.ndarray
    hardness: np.ndarray


Cases = Sequence[Case]
NOTHING = Figure(np.nan, np.nan, 0)
# From so many replays on, their differences are the error.
MANY = 8


def ratio(parts: Sequence[tuple[np.ndarray, np.ndarray]], scale: float = 1.0) -> Figure:
    """A sum over a sum, by clusters that are independent of one another.

    Its error is that of the linearised ratio (Cochran 1977, Sampling Techniques, 6.4); where all
    clusters agree it is that of one cluster that would not.
    """
    above, below = (
        np.concatenate([np.zeros(0), *(np.ravel(part[side]) for part in parts)]) for side in (0, 1)
    )
    above, below = above[below > 0].astype(float), below[below > 0].astype(float)
    if not len(below):
        return NOTHING
    value = above.sum() / below.sum()
    error = np.sqrt(((above - value * below) ** 2).sum()) / below.sum()
    if error == 0:
        error = 1 / (len(below) + 2)
    return Figure(scale * value, scale * error, len(below))
