"""Medians and other quantiles with their 95 % intervals, of one set of values or of many groups.

Apart from ``scoring.estimate`` because they need the values themselves, and numpy, which takes
0.1 s to import: import this module where quantiles are asked for.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.estimate import Estimate, nothing

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class GroupQuantiles:
    """Arrays ``(groups,)``: quantile, ends of its interval, and n; NaN where there is none."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.int64]

    def of(self, group: int) -> Estimate:
        """The estimate of one group; a group beyond the last has no records."""
        if group >= self.n.size or not self.n[group]:
            return nothing("no_records")
        low, high = (
            None if math.isnan(end[group]) else float(end[group]) for end in (self.low, self.high)
        )
        return Estimate(float(self.value[group]), low, high, int(self.n[group]))


def quantile(values: ArrayLike, q: float) -> Estimate:
    """The q-th quantile of a sequence of values; an end is None where n is too small for it.

    See ``quantiles_by_group`` for the method.
    """
    flat = np.asarray(values, dtype=np.float64).ravel()
    return quantiles_by_group(np.zeros(flat.size, dtype=np.int64), flat, q).of(0)


def quantiles_by_group(
    groups: NDArray[np.int64], values: NDArray[np.float64], q: float
) -> GroupQuantiles:
    """The q-th quantile, 0 < q < 1, of each group; ``groups`` ``(records,)`` numbers them from 0.

    Values are of Hyndman and Fan's type 7, as numpy, pandas, spreadsheets and DuckDB's
    ``quantile_cont`` give. The interval runs between two of the sorted values, whose ranks are
    binomial quantiles; it supposes no distribution, and with few values an end does not exist.

    Source: Hyndman and Fan 1996, The American Statistician 50:361; Conover 1999, Practical
    Nonparametric Statistics, 3rd edition, section 3.2.
    """
    if groups.shape != values.shape or not 0 < q < 1 or not np.isfinite(values).all():
        raise ValueError(f"quantile {q} of {values.shape} finite values in {groups.shape} places")
    n = np.bincount(groups)
    place = np.maximum(n - 1, 0) * q
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, n - 1)
    ranks = np.column_stack([below, above, _interval_ranks(n, q)])
    first, second, low, high = _pick(_together(groups, values, n.size), n, ranks).T
    return GroupQuantiles(first + (second - first) * (place - below), low, high, n)


def _together(
    groups: NDArray[np.int64], values: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """A copy of the values, group by group."""
    if (groups[1:] >= groups[:-1]).all():
        return values.copy()
    # numpy has radix sort for up to 16 bits: eight times as fast as np.lexsort by group and value.
    narrow = groups.astype(np.min_scalar_type(size))
    return values[np.argsort(narrow, kind="stable")]


def _pick(
    together: NDArray[np.float64], n: NDArray[np.int64], ranks: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The values ``(groups, ranks)`` at these ranks of each group; NaN where there is none."""
    starts = n.cumsum() - n
    exists = (ranks >= 0) & (ranks < n[:, None])
    places = np.where(exists, ranks, 0)
    for start, length, wanted in zip(starts.tolist(), n.tolist(), places, strict=True):
        if length > 1:
            together[start : start + length].partition(wanted)
    found = np.full(ranks.shape, np.nan)
    found[exists] = together[(starts[:, None] + places)[exists]]
    return found


def _interval_ranks(n: NDArray[np.int64], q: float) -> NDArray[np.int64]:
    """Ranks ``(groups, 2)`` of the interval's ends, some beyond a group's first or last value."""
    sizes, groups = np.unique(n, return_inverse=True)
    ends = [_binomial_ranks(size, q) for size in sizes.tolist()]
    return np.array(ends, dtype=np.int64).reshape(-1, 2)[groups]


@lru_cache(maxsize=8192)
def _binomial_ranks(n: int, q: float) -> tuple[int, int]:
    """The rank before the binomial's 2.5 % quantile, and the rank at its 97.5 % quantile.

    Sums the probabilities within nine standard deviations, each from the one before.
    """
    reach = 9 * math.sqrt(n * q * (1 - q)) + 12
    first, last = max(int(n * q - reach), 0), min(int(n * q + reach), n)
    hits = np.arange(first, last)
    logs = np.append(0.0, np.log((n - hits) / (hits + 1) * (q / (1 - q))).cumsum())
    below = np.exp(logs - logs.max()).cumsum()
    low, high = np.searchsorted(below, [TAIL * below[-1], (1 - TAIL) * below[-1]])
    return first + int(low) - 1, first + int(high)
