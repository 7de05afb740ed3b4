"""Who works in a made-up operation, on what, how well, and what becomes of each over the weeks."""

from dataclasses import dataclass

import numpy as np

from bench.nature import (
    BY_HARDNESS,
    CELL_ISSUE,
    CELLS,
    ISSUES,
    Nature,
    levels,
    turn_for,
    usual_shares,
)
from bench.scenario import KINDS, PACE, PLEASING, SOLVING, TONE, Scenario

# The spread between agents, one number a dial; quality is shared in part, pace is not.
SKILL = np.array((0.15, 0.18, 0.20, 0.36, 0.19))
SHARED = np.array((0.0, 0.55, -0.4, 0.5, 0.5))
TASTE = np.array((0.03, 0.03, 0.0, 0.0, 0.0))
WOBBLE = np.array((0.05, 0.06, 0.08, 0.15, 0.07))
WOBBLE_SHARED = np.array((0.0, 0.6, -0.4, 0.6, 0.6))
WEEK_SHOCK = np.array((0.03, 0.05, 0.06, 0.10, 0.06))
ISSUE_SHOCK = np.array((0.02, 0.04, 0.05, 0.06, 0.04))
OUTAGE = np.array((0.25, -0.30, 0.10, -0.30, -0.20))
OUTAGES_A_WEEK, FOR_EVERYBODY = 0.15, 0.25
SHOCK_FREEDOM = 4
# A beginner's dials on the first day; half of it is gone after four weeks.
GREEN = np.array((0.25, -0.25, 0.10, -0.30, -0.10))
LEARNING_WEEKS = 4
FIRST_CHANGE, LAST_CHANGE = 10, 6
GRADUAL_WEEKS = 3
PART_WEEKS, VOLUME_SPREAD = 0.08, 0.12
# Whose contacts change, but not how well they are handled.
STAYING = ("steady", "switch", "leave")


@dataclass(frozen=True)
class Careers:
    """What is true of every agent; arrays lead with (agents,).

    ``kind`` names one of KINDS; ``start`` is the first changed week (an index, -1 where nothing
    happens), ``end`` the first week after it (the number of weeks where it lasts), ``weeks_to``
    how many weeks the change takes; ``dials`` (agents, weeks, 5) is where the agent's dials stand
    with neither wobble nor shock; ``taste`` (agents, issues, 5) what an agent finds easier or
    harder than others do; ``mixes`` (rows, cells) and ``row`` (agents, weeks) what is asked of
    them; ``contacts`` (agents, weeks) how many; ``wobble`` (agents, weeks, 5) and ``shocks``
    (weeks, issues, 5) what passes.
    """

    kind: np.ndarray
    team: np.ndarray
    start: np.ndarray
    end: np.ndarray
    weeks_to: np.ndarray
    dials: np.ndarray
    taste: np.ndarray
    mixes: np.ndarray
    row: np.ndarray
    contacts: np.ndarray
    wobble: np.ndarray
    shocks: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """The standard mix: the share of each cell in all contacts of the operation, (cells,)."""
        asked = np.bincount(self.row.ravel(), self.contacts.ravel(), len(self.mixes))
        return (asked @ self.mixes) / asked.sum()


def careers(scenario: Scenario, nature: Nature, seed: int, copy: int = 0) -> Careers:
    """Everything about the agents that is not the luck of a single contact."""
    rng = scenario.rng(seed, 2, copy)
    agents, weeks = scenario.agents, scenario.weeks
    mixes, team, skill, taste = _staff(scenario, nature, rng)
    kind = _kinds(scenario, rng)
    start, end = _spans(scenario, kind, rng)
    weeks_to = np.ones(agents, int)
    dials = np.repeat(skill[:, None], weeks, axis=1)
    turns = _turns(nature, (mixes[team], skill, taste), kind, rng)
    gradual = rng.random(agents) < [KINDS[one].gradual for one in kind]
    weeks_to[gradual] = GRADUAL_WEEKS
    if scenario.career:
        dials += turns[:, None] * _progress(weeks, start, end, weeks_to)[..., None]
        dials += np.where(kind == "new", 1, 0)[:, None, None] * _learning(weeks, start)
    row = np.repeat(team[:, None], weeks, axis=1)
    other = (team + rng.integers(1, max(2, len(mixes)), agents)) % len(mixes)
    moved = (kind == "switch")[:, None] & (np.arange(weeks) >= start[:, None])
    row = np.where(moved, other[:, None], row)
    contacts = _contacts(scenario, (kind, start, end), rng)
    wobble, shocks = _wobble(scenario, rng), _shocks(scenario, rng)
    ends = (start, end, weeks_to)
    return Careers(kind, team, *ends, dials, taste, mixes, row, contacts, wobble, shocks)


