"""Contacts drawn a block at a time, in time order, with repeat contacts within seven days.

A block is one whole-number array per column: epoch seconds, counts, or a place in a list of
labels. -1 is *not known* in all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.operation import (
    ABANDONED,
    CHANNEL_ABANDONED,
    CHANNEL_LENGTH,
    CHANNEL_SHARES,
    DAY_SECONDS,
    EMAIL,
    ESCALATED,
    HOUR_SECONDS,
    ISSUE_LENGTH,
    ISSUE_RESOLVED,
    PHONE,
    PRIORITY_SHARES,
    RESOLVED,
    TRANSFERRED,
    UNRESOLVED,
    Floats,
    Ints,
    OpeningHours,
    Operation,
    Staff,
    epoch,
    opening_hours,
    staff,
)

Rows = dict[str, Ints]
Flags = NDArray[np.bool_]

BLOCK_ROWS = 1 << 17
UNKNOWN = -1
REPEAT_SECONDS = 7 * DAY_SECONDS
REPEAT_WISH = 0.25
RECENT_ROWS = 2_000_000
LUCK = 1_000_000
UNSOLVED = (ESCALATED, TRANSFERRED, UNRESOLVED)
UNSOLVED_SHARES = (0.30, 0.18, 0.52)
REOPENED_SHARES = (0.955, 0.04, 0.005)
UNLUCKY = 800_000
MEAN_HANDLE_SECONDS = 380
HANDLE_SPREAD = 0.6
SHORTEST, LONGEST = 15, 5_400


@dataclass(frozen=True)
class World:
    """The operation with its hours and staff, made once."""

    operation: Operation
    hours: OpeningHours
    staff: Staff
    end: int

    @classmethod
    def of(cls, operation: Operation) -> "World":
        """The world that an operation describes."""
        end = epoch(operation.end) + DAY_SECONDS - 1
        return cls(operation, opening_hours(operation), staff(operation), end)


@dataclass(frozen=True)
class Recent:
    """The contacts of the last seven days, from which a repeat contact takes its customer."""

    started_at: Ints
    customer_id: Ints
    issue_type: Ints
    likely: Ints


def blocks(world: World) -> Iterator[Rows]:
    """All contacts, in the order in which they started."""
    nothing = np.zeros(0, np.int64)
    recent = Recent(nothing, nothing, nothing, nothing)
    rows = world.operation.rows
    for number, first in enumerate(range(0, rows, BLOCK_ROWS)):
        rng = world.operation.rng(3, number)
        places = np.arange(first, min(first + BLOCK_ROWS, rows))
        started_at = world.hours.moments((places + rng.random(len(places))) / rows)
        block = asked(world, rng, started_at)
        block["interaction_id"] = places
        recent = _repeated(block, recent, rng)
        yield answered(world, rng, block)


def asked(world: World, rng: np.random.Generator, started_at: Ints) -> Rows:
    """Who asks whom for what, before it is known what came of it."""
    n = len(started_at)
    agent = np.searchsorted(world.staff.busy, rng.random(n) * world.staff.busy[-1], side="right")
    team = world.staff.team[agent]
    return {
        "interaction_id": np.arange(n),
        "agent": agent,
        "team": team,
        "customer_id": rng.integers(0, world.operation.customers, n),
        "channel": _pick(rng, CHANNEL_SHARES, n),
        "issue_type": _pick_by(world.staff.asked[team], rng.random(n)),
        "priority": _pick(rng, PRIORITY_SHARES, n),
        "started_at": started_at,
        "luck": rng.integers(0, LUCK, n),
    }


def answered(world: World, rng: np.random.Generator, block: Rows) -> Rows:
    """The whole rows: outcome, times, replies and surveys."""
    block = dict(block)
    luck = block.pop("luck") / LUCK
    block["outcome"] = _outcomes(world, rng, block, luck)
    _waited(rng, block)
    _handled(world, rng, block)
    _settled(world, rng, block)
    _surveyed(world, rng, block)
    _forgotten(rng, block)
    return block


def _repeated(block: Rows, recent: Recent, rng: np.random.Generator) -> Recent:
    """Turns some rows into repeat contacts, in place; what the next block may repeat."""
    before = len(recent.started_at)
    moments = np.concatenate([recent.started_at, block["started_at"]])
    likely = np.concatenate([recent.likely, (block["luck"] > UNLUCKY).astype(np.int64)])
    origin = _origins(moments, likely, before, rng)
    customer_id = np.concatenate([recent.customer_id, block["customer_id"]])[origin]
    issue_type = np.concatenate([recent.issue_type, block["issue_type"]])[origin]
    block["customer_id"], block["issue_type"] = customer_id[before:], issue_type[before:]
    oldest = np.searchsorted(moments, moments[-1] - REPEAT_SECONDS)
    keep = slice(max(oldest, len(moments) - RECENT_ROWS), None)
    return Recent(moments[keep], customer_id[keep], issue_type[keep], likely[keep])


def _origins(moments: Ints, likely: Ints, before: int, rng: np.random.Generator) -> Ints:
    """The place of the first contact about each one's matter; its own where it is the first.

    Any contact of seven days may be repeated, sooner a recent one, or one that went badly.
    """
    origin = np.arange(len(moments))
    wish = before + np.flatnonzero(rng.random(len(moments) - before) < REPEAT_WISH)
    oldest = np.searchsorted(moments, moments[wish] - REPEAT_SECONDS)
    back = ((wish - oldest) * rng.random(len(wish)) ** 2).astype(np.int64)
    earlier = wish - 1 - np.minimum(back, wish - 1)
    chance = np.where(likely[earlier] == 1, 0.95, 0.35)
    taken = (oldest < wish) & (rng.random(len(wish)) < chance)
    origin[wish[taken]] = earlier[taken]
    while (origin[origin] != origin).any():
        origin = origin[origin]
    return origin


def _outcomes(world: World, rng: np.random.Generator, block: Rows, luck: Floats) -> Ints:
    solved = np.array(ISSUE_RESOLVED)[block["issue_type"]] + world.staff.resolves[block["agent"]]
    outcome = np.array(UNSOLVED)[_pick(rng, UNSOLVED_SHARES, len(luck))]
    outcome[luck < solved] = RESOLVED
    gone = np.array(CHANNEL_ABANDONED)[block["channel"]]
    outcome[some(rng, len(luck), gone)] = ABANDONED
    return outcome


def _waited(rng: np.random.Generator, block: Rows) -> None:
    """A caller waits seconds or minutes, an e-mail up to most of a day."""
    n, written = len(block["started_at"]), block["channel"] == EMAIL
    wait = rng.exponential(70, n).astype(np.int64) + 1
    reply = np.minimum(np.exp(rng.normal(8.0, 1.0, n)), 20 * HOUR_SECONDS).astype(np.int64)
    wait = np.where(written, reply, np.minimum(wait, 1_800))
    block["created_at"] = block["started_at"] - wait
    block["queue_seconds"] = np.where(written, UNKNOWN, wait)


def _handled(world: World, rng: np.random.Generator, block: Rows) -> None:
    """The handle time, the end, and the first reply; an abandoned contact has none of them."""
    started_at, gone = block["started_at"], block["outcome"] == ABANDONED
    unanswered = gone & some(rng, len(gone), 0.6)
    handle = handle_seconds(world, rng, block)
    handle[gone] = rng.integers(0, 30, len(gone))[gone]
    handle[unanswered] = 0
    reply = started_at + np.where(block["channel"] == PHONE, 0, handle * rng.random(len(gone)))
    block["agent"] = np.where(unanswered, UNKNOWN, block["agent"])
    block["ended_at"] = started_at + handle
    block["handle_seconds"] = np.where(handle > 0, handle, UNKNOWN)
    block["first_reply_at"] = np.where(gone, UNKNOWN, reply).astype(np.int64)


def handle_seconds(world: World, rng: np.random.Generator, block: Rows) -> Ints:
    """Log-normal, longer or shorter by agent, issue type and channel."""
    factor = world.staff.length[block["agent"]]
    factor = factor * np.array(ISSUE_LENGTH)[block["issue_type"]]
    factor *= np.array(CHANNEL_LENGTH)[block["channel"]]
    middle = np.log(MEAN_HANDLE_SECONDS) - HANDLE_SPREAD**2 / 2
    drawn = np.exp(rng.normal(middle, HANDLE_SPREAD, len(factor))) * factor
    seconds: Ints = np.clip(drawn, SHORTEST, LONGEST).astype(np.int64)
    return seconds


def _settled(world: World, rng: np.random.Generator, block: Rows) -> None:
    """Reopened or late resolutions; what would be resolved after the end is not resolved yet."""
    n, solved = len(block["outcome"]), block["outcome"] == RESOLVED
    reopened = _pick(rng, REOPENED_SHARES, n)
    late = (reopened > 0) | ((block["channel"] == EMAIL) & some(rng, n, 0.3))
    delay = np.where(late, 1_800 + rng.exponential(1.5 * DAY_SECONDS, n), 0)
    resolved_at = block["ended_at"] + np.minimum(delay, 9 * DAY_SECONDS).astype(np.int64)
    open_still = solved & (resolved_at > world.end)
    block["outcome"] = np.where(open_still, UNRESOLVED, block["outcome"])
    block["resolved_at"] = np.where(solved & ~open_still, resolved_at, UNKNOWN)
    block["reopened"] = np.where(solved, reopened, np.where(some(rng, n, 0.9), 0, UNKNOWN))
    block["sla_met"] = some(rng, n, np.where(late, 0.6, 0.92)).astype(np.int64)


def _surveyed(world: World, rng: np.random.Generator, block: Rows) -> None:
    """Answers from about 15 in 100 (csat) and 5 in 100 (nps) of those who were served."""
    n, gone = len(block["outcome"]), block["outcome"] == ABANDONED
    solved = block["outcome"] == RESOLVED
    pleased = rng.random(n) < np.where(solved, 0.86, 0.38) + world.staff.pleases[block["agent"]]
    fine = rng.random(n)
    csat = np.where(pleased, np.where(some(rng, n, 0.65), 5, 4), 1 + (3 * fine).astype(np.int64))
    nps = np.where(pleased, 7 + (4 * fine).astype(np.int64), (8 * fine).astype(np.int64))
    block["csat"] = np.where(gone | some(rng, n, 1 - 0.155), UNKNOWN, csat)
    block["nps"] = np.where(gone | some(rng, n, 1 - 0.052), UNKNOWN, nps)


def _forgotten(rng: np.random.Generator, block: Rows) -> None:
    """Cells that real records lack."""
    n, gone = len(block["outcome"]), block["outcome"] == ABANDONED
    for column, share in (
        ("customer_id", 0.02),
        ("issue_type", 0.01),
        ("sla_met", 0.05),
        ("handle_seconds", 0.01),
    ):
        block[column] = np.where(some(rng, n, share), UNKNOWN, block[column])
    unsaid = ~gone & (block["resolved_at"] == UNKNOWN) & some(rng, n, 0.15)
    block["outcome"] = np.where(unsaid, UNKNOWN, block["outcome"])


def some(rng: np.random.Generator, n: int, share: float | Floats) -> Flags:
    """Which of n are among a share of them, by chance."""
    chosen: Flags = rng.random(n) < share
    return chosen


def _pick(rng: np.random.Generator, shares: tuple[float, ...], n: int) -> Ints:
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right")


def _pick_by(cumulative: Floats, chance: Floats) -> Ints:
    """A place in each row's own cumulative shares."""
    picked: Ints = (chance[:, None] >= cumulative[:, :-1]).sum(axis=1)
    return picked
