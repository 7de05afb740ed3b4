"""The laws by which a contact comes out, and what they give on average, exactly.

Deliberately not the model of the method that is judged: a contact has a difficulty that no label
shows (a mixture of three classes); handle time has mixed, heavy tails of unequal width; resolution
has a complementary log-log link, escalation follows from failing to resolve, by a Gumbel
link; ratings are five steps of a logistic scale, answered or not by how they turned out;
sentiment is beta-distributed. All outcomes of a contact share its difficulty.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from bench.scenario import ESCALATING, PACE, PLEASING, SOLVING, TONE, Scenario

ISSUES = (
    "billing", "refund", "delivery", "login", "technical",
    "cancellation", "upgrade", "warranty", "complaint", "other",
)  # fmt: skip
CHANNELS = ("phone", "chat", "email")
PRIORITIES = ("low", "normal", "high")
CELLS = tuple(product(range(len(ISSUES)), range(len(CHANNELS)), range(len(PRIORITIES))))
CELL_ISSUE, CELL_CHANNEL, CELL_PRIORITY = np.array(CELLS).T

ISSUE_SHARES = np.array((0.20, 0.12, 0.16, 0.12, 0.15, 0.07, 0.05, 0.04, 0.04, 0.05))
CHANNEL_SHARES = np.array((0.55, 0.27, 0.18))
PRIORITY_SHARES = np.array((0.22, 0.60, 0.18))

# One row a dial: pace, solving, escalating, pleasing, tone.
MIDDLE = np.array((5.62, 0.62, -0.10, -0.40, 0.05))
BY_HARDNESS = np.array((0.33, -0.22, 0.12, -0.15, -0.10))
BY_CHANNEL = np.array(((0, 0, 0, 0, 0), (0.12, -0.04, 0, 0.1, 0), (-0.1, -0.12, 0.05, -0.1, -0.1)))
BY_PRIORITY = np.array(
    ((-0.06, 0.06, -0.1, 0.05, 0.05), (0, 0, 0, 0, 0), (0.1, -0.12, 0.15, -0.1, -0.1))
)
BY_CELL = np.array((0.07, 0.05, 0.08, 0.08, 0.05))
# The hidden classes: easy, ordinary, hard.
CLASS_SHARES = np.array((0.50, 0.35, 0.15))
BY_CLASS = np.array(((-0.15, 0.2, -0.1, 0.1, 0.1), (0, 0, 0, 0, 0), (0.5, -0.7, 0.3, -0.4, -0.5)))

# Handle time: most contacts vary a little, one in seven a lot; some timers were forgotten.
WIDE_SHARE, NARROW, WIDE = 0.14, 0.42, 0.85
FAULT_SHARE, FAULT_FACTOR, FAULT_SPREAD = 0.006, 1.6, 0.5
NOISE_MEAN = (1 - WIDE_SHARE) * np.exp(NARROW**2 / 2) + WIDE_SHARE * np.exp(WIDE**2 / 2)
SHORTEST, LONGEST = 5, 14_400

ESCALATED_THOUGH_RESOLVED = 0.02
# A rating of 2, 3, 4, 5 or more; how readily each rating is given, before scaling to the response.
STEPS = np.array((-2.0, -1.4, -0.7, 0.35))
PLEASED_BY_RESOLUTION, CHEERED_BY_RESOLUTION = 1.8, 0.7
ANSWERING = np.array((2.4, 1.4, 0.6, 0.7, 1.1))
SENTIMENT_WIDTH = 7.0
NO_TRANSCRIPT, NO_VERDICT, NO_HANDLE_TIME = 0.10, 0.02, 0.01


@dataclass(frozen=True)
class Nature:
    """What each cell of issue, channel and priority is like.

    ``base`` (cells, 5) where the dials stand, ``classes`` (cells, 3) the share of each hidden
    class, ``hardness`` (issues,), ``response`` the factor on ANSWERING.
    """

    base: np.ndarray
    classes: np.ndarray
    hardness: np.ndarray
    response: float


def nature(scenario: Scenario, seed: int, copy: int = 0) -> Nature:
    """How hard what is asked is: drawn anew for every seed."""
    rng = scenario.rng(seed, 1, copy)
    hardness = rng.standard_normal(len(ISSUES))
    hardness = (hardness - hardness.mean()) / hardness.std()
    base = MIDDLE + np.outer(hardness[CELL_ISSUE], BY_HARDNESS)
    base = base + BY_CHANNEL[CELL_CHANNEL] + BY_PRIORITY[CELL_PRIORITY]
    base += rng.standard_normal(base.shape) * BY_CELL
    classes = rng.dirichlet(CLASS_SHARES * 60, len(CELLS))
    plain = Nature(base, classes, hardness, 1.0)
    usual = usual_shares()
    ready = float((usual[:, None] * classes * _answered(plain, np.zeros((1, 5)))[0][0]).sum())
    return Nature(base, classes, hardness, scenario.response / ready)


def usual_shares() -> np.ndarray:
    """The share of each cell where nothing distinguishes teams: (cells,)."""
    return ISSUE_SHARES[CELL_ISSUE] * CHANNEL_SHARES[CELL_CHANNEL] * PRIORITY_SHARES[CELL_PRIORITY]


def resolves(solving: np.ndarray) -> np.ndarray:
    """The chance of a resolution on first contact."""
    return -np.expm1(-np.exp(solving))


def escalates(escalating: np.ndarray) -> np.ndarray:
    """The chance of an escalation where the contact is not resolved."""
    return np.exp(-np.exp(-escalating))


def at_least(pleasing: np.ndarray) -> np.ndarray:
    """The chances of a rating of 2, 3, 4, 5 or more, in a last axis."""
    return 1 / (1 + np.exp(STEPS - pleasing[..., None]))


def rates(pleasing: np.ndarray) -> np.ndarray:
    """The chances of each rating 1 to 5, in a last axis."""
    more = at_least(pleasing)
    edge = np.ones((*more.shape[:-1], 1))
    return -np.diff(np.concatenate([edge, more, 0 * edge], axis=-1), axis=-1)


def warmth(tone: np.ndarray) -> np.ndarray:
    """The mean of sentiment, -1 to 1."""
    return np.tanh(tone / 2)


def levels(nature: Nature, shares: np.ndarray, dials: np.ndarray) -> np.ndarray:
    """The five metrics to expect on a mix of cells, exactly: (rows, 5), in natural units.

    ``shares`` is (cells,) and sums to 1; ``dials`` is (rows, 5) or, where a shock hits some cells
    only, (rows, cells, 5). CSAT is the mean of the ratings that are *given*: who does not answer
    is in no figure. Forgotten timers are no work and therefore in no true handle time.
    """
    dials = dials if dials.ndim == 3 else dials[:, None, :]  # noqa: PLR2004 - axes
    at = (nature.base + dials)[:, :, None, :] + BY_CLASS
    weight = shares[:, None] * nature.classes
    solved = resolves(at[..., SOLVING])
    given = (1 - solved) * escalates(at[..., ESCALATING]) + solved * ESCALATED_THOUGH_RESOLVED
    mood = solved * warmth(at[..., TONE] + CHEERED_BY_RESOLUTION)
    mood += (1 - solved) * warmth(at[..., TONE])
    answers, points = _answered(nature, dials)
    rating = (points * nature.classes).sum(2) / (answers * nature.classes).sum(2)
    means = [np.exp(at[..., PACE]) * NOISE_MEAN, solved, given, mood]
    aht, fcr, escalation, sentiment = ((one * weight).sum((1, 2)) for one in means)
    return np.stack([aht, fcr, escalation, (rating * shares).sum(1), sentiment], axis=1)


def _answered(nature: Nature, dials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The answers to expect from a contact, and the sum of their ratings: (rows, cells, 3)."""
    dials = dials if dials.ndim == 3 else dials[:, None, :]  # noqa: PLR2004 - axes
    at = (nature.base + dials)[:, :, None, :] + BY_CLASS
    solved = resolves(at[..., SOLVING])[..., None]
    pleasing = at[..., PLEASING]
    chances = solved * rates(pleasing + PLEASED_BY_RESOLUTION) + (1 - solved) * rates(pleasing)
    answered = chances * ANSWERING
    return answered.sum(-1), (answered * np.arange(1, 6)).sum(-1)


def turn_for(nature: Nature, shares: np.ndarray, dials: np.ndarray, points: np.ndarray):
    """How far to turn ``solving`` for FCR to change by so many points: (rows,).

    ``dials`` is (rows, cells, 5). What cannot be reached (beyond 5 or 98 in 100) is cut off there.
    """
    wanted = np.clip(levels(nature, shares, dials)[:, 1] + points, 0.05, 0.98)
    low, high = np.full(len(dials), -4.0), np.full(len(dials), 4.0)
    for _ in range(40):
        middle = (low + high) / 2
        turned = dials.copy()
        turned[..., SOLVING] += middle[:, None]
        below = levels(nature, shares, turned)[:, 1] < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.where(points == 0, 0.0, (low + high) / 2)
