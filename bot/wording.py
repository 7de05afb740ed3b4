"""How a score is told in Slack: value, interval, n, change and target, each in words.

A direction is an arrow, a word and a sign, so that no colour carries it.
"""

from typing import TYPE_CHECKING

from prompts.note.plain import NO_BREAK, UNIT
from scoring.estimate import differs
from scoring.units import between, changed, written

if TYPE_CHECKING:
    from scoring.estimate import Estimate
    from scoring.kpis import Kpi
    from scoring.scorecard import Score

# Of fewer records than these no value is shown.
FEW = 5
_UNSAID = {"too_few": "too few to say", "not_mature": "too early to say"}
_VERDICTS = {
    "too_few": "too few to compare",
    "in_band": "met",
    "above_band": "above it",
    "below_band": "below it",
    "unclear": "too close to tell",
}
UP, DOWN, LEVEL = "\N{UPWARDS ARROW} up", "\N{DOWNWARDS ARROW} down", "\N{RIGHTWARDS ARROW}"


def tells(estimate: "Estimate", kpi: "Kpi") -> bool:
    """Whether an estimate rests on enough to be shown to people."""
    return estimate.value is not None and (estimate.n >= FEW or kpi.kind == "count")


def value_words(estimate: "Estimate", kpi: "Kpi") -> str:
    """The value with its unit, or why there is none."""
    if tells(estimate, kpi):
        return written(estimate.value, kpi.unit)
    return _UNSAID.get(estimate.why_none or "too_few", "no data")


def interval_words(estimate: "Estimate", kpi: "Kpi") -> str:
    """The 95 % interval; empty where there is none to tell."""
    return between(estimate.low, estimate.high, kpi.unit) if tells(estimate, kpi) else ""


def n_words(estimate: "Estimate") -> str:
    """What it rests on: n, a number of records, with what shared answers add up to."""
    return f"{estimate.n:,.0f}" if estimate.n == int(estimate.n) else f"{estimate.n:,.1f}"


def figure_words(estimate: "Estimate", kpi: "Kpi") -> str:
    """Value, interval and n in one line: “77.4 % (70.1 to 78.0 %), n 412”."""
    interval = interval_words(estimate, kpi)
    said = value_words(estimate, kpi) + (f" ({interval})" if interval else "")
    return said if kpi.kind == "count" else f"{said}, n {n_words(estimate)}"


def change_words(one: "Score") -> str:
    """How it moved since the period before; empty where either is not told.

    “↑ up +9.2 points, was 68.2 %” where the two differ by more than chance would have it.
    """
    if not (tells(one.estimate, one.kpi) and tells(one.before, one.kpi)):
        return ""
    return f"{_moved(one)}, was {written(one.before.value, one.kpi.unit)}"


def _moved(one: "Score") -> str:
    size = changed(one.change, one.kpi.unit)
    way = differs(one.estimate, one.before)
    if way is None:
        return f"{LEVEL} {size}, cannot be judged"
    return f"{UP if way > 0 else DOWN} {size}" if way else f"{LEVEL} no clear change"


def target_words(kpi: "Kpi") -> str:
    """The target as a person would say it; empty where there is none."""
    if kpi.target == ():
        return ""
    if isinstance(kpi.target, tuple):
        lowest, highest = kpi.target
        return between(lowest, highest, kpi.unit)
    side = "at most" if kpi.better == "lower" else "at least"
    return f"{side} {written(kpi.target, kpi.unit)}"


def verdict_words(one: "Score") -> str:
    """What the target says of the score: “at least 75.0 %: met”; empty where it says nothing."""
    if one.verdict is None or not target_words(one.kpi):
        return ""
    return f"{target_words(one.kpi)}: {_VERDICTS[one.verdict]}"


def score_words(one: "Score") -> str:
    """All that there is to say of a score, in one line."""
    parts = (figure_words(one.estimate, one.kpi), change_words(one), _target(one))
    return f"{one.kpi.name} {'; '.join(part for part in parts if part)}"


def _target(one: "Score") -> str:
    said = verdict_words(one)
    return f"target {said}" if said else ""


def unbroken(text: str) -> str:
    """The text with figures that stay in one line with their units, for narrow columns."""
    return UNIT.sub(NO_BREAK, text)
