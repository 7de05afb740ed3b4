"""What a review finds out: the estimates, changes, flags, score, focus and strength of a week.

Everything here is plain values, so that it can be stored, worded and shown by whoever needs it.
Figures are in natural units: seconds for aht, shares for fcr and escalation, points for csat,
polarity for sentiment, typical spreads for quality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

METRICS = ("aht", "fcr", "escalation", "csat", "sentiment")
QUALITY = ("fcr", "csat", "sentiment", "escalation")


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks with data that a figure rests on: their first and last Monday, how many."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a metric, or of the quality index, that the data confirm.

    ``first`` to ``last`` are the Mondays of the recent weeks, ``weeks`` how many of them were
    active; ``size`` is shrunken (the winner's curse) and is ``after`` less ``before``.
    """

    better: bool
    still: bool
    first: date
    last: date
    weeks: int
    baseline_weeks: int
    contacts: int
    baseline_contacts: int
    before: float
    after: float
    size: Span
    p: float
    threshold: float


@dataclass(frozen=True, slots=True)
class MetricReview:
    """One metric of one agent's week.

    ``estimate`` is the level on the standard mix, None where nobody has data; ``raw`` and
    ``expected`` are the plain figure of the level's weeks and what contacts like these usually
    give; ``n`` the contacts behind them, ``asked`` those that could have had a value (surveys:
    contacts, answered or not). ``flag`` is better, worse, faster, slower or none; ``why_quiet``
    is normal, too_few, queue_changed or confirmed. ``expectation`` is above or below where the
    figure surely is (above is slower for aht, better for fcr), else None.
    ``noticeable`` is the smallest change that three weeks could show, in natural units, None
    where none could. ``weeks`` are those behind the estimate, None where there is no data;
    ``other_side`` is the probability that the figure is not on the side of what is expected
    where it seems to be.
    """

    estimate: Span | None
    raw: float | None
    expected: float | None
    n: int
    asked: int
    flag: str
    change: Change | None
    why_quiet: str
    expectation: str | None
    noticeable: float | None
    reliability: float
    weeks: Weeks | None = None
    other_side: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A focus or a strength: a metric or rushing, where it shows most, and contacts to look at.

    ``contacts`` are interaction keys (of ``Contacts.id``), most telling first;
    ``contrast`` a good contact of the same kind; ``behind`` how many the figure rests on.
    """

    about: str
    why: str  # rushing | changed | level
    issue_type: str | None
    channel: str | None
    contacts: tuple[int, ...]
    contrast: int | None
    behind: int


@dataclass(frozen=True, slots=True)
class AgentReview:
    """All that a review says of one agent's week, in which there were ``contacts``.

    ``score`` is the published balance score, 0 to 100, None where ``score_withheld`` says why:
    too_few, unreliable, small_team. ``rush`` is the change of handle time in the weeks in which
    rushing shows most, with the p-value of rushing; None without it. ``state`` is carried into the
    next week's review.
    """

    agent: int
    week: date
    contacts: int
    metrics: Mapping[str, MetricReview]
    quality: Change | None
    quality_flag: str  # better | worse | none
    rushing: bool
    overservicing: bool
    score: float | None
    score_withheld: str | None
    score_moved: bool
    focus: Statement | None
    strength: Statement | None
    check: tuple[int, ...]  # contacts whose handle time should be checked
    new: bool
    state: "State"
    rush: Change | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the next week's review has to know of this one."""

    score: float | None = None
    good_news: bool = False
    confirmed: frozenset[tuple[str, bool]] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamEffect:
    """What happened to everybody in a week: of one issue type, or of all where it is None."""

    metric: str
    issue_type: str | None
    size: Span


@dataclass(frozen=True, slots=True)
class Review:
    """A week's review of everybody in one run."""

    week: date
    agents: Mapping[int, AgentReview]
    shared: tuple[TeamEffect, ...]
    version: str
    constants: str  # hash
