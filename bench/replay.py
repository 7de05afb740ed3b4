"""Evenkeel's own reviews of a simulated operation, week by week, states carried, as claims."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from bench.claims import NOBODY, RUSHING, Claims, no_claims
from bench.nature import CELL_CHANNEL, CELL_ISSUE, CELL_PRIORITY, CHANNELS, ISSUES, PRIORITIES
from bench.scenario import AHT, METRICS
from bench.world import World
from scoring.coaching.contacts import Contacts
from scoring.coaching.findings import AgentReview, Review, State

BETTER = frozenset({"better", "faster"})
WORSE = frozenset({"worse", "slower"})
Reviewing = Callable[[Contacts, date, Mapping[int, State]], Review]


def contacts_of(world: World) -> Contacts:
    """The operation's contacts as a review takes them; agents are numbered from 1."""
    columns = world.contacts
    mondays = np.array([monday.toordinal() for monday in world.mondays], np.int64)
    cell = columns["cell"]
    outcomes = {
        name: columns[name].astype(float)
        for name in ("handle_seconds", "resolved", "escalated", "csat", "sentiment")
    }
    ended_at = columns["started_at"] + np.nan_to_num(outcomes["handle_seconds"], nan=300.0)
    return Contacts(
        id=np.arange(1, len(cell) + 1, dtype=np.int64),
        agent=columns["agent"].astype(np.int64) + 1,
        week=mondays[columns["week"]],
        at=(1000 * ended_at).astype(np.int64),
        issue=CELL_ISSUE[cell],
        channel=CELL_CHANNEL[cell],
        priority=CELL_PRIORITY[cell],
        **outcomes,
        has_transcript=~np.isnan(outcomes["sentiment"]),
        issues=ISSUES,
        channels=CHANNELS,
        priorities=PRIORITIES,
    )


def replay(world: World, weeks: np.ndarray, reviewing: Reviewing) -> Claims:
    """What the reviews of these weeks (indices, one after the other) claim."""
    contacts = contacts_of(world)
    claims = no_claims(world.scenario.agents, weeks)
    states: dict[int, State] = {}
    for digest, week in enumerate(weeks):
        found = reviewing(contacts, world.mondays[week], states)
        states |= {agent: one.state for agent, one in found.agents.items()}
        for agent, one in found.agents.items():
            _fill(claims, (agent - 1, digest), one)
    return claims


def _fill(claims: Claims, at: tuple[int, int], one: AgentReview) -> None:
    """One agent's review as the claims of one place; an agent with no contacts is not judged."""
    if not one.contacts:
        return
    claims.judged[at] = True
    for metric, name in enumerate(METRICS):
        reviewed = one.metrics[name]
        claims.change[at][metric] = _direction(reviewed.flag)
        if reviewed.estimate is not None:
            claims.estimate[at][metric] = reviewed.estimate.value
            claims.low[at][metric] = reviewed.estimate.low
            claims.high[at][metric] = reviewed.estimate.high
    claims.change[at][len(METRICS)] = _direction(one.quality_flag)
    claims.praised[at] = one.metrics[METRICS[AHT]].flag == "better"
    claims.rushing[at], claims.overserving[at] = one.rushing, one.overservicing
    claims.score[at] = np.nan if one.score is None else one.score
    claims.focus[at] = _place(one.focus and one.focus.about)
    claims.strength[at] = _place(one.strength and one.strength.about)


def _direction(flag: str) -> int:
    return (flag in BETTER) - (flag in WORSE)


def _place(about: str | None) -> int:
    if about is None:
        return NOBODY
    return RUSHING if about == "rushing" else METRICS.index(about)
