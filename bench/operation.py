"""A made-up customer-service operation: when it is open, who works there, what it is asked.

Every share and factor here is a judgement of ours, chosen to look like an ordinary mixed
operation; no figure that Evenkeel reports rests on them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

CHANNELS = ("phone", "chat", "email", "social", "sms")
PHONE, CHAT, EMAIL = 0, 1, 2
CHANNEL_SHARES = (0.46, 0.24, 0.20, 0.06, 0.04)
CHANNEL_ABANDONED = (0.075, 0.06, 0.0, 0.01, 0.01)
CHANNEL_LENGTH = (1.00, 1.10, 0.95, 0.80, 0.70)

PRIORITIES = ("low", "normal", "high", "urgent")
PRIORITY_SHARES = (0.15, 0.62, 0.18, 0.05)

ISSUE_TYPES = (
    "billing", "refund", "delivery", "login", "technical",
    "cancellation", "upgrade", "warranty", "complaint", "other",
)  # fmt: skip
ISSUE_SHARES = (0.20, 0.12, 0.16, 0.13, 0.14, 0.06, 0.05, 0.04, 0.04, 0.06)
ISSUE_LENGTH = (0.90, 0.95, 0.80, 0.55, 1.60, 1.10, 0.90, 1.20, 1.70, 0.85)
ISSUE_RESOLVED = (0.88, 0.86, 0.84, 0.94, 0.72, 0.82, 0.92, 0.78, 0.66, 0.88)

OUTCOMES = ("resolved", "unresolved", "escalated", "transferred", "abandoned")
RESOLVED, UNRESOLVED, ESCALATED, TRANSFERRED, ABANDONED = range(5)

DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
WEEKDAY_LOAD = (1.12, 1.03, 1.00, 0.98, 0.96, 0.60, 0.40)
OPEN_FROM = (8, 8, 8, 8, 8, 9, 10)
OPEN_UNTIL = (20, 20, 20, 20, 20, 17, 16)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Operation:
    """How much to make up, and of what; the same values give the same rows."""

    rows: int
    agents: int = 1000
    teams: int = 20
    weeks: int = 52
    seed: int = 1
    end: date = date(2026, 11, 15)

    @property
    def first(self) -> date:
        """The first day with contacts."""
        return self.end - timedelta(days=7 * self.weeks - 1)

    @property
    def customers(self) -> int:
        """How many customers there are to draw from."""
        return max(1, self.rows // 4)

    def rng(self, *stream: int) -> np.random.Generator:
        """A source of chance of its own for every stream, so that no part disturbs another."""
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence((self.seed, *stream))))


@dataclass(frozen=True)
class OpeningHours:
    """The open hours of the whole span, each with its share of the contacts; (hours,) arrays."""

    starts: Ints
    before: Floats
    shares: Floats

    def moments(self, shares: Floats) -> Ints:
        """When a share (0 to 1, the last excluded) of all contacts has come; epoch seconds."""
        hour = np.searchsorted(self.before, shares, side="right") - 1
        part = (shares - self.before[hour]) / self.shares[hour]
        within = np.minimum(part * HOUR_SECONDS, HOUR_SECONDS - 1).astype(np.int64)
        moments: Ints = self.starts[hour] + within
        return moments

    def shares_at(self, moments: Ints) -> Floats:
        """The inverse: how much of all contacts has come by each moment."""
        hour = np.searchsorted(self.starts, moments, side="right") - 1
        part = np.clip((moments - self.starts[hour]) / HOUR_SECONDS, 0, 1)
        shares: Floats = self.before[hour] + part * self.shares[hour]
        return shares


def opening_hours(operation: Operation) -> OpeningHours:
    """Twelve hours on a weekday, fewer at the weekend; busiest at eleven, and in December."""
    rng = operation.rng(1)
    starts, loads = [], []
    for number in range(7 * operation.weeks):
        day = operation.first + timedelta(days=number)
        weekday, midnight = day.weekday(), epoch(day)
        hours = np.arange(OPEN_FROM[weekday], OPEN_UNTIL[weekday])
        season = 1 + 0.15 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 350) / 365)
        curve = (
            0.5 + np.exp(-(((hours - 11) / 2.5) ** 2)) + 0.7 * np.exp(-(((hours - 15) / 2) ** 2))
        )
        starts.append(midnight + HOUR_SECONDS * hours)
        loads.append(curve * WEEKDAY_LOAD[weekday] * season * rng.lognormal(0, 0.06))
    shares = np.concatenate(loads)
    shares /= shares.sum()
    return OpeningHours(np.concatenate(starts), np.cumsum(shares) - shares, shares)


@dataclass(frozen=True)
class Staff:
    """Who works there and how they differ; (agents,) arrays, and what each team is asked."""

    team: Ints
    busy: Floats
    length: Floats
    resolves: Floats
    pleases: Floats
    asked: Floats


def staff(operation: Operation) -> Staff:
    """Teams of one size; agents differ in pace, skill and hours, teams in what they are asked."""
    rng, agents = operation.rng(2), operation.agents
    busy = rng.lognormal(0, 0.25, agents)
    asked = np.array(ISSUE_SHARES) * rng.lognormal(0, 0.5, (operation.teams, len(ISSUE_TYPES)))
    return Staff(
        team=np.arange(agents) * operation.teams // agents,
        busy=np.cumsum(busy / busy.sum()),
        length=rng.lognormal(0, 0.15, agents),
        resolves=rng.normal(0, 0.04, agents),
        pleases=rng.normal(0, 0.06, agents),
        asked=np.cumsum(asked / asked.sum(axis=1, keepdims=True), axis=1),
    )


def epoch(day: date) -> int:
    """The first second of a day, UTC."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def agent_email(number: int) -> str:
    """The id under which an agent stands in the records."""
    return f"agent{number:05d}@example.com"


def team_name(number: int) -> str:
    """The name under which a team stands in the records."""
    return f"Team {number + 1:02d}"
