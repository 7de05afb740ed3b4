"""The statements of a review, each with what it rests on: what is kept of it for an audit."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.coaching.constants import DEFAULT
from scoring.coaching.contacts import Contacts
from scoring.coaching.findings import METRICS, AgentReview, Change, MetricReview, Review, Statement

# A figure that moved by less than this part of its interval says what it said before.
MATERIAL = 0.1
COLUMNS: Mapping[str, str] = MappingProxyType(
    {"aht": "handle_seconds", "fcr": "resolved", "escalation": "escalated"}
)
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about an agent's week or, where ``agent`` is None, about everybody's.

    ``kind``: change, level, rushing, overservicing, focus, strength, shared. ``topic`` names what
    a later look at the same week may say otherwise. ``low`` and ``high`` are the interval of
    ``size`` or, of a level, of ``after``, in the metric's unit; days are ordinals, ``contacts``
    row ids.
    """

    agent: int | None
    topic: str
    kind: str
    metric: str
    direction: str = ""
    issue_type: str | None = None
    channel: str | None = None
    first_day: int | None = None
    last_day: int | None = None
    weeks: int | None = None
    baseline_weeks: int | None = None
    n_recent: int = 0
    n_baseline: int | None = None
    before: float | None = None
    after: float | None = None
    size: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    threshold: float | None = None
    contacts: tuple[int, ...] = ()

    def says_as(self, other: "Claim") -> bool:
        """Whether it tells a reader the same, small movements of its figures aside."""
        plain = replace(self, **_FIGURES, contacts=()), replace(other, **_FIGURES, contacts=())
        few = self.kind in ("focus", "strength")
        return (
            plain[0] == plain[1]
            and (self.contacts == other.contacts or not few)
            and not any(self._moved(other, name) for name in ("before", "after", "size"))
        )

    def _moved(self, other: "Claim", name: str) -> bool:
        ours, theirs = getattr(self, name), getattr(other, name)
        if ours is None or theirs is None:
            return ours is not theirs
        wide = (self.high or 0.0) - (self.low or 0.0)
        return bool(abs(ours - theirs) > MATERIAL * wide)


# What a late record elsewhere may move a little without any other thing being said.
_FIGURES: Mapping[str, Any] = MappingProxyType(
    {
        "n_recent": 0,
        **dict.fromkeys(("before", "after", "size", "low", "high", "p", "threshold")),
        "n_baseline": None,
    }
)


class Behind:
    """Finds the contacts behind what is said of agents."""

    def __init__(self, contacts: Contacts) -> None:
        self._contacts = contacts
        self._order = np.argsort(contacts.agent, kind="stable")
        self._agents = contacts.agent[self._order]

    def known(self, agent: int, metric: str) -> NDArray[np.int64]:
        """Places of an agent's contacts that tell of a metric, by time; of quality, any of it."""
        first, end = np.searchsorted(self._agents, (agent, agent + 1))
        places = self._order[first:end]
        names = [COLUMNS.get(metric, metric)]
        if metric not in METRICS:
            names = ["resolved", "escalated", "csat", "sentiment"]
        told = [np.isfinite(getattr(self._contacts, name)[places]) for name in names]
        return places[np.logical_or.reduce(told)]

    def latest(self, agent: int, metric: str, count: int) -> tuple[int, ...]:
        """Ids of the last contacts that tell of a metric."""
        places = self.known(agent, metric)
        return self._ids(places[max(len(places) - count, 0) :])

    def of_change(self, agent: int, metric: str, change: Change) -> tuple[int, ...]:
        """Ids of the contacts of a change's recent weeks."""
        places = self.known(agent, metric)
        weeks = self._contacts.week[places]
        recent = (weeks >= change.first.toordinal()) & (weeks <= change.last.toordinal())
        return self._ids(places[recent])

    def _ids(self, places: NDArray[np.int64]) -> tuple[int, ...]:
        return tuple(self._contacts.id[places].tolist())


def claims(review: Review, contacts: Contacts) -> Iterator[Claim]:
    """Every statement of a review, agent by agent, then what is said of everybody."""
    behind = Behind(contacts)
    for number in sorted(review.agents):
        agent = review.agents[number]
        for metric, one in agent.metrics.items():
            yield from _of_metric(agent, metric, one, behind)
        if agent.quality is not None:
            yield _change(agent, "quality", agent.quality, agent.quality_flag, behind)
        yield from _of_balance(agent, behind)
        for kind, statement in (("focus", agent.focus), ("strength", agent.strength)):
            if statement is not None:
                yield _chosen(agent, kind, statement)
    yield from _shared(review)


