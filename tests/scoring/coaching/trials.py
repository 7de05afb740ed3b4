"""Trials by hand: one window, as many agents as there are changes."""

import numpy as np

from scoring.coaching.change import Trial
from scoring.coaching.normal import two_sided


def trial(change, error, *, tested=True):
    """A trial with these changes and standard errors, on the latent scale."""
    change = np.atleast_1d(np.asarray(change, dtype=float))
    error = np.broadcast_to(np.asarray(error, dtype=float), change.shape)
    tested = np.broadcast_to(np.asarray(tested), change.shape)
    each = np.full((1, change.size), 100.0)
    return Trial(
        change=change[None],
        error=error[None],
        skew=0 * each,
        kurtosis=0 * each,
        before=0 * each,
        before_variance=error[None] ** 2 / 2,
        n=each,
        baseline_n=8 * each,
        tested=tested[None],
        p=np.where(tested, two_sided(change / error), np.nan),
        best=np.zeros(change.size, dtype=np.int64),
        tests=tested.astype(np.int64),
    )
