"""Every constant of the method, each with what it decides, and the hash a review is signed with.

A workspace may set the weights; the rest is the method itself, and two reviews of one version
mean the same only while it stays as it is.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Literal, TypeVar

VERSION = "2"  # of the method: goes up when a formula changes
LARGEST_SPEED_WEIGHT = 0.35
MANY_DIGITS = 1e-9

Value = TypeVar("Value")


def _says(about: str, value: Value) -> Value:
    return field(default=value, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class MetricConstants:
    """What is particular to one metric, on the scale on which its effects add."""

    kind: Literal["number", "share"]
    sign: int = _says("1 where up is good, -1 where down is", 1)
    tau: float = _says("prior guess of the spread between agents", 0.0)
    omega: float = _says("prior guess of an agent's wobble from week to week", 0.0)
    floor: float = _says("smallest typical spread", 0.0)
    least: float = _says(
        "smallest change worth a sentence (aht: a share; else natural units)", 0.0
    )
    weight: float = _says("weight within quality", 0.0)
    recent: int = _says("fewest contacts in a recent window", 10)
    baseline: int = _says("fewest contacts in a baseline", 40)
    scale: tuple[float, float] | None = _says("lowest and highest value", None)


def _metrics() -> Mapping[str, MetricConstants]:
    each = {
        "aht": MetricConstants("number", -1, 0.15, 0.05, 0.05, 0.05),
        "fcr": MetricConstants("share", 1, 0.35, 0.12, 0.10, 0.03, 0.40),
        "escalation": MetricConstants("share", -1, 0.35, 0.12, 0.10, 0.02, 0.15),
        "csat": MetricConstants("number", 1, 0.20, 0.10, 0.05, 0.15, 0.25, 4, 12, (1.0, 5.0)),
        "sentiment": MetricConstants("number", 1, 0.10, 0.04, 0.03, 0.04, 0.20, scale=(-1.0, 1.0)),
    }
    return MappingProxyType(each)


@dataclass(frozen=True)
class Constants:
    """The constants of docs/method.md, which prints them with what they decide.

    Raises:
        ValueError: weights that do not add up to 1, or speed that weighs too much.
    """

    metrics: Mapping[str, MetricConstants] = field(default_factory=_metrics)
    weeks: int = _says("weeks of the reference window", 26)

    rounds: int = _says("rounds of fitting", 10)
    cell_phantoms: float = _says("phantom contacts of an issue, issue and channel, or cell", 10.0)
    week_phantoms: float = _says("phantom contacts of a week", 50.0)
    week_issue_phantoms: float = _says("phantom contacts of an issue's week", 100.0)
    clip: float = _says("robust deviations from which a handle time is clipped", 3.0)
    largest_step: float = _says("largest step of log-odds in one round of fitting", 1.0)
    phantom_agents: float = _says("phantom agents with the prior spread between agents", 8.0)
    agent_information: float = _says(
        "contacts' worth of information an agent's effect needs to tell of the spread", 10.0
    )
    smallest_spread: float = _says(
        "smallest variance between agents, and of contacts, as a part of tau squared", 0.01
    )

    wobble_information: float = _says("contacts' worth of information a moving range needs", 5.0)
    wobble_phantoms: float = _says("phantom moving ranges with the prior wobble", 20.0)
    wobble_rounds: int = _says("rounds of estimating the wobble", 6)
    wobble_clip: float = _says("variances at which a squared moving range is clipped", 9.0)
    wobble_unclip: float = _says("what the clipping takes from a normal moving range", 1.012)
    wobble_kurtosis: float = _says("excess kurtosis supposed of the wobble", 6.0)
    largest_deviation: float = _says("largest deviation of a week's log-odds", 3.0)
    smallest_wobble: float = _says("smallest variance of the wobble", 1e-8)

    windows: tuple[int, ...] = _says("calendar weeks of the recent windows", (1, 2, 3, 6))
    baseline_weeks: int = _says("most weeks of a baseline, and of a level", 8)
    fewest_baseline_weeks: int = _says("fewest weeks of a baseline", 3)
    overlap: float = _says("share of the mix that like-for-like weeks have in common", 0.5)
    overlap_luck: float = _says("allowance for luck in it, over the root of contacts", 0.5)
    false_discoveries: float = _says("accepted false discovery rate q", 0.05)
    pool_alpha: float = _says("level of the test that takes agents out of the pool", 0.01)
    pool_share: float = _says("share of active agents who stay in the pool whatever they do", 0.5)
    pool_least: int = _says("agents who stay in the pool whatever they do", 3)
    rho: float = _says("correlation supposed between the errors of quality metrics", 0.3)
    index_least: float = _says("reliable weight below which there is no quality index", 0.1)
    quality_least: float = _says("smallest change of quality worth a sentence, in spreads", 0.25)

    fast_half: float = _says("level of the faster half of the rushing test", 0.005)
    lost_half: float = _says("level of its other half, quality lost", 0.015)
    gain_margin: float = _says("gain in quality that over-servicing rules out, in spreads", 0.75)
    loss_margin: float = _says("loss of quality that praise for speed rules out, in spreads", 0.5)
    praise_alpha: float = _says("level of the test that quality held", 0.01)
    fair_trade_alpha: float = _says("level of the test that quality rose with time", 0.05)

    new_weeks: int = _says("weeks for which an agent counts as new", 12)
    new_level_weeks: int = _says("weeks behind the level of a new agent", 4)
    quiet_weeks: int = _says("first weeks without a word on being below expected", 4)
    level_rounds: int = _says("rounds of estimating the spread of levels", 5)
    drift: float = _says("part of the wobble added for changes not yet confirmed", 0.2)
    supposed_changing: float = _says(
        "part of agents supposed to be changing, where nothing is known", 0.1
    )
    expectation: float = _says("certainty for above or below expected", 0.95)

    speed_weight: float = _says("weight of speed in the score", 0.25)
    speed_cap: float = _says("spreads beyond which more speed earns nothing", 1.0)
    score_contacts: int = _says("fewest contacts in eight weeks for a score", 30)
    score_reliability: float = _says("smallest reliability of quality for a score", 0.6)
    score_baseline_weeks: int = _says("fewest earlier weeks for quality to be known as held", 4)
    dead_band: float = _says("standard errors by which a published score must differ", 2.58)
    fewest_agents: int = _says("agents below whom there is no score and no expectation", 5)

    focus_certainty: float = _says("certainty for a focus or a strength by level", 0.9)
    where_errors: float = _says("standard errors that make one kind of contact stand out", 1.28)
    evidence: int = _says("contacts cited for a statement", 3)
    evidence_alike: int = _says("most of them of one issue type and channel", 2)
    noticeable: float = _says("standard errors of the smallest change we could notice", 4.3)
    noticeable_weeks: int = _says("weeks within which it would be noticed", 3)
    team_errors: float = _says("standard errors from which a week is news of the team", 2.0)

    def __post_init__(self) -> None:
        if abs(sum(one.weight for one in self.metrics.values()) - 1) > MANY_DIGITS:
            raise ValueError("the weights within quality do not add up to 1")
        if not 0 <= self.speed_weight <= LARGEST_SPEED_WEIGHT:
            raise ValueError(f"speed may weigh up to {LARGEST_SPEED_WEIGHT} of the score")

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that differ wherever a constant does."""
        text = json.dumps({"version": VERSION, **_plain(self)}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


DEFAULT = Constants()


def _plain(constants: Constants) -> dict[str, object]:
    plain: dict[str, object] = {
        each.name: getattr(constants, each.name) for each in fields(constants)
    }
    return plain | {"metrics": {key: asdict(one) for key, one in constants.metrics.items()}}


def described(constants: Constants = DEFAULT) -> list[tuple[str, str, str]]:
    """Name, value and meaning of every constant that holds for all metrics."""
    return [
        (each.name, _shown(getattr(constants, each.name)), str(each.metadata["about"]))
        for each in fields(constants)
        if each.metadata
    ]


def described_metrics(constants: Constants = DEFAULT) -> list[tuple[str, ...]]:
    """Name, meaning and one value for each metric of the constants that differ between metrics."""
    return [
        (
            each.name,
            str(each.metadata["about"]),
            *(_shown(getattr(own, each.name)) for own in constants.metrics.values()),
        )
        for each in fields(MetricConstants)
        if each.metadata
    ]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
