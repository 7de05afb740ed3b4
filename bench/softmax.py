"""Softmax regression over sparse features, with known offsets, and macro-F1; deterministic."""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

CLASSES = 3
MOST_STEPS = 150


def fit(
    features: sparse.csr_matrix,
    labels: np.ndarray,
    weights: np.ndarray,
    offsets: np.ndarray,
    penalties: np.ndarray,
) -> np.ndarray:
    """The weights (features, 3) that minimise weighted log-loss plus half of penalty times square.

    Args:
        features: (texts, features).
        labels: (texts,), 0 to 2.
        weights: (texts,), how much each text counts.
        offsets: (texts, 3), added to the log-odds; -inf is not allowed, a large negative is.
        penalties: (features,).
    """
    count = features.shape[1]
    transposed = features.T.tocsr()
    rows = np.arange(len(labels))
    truth = np.eye(CLASSES)[labels]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        guess = flat.reshape(count, CLASSES)
        logits = features @ guess + offsets
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        totals = odds.sum(axis=1)
        missed = weights @ (np.log(totals) - logits[rows, labels])
        pull = penalties[:, None] * guess
        slope = transposed @ ((odds / totals[:, None] - truth) * weights[:, None]) + pull
        return missed + 0.5 * (pull * guess).sum(), slope.ravel()

    start = np.zeros(count * CLASSES)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return found.x.reshape(count, CLASSES)


def macro_f1(labels: np.ndarray, guesses: np.ndarray) -> float:
    """The mean of F1 over the labels that occur, 0 to 1."""
    kinds = np.unique(labels)
    hits = [2 * ((labels == kind) & (guesses == kind)).sum() for kind in kinds]
    sizes = [(labels == kind).sum() + (guesses == kind).sum() for kind in kinds]
    return float(np.mean(np.divide(hits, sizes)))
