"""The contacts that a review rests on, as columns: one row for each agent's part in a contact."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Contacts:
    """Columns ``(contacts,)``; outcomes are NaN where they are not known.

    ``id`` is the interaction's row id, ``agent`` its agent's; ``week`` is the ordinal of the
    Monday of the week that it ended in, ``at`` when it ended (milliseconds UTC). ``issue``,
    ``channel`` and ``priority`` are codes into the lists of labels; ``unknown`` is a label.
    """

    id: Whole
    agent: Whole
    week: Whole
    at: Whole
    issue: Whole
    channel: Whole
    priority: Whole
    handle_seconds: Floats
    resolved: Floats
    escalated: Floats
    csat: Floats
    sentiment: Floats
    has_transcript: Mask
    issues: tuple[str, ...]
    channels: tuple[str, ...]
    priorities: tuple[str, ...]
