"""Figures and definitions as data, one JSON object each, as docs/cli.md promises them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.asking import Ask
    from scoring.kpis import Kpi
    from scoring.scorecard import Names, Score


def score_lines(ask: "Ask", scores: Sequence["Score"], known: "Names") -> Iterator[dict[str, Any]]:
    """One JSON object a group and KPI, as docs/cli.md promises."""
    for one in scores:
        estimate = one.estimate
        yield {
            **group_keys(ask, one, known),
            "kpi": one.kpi.key,
            "unit": one.kpi.unit,
            "first": ask.period.first.isoformat(),
            "last": ask.period.last.isoformat(),
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "n": _count(estimate.n),
            "excluded": one.excluded,
            "before": one.before.value,
            "change": one.change,
            "verdict": one.verdict,
            "why_none": estimate.why_none,
        }


def group_keys(ask: "Ask", one: "Score", known: "Names") -> dict[str, Any]:
    """What a line says of its group: agent, team and week always, and whatever else is asked."""
    keys: dict[str, Any] = {"agent": None, "team": None, "week": None}
    for name, part in zip(ask.by, one.group, strict=True):
        if name == "agent":
            agent = known.agents[int(str(part))]
            keys |= {"agent": agent[0], "team": agent[2] if keys["team"] is None else keys["team"]}
        elif name == "team":
            keys["team"] = None if part is None else known.teams[int(str(part))]
        elif name == "week":
            keys["week"] = date.fromordinal(int(str(part))).isoformat()
        else:
            keys[name] = "unknown" if part is None else part
    return keys


def _count(n: float) -> float:
    return int(n) if n == int(n) else round(n, 9)


def kpi_line(kpi: "Kpi") -> dict[str, Any]:
    """A KPI as one JSON object; no target is None."""
    return {
        "key": kpi.key,
        "name": kpi.name,
        "unit": kpi.unit,
        "family": kpi.family,
        "better": kpi.better,
        "target": kpi.target if kpi.target != () else None,
        "level": kpi.level,
        "formula": kpi.formula,
        "counted": kpi.counted,
        "credit": kpi.credit,
        "at_least": kpi.at_least,
        "guards": list(kpi.guards),
        "words": list(kpi.words),
        "about": kpi.about,
        "watch": kpi.watch,
        "source": kpi.source,
    }
