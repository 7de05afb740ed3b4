"""What a week did to everybody: the team's news, and nobody's fault."""

import numpy as np

from scoring.coaching.analysis import Analysis, Fit, Tested
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.findings import Span, TeamEffect
from scoring.coaching.natural import natural
from scoring.coaching.normal import Z95
from scoring.coaching.strata import sums


def shared_effects(
    found: Analysis, issues: tuple[str, ...], constants: Constants
) -> tuple[TeamEffect, ...]:
    """The effects of the reviewed week beyond two standard errors, and large enough to matter.

    Of each metric first that on all contacts, then those on one issue type that the first does
    not account for. Sizes are differences from an ordinary week, in natural units. A team of few
    has none: there is no telling it from its agents.
    """
    if found.strata.agents.size < constants.fewest_agents:
        return ()
    labels = [None, *(issues[code] for code in found.strata.cells.labels.tolist())]
    effects: list[TeamEffect] = []
    for metric, fit in found.fits.items():
        effect, error, news = _effects(fit, found.tested[metric], constants)
        ordinary = natural(fit.expected, fit.own, np.zeros(1))
        ends = np.stack([effect, effect - Z95 * error, effect + Z95 * error])
        sizes = natural(fit.expected, fit.own, ends) - ordinary
        moved = np.abs(sizes[0]) / (ordinary if metric == "aht" else 1.0)
        effects.extend(
            TeamEffect(metric, labels[place], Span(*sizes[:, place].tolist()))
            for place in np.flatnonzero(news & (moved >= fit.own.least)).tolist()
        )
    return tuple(effects)


def _effects(fit: Fit, tested: Tested, constants: Constants) -> tuple[Floats, Floats, Mask]:
    """Of all contacts, then of each issue's: effect, standard error, and whether it is news."""
    score, information, crowd = _sums(fit, tested)
    unit, errors = fit.expected.unit, constants.team_errors
    known = information.sum() + constants.week_phantoms * unit
    whole = score.sum() / known
    more = constants.week_issue_phantoms * unit
    each = (score + more * whole) / (information + more)
    counting = 1 / np.append(known, information + more)
    effect, error = np.append(whole, each), np.sqrt(counting + tested.weekly.wobble / crowd)
    apart = np.abs(effect - whole) > errors * np.sqrt(counting)
    apart[0] = True
    return effect, error, (np.abs(effect) > errors * error) & apart


def _sums(fit: Fit, tested: Tested) -> tuple[Floats, Floats, float]:
    """The last week's scores and information by issue, and how many agents they come from."""
    slices = fit.slices
    agents, weeks, issues = slices.shape
    here = (slices.week == weeks - 1) & tested.pool[slices.agent]
    score, information = (
        sums(slices.issue[here], values[here], issues)
        for values in (slices.score, slices.information)
    )
    own = sums(slices.agent[here], slices.information[here], agents)
    squares = float((own**2).sum())
    return score, information, max(float(own.sum()) ** 2 / squares, 1.0) if squares else 1.0