def _staff(scenario: Scenario, nature: Nature, rng: np.random.Generator):
    """Mixes of the teams, and each agent's team, skill and taste.

    The better agents sit where it is hard, as far as ``staffing`` says; with one team only they
    sit where they are.
    """
    teams = max(1, round(scenario.agents / scenario.team))
    lean = np.exp(rng.normal(0, scenario.unlike, (teams, len(ISSUES))))
    tilt = np.exp(rng.normal(0, scenario.unlike / 2, (teams, len(CELLS))))
    mixes = usual_shares() * lean[:, CELL_ISSUE] * tilt
    mixes /= mixes.sum(1, keepdims=True)
    hard = (mixes @ nature.base) @ BY_HARDNESS
    quality = _skewed(rng, scenario.agents)
    seat = scenario.staffing * quality
    seat = seat + np.sqrt(1 - scenario.staffing**2) * rng.standard_normal(scenario.agents)
    team = np.empty(scenario.agents, int)
    places = np.sort(np.arange(scenario.agents) * teams // scenario.agents)
    team[np.argsort(seat)] = np.argsort(hard)[places]
    own = np.stack([_skewed(rng, scenario.agents) for _ in SKILL], axis=1)
    skill = SKILL * (SHARED * quality[:, None] + np.sqrt(1 - SHARED**2) * own)
    taste = rng.standard_normal((scenario.agents, len(ISSUES), len(SKILL))) * TASTE
    return mixes, team, skill, taste


def _skewed(rng: np.random.Generator, count: int) -> np.ndarray:
    """Mean 0, spread 1, more stragglers than stars: a gamma turned around."""
    return (8 - rng.gamma(8, size=count)) / np.sqrt(8)


def _kinds(scenario: Scenario, rng: np.random.Generator) -> np.ndarray:
    """What becomes of each agent: as many of each kind as the shares say, in random order."""
    names = np.array(list(KINDS))
    shares = np.array([one.share for one in KINDS.values()])
    if not scenario.career:
        shares = np.where(np.isin(names, STAYING), shares, 0)
    places = (np.arange(scenario.agents) + rng.random()) / scenario.agents
    edges = np.cumsum(shares / shares.sum())
    chosen = np.minimum(np.searchsorted(edges, places, side="right"), len(names) - 1)
    return rng.permutation(names[chosen])


def _spans(scenario: Scenario, kind: np.ndarray, rng: np.random.Generator):
    """First changed week and the first after the change; -1 and the last where there is none."""
    weeks = scenario.weeks
    start = rng.integers(FIRST_CHANGE, max(FIRST_CHANGE + 1, weeks - LAST_CHANGE), len(kind))
    start = np.where(kind == "new", rng.integers(4, max(5, weeks // 2), len(kind)), start)
    away = rng.integers(3, 7, len(kind))
    low, high = np.array([KINDS[one].lasting for one in kind]).T
    lasting = np.where(high > 0, rng.integers(low, high + 1), weeks)
    lasting = np.where(kind == "leave", away, lasting)
    end = np.minimum(start + lasting, weeks)
    return np.where(kind == "steady", -1, start), np.where(kind == "steady", weeks, end)


def _turns(nature: Nature, staff, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How far the dials of each agent are turned in all: (agents, 5)."""
    mixes, skill, taste = staff
    drawn = {
        name: rng.uniform(*np.array([getattr(KINDS[one], name) for one in kind]).T)
        for name in ("pace", "fcr", "pleasing", "tone")
    }
    either = np.array([KINDS[one].either for one in kind])
    sign = np.where(either & (rng.random(len(kind)) < 0.5), -1, 1)  # noqa: PLR2004 - a coin
    turns = np.zeros_like(skill)
    turns[:, PACE] = np.log1p(sign * drawn["pace"])
    turns[:, SOLVING] = turn_for(
        nature, mixes.mean(0), skill[:, None] + taste[:, CELL_ISSUE], sign * drawn["fcr"]
    )
    turns[:, PLEASING], turns[:, TONE] = sign * drawn["pleasing"], sign * drawn["tone"]
    return turns


def _progress(weeks: int, start: np.ndarray, end: np.ndarray, weeks_to: np.ndarray) -> np.ndarray:
    """How much of each agent's change is there in each week, 0 to 1."""
    week = np.arange(weeks)
    come = np.clip((week - start[:, None] + 1) / weeks_to[:, None], 0, 1)
    return np.where((start[:, None] >= 0) & (week < end[:, None]), come, 0.0)


def _learning(weeks: int, start: np.ndarray) -> np.ndarray:
    """What beginners still lack: (agents, weeks, 5)."""
    served = np.maximum(np.arange(weeks) - start[:, None], 0)
    return 0.5 ** (served / LEARNING_WEEKS)[..., None] * GREEN


def _contacts(scenario: Scenario, spans, rng: np.random.Generator) -> np.ndarray:
    """How many contacts each agent has in each week; none before the start and during leave."""
    kind, start, end = spans
    weeks = np.arange(scenario.weeks)
    usual = rng.uniform(*scenario.contacts, scenario.agents)
    season = 1 + 0.10 * np.cos(2 * np.pi * (weeks - scenario.weeks + 5) / 52)
    mean = (
        usual[:, None]
        * season
        * rng.lognormal(-(VOLUME_SPREAD**2) / 2, VOLUME_SPREAD, (scenario.agents, scenario.weeks))
    )
    mean *= np.where(rng.random(mean.shape) < PART_WEEKS, 0.5, 1)
    begun = weeks >= start[:, None]
    away = (kind == "leave")[:, None] & begun & (weeks < end[:, None])
    unborn = (kind == "new")[:, None] & ~begun
    return np.where(away | unborn, 0, rng.poisson(mean))


def _wobble(scenario: Scenario, rng: np.random.Generator) -> np.ndarray:
    """Ups and downs of an agent's weeks: t-distributed, quality partly together."""
    shape = (scenario.agents, scenario.weeks, len(WOBBLE))
    shared = rng.standard_normal(shape[:2])[..., None]
    own = WOBBLE_SHARED * shared + np.sqrt(1 - WOBBLE_SHARED**2) * rng.standard_normal(shape)
    for week in range(1, scenario.weeks):
        own[:, week] *= np.sqrt(1 - scenario.sticky**2)
        own[:, week] += scenario.sticky * own[:, week - 1]
    tails = rng.chisquare(scenario.tails, shape[:2])[..., None] / (scenario.tails - 2)
    return WOBBLE * own / np.sqrt(tails)


def _shocks(scenario: Scenario, rng: np.random.Generator) -> np.ndarray:
    """What hits everybody in a week, or in a week and issue type; now and then an outage."""
    tail = np.sqrt((SHOCK_FREEDOM - 2) / SHOCK_FREEDOM)
    shape = (scenario.weeks, len(ISSUES), len(WOBBLE))
    week = rng.standard_t(SHOCK_FREEDOM, (scenario.weeks, 1, len(WOBBLE))) * tail * WEEK_SHOCK
    issue = rng.standard_t(SHOCK_FREEDOM, shape) * tail * ISSUE_SHOCK
    out = rng.random(shape[:2]) < OUTAGES_A_WEEK / len(ISSUES)
    everywhere = rng.random(scenario.weeks) < OUTAGES_A_WEEK * FOR_EVERYBODY
    out |= everywhere[:, None]
    return week + issue + out[..., None] * OUTAGE


def true_levels(nature: Nature, lives: Careers) -> np.ndarray:
    """Each agent's metrics on the standard mix in each week: (agents, weeks, 5).

    With neither wobble nor shock, so that it moves only when the agent does.
    """
    agents, weeks, _ = lives.dials.shape
    flat = np.concatenate(
        [np.repeat(np.arange(agents), weeks)[:, None], lives.dials.reshape(-1, 5)], axis=1
    )
    distinct, place = np.unique(flat, axis=0, return_inverse=True)
    dials = distinct[:, None, 1:] + lives.taste[distinct[:, 0].astype(int)][:, CELL_ISSUE]
    found = [
        levels(nature, lives.shares, dials[first : first + 500])
        for first in range(0, len(dials), 500)
    ]
    return np.concatenate(found)[place].reshape(agents, weeks, 5)
