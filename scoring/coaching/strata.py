"""The contacts of the reference window, counted by agent, week and cell of the case mix.

Contacts of one stratum are alike in everything that the method knows of them beforehand, so that
every later step works with their sums. Agents are numbered by their first contact and rows taken
in the order of their ids, so that figures are the same to the last digit in whatever order rows
come and whatever numbers agents have.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.coaching.contacts import Contacts, Floats, Whole

DAYS = 7


@dataclass(frozen=True)
class Cells:
    """The cells of the case mix, ``(cells,)``: codes of each one's issue, channel and pair.

    A pair is an issue type on a channel; ``pair_issue`` is ``(pairs,)``. ``pair_channel`` and
    ``labels`` ``(issues,)`` are the contacts' own codes of channels and issue types.
    """

    issue: Whole
    pair: Whole
    pair_issue: Whole
    pair_channel: Whole
    labels: Whole


@dataclass(frozen=True)
class Strata:
    """Strata ``(strata,)``, in order of agent, week and cell, with ``n`` contacts each.

    ``agents`` are ids; ``weeks`` ordinals of consecutive Mondays, the reviewed week last; ``rows``
    ``(rows,)`` places in the contacts, and ``of_row`` the stratum of each.
    """

    agents: Whole
    weeks: Whole
    cells: Cells
    agent: Whole
    week: Whole
    cell: Whole
    n: Whole
    rows: Whole
    of_row: Whole

    @property
    def shape(self) -> tuple[int, int]:
        """How many agents and weeks there are."""
        return self.agents.size, self.weeks.size

    def by_week(self, values: NDArray[Any]) -> Floats:
        """Sums of values ``(strata,)`` by agent and week, ``(agents, weeks)``."""
        places = self.agent * self.weeks.size + self.week
        return sums(places, values, self.agents.size * self.weeks.size).reshape(self.shape)


def sums(groups: Whole, values: NDArray[Any], size: int) -> Floats:
    """The sum of the values of each of ``size`` groups, added up in the order they stand in."""
    return np.bincount(groups, values, size).astype(np.float64, copy=False)


def stratify(contacts: Contacts, week: date, weeks: int) -> Strata:
    """The strata of the contacts of up to ``weeks`` weeks, the last of which is ``week``.

    Raises:
        ValueError: contacts whose week begins on another weekday than ``week``.
    """
    last = week.toordinal()
    rows = _rows_in_order(contacts, last - DAYS * (weeks - 1), last)
    agents, agent = _by_first_row(contacts.agent[rows])
    mondays = contacts.week[rows]
    if ((last - mondays) % DAYS).any():
        raise ValueError(f"contacts of weeks that do not begin on the weekday of {week}")
    first = int(mondays.min()) if rows.size else last
    spans = np.arange(first, last + 1, DAYS)
    cells, cell = _cells(contacts, rows)
    keys = (agent * spans.size + (mondays - first) // DAYS) * cells.issue.size + cell
    found, of_row, n = np.unique(keys, return_inverse=True, return_counts=True)
    places, cell = np.divmod(found, max(cells.issue.size, 1))
    agent, week_code = np.divmod(places, spans.size)
    return Strata(agents, spans, cells, agent, week_code, cell, n, rows, of_row)


def _rows_in_order(contacts: Contacts, first: int, last: int) -> Whole:
    rows = np.flatnonzero((contacts.week >= first) & (contacts.week <= last))
    ids = contacts.id[rows]
    if (ids[1:] < ids[:-1]).any():
        rows = rows[np.argsort(ids, kind="stable")]
    return rows


def _by_first_row(agents: Whole) -> tuple[Whole, Whole]:
    """The ids of agents in the order in which they come first, and the code of each row."""
    ids, first, codes = np.unique(agents, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return ids[order], rank[codes]


def _cells(contacts: Contacts, rows: Whole) -> tuple[Cells, Whole]:
    """The cells that there are, and the code of each row."""
    channels, priorities = max(len(contacts.channels), 1), max(len(contacts.priorities), 1)
    keys = contacts.issue[rows] * channels + contacts.channel[rows]
    found, codes = np.unique(keys * priorities + contacts.priority[rows], return_inverse=True)
    pair_keys, pair = np.unique(found // priorities, return_inverse=True)
    labels, pair_issue = np.unique(pair_keys // channels, return_inverse=True)
    return Cells(pair_issue[pair], pair, pair_issue, pair_keys % channels, labels), codes
