"""What a KPI is: its formula, target and traps; or which KPIs there are."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.blockkit import (
    Markup,
    code,
    context,
    fallback,
    fields,
    header,
    joined,
    mark,
    section,
    sections,
)
from bot.replies import Reply
from bot.wording import target_words

if TYPE_CHECKING:
    from scoring.kpis import Kpi

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "quality": "Quality",
        "speed": "Speed",
        "voice": "What customers say",
        "load": "Load",
    }
)
BETTER: Mapping[str, str] = MappingProxyType(
    {
        "higher": "higher is better",
        "lower": "lower is better",
        "within": "neither too high nor too low",
        "neither": "neither high nor low is better",
    }
)
ASK = Markup("`/kpi` and a name tells what one is, what it is made of, and its traps.")


def definition(kpi: "Kpi", known: Mapping[str, "Kpi"]) -> Reply:
    """One KPI in full; `known` is the catalogue, for the names of those that guard it."""
    facts = list(_facts(kpi, known))
    told = [mark("*{}*\n{}", name, said) for name, said in facts]
    about = [
        section(kpi.about),
        *([section(mark("*Beware*\n{}", kpi.watch))] if kpi.watch else []),
    ]
    small = [f"Also called: {', '.join(kpi.words)}."]
    small += [f"Source: {kpi.source}."] if kpi.source else []
    blocks = (header(f"{kpi.name} ({kpi.key})"), about[0], fields(*told), *about[1:])
    lines = [f"{name}: {said}." for name, said in facts]
    beware = [f"Beware: {kpi.watch}"] if kpi.watch else []
    text = fallback(f"{kpi.name} ({kpi.key}). {kpi.about}", *lines, *beware, *small)
    return Reply((*blocks, context(joined(small))), text)


def _facts(kpi: "Kpi", known: Mapping[str, "Kpi"]) -> Iterator[tuple[str, str]]:
    """What there is to say of a KPI, by name; no more than ten facts."""
    yield "Formula", kpi.formula
    yield "Unit", f"{kpi.unit}; {BETTER[kpi.better]}"
    if target_words(kpi):
        yield "Target", target_words(kpi)
    yield "Counted", kpi.counted_in_words
    yield "Credit", kpi.credit_in_words
    yield "For whom", kpi.level_in_words
    yield "Compared", f"from n = {kpi.at_least} on"
    if kpi.guards:
        yield "Guarded by", ", ".join(known[key].name for key in kpi.guards)


def catalogue(known: Mapping[str, "Kpi"]) -> Reply:
    """All KPIs by family."""
    blocks, lines = [], []
    for family, title in FAMILIES.items():
        some = [one for one in known.values() if one.family == family]
        if some:
            named = joined((mark("{} {}", one.name, code(one.key)) for one in some), " · ")
            blocks += sections(title, [named])
            lines.append(mark("{}: {}.", title, named))
    return Reply((header("KPIs"), *blocks, context(ASK)), fallback("KPIs", *lines, ASK))
