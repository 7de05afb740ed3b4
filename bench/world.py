"""A made-up operation whose truth is known: its contacts, and what is true of every agent's week.

The same scenario and seed give the same operation. It knows nothing of `scoring`, and its laws
(bench.nature) are not the method's model.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bench.careers import Careers, careers, true_levels
from bench.nature import (
    ANSWERING,
    BY_CLASS,
    CELL_ISSUE,
    CHEERED_BY_RESOLUTION,
    ESCALATED_THOUGH_RESOLVED,
    FAULT_FACTOR,
    FAULT_SHARE,
    FAULT_SPREAD,
    LONGEST,
    NARROW,
    NO_HANDLE_TIME,
    NO_TRANSCRIPT,
    NO_VERDICT,
    PLEASED_BY_RESOLUTION,
    SENTIMENT_WIDTH,
    SHORTEST,
    WIDE,
    WIDE_SHARE,
    Nature,
    at_least,
    escalates,
    nature,
    resolves,
    warmth,
)
from bench.scenario import ESCALATING, PACE, PLEASING, SOLVING, TONE, Scenario

LAST_MONDAY = date(2026, 11, 9)
OPEN_DAYS, OPEN_AT, OPEN_SECONDS = 6, 8 * 3600, 10 * 3600
DAY_SECONDS, WEEK_SECONDS = 86_400, 7 * 86_400


@dataclass(frozen=True)
class World:
    """An operation with all its contacts, in the order in which they started, and its truth.

    ``contacts`` maps a column's name to an array (contacts,): ``agent`` and ``week`` are indices
    from 0, ``cell`` one into bench.nature.CELLS, ``started_at`` epoch seconds, and outcomes are
    floats, NaN where they are not known. ``levels`` is (agents, weeks, 5): see
    bench.careers.true_levels.
    """

    scenario: Scenario
    seed: int
    nature: Nature
    lives: Careers
    contacts: dict[str, np.ndarray]
    levels: np.ndarray

    @property
    def mondays(self) -> list[date]:
        """The first day of every week."""
        weeks = self.scenario.weeks
        return [LAST_MONDAY - timedelta(weeks=weeks - 1 - week) for week in range(weeks)]


def simulate(scenario: Scenario, seed: int, copy: int = 0) -> World:
    """The operation that a scenario and a seed describe; ``copy`` tells copies apart."""
    laws = nature(scenario, seed, copy)
    lives = careers(scenario, laws, seed, copy)
    contacts = _contacts(scenario, laws, lives, scenario.rng(seed, 3, copy))
    return World(scenario, seed, laws, lives, contacts, true_levels(laws, lives))


def _contacts(
    scenario: Scenario, laws: Nature, lives: Careers, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    columns = _asked(scenario, lives, rng)
    order = np.argsort(columns["started_at"], kind="stable")
    columns = {name: cells[order] for name, cells in columns.items()}
    agent, week, cell = columns["agent"], columns["week"], columns["cell"]
    hidden = _hidden(scenario, laws, lives, (agent, cell), rng)
    at = laws.base[cell] + BY_CLASS[hidden] + lives.dials[agent, week] + lives.wobble[agent, week]
    at += lives.taste[agent, CELL_ISSUE[cell]] + lives.shocks[week, CELL_ISSUE[cell]]
    solved = rng.random(len(at)) < resolves(at[:, SOLVING])
    chance = np.where(solved, ESCALATED_THOUGH_RESOLVED, escalates(at[:, ESCALATING]))
    columns["handle_seconds"] = _handle_seconds(at[:, PACE], rng)
    columns["resolved"] = _forgotten(solved.astype(float), NO_VERDICT, rng)
    columns["escalated"] = (rng.random(len(at)) < chance).astype(float)
    columns["csat"] = _csat(laws, at[:, PLEASING] + PLEASED_BY_RESOLUTION * solved, rng)
    columns["sentiment"] = _sentiment(at[:, TONE] + CHEERED_BY_RESOLUTION * solved, rng)
    return columns


def _asked(scenario: Scenario, lives: Careers, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Who is asked for what, and when: Mondays to Saturdays, eight to six, done by Sunday."""
    counts = lives.contacts.ravel()
    pair = np.repeat(np.arange(len(counts)), counts)
    agent, week = np.divmod(pair, scenario.weeks)
    row = lives.row[agent, week]
    edges = np.cumsum(lives.mixes, axis=1)
    edges[:, -1] = 1.0
    sought = rng.random(len(pair)) + row
    cell = np.searchsorted((edges + np.arange(len(edges))[:, None]).ravel(), sought, side="right")
    cell = np.minimum(cell - row * edges.shape[1], edges.shape[1] - 1)
    first = (LAST_MONDAY - date(1970, 1, 1)).days - 7 * (scenario.weeks - 1)
    day = first + 7 * week + rng.integers(0, OPEN_DAYS, len(pair))
    started_at = day * DAY_SECONDS + OPEN_AT + rng.integers(0, OPEN_SECONDS, len(pair))
    return {"agent": agent, "week": week, "cell": cell, "started_at": started_at}


def _hidden(
    scenario: Scenario, laws: Nature, lives: Careers, who, rng: np.random.Generator
) -> np.ndarray:
    """The class of each contact; where it is routed, the better agents get the harder ones."""
    agent, cell = who
    skill = lives.dials[:, 0, SOLVING]
    tilt = scenario.routed * (skill - skill.mean()) / max(skill.std(), 1e-9)
    weight = laws.classes[cell] * np.exp(tilt[agent][:, None] * np.array((-0.5, 0.0, 0.5)))
    edges = np.cumsum(weight / weight.sum(1, keepdims=True), axis=1)
    return (rng.random(len(cell))[:, None] > edges[:, :2]).sum(1)


def _handle_seconds(pace: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    width = np.where(rng.random(len(pace)) < WIDE_SHARE, WIDE, NARROW)
    noise = rng.standard_normal(len(pace)) * width
    fault = rng.random(len(pace)) < FAULT_SHARE
    noise += fault * (FAULT_FACTOR + FAULT_SPREAD * rng.standard_normal(len(pace)))
    seconds = np.clip(np.rint(np.exp(pace + noise)), SHORTEST, LONGEST)
    return _forgotten(seconds, NO_HANDLE_TIME, rng)


def _csat(laws: Nature, pleasing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Ratings 1 to 5 of those who answer; how it went decides who does."""
    rating = 1.0 + (rng.random(len(pleasing))[:, None] < at_least(pleasing)).sum(1)
    ready = laws.response * ANSWERING[rating.astype(int) - 1]
    return np.where(rng.random(len(rating)) < ready, rating, np.nan)


def _sentiment(tone: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    middle = (1 + warmth(tone)) / 2
    polarity = 2 * rng.beta(middle * SENTIMENT_WIDTH, (1 - middle) * SENTIMENT_WIDTH) - 1
    return _forgotten(np.round(polarity, 3), NO_TRANSCRIPT, rng)


def _forgotten(values: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(values)) < share, np.nan, values)
