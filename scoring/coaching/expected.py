"""Step 1: what is expected of a contact of its kind, in its week, from an average agent.

One additive model for each metric, fitted by backfitting: seven blocks of effects take turns, each
drawn towards 0 by phantom contacts, so that a cell of few contacts borrows from those above it.
Agents have effects of their own, so that a queue staffed by strong agents is not taken for easy.

Source: Buja, Hastie and Tibshirani 1989, Annals of Statistics 17:453, for backfitting; Efron and
Morris 1975, JASA 70:311, for the spread between agents.
"""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.constants import Constants, MetricConstants
from scoring.coaching.contacts import Contacts, Floats, Whole
from scoring.coaching.outcomes import Outcomes, outcomes_of
from scoring.coaching.spread import phantom_part
from scoring.coaching.strata import Strata, sums

AGENT = 6  # the last block
TINY = 1e-300


@dataclass(frozen=True)
class Expected:
    """What a metric's model found, on the latent scale.

    ``cell`` ``(cells,)`` is the intercept with the three terms of the case mix, ``share`` the
    standard mix; ``agent`` ``(agents,)``, ``week`` ``(weeks,)`` and ``week_issue`` ``(weeks *
    issues,)`` are the shrunken effects. ``outcomes`` are as the last round left them.
    """

    outcomes: Outcomes
    cell: Floats
    share: Floats
    agent: Floats
    week: Floats
    week_issue: Floats

    @property
    def unit(self) -> float:
        """The information of one ordinary contact."""
        return self.outcomes.unit

    def average(self, strata: Strata, at: Whole) -> Floats:
        """What an average agent gets in these strata, in their weeks, on the latent scale."""
        cell, week = strata.cell[at], strata.week[at]
        week_issue = week * strata.cells.labels.size + strata.cells.issue[cell]
        eta: Floats = self.cell[cell] + self.week[week] + self.week_issue[week_issue]
        return eta


@dataclass(frozen=True)
class _Block:
    """The group of each stratum, how many there are, and the phantom contacts in each."""

    groups: Whole
    size: int
    phantoms: float


def expect(contacts: Contacts, strata: Strata, metric: str, constants: Constants) -> Expected:
    """The fitted model of a metric; where nobody has an outcome, all effects are 0."""
    outcomes = outcomes_of(contacts, strata, metric, constants)
    blocks = _blocks(strata, outcomes.at, constants)
    fitted, effects = _fit(outcomes, blocks, constants.metrics[metric], constants)
    cells = strata.cells
    mix = effects[0][0] + effects[1][cells.issue] + effects[2][cells.pair] + effects[3]
    share = sums(strata.cell, strata.n, cells.issue.size) / max(strata.n.sum(), 1)
    return Expected(fitted, mix, share, effects[AGENT], effects[4], effects[5])


def _blocks(strata: Strata, at: Whole, constants: Constants) -> list[_Block]:
    cells, (agents, weeks) = strata.cells, strata.shape
    cell, week = strata.cell[at], strata.week[at]
    issue, issues = cells.issue[cell], cells.labels.size
    few = constants.cell_phantoms
    return [
        _Block(np.zeros_like(cell), 1, 0.0),
        _Block(issue, issues, few),
        _Block(cells.pair[cell], cells.pair_issue.size, few),
        _Block(cell, cells.issue.size, few),
        _Block(week, weeks, constants.week_phantoms),
        _Block(week * issues + issue, weeks * issues, constants.week_issue_phantoms),
        _Block(strata.agent[at], agents, np.nan),
    ]


def _fit(
    outcomes: Outcomes, blocks: list[_Block], own: MetricConstants, constants: Constants
) -> tuple[Outcomes, list[Floats]]:
    """The outcomes as renewed by the last round, and the effects of each block."""
    effects = [np.zeros(block.size) for block in blocks]
    effects[0][0] = outcomes.start
    eta = np.full(outcomes.n.size, outcomes.start)
    spread = own.tau**2
    for _ in range(constants.rounds):
        outcomes = outcomes.renewed(eta)
        for block, effect in zip(blocks, effects, strict=True):
            pull = 1 / spread if np.isnan(block.phantoms) else block.phantoms * outcomes.unit
            step = _step(outcomes, eta, block, effect, pull)
            np.add(effect, step, out=effect)
            eta += step[block.groups]
        information = _sums(blocks[AGENT], outcomes.slopes(eta)[1])
        enough = information > constants.agent_information * outcomes.unit
        undone = (effects[AGENT] * (1 + 1 / (spread * np.maximum(information, TINY))))[enough]
        spread = _spread(undone, information[enough], own, constants)
    return outcomes.renewed(eta), effects


def _step(outcomes: Outcomes, eta: Floats, block: _Block, effect: Floats, pull: float) -> Floats:
    """One of Newton's steps for the effects of a block, the others held."""
    score, information = (_sums(block, slope) for slope in outcomes.anchored(eta))
    step = (score - pull * effect) / np.maximum(information + pull, TINY)
    return np.clip(step, -outcomes.largest_step, outcomes.largest_step)


def _sums(block: _Block, values: Floats) -> Floats:
    return sums(block.groups, values, block.size)


def _spread(
    undone: Floats, information: Floats, own: MetricConstants, constants: Constants
) -> float:
    """The variance between agents, from effects ``(agents,)`` with their shrinkage undone."""
    phantoms, prior = constants.phantom_agents, own.tau**2
    if not undone.size:
        return prior
    told = phantom_part(1 / information, prior)
    mean = (told * undone).sum() / told.sum()
    beyond = float((told * ((undone - mean) ** 2 - 1 / information)).sum())
    agents = float(told.sum()) * (1 - 1 / undone.size) + phantoms
    return (max(beyond, 0.0) + phantoms * prior) / agents
