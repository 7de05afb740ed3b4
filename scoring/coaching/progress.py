"""What became of a commitment: judged by confirmed changes only, never by a rebound.

After a bad week figures come back by themselves. So a commitment is not judged by this week
against the week in which it was made, but by what a review confirms against eight weeks of the
agent's own, and only where the change began after the commitment did. Nothing here knows of the
database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from scoring.coaching.findings import METRICS, QUALITY, AgentReview, Change, Span

# What an agent may commit to: a metric, or quality as a whole.
AIMS = (*METRICS, "quality")
# The window in which docs/method.md says what change could be noticed: fewer weeks are too early.
ENOUGH_WEEKS = 3
_VERDICTS: Mapping[str, str] = MappingProxyType({"better": "moved", "worse": "slipped"})
_CONFIRMED = ("moved", "slipped")
_NOT_KNOWN = ("too_few", "queue_changed")


@dataclass(frozen=True, slots=True)
class Baseline:
    """How a metric stood when an agent committed to it, in the metric's natural units.

    ``level`` is the shrunken level with its interval: what is expected if nothing changes. ``raw``
    is the plain figure behind it, ``expected`` what contacts like these usually give, and
    ``reliability`` (0 to 1) how much of the difference is the agent's and not luck.
    """

    level: Span
    raw: float
    expected: float
    reliability: float

    @property
    def rebound(self) -> float:
        """How far the plain figure is expected to move by itself, with no coaching at all.

        Source: regression to the mean, Barnett, van der Pols, Dobson 2005, Int J Epidemiol 34:215.
        """
        return (1.0 - self.reliability) * (self.expected - self.raw)


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that an agent works on for some weeks.

    ``metric`` is one of AIMS; ``issue_type`` and ``channel`` say where to work on it, not what it
    is judged by: a slice of an agent's contacts is too thin to tell. ``first_week`` is a Monday.
    ``renews`` was agreed on when it was made; ``extended`` says that its weeks were doubled once
    because nothing could be said at their end.
    """

    id: int
    agent: int
    metric: str
    text: str
    first_week: date
    weeks: int
    issue_type: str | None = None
    channel: str | None = None
    practice: str | None = None
    renews: bool = False
    extended: bool = False
    baseline: Baseline | None = None

    @property
    def last_week(self) -> date:
        """The Monday of its last week."""
        return self.first_week + timedelta(weeks=self.weeks - 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment stands after a week.

    ``verdict`` is one of these; ``why`` says what it rests on:

    - moved, slipped: ``confirmed`` in the week ``since``; or ``rushing``: faster, and quality fell
    - held: no change that the data could show (``normal``), one that had begun ``before``, or
      slower while quality rose (``fair_trade``)
    - too_early: fewer than ENOUGH_WEEKS weeks could be judged, or handle time fell and whether
      quality held is still open (``quality_open``)
    - too_few: ``too_few`` contacts or answers, ``queue_changed``, or ``absent`` all along

    ``judged`` counts the weeks that could be judged; ``change`` is what was confirmed last.
    """

    verdict: str = "too_few"
    why: str = "absent"
    since: date | None = None
    judged: int = 0
    change: Change | None = None

    @property
    def open(self) -> bool:
        """Whether nothing can be said yet."""
        return self.verdict in ("too_early", "too_few")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a week's note says of a commitment.

    ``number`` is which of its weeks this is, from 1. ``now`` is the metric's level, ``noticeable``
    the smallest change that three weeks could show; None where the agent was away or there is
    none. ``ending`` is "" while it goes on, then ``closed``,
    ``extended`` (nothing could be said: as many weeks again) or ``renewed`` (as agreed, from the
    next week on).
    """

    commitment: Commitment
    week: date
    number: int
    standing: Standing
    now: Span | None = None
    noticeable: float | None = None
    ending: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a review says of the metric of a commitment."""

    flag: str
    change: Change | None
    why_quiet: str


def baseline_of(metric: str, review: AgentReview) -> Baseline | None:
    """How a metric stands in a review; None where that is not known, and for quality."""
    found = review.metrics.get(metric)
    if found is None or found.estimate is None or found.raw is None or found.expected is None:
        return None
    return Baseline(found.estimate, found.raw, found.expected, found.reliability)


def judge(commitment: Commitment, review: AgentReview | None, before: Standing) -> Standing:
    """How a commitment stands after a week's review.

    Args:
        commitment: what was agreed.
        review: the agent's review of the week; None where the agent took no contacts.
        before: how it stood a week earlier; ``Standing()`` in its first week.
    """
    if review is None:
        return before
    seen = _seen(commitment.metric, review)
    if commitment.metric == "aht" and review.rushing:
        now = Standing("slipped", "rushing", review.week, change=seen.change)
        return _confirmed(now, before)
    if seen.flag in _VERDICTS and _began(commitment, seen.change):
        now = Standing(_VERDICTS[seen.flag], "confirmed", review.week, change=seen.change)
        return _confirmed(now, before)
    if before.verdict in _CONFIRMED:
        return replace(before, judged=before.judged + 1)
    if seen.why_quiet in _NOT_KNOWN and seen.change is None:
        return before if before.judged else Standing("too_few", seen.why_quiet)
    return _unconfirmed(commitment, seen, before.judged + 1)


def _confirmed(now: Standing, before: Standing) -> Standing:
    since = before.since if before.verdict == now.verdict else now.since
    return replace(now, since=since, judged=before.judged + 1)


def _unconfirmed(commitment: Commitment, seen: _Seen, judged: int) -> Standing:
    why = "normal"
    if seen.change is not None:
        trade = {"faster": "quality_open", "slower": "fair_trade"}.get(seen.flag, "normal")
        why = trade if _began(commitment, seen.change) else "before"
    early = judged < ENOUGH_WEEKS or why == "quality_open"
    return Standing("too_early" if early else "held", why, None, judged)


def _began(commitment: Commitment, change: Change | None) -> bool:
    """Whether all of a change's weeks lie after the commitment was made."""
    return change is not None and change.first >= commitment.first_week


def _seen(metric: str, review: AgentReview) -> _Seen:
    if metric != "quality":
        found = review.metrics[metric]
        return _Seen(found.flag, found.change, found.why_quiet)
    quiet = {review.metrics[one].why_quiet for one in QUALITY if one in review.metrics}
    known = not quiet or quiet - set(_NOT_KNOWN)
    return _Seen(review.quality_flag, review.quality, "normal" if known else "too_few")


def ending(commitment: Commitment, standing: Standing) -> str:
    """What happens to a commitment at the end of its last week.

    One that nothing can be said of goes on for as many weeks again, once. One that was agreed to
    renew itself does so until it has moved. Any other is closed.
    """
    if standing.open and not commitment.extended:
        return "extended"
    return "renewed" if commitment.renews and standing.verdict != "moved" else "closed"


def progress(
    commitment: Commitment, week: date, review: AgentReview | None, standing: Standing, end: str
) -> Progress:
    """What the week's note says of a commitment that stands so."""
    number = min((week - commitment.first_week).days // 7 + 1, commitment.weeks)
    found = None if review is None else review.metrics.get(commitment.metric)
    now, least = (None, None) if found is None else (found.estimate, found.noticeable)
    return Progress(commitment, week, number, standing, now, least, end)
