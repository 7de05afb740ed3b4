"""Rows that come after the first import: corrections of known rows, and late rows."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np

from bench.operation import ABANDONED, DAY_SECONDS, PHONE, RESOLVED, UNRESOLVED, Ints
from bench.rows import BLOCK_ROWS, UNKNOWN, Rows, World, answered, asked, handle_seconds, some

Change = Callable[[World, np.random.Generator, Rows], Rows]

LATE_SECONDS = 6 * DAY_SECONDS


def corrections(world: World, count: int, source: Iterable[Rows]) -> Iterator[Rows]:
    """So many of the rows of `source` (all blocks, in order), each once, with changes.

    Raises:
        ValueError: there are fewer rows than that.
    """
    rows = world.operation.rows
    if count > rows:
        raise ValueError(f"Only {rows} rows to correct, not {count}; ask for fewer.")
    chosen = world.operation.rng(4).choice(rows, count, replace=False, shuffle=False)
    return _changed(world, np.sort(chosen), source, corrected)


def late_rows(world: World, count: int, source: Iterable[Rows]) -> Iterator[Rows]:
    """So many new rows, some of them repeats of contacts in `source`, numbered from 0."""
    chosen = world.operation.rng(5).integers(0, world.operation.rows, count)
    return _numbered(_changed(world, np.sort(chosen), source, late))


def corrected(world: World, rng: np.random.Generator, rows: Rows) -> Rows:
    """The same contacts with another handle time, and some with another outcome or answer.

    What was abandoned turns out to have been answered, and left unresolved.
    """
    n, gone = len(rows["agent"]), rows["outcome"] == ABANDONED
    answering = np.flatnonzero(gone & (rows["agent"] == UNKNOWN))
    rows = dict(rows) | {"agent": rows["agent"].copy()}
    rows["agent"][answering] = _anyone_of(world, rng, rows["team"][answering])
    handle = handle_seconds(world, rng, rows)
    handle += handle == rows["handle_seconds"]
    ended_at = rows["started_at"] + handle
    turned = some(rng, n, 0.2)
    solved = np.where(turned, rows["outcome"] != RESOLVED, rows["outcome"] == RESOLVED) & ~gone
    outcome = np.where(turned | gone, UNRESOLVED, rows["outcome"])
    reply = np.where(rows["channel"] == PHONE, rows["started_at"], ended_at)
    reply = np.where(gone, reply, np.minimum(rows["first_reply_at"], ended_at))
    rated = ~gone & some(rng, n, 0.3)
    return rows | {
        "handle_seconds": handle,
        "ended_at": ended_at,
        "outcome": np.where(solved, RESOLVED, outcome),
        "resolved_at": np.where(solved, np.maximum(rows["resolved_at"], ended_at), UNKNOWN),
        "first_reply_at": reply,
        "csat": np.where(rated, rng.integers(1, 6, n), rows["csat"]),
    }


def late(world: World, rng: np.random.Generator, rows: Rows) -> Rows:
    """New contacts, one up to six days after each of these; some about the same matter."""
    moments = rows["started_at"] + rng.integers(0, LATE_SECONDS, len(rows["started_at"]))
    shares = world.hours.shares_at(moments) + rng.random(len(moments)) / world.operation.rows
    block = asked(world, rng, world.hours.moments(np.minimum(shares, 1 - 1e-9)))
    known = (rows["customer_id"] != UNKNOWN) & (rows["issue_type"] != UNKNOWN)
    again = known & some(rng, len(moments), 0.3)
    for column in ("customer_id", "issue_type"):
        block[column] = np.where(again, rows[column], block[column])
    return answered(world, rng, block)


def _changed(world: World, chosen: Ints, source: Iterable[Rows], change: Change) -> Iterator[Rows]:
    """The change applied to the chosen places of each block; `chosen` is sorted."""
    edges = range(0, world.operation.rows + BLOCK_ROWS, BLOCK_ROWS)
    cuts = np.searchsorted(chosen, edges)
    for number, (block, (low, high)) in enumerate(zip(source, pairwise(cuts), strict=True)):
        places = chosen[low:high] - number * BLOCK_ROWS
        rng = world.operation.rng(6, number)
        yield change(world, rng, {column: cells[places] for column, cells in block.items()})


def _numbered(source: Iterator[Rows]) -> Iterator[Rows]:
    first = 0
    for block in source:
        count = len(block["interaction_id"])
        yield block | {"interaction_id": np.arange(first, first + count)}
        first += count


def _anyone_of(world: World, rng: np.random.Generator, team: Ints) -> Ints:
    """An agent of each team; teams are runs of neighbouring numbers."""
    first = np.searchsorted(world.staff.team, team)
    after = np.searchsorted(world.staff.team, team, side="right")
    return rng.integers(first, after)
