"""Step 7: the one thing to work on, and the one that goes well."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.coaching.analysis import Analysis
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.findings import METRICS, QUALITY
from scoring.coaching.levels import newcomers
from scoring.coaching.normal import cdf

RUSHING = "rushing"
AS_EXPECTED = 0.5


@dataclass(frozen=True)
class Choice:
    """What a statement is about (a metric, or rushing), and why: rushing, changed or level."""

    about: str
    why: str


@dataclass(frozen=True)
class Grounds:
    """What choices rest on, by metric and ``(agents,)``.

    ``lead`` is how far above what is expected in typical spreads, good is up, and ``below`` the
    probability of being below. ``may_compare`` is who may be held against what is expected,
    ``may_blame`` who may be told to be below it.
    """

    weights: Mapping[str, float]
    lead: Mapping[str, Floats]
    below: Mapping[str, Floats]
    may_compare: Mask
    may_blame: Mask


def grounds_of(found: Analysis, constants: Constants) -> Grounds:
    """The grounds for everybody's focus and strength."""
    lead = {metric: each.z for metric, each in found.standings.items()}
    below = {
        metric: np.where(
            found.levels[metric].reliability > 0, cdf(-each.z / each.error), AS_EXPECTED
        )
        for metric, each in found.standings.items()
    }
    speed = constants.speed_weight
    weights = {metric: (1 - speed) * weight for metric, weight in found.weights.items()}
    enough = found.strata.agents.size >= constants.fewest_agents
    may_compare = np.full(found.strata.agents.size, enough)
    fresh = newcomers(found.strata, found.windows.active, constants.quiet_weeks)
    return Grounds(weights | {"aht": speed}, lead, below, may_compare, may_compare & ~fresh)


def focus_of(found: Analysis, grounds: Grounds, agent: int, constants: Constants) -> Choice | None:
    """An agent's focus: rushing, else what slipped, else what is surely below expected."""
    trade, confirmed = found.changes.trade, found.changes.confirmed
    if trade.rushing[agent]:
        return Choice(RUSHING, RUSHING)
    slipped = [metric for metric in QUALITY if confirmed[metric].down[agent]]
    if slipped:
        return Choice(_heaviest(slipped, grounds.weights), "changed")
    if not grounds.may_blame[agent]:
        return None
    lacks = {
        metric: grounds.weights[metric] * max(-float(grounds.lead[metric][agent]), 0.0)
        for metric in _known(grounds)
        if grounds.below[metric][agent] > constants.focus_certainty
    }
    return Choice(_heaviest(list(lacks), lacks), "level") if lacks else None


def strength_of(
    found: Analysis, grounds: Grounds, agent: int, focus: Choice | None, constants: Constants
) -> Choice | None:
    """An agent's strength: what got better, else what is surely above expected.

    It is never what the focus is on.
    """
    confirmed = found.changes.confirmed
    open_to = [
        metric
        for metric in _known(grounds)
        if not confirmed[metric].down[agent]
        and not (focus and focus.about == metric)
        and (metric != "aht" or _may_praise_speed(found, grounds, agent))
    ]
    better = [metric for metric in open_to if confirmed[metric].up[agent]]
    if better:
        return Choice(_heaviest(better, grounds.weights), "changed")
    if not grounds.may_compare[agent]:
        return None
    leads = {
        metric: grounds.weights[metric] * max(float(grounds.lead[metric][agent]), 0.0)
        for metric in open_to
        if grounds.below[metric][agent] < 1 - constants.focus_certainty
    }
    return Choice(_heaviest(list(leads), leads), "level") if leads else None


def _may_praise_speed(found: Analysis, grounds: Grounds, agent: int) -> bool:
    trade = found.changes.trade
    spoiled = trade.rushing | trade.bad | trade.faster
    # Where nobody's quality is known there is no sign that it holds.
    known = any(metric in grounds.weights for metric in QUALITY)
    return known and not spoiled[agent] and bool(found.score.quality[agent] >= AS_EXPECTED)


def _known(grounds: Grounds) -> list[str]:
    """The metrics that there are, in the order that settles ties."""
    return [metric for metric in METRICS if metric in grounds.weights]


def _heaviest(metrics: list[str], weights: Mapping[str, float]) -> str:
    return max(metrics, key=weights.__getitem__)
