"""On which kind of contact a statement shows most: an issue type on a channel."""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.analysis import Analysis
from scoring.coaching.change import together
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.focus import RUSHING, Choice
from scoring.coaching.strata import sums

NOWHERE = -np.inf


@dataclass(frozen=True)
class Claim:
    """A statement to be: of whom (by number), about what, and over which weeks ``(weeks,)``.

    ``side`` is 1 for what goes well and -1 for what does not.
    """

    agent: int
    choice: Choice
    side: int
    weeks: Mask


def focus_claim(found: Analysis, agent: int, choice: Choice) -> Claim:
    """A claim of what does not go well, over the weeks that it rests on."""
    if choice.about == RUSHING:
        window = int(found.changes.trade.rush_window[agent])
        return Claim(agent, choice, -1, found.windows.recent[window, agent])
    return Claim(agent, choice, -1, found.levels[choice.about].weeks[agent])


def strength_claim(found: Analysis, agent: int, choice: Choice) -> Claim:
    """A claim of what goes well, over the weeks that it rests on."""
    return Claim(agent, choice, 1, found.levels[choice.about].weeks[agent])


def where(found: Analysis, claim: Claim, constants: Constants) -> int | None:
    """The pair of issue type and channel that stands out, by number; None where none does."""
    if claim.choice.about == RUSHING:
        apart = _rushed(found, claim, constants)
    else:
        sign = constants.metrics[claim.choice.about].sign
        apart = claim.side * sign * _apart(found, claim, claim.choice.about)
    most = int(apart.argmax())
    return most if apart[most] > constants.where_errors else None


def _rushed(found: Analysis, claim: Claim, constants: Constants) -> Floats:
    """How far quick and poor contacts go together in each pair, in standard errors."""
    quick = -_apart(found, claim, "aht")
    parts = [
        -weight * constants.metrics[metric].sign * _apart(found, claim, metric)
        for metric, weight in found.weights.items()
    ]
    error = together([np.array(weight) for weight in found.weights.values()], constants.rho)
    lost = np.sum(parts, axis=0) / error
    return np.where((quick > 0) & (lost > 0), (quick + lost) / np.sqrt(2), NOWHERE)


def _apart(found: Analysis, claim: Claim, metric: str) -> Floats:
    """How far each pair is from what is expected there ``(pairs,)``, in standard errors.

    A change is held against the agent's own long run, a level against an average agent. Pairs of
    few contacts are drawn towards 0 by the spread between agents.
    """
    fit, tested = found.fits[metric], found.tested[metric]
    places = _of_agent(found, claim.agent, fit.expected.outcomes.at)
    mine = fit.expected.outcomes.part(places)
    cell = found.strata.cell[mine.at]
    own = float(fit.expected.agent[claim.agent])
    score, information = mine.slopes(fit.expected.cell[cell] + own)
    effect = tested.weekly.others[fit.slices.of[places]]
    if claim.choice.why == "level":
        effect = effect - own
    kept = claim.weeks[found.strata.week[mine.at]]
    pair, pairs = found.strata.cells.pair[cell][kept], found.strata.cells.pair_issue.size
    beyond = sums(pair, (score - information * effect)[kept], pairs)
    return beyond / np.sqrt(sums(pair, information[kept], pairs) + 1 / tested.spread.tau2)


def _of_agent(found: Analysis, agent: int, at: np.ndarray) -> slice:
    """Which of the strata ``at`` are an agent's; strata stand in order of agent."""
    ends = np.searchsorted(found.strata.agent, [agent, agent + 1])
    first, last = np.searchsorted(at, ends).tolist()
    return slice(first, last)
