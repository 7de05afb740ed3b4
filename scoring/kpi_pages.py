"""The catalogue as Markdown, for the documents: tables of all KPIs, and a section for each."""

import math
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import MappingProxyType

from scoring.kpis import Kpi
from scoring.units import written

FAMILIES = MappingProxyType(
    {
        "speed": "Speed",
        "quality": "Quality",
        "voice": "The customer's voice",
        "load": "Load and the whole operation",
    }
)
_BETTER = MappingProxyType(
    {
        "higher": "higher",
        "lower": "lower",
        "within": "within a band",
        "neither": "neither way",
    }
)
_WILSON = "Wilson's, of a share"
_BYAR = "Byar's, of a count"
_SCALE = "Student's t, kept within the scale"
_NONE = "none: an account, not a sample"
_INTERVALS = MappingProxyType(
    {
        "share": _WILSON,
        "part_of": _WILSON,
        "net": "adjusted Wald (Bonett and Price), of a difference of shares",
        "count": _BYAR,
        "rate": _BYAR,
        "mean": "Student's t on the logarithm, so never below 0",
        "median": "between two of the values, by rank",
        "p90": "between two of the values, by rank",
        "open_age": "between two of the values, by rank",
    }
)


def overview(kpis: Iterable[Kpi]) -> str:
    """A table with a line for each KPI: its key, which way is better, whom it may be shown for."""
    rows = (
        (kpi.name, f"`{kpi.key}`", kpi.unit, _BETTER[kpi.better], target(kpi), kpi.level)
        for kpi in kpis
    )
    return table(("KPI", "key", "unit", "better", "target", "level"), rows)


def footings(kpis: Iterable[Kpi]) -> str:
    """A table with a line for each key: what it rests on, when it is counted, and for whom."""
    rows = (
        (f"`{kpi.key}`", kpi.formula, kpi.unit, kpi.counted_in_words, kpi.credit_in_words)
        for kpi in kpis
    )
    return table(("key", "rests on", "unit", "counted", "a shared contact counts for"), rows)


def sections(kpis: Iterable[Kpi]) -> str:
    """A section for each KPI, under a heading for each family, in the order of the families."""
    places = list(FAMILIES)
    ordered = sorted(kpis, key=lambda kpi: places.index(kpi.family))
    parts = []
    for family, some in groupby(ordered, key=lambda kpi: kpi.family):
        parts += [f"## {FAMILIES[family]}", *map(section, some)]
    return "\n\n".join(parts)


def section(kpi: Kpi) -> str:
    """All that the catalogue says of one KPI."""
    facts = "\n".join(f"- *{name}*: {said}" for name, said in _facts(kpi))
    beware = [f"**Beware.** {kpi.watch}"] if kpi.watch else []
    return "\n\n".join([f"### {kpi.name} (`{kpi.key}`)", kpi.about, facts, *beware, example(kpi)])


def _facts(kpi: Kpi) -> Iterator[tuple[str, str]]:
    yield "Formula", kpi.formula
    yield "Unit", kpi.unit
    yield "Better", _BETTER[kpi.better]
    if aim := target(kpi):
        yield "Target", aim
    yield "Counted", kpi.counted_in_words
    yield "A contact with several agents counts for", kpi.credit_in_words
    yield "Level", kpi.level_in_words
    yield "Interval", interval(kpi)
    yield "Compared", f"from n = {kpi.at_least} on"
    if kpi.guards:
        yield "Guarded by", ", ".join(f"`{guard}`" for guard in kpi.guards)
    yield "Source", kpi.source
    yield "Also called", ", ".join(kpi.words)


def target(kpi: Kpi) -> str:
    """The target with its unit: one value, or a band; empty where there is none."""
    ends = kpi.target if isinstance(kpi.target, tuple) else (kpi.target,)
    return " to ".join(written(end, kpi.unit) for end in ends)


def interval(kpi: Kpi) -> str:
    """How its interval is made."""
    if kpi.kind == "mean" and kpi.scale is not None:
        return _SCALE
    if kpi.kind == "ratio" and all(one.startswith("shift.") for one in kpi.operands):
        return "Student's t of a ratio, by the delta method"
    if kpi.kind == "figures" and kpi.unit == "percent":
        return _WILSON
    return _INTERVALS.get(kpi.kind, _NONE)


def example(kpi: Kpi) -> str:
    """The catalogue's own worked example, which the tests hold it to."""
    given = {name: said for name, said in kpi.example.items() if name != "value"}
    value = kpi.example["value"]
    parts = "; ".join(f"`{name}` {_listed(said)}" for name, said in given.items())
    return (
        f"**Example.** {parts}: {written(value if isinstance(value, float) else None, kpi.unit)}."
    )


def _listed(values: float | list[float]) -> str:
    every = values if isinstance(values, list) else [values]
    return ", ".join("not known" if math.isnan(one) else f"{one:g}" for one in every)


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(header)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines
    )
