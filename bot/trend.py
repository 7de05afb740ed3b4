"""A figure week by week, drawn as a line by Slack, with its numbers in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.blockkit import LineChart, chart
from bot.replies import Block
from bot.wording import n_words, tells, value_words
from prompts.note.figures import day_words
from scoring.units import HOUR, MINUTE, written

if TYPE_CHECKING:
    from scoring.estimate import Estimate
    from scoring.kpis import Kpi

# A line of fewer points says less than the numbers do.
FEWEST_POINTS = 3
MOST_POINTS = 20
_AXES = {"percent": "percent", "points": "points", "net points": "points", "contacts": "contacts"}


@dataclass(frozen=True)
class Trend:
    """One KPI by week, oldest first: the Monday of each, and its estimate.

    `beside` is what it is shown with, by its name and in the same weeks, None where not known;
    empty for a line of its own.
    """

    kpi: "Kpi"
    name: str
    weeks: Sequence[tuple[date, "Estimate"]]
    beside_name: str = ""
    beside: Sequence[float | None] = ()


def trend_chart(trend: Trend) -> Block | None:
    """The chart; None where too few weeks tell anything.

    A week that has no value on one of its lines is left out: Slack draws no gaps.
    """
    told = _told(trend)
    if len(told) < FEWEST_POINTS:
        return None
    scale, unit = _scale(trend.kpi, [value for row in told for value in row[1:]])
    lines = {trend.name: [round(row[1] * scale, 4) for row in told]}
    if trend.beside:
        lines[trend.beside_name] = [round(row[2] * scale, 4) for row in told]
    weeks = [day_words(row[0]) for row in told]
    return chart(LineChart(f"{trend.kpi.name} by week", weeks, lines, "week of", unit))


def trend_words(trend: Trend) -> str:
    """Every week's value and n in a line, with what could not be told."""
    weeks = ", ".join(
        f"{day_words(week)} {value_words(one, trend.kpi)} (n {n_words(one)})"
        for week, one in trend.weeks[-MOST_POINTS:]
    )
    return f"{trend.kpi.name} by week: {weeks}.{_beside_words(trend)}"


def _beside_words(trend: Trend) -> str:
    if not trend.beside:
        return ""
    pairs = list(zip(trend.weeks, trend.beside, strict=True))[-MOST_POINTS:]
    told = ", ".join(
        f"{day_words(week)} {'not known' if value is None else written(value, trend.kpi.unit)}"
        for (week, _), value in pairs
    )
    return f" {trend.beside_name}: {told}."


def _told(trend: Trend) -> list[tuple[date, float, float]]:
    """The weeks whose values are known on every line."""
    beside = trend.beside or [0.0] * len(trend.weeks)
    return [
        (week, one.value, other)
        for (week, one), other in zip(trend.weeks, beside, strict=True)
        if one.value is not None and tells(one, trend.kpi) and other is not None
    ][-MOST_POINTS:]


def _scale(kpi: "Kpi", values: Sequence[float]) -> tuple[float, str]:
    """What values are multiplied by to be read along an axis, and what it then shows."""
    if kpi.unit == "percent":
        return 100.0, "percent"
    if kpi.unit != "seconds":
        return 1.0, _AXES.get(kpi.unit, kpi.unit)
    highest = max(values)
    for size, name in ((HOUR, "hours"), (MINUTE, "minutes")):
        if highest >= 2 * size:
            return 1 / size, name
    return 1.0, "seconds"
