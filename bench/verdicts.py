"""How right claims of change are, and warnings: what is said falsely, what is noticed how soon.

All figures are shares: a sum over agents (or digests) divided by another. Agents are independent
of one another but their weeks are not, so the error is that of a ratio of sums over agents. A true
change is what bench.truth says it is.
"""

from collections.abc import Callable

import numpy as np

from bench.claims import Claims
from bench.judging import MANY, Case, Cases, Figure, ratio
from bench.scenario import AHT, GOOD
from bench.truth import Truth

FOLLOWED_WEEKS, LEAST_BEFORE, BEFORE = 8, 6, 8
LARGE, MIDDLING = np.log(1 / 0.74), np.log(1 / 0.83)
LARGE_FCR = 0.15


def false_claims(case: Case) -> np.ndarray:
    """Where a change is claimed that is not true: (agents, digests, 6)."""
    change, at = case.claims.change, case.claims.weeks
    right = np.where(change > 0, case.truth.better[:, at], case.truth.worse[:, at])
    return (change != 0) & ~right


def false_discovery_rate(cases: Cases) -> Figure:
    """Of all claims of a change, news or "still", the share that is not true."""
    return ratio(
        [(false_claims(c).sum((1, 2)), (c.claims.change != 0).sum((1, 2))) for c in cases]
    )


def quiet_digests(*, warnings: bool = False) -> Callable[[Cases], Figure]:
    """Of the digests of operations where nobody changes, the share with a claim about anybody.

    With ``warnings``, a warning of rushing counts as well: a family of tests of its own. Digests
    of successive weeks share most of their data, so the error is that of whole replays where
    there are eight or more, else that of single digests.
    """

    def figure(cases: Cases) -> Figure:
        parts = []
        for case in (one for one in cases if one.truth.unchanged.all()):
            found = (case.claims.change != 0).any((0, 2))
            found |= case.claims.rushing.any(0) & warnings
            parts.append((found, np.ones(len(found))))
        whole = [(np.array([a.sum()]), np.array([b.sum()])) for a, b in parts]
        return ratio(whole if len(whole) >= MANY else parts)

    return figure


def false_claims_of_the_unchanged(cases: Cases) -> Figure:
    """Claims of a change for every 100 digests of agents who never change."""
    return ratio(
        [
            ((c.claims.change != 0).sum((1, 2))[still], c.claims.judged.sum(1)[still])
            for c in cases
            for still in [c.truth.unchanged]
        ],
        100,
    )


def noticed(metric: int, low: float, high: float, weeks: int) -> Callable[[Cases], Figure]:
    """Of the steps of a size, the share claimed in the right direction by so many digests.

    Only steps that come at once, last for those weeks, and have the agent at work in all of them
    and in 6 of the 8 weeks before. The first digest is that of the first changed week. AHT is
    measured as
    a factor: a fall by 26 % and the rise that undoes it (35 %) are of one size.
    """

    def figure(cases: Cases) -> Figure:
        return ratio([_noticed(case, metric, (low, high), weeks) for case in cases])

    return figure


def _noticed(case: Case, metric: int, sizes: tuple[float, float], weeks: int):
    at, found = case.claims.weeks, []
    for agent in np.flatnonzero(case.truth.starts >= 0):
        start = case.truth.starts[agent]
        digests = np.flatnonzero((at >= start) & (at < start + weeks))
        size = _size(case.truth, agent, metric, weeks)
        if len(digests) == weeks and sizes[0] <= abs(size) < sizes[1]:
            claims = case.claims.change[agent, digests, metric]
            found.append((claims == np.sign(size) * GOOD[metric]).any())
    return np.array(found, float), np.ones(len(found))


def _size(truth: Truth, agent: int, metric: int, weeks: int) -> float:
    """The size of the step an agent makes: log of the factor (aht), else points; 0 where unfit."""
    start = truth.starts[agent]
    there = truth.active[agent]
    path = truth.levels[agent, :, metric]
    follow = path[start : start + weeks]
    worked = there[max(0, start - BEFORE) : start].sum() >= LEAST_BEFORE
    if not worked or not there[start : start + weeks].all() or np.ptp(follow) > 0:
        return 0.0
    return float(
        np.log(follow[0] / path[start - 1]) if metric == AHT else follow[0] - path[start - 1]
    )


def rush_rewarded(cases: Cases) -> Figure:
    """Of the agents who rush, those praised for speed or shown a score above the last before it.

    In any week of the rush. Agents without a score before they rush are left out.
    """
    return ratio([_rush(case, _rewarded) for case in cases])


def rush_raised(cases: Cases) -> Figure:
    """Of the agents who rush, those whose score rises in any week of the rush."""
    return ratio([_rush(case, _raised) for case in cases])


def rush_noticed(cases: Cases) -> Figure:
    """Of the agents who rush, those called rushing by the third digest of the rush."""
    return ratio(
        [
            _rush(case, lambda c, agent, during: c.rushing[agent, during[:3]].any())
            for case in cases
        ]
    )


def _rush(case: Case, happened: Callable[[Claims, int, np.ndarray], bool]):
    at, found = case.claims.weeks, []
    for agent in np.flatnonzero((case.truth.kind == "rush") & (case.truth.starts >= 0)):
        during = np.flatnonzero(at >= case.truth.starts[agent])
        if len(during) >= 3 and during[0] > 0:  # noqa: PLR2004 - three weeks to notice
            found.append(happened(case.claims, agent, during))
    found = [one for one in found if one is not None]
    return np.array(found, float), np.ones(len(found))


def _rewarded(claims: Claims, agent: int, during: np.ndarray) -> bool | None:
    before = claims.score[agent, : during[0]]
    before = before[~np.isnan(before)]
    if not len(before):
        return None
    score = claims.score[agent, during]
    return bool((score > before[-1]).any() or claims.praised[agent, during].any())


def _raised(claims: Claims, agent: int, during: np.ndarray) -> bool:
    score = claims.score[agent]
    return bool((score[during] > score[during - 1]).any())


def wrong_warnings(cases: Cases) -> Figure:
    """Of all rushing warnings, the share to agents who do not rush."""
    parts = []
    for case in cases:
        wrong = case.claims.rushing & ~case.truth.rushing[:, case.claims.weeks]
        parts.append((wrong.sum(1), case.claims.rushing.sum(1)))
    return ratio(parts)


def honest_called_rushing(cases: Cases) -> Figure:
    """Of those honestly faster, the share called rushing in the eight weeks from then on."""
    return ratio([_faster(case, case.claims.rushing) for case in cases])


def honest_praised(cases: Cases) -> Figure:
    """Of those honestly faster, the share praised for it in the eight weeks from then on."""
    return ratio([_faster(case, case.claims.praised) for case in cases])


def _faster(case: Case, flag: np.ndarray):
    at, found = case.claims.weeks, []
    for agent in np.flatnonzero((case.truth.kind == "faster") & (case.truth.starts >= 0)):
        start = case.truth.starts[agent]
        during = (at >= start) & (at < start + FOLLOWED_WEEKS)
        found.append(flag[agent, during].any())
    return np.array(found, float), np.ones(len(found))


def overserving_wrong(cases: Cases) -> Figure:
    """Of all over-servicing flags, the share where quality did rise or time did not."""
    parts = []
    for case in cases:
        wrong = case.claims.overserving & ~case.truth.overserving[:, case.claims.weeks]
        parts.append((wrong.sum(1), case.claims.overserving.sum(1)))
    return ratio(parts)
