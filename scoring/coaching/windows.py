"""Which weeks are compared: the recent windows, and the like-for-like baseline of each."""

from dataclasses import dataclass

import numpy as np

from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask, Whole
from scoring.coaching.strata import Strata, sums


@dataclass(frozen=True)
class Windows:
    """The weeks of each window and of its baseline, ``(windows, agents, weeks)``.

    ``distinct`` ``(windows, agents)`` is False where a window has no active week that a shorter
    one lacks, or the agent none at all. ``restarted`` ``(agents,)`` are those who were here long
    enough, but on another queue. ``active`` is ``(agents, weeks)``.
    """

    recent: Mask
    baseline: Mask
    distinct: Mask
    restarted: Mask
    active: Mask


def windows_of(strata: Strata, constants: Constants) -> Windows:
    """The windows that end in the last week, for every agent."""
    active = strata.by_week(strata.n) > 0
    agents, weeks = active.shape
    ago = np.arange(weeks)[::-1]
    recent = np.stack([active & (ago < length) for length in constants.windows])
    before = np.stack([active & (ago >= length) for length in constants.windows])
    here = recent.sum(-1)
    shorter = np.concatenate([np.zeros((1, agents), dtype=here.dtype), here[:-1]])
    distinct = active[:, -1] & (here > shorter)
    alike = before.copy()
    for codes, size in _mixes(strata):
        counts = _counts(strata, codes, size)
        for window in range(len(constants.windows)):
            alike[window] &= _overlaps(counts, recent[window], constants)
    enough = constants.fewest_baseline_weeks
    restarted = (before.sum(-1) >= enough) & (alike.sum(-1) < enough)
    return Windows(
        recent,
        last_weeks(alike, constants.baseline_weeks),
        distinct,
        (restarted | ~distinct).all(0) & (restarted & distinct).any(0),
        active,
    )


def last_weeks(weeks: Mask, count: int | Whole) -> Mask:
    """The last ``count`` of the weeks ``(..., weeks)``."""
    return weeks & (weeks[..., ::-1].cumsum(-1)[..., ::-1] <= count)


def _mixes(strata: Strata) -> list[tuple[Whole, int]]:
    """Issue and channel of each stratum, and how many there are."""
    cells = strata.cells
    channel = cells.pair_channel[cells.pair]
    return [
        (cells.issue[strata.cell], cells.labels.size),
        (channel[strata.cell], int(channel.max(initial=0)) + 1),
    ]


def _counts(strata: Strata, codes: Whole, size: int) -> Floats:
    """Contacts by week, agent and code, ``(weeks, agents, codes)``."""
    agents, weeks = strata.shape
    places = (strata.week * agents + strata.agent) * size + codes
    return sums(places, strata.n, weeks * agents * size).reshape(weeks, agents, size)


def _overlaps(counts: Floats, recent: Mask, constants: Constants) -> Mask:
    """Whether each week's mix is like that of the recent weeks, ``(agents, weeks)``."""
    now = np.einsum("aw,wak->ak", recent.astype(np.float64), counts)
    now_n = now.sum(-1)
    now /= np.maximum(now_n, 1)[:, None]
    alike = np.empty(recent.shape, dtype=np.bool_)
    for week, then in enumerate(counts):
        n = then.sum(-1)
        common = np.minimum(now, then / np.maximum(n, 1)[:, None]).sum(-1)
        luck = constants.overlap_luck / np.sqrt(np.maximum(np.minimum(n, now_n), 1))
        alike[:, week] = common >= constants.overlap - luck
    return alike