def _of_metric(
    agent: AgentReview, metric: str, one: MetricReview, behind: Behind
) -> Iterator[Claim]:
    if one.change is not None:
        yield _change(agent, metric, one.change, one.flag, behind)
    if one.expectation is not None and one.estimate is not None:
        claim = Claim(
            agent.agent,
            f"level {metric}",
            "level",
            metric,
            one.expectation,
            n_recent=one.n,
            after=one.estimate.value,
            low=one.estimate.low,
            high=one.estimate.high,
            contacts=behind.latest(agent.agent, metric, one.n),
        )
        yield _by_level(claim, one, 1 - DEFAULT.expectation)


def _change(agent: AgentReview, metric: str, change: Change, flag: str, behind: Behind) -> Claim:
    claim = Claim(
        agent.agent,
        f"change {metric}",
        "change",
        metric,
        flag if flag != "none" else ("better" if change.better else "worse"),
        n_recent=change.contacts,
        before=change.before,
        after=change.after,
        size=change.size.value,
        low=change.size.low,
        high=change.size.high,
        contacts=behind.of_change(agent.agent, metric, change),
    )
    return _by_change(claim, change)


def _of_balance(agent: AgentReview, behind: Behind) -> Iterator[Claim]:
    """Speed and quality pulling apart: said of the weeks in which that shows."""
    speed = agent.metrics["aht"].change
    apart = (("rushing", agent.rush), ("overservicing", speed if agent.overservicing else None))
    for kind, change in apart:
        if change is not None:
            claim = _change(agent, "aht", change, "none", behind)
            yield replace(claim, topic=kind, kind=kind, direction="")


def _chosen(agent: AgentReview, kind: str, statement: Statement) -> Claim:
    claim = Claim(
        agent.agent,
        kind,
        kind,
        statement.about,
        statement.why,
        statement.issue_type,
        statement.channel,
        n_recent=statement.behind,
        contacts=statement.contacts,
    )
    if statement.why == "level":
        return _by_level(claim, agent.metrics[statement.about], 1 - DEFAULT.focus_certainty)
    rushing = statement.why == "rushing"
    change = agent.rush if rushing else agent.metrics[statement.about].change
    return claim if change is None else _by_change(claim, change)


def _by_level(claim: Claim, one: MetricReview, threshold: float) -> Claim:
    """A claim with the weeks of the level that it rests on, and how sure its side is."""
    sure = replace(claim, p=one.other_side, threshold=threshold)
    if one.weeks is None:
        return sure
    first, last = one.weeks.first.toordinal(), (one.weeks.last + _SUNDAY).toordinal()
    return replace(sure, first_day=first, last_day=last, weeks=one.weeks.count)


def _by_change(claim: Claim, change: Change) -> Claim:
    """A claim with the weeks of the change that it rests on, and how sure that is."""
    return replace(
        claim,
        first_day=change.first.toordinal(),
        last_day=(change.last + _SUNDAY).toordinal(),
        weeks=change.weeks,
        baseline_weeks=change.baseline_weeks,
        n_baseline=change.baseline_contacts,
        p=change.p,
        threshold=change.threshold,
    )


def _shared(review: Review) -> Iterator[Claim]:
    for effect in review.shared:
        where = "" if effect.issue_type is None else f" {effect.issue_type}"
        yield Claim(
            None,
            f"shared {effect.metric}{where}",
            "shared",
            effect.metric,
            "up" if effect.size.value > 0 else "down",
            effect.issue_type,
            size=effect.size.value,
            low=effect.size.low,
            high=effect.size.high,
        )


def pack(ids: Sequence[int]) -> bytes:
    """Row ids in their order in a few bytes each."""
    steps = np.diff(np.array(ids, dtype="<i8"), prepend=np.zeros(1, "<i8"))
    return zlib.compress(steps.astype("<i8").tobytes())


def unpack(packed: bytes) -> tuple[int, ...]:
    """The row ids that were packed, in their order."""
    steps = np.frombuffer(zlib.decompress(packed), dtype="<i8")
    return tuple(np.cumsum(steps).tolist())
