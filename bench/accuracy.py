"""How right levels, scores, focuses and strengths are; the errors are those of bench.verdicts."""

from collections.abc import Callable, Sequence

import numpy as np

from bench.claims import NOBODY, RUSHING
from bench.judging import MANY, NOTHING, Case, Cases, Figure, ratio
from bench.scenario import AHT, FCR, GOOD

HISTORY = 8


def rank_correlation(metric: int) -> Callable[[Cases], Figure]:
    """Spearman's correlation of estimates with true levels, the mean over digests and replays.

    Over the agents with at least eight active weeks so far.
    """

    def figure(cases: Cases) -> Figure:
        found = [_correlations(case, metric) for case in cases]
        found = [one for one in found if len(one)]
        if not found:
            return NOTHING
        replays = np.array([np.mean(one) for one in found])
        agents = sum(len(case.truth.levels) for case in cases)
        value = float(replays.mean())
        if len(replays) >= MANY:
            return Figure(value, float(replays.std(ddof=1) / np.sqrt(len(replays))), len(replays))
        return Figure(value, (1 - value**2) / np.sqrt(max(agents - 1, 1)), len(replays))

    return figure


def _correlations(case: Case, metric: int) -> list[float]:
    history = np.cumsum(case.truth.active, axis=1)
    found = []
    for digest, week in enumerate(case.claims.weeks):
        estimate = case.claims.estimate[:, digest, metric]
        use = ~np.isnan(estimate) & (history[:, week] >= HISTORY)
        if use.sum() > 2 and np.ptp(estimate[use]) > 0:  # noqa: PLR2004 - two always agree
            ranks = [ranked(x[use]) for x in (estimate, case.truth.levels[:, week, metric])]
            found.append(float(np.corrcoef(*ranks)[0, 1]))
    return found


def ranked(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, ties sharing theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count + 1) / 2)[place]


def penalty(metric: int) -> Callable[[Cases], Figure]:
    """How much worse than they are the agents with the hardest quarter of mixes are shown.

    Mean of estimate less true level over the hardest quarter, less the same over the easiest; + is
    against the hard queues; seconds (aht) or points of 100 (fcr).
    """

    def figure(cases: Cases) -> Figure:
        hard, easy = (
            np.concatenate(x) for x in zip(*(_ends(c, metric) for c in cases), strict=True)
        )
        if not len(hard) or not len(easy):
            return NOTHING
        scale = -GOOD[metric] * (1 if metric == AHT else 100)
        error = np.hypot(*(one.std() / np.sqrt(len(one)) for one in (hard, easy)))
        return Figure(
            scale * (hard.mean() - easy.mean()), abs(scale) * error, len(hard) + len(easy)
        )

    return figure


def _ends(case: Case, metric: int) -> tuple[np.ndarray, np.ndarray]:
    """The agents' mean errors: those of the hardest and of the easiest quarter."""
    error = case.claims.estimate[..., metric] - case.usual[..., metric]
    known = ~np.isnan(error)
    use = known.sum(1) > 0
    mean = np.where(known, error, 0).sum(1)[use] / known.sum(1)[use]
    hardness = -GOOD[metric] * case.hardness[:, :, int(metric == FCR)].mean(1)[use]
    low, high = np.quantile(hardness, (0.25, 0.75)) if use.any() else (0, 0)
    return mean[hardness >= high], mean[hardness <= low]


def coverage(metrics: Sequence[int], *, only_unchanged: bool = False) -> Callable[[Cases], Figure]:
    """The share of 95 % intervals that hold the true level of their week."""

    def figure(cases: Cases) -> Figure:
        parts = []
        for case in cases:
            use = (
                case.truth.unchanged
                if only_unchanged
                else np.full(len(case.usual), fill_value=True)
            )
            low, high, true = (
                x[use][..., metrics] for x in (case.claims.low, case.claims.high, case.usual)
            )
            given = ~np.isnan(low)
            parts.append((((low <= true) & (true <= high)).sum((1, 2)), given.sum((1, 2))))
        return ratio(parts)

    return figure


def score_moves(cases: Cases) -> Figure:
    """Of the weeks of agents who never change, the share in which the shown score moves."""
    parts = []
    for case in cases:
        score = case.claims.score[case.truth.unchanged]
        both = ~np.isnan(score[:, 1:]) & ~np.isnan(score[:, :-1])
        parts.append(((both & (score[:, 1:] != score[:, :-1])).sum(1), both.sum(1)))
    return ratio(parts)


def scores_shown(cases: Cases) -> Figure:
    """The share of digests with a score."""
    return ratio([((~np.isnan(c.claims.score)).sum(1), c.claims.judged.sum(1)) for c in cases])


def focus_right(cases: Cases) -> Figure:
    """Of all focuses, the share on the truly bad side.

    The agent's true level is worse than the average of those at work, or has truly got worse; a
    focus on rushing is right where the agent rushes.
    """
    return ratio([_sided(case, case.claims.focus, -1) for case in cases])


def strength_right(cases: Cases) -> Figure:
    """Of all strengths, the share on the truly good side: above average, or truly better."""
    return ratio([_sided(case, case.claims.strength, 1) for case in cases])


def given(which: str) -> Callable[[Cases], Figure]:
    """The share of digests with a focus, or with a strength."""

    def figure(cases: Cases) -> Figure:
        return ratio(
            [((getattr(c.claims, which) != NOBODY).sum(1), c.claims.judged.sum(1)) for c in cases]
        )

    return figure


def _sided(case: Case, chosen: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    at, truth = case.claims.weeks, case.truth
    levels = np.where(truth.active[:, at, None], truth.levels[:, at], np.nan)
    beyond = (levels - np.nanmean(levels, axis=0)) * np.array(GOOD) * side > 0
    moved = (truth.better if side > 0 else truth.worse)[:, at, : beyond.shape[2]]
    rushes = truth.rushing[:, at, None] & (side < 0)
    right = np.concatenate([beyond | moved, rushes], axis=2)
    named = chosen != NOBODY
    hit = np.take_along_axis(right, np.where(named, chosen, RUSHING)[..., None], 2)[..., 0]
    return (named & hit).sum(1), named.sum(1)
