"""Two class biases of a workspace, fitted from its own answers and kept only if they help.

Customers of a bank and of a game write in different tones: the same words mean another mood on
average. Two numbers, added to the evidence for negative and for positive, put that right; more
would learn the answers by heart. The function knows no database: it takes evidence and answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.sentiment.engine import Biases

LABELS = ("negative", "neutral", "positive")
LEAST_ANSWERS = 100
# Fewer of a kind say nothing about that kind.
LEAST_OF_A_KIND = 10
FOLDS = 5
# How sharply evidence decides while fitting: with 2 the fit is the best of 1 to 10 in simulations
# of 100 to 1,000 answers. A small price on large biases keeps them within reason.
SHARPNESS = 2.0
PRICE = 0.002
STEPS = (1.0, 0.5, 0.25, 0.1, 0.05)
RESAMPLES = 2000
SURE = 0.95
SATISFIED, DISSATISFIED = 0.8, 0.5

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Adapted:
    """The biases to use, or None, and the reason.

    ``n`` answers took part; ``before`` and ``after`` are macro-F1 (0 to 1) on answers held back,
    without biases and with biases that were fitted to the others; None where none were fitted.
    """

    biases: Biases | None
    reason: str
    n: int
    before: float | None = None
    after: float | None = None


def label_of_answer(score: float, highest: float) -> str:
    """What a satisfaction score says: positive from four fifths of the scale up, as CSAT counts.

    Negative up to half of it (1 and 2 of 5, 1 of 2), neutral between.
    """
    share = score / highest
    return LABELS[2] if share >= SATISFIED else LABELS[0] if share <= DISSATISFIED else LABELS[1]


def whole(evidence: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """The evidence of a conversation from that of its turns (turns, 3), weighted 1, 2, 3, …."""
    negative, neutral, positive = np.average(
        np.asarray(evidence, dtype=float), axis=0, weights=np.arange(1, len(evidence) + 1)
    )
    return float(negative), float(neutral), float(positive)


def fit_biases(evidence: Sequence[Sequence[float]], answers: Sequence[str]) -> Adapted:
    """The biases that make labels agree best with answers, if they also do on those held back.

    Args:
        evidence: (texts, 3), log-odds of negative, neutral and positive, of texts or of whole
            conversations, from the engine without biases.
        answers: (texts,), each negative, neutral or positive.
    """
    logits = np.asarray(evidence, dtype=float).reshape(-1, len(LABELS))
    truths = np.array([LABELS.index(answer) for answer in answers], dtype=np.int64)
    if reason := _too_little(truths):
        return Adapted(None, reason, len(truths))
    plain = logits.argmax(axis=1)
    held = _held_back(logits, truths)
    before, after = _macro_f1(_cells(truths, plain)), _macro_f1(_cells(truths, held))
    if _sureness(truths, plain, held) < SURE:
        reason = "on answers held back they do not help for sure, so labels stay as they are"
        return Adapted(None, reason, len(truths), float(before), float(after))
    negative, _neutral, positive = _fitted(logits, truths)
    reason = "on answers held back they help"
    return Adapted((negative, positive), reason, len(truths), float(before), float(after))


def _too_little(truths: _Ints) -> str:
    """Why there is too little to learn from, or an empty text."""
    if len(truths) < LEAST_ANSWERS:
        return f"only {len(truths)} answers, and it takes {LEAST_ANSWERS}"
    counts = np.bincount(truths, minlength=len(LABELS))
    if (counts >= LEAST_OF_A_KIND).sum() < 2:  # noqa: PLR2004 - a choice is between two
        return f"fewer than two kinds of answers with {LEAST_OF_A_KIND} of each"
    return ""


def _held_back(logits: _Floats, truths: _Ints) -> _Ints:
    """The label of each text, with biases that were fitted to the other folds."""
    order = np.argsort(truths, kind="stable")
    folds = np.empty(len(truths), dtype=np.int64)
    folds[order] = np.arange(len(truths)) % FOLDS
    labels = np.empty(len(truths), dtype=np.int64)
    for fold in range(FOLDS):
        held = folds == fold
        labels[held] = (logits[held] + _fitted(logits[~held], truths[~held])).argmax(axis=1)
    return labels


def _fitted(logits: _Floats, truths: _Ints) -> tuple[float, float, float]:
    """The biases with the best smooth macro-F1, by a search in shrinking steps; neutral is 0."""
    kinds = np.unique(truths)
    true = truths[:, None] == kinds

    def gain(biases: tuple[float, float]) -> float:
        negative, positive = biases
        shifted = SHARPNESS * (logits + np.array([negative, 0.0, positive]))
        chances = np.exp(shifted - shifted.max(axis=1, keepdims=True))
        chances = (chances / chances.sum(axis=1, keepdims=True))[:, kinds]
        agreed = 2 * (chances * true).sum(axis=0) / (chances.sum(axis=0) + true.sum(axis=0))
        return float(agreed.mean()) - PRICE * (negative**2 + positive**2)

    negative, positive = _climbed(gain)
    return negative, 0.0, positive


def _climbed(gain: Callable[[tuple[float, float]], float]) -> tuple[float, float]:
    """The highest place near the origin, walking in steps that get shorter."""
    best = max(((a, b) for a in (-2.0, 0.0, 2.0) for b in (-2.0, 0.0, 2.0)), key=gain)
    height = gain(best)
    for step in STEPS:
        while True:
            near = [
                (best[0] + step * a, best[1] + step * b) for a in (-1, 0, 1) for b in (-1, 0, 1)
            ]
            heights = [gain(place) for place in near]
            if max(heights) <= height:
                break
            height = max(heights)
            best = near[heights.index(height)]
    return round(best[0], 2), round(best[1], 2)


def _cells(truths: _Ints, labels: _Ints) -> _Ints:
    """How often each label was given to each truth, (truths, labels)."""
    counts = np.bincount(truths * len(LABELS) + labels, minlength=len(LABELS) ** 2)
    return counts.reshape(len(LABELS), len(LABELS))


def _macro_f1(cells: NDArray[np.int64]) -> _Floats:
    """Macro-F1 of tables (…, truths, labels), over the truths that occur."""
    given, true = cells.sum(axis=-2), cells.sum(axis=-1)
    agreed = np.diagonal(cells, axis1=-2, axis2=-1)
    occurs = true > 0
    each = np.where(occurs, 2 * agreed / np.maximum(given + true, 1), 0.0)
    return np.asarray(each.sum(axis=-1) / occurs.sum(axis=-1))


def _sureness(truths: _Ints, plain: _Ints, held: _Ints) -> float:
    """The share of resamples of the answers in which the biases help.

    Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13; drawing
    from the 27 cells of truth and both labels is drawing answers with replacement.
    """
    side = len(LABELS)
    cells = np.bincount((truths * side + plain) * side + held, minlength=side**3)
    drawn = np.random.default_rng(0).multinomial(len(truths), cells / len(truths), RESAMPLES)
    tables = drawn.reshape(-1, side, side, side)
    return float((_macro_f1(tables.sum(axis=2)) > _macro_f1(tables.sum(axis=3))).mean())
