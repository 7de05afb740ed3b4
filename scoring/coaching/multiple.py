"""Many comparisons at once: which of them hold while few of those that hold are false."""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.contacts import Floats, Mask


@dataclass(frozen=True)
class Verdict:
    """Which of the hypotheses hold, in the shape they came in, and the largest p that may."""

    holds: Mask
    threshold: float


def discoveries(p: Floats, q: float) -> Verdict:
    """Those of the p-values that survive at false discovery rate q; NaN was not tested.

    With the p-values in order, the last k with p(k) <= q k/m, and all before it. The threshold
    is q k/m, and q/m where none survives.

    Source: Benjamini and Hochberg 1995, J. Royal Statistical Society B 57:289.
    """
    tested = np.sort(p[np.isfinite(p)])
    limits = q * (np.arange(1, tested.size + 1) / max(tested.size, 1))
    passed = np.flatnonzero(tested <= limits)
    if passed.size:
        threshold = float(limits[passed[-1]])
        return Verdict(p <= tested[passed[-1]], threshold)
    return Verdict(np.zeros(p.shape, dtype=np.bool_), float(limits[0]) if limits.size else 0.0)
