"""What a judge of agents claims, week by week, in one form for every judge."""

from dataclasses import dataclass

import numpy as np

from bench.scenario import METRICS

NOBODY, RUSHING = -1, len(METRICS)


@dataclass(frozen=True)
class Claims:
    """Arrays (agents, digests, …); ``weeks`` (digests,) are the indices of the weeks judged.

    ``judged``: the agent got a digest. ``estimate``, ``low``, ``high`` (…, 5): levels in natural
    units, NaN where none is given. ``change`` (…, 6): +1 a change to the good is claimed, -1 one
    to the bad, 0 none; the five metrics, then quality as a whole. ``praised``: speed is praised.
    ``score`` is as shown, NaN where withheld. ``focus`` and ``strength`` are the index of a
    metric, RUSHING, or NOBODY where there is none.
    """

    weeks: np.ndarray
    judged: np.ndarray
    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    change: np.ndarray
    praised: np.ndarray
    rushing: np.ndarray
    overserving: np.ndarray
    score: np.ndarray
    focus: np.ndarray
    strength: np.ndarray


def no_claims(agents: int, weeks: np.ndarray) -> Claims:
    """Arrays to be filled: nobody judged, nothing claimed."""
    shape = (agents, len(weeks))
    numbers = [np.full((*shape, len(METRICS)), np.nan) for _ in range(3)]
    flags = [np.zeros(shape, bool) for _ in range(3)]
    places = [np.full(shape, NOBODY) for _ in range(2)]
    change = np.zeros((*shape, len(METRICS) + 1), int)
    judged, score = np.zeros(shape, bool), np.full(shape, np.nan)
    return Claims(weeks, judged, *numbers, change, *flags, score, *places)
