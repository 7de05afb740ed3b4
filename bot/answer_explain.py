"""Why a figure moved, in words: what went together with it, in which part, and what is noise."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.answer_words import part_name, tells, time_caveats, told_figure
from bot.answering import Asker, Reply

if TYPE_CHECKING:
    from scoring.explaining import Explained
    from scoring.kpis import Kpi
    from scoring.query import Query
    from scoring.scorecard import Names
    from scoring.splitting import Cell, Part, Split

MOST_CELLS = 3
ONLY_TOGETHER = "This tells what went together with the change, not why it came about."


def explain(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    """How a figure moved, and what went together with it.

    Raises:
        QueryError: it makes no sense, or there is nothing that the asker may see.
    """
    from scoring.explaining import explained
    from scoring.scorecard import names

    found = explained(asker.reader, query, asker.viewer, asker.world.catalogue)
    agents = [
        (cell.group[one.by.index("agent")],)
        for one in found.splits
        if "agent" in one.by
        for cell in one.cells
    ]
    known = names(asker.reader, agents, ("agent",))
    kpi = found.told.rows[0].figures[query.kpis[0]].kpi
    lines = [line for one in found.splits for line in _split_lines(one, kpi, known)]
    others = [f"Only {kpi.name} is split; ask for one figure at a time."] * (len(query.kpis) > 1)
    return Reply(
        "answered",
        _lead(found, query, asker),
        query,
        assumptions=assumptions,
        caveats=[*time_caveats(found.told, asker), *_unknown(found), *others, ONLY_TOGETHER],
        lines=lines,
        cells=[cell for one in found.splits for cell in _cells(one, kpi, known)],
    )


def _lead(found: "Explained", query: "Query", asker: Asker) -> str:
    figure = found.told.rows[0].figures[query.kpis[0]]
    when = found.told.ask.period.written(asker.reader.calendar)
    told = f"{told_figure(figure, found.told.query)}, {when}."
    if figure.change is None or not tells(figure):
        return f"{told} Why it moved cannot be told: {found.why_not or 'too few to say'}."
    if not figure.change:
        return f"{told} It did not move."
    moved = f"It {'rose' if figure.change > 0 else 'fell'}"
    if found.why_not:
        return f"{told} {moved}; the change cannot be split: {found.why_not}."
    if not figure.moved:
        return f"{told} {moved}, by no more than chance: there may be nothing to explain."
    return f"{told} {moved} by more than chance."


def _split_lines(split: "Split", kpi: "Kpi", known: "Names") -> Iterator[str]:
    by = " and ".join(name.replace("_", " ") for name in split.by)
    yield f"By {by}{_whole(split, kpi)}"
    clear = [cell for cell in split.cells if cell.stands_out]
    for cell in clear[:MOST_CELLS]:
        yield f"Went together with {_called(split, cell, known)}: {_told(cell, kpi)}."
    noise = len(split.cells) - len(clear)
    if clear[MOST_CELLS:]:
        yield f"{len(clear) - MOST_CELLS} more stand out by {by}."
    if noise == 1:
        yield "The last one is within noise, or too few to say."
    elif noise:
        yield f"{'The other ' if clear else 'All '}{noise} are within noise, or too few to say."


def _whole(split: "Split", kpi: "Kpi") -> str:
    if kpi.kind == "count":
        return ", in numbers of contacts:"
    mix, rate = _amount(split.mix, kpi), _amount(split.rate, kpi)
    if split.by == ("agent",):
        return (
            f": who took how many went together with {mix}, other figures of agents with {rate}."
        )
    return (
        f": another mix of contacts went together with {mix}, other figures of them with {rate}."
    )


def _amount(part: "Part", kpi: "Kpi") -> str:
    from scoring.units import changed

    span = f"{changed(part.low, kpi.unit)} to {changed(part.high, kpi.unit)}"
    noise = ", which is noise" if part.is_noise else ""
    return f"{changed(part.value, kpi.unit)} (95 % interval {span}{noise})"


def _told(cell: "Cell", kpi: "Kpi") -> str:
    """The clear parts of a cell, with its figures and n in both periods."""
    from scoring.units import changed, written

    if kpi.kind == "count":
        return f"{changed(cell.mix.value, kpi.unit)}: {cell.now.n:,.0f} after {cell.before.n:,.0f}"
    parts = []
    if not cell.mix.is_noise:
        shares = f"{cell.share * 100:.0f} % of contacts after {cell.share_before * 100:.0f} %"
        parts.append(f"{changed(cell.mix.value, kpi.unit)} with its part of all, {shares}")
    if not cell.rate.is_noise:
        figures = (
            f"{written(cell.now.value, kpi.unit)} after {written(cell.before.value, kpi.unit)}"
        )
        parts.append(f"{changed(cell.rate.value, kpi.unit)} with its own figure, {figures}")
    return f"{'; '.join(parts)} (n {cell.now.n:,.0f} and {cell.before.n:,.0f})"


def _called(split: "Split", cell: "Cell", known: "Names") -> str:
    named = zip(split.by, cell.group, strict=True)
    return " · ".join(part_name(name, part, known) for name, part in named)


def _unknown(found: "Explained") -> Iterator[str]:
    """How much of the contacts is of an unknown kind."""
    for split in found.splits:
        unknown = [one for one in split.cells if None in one.group or "unknown" in one.group]
        part = sum(one.share for one in unknown)
        if part:
            by = " or ".join(name.replace("_", " ") for name in split.by)
            yield f"Of {part * 100:.0f} % of the contacts the {by} is not known."


def _cells(split: "Split", kpi: "Kpi", known: "Names") -> Iterator[dict[str, Any]]:
    """The cells as rows; a part is `mix` or `rate` of the whole change."""
    for cell in split.cells:
        keys = zip(split.by, cell.group, strict=True)
        both = cell.now.value is not None and cell.before.value is not None
        yield {
            **{name: _key(name, part, known) for name, part in keys},
            "kpi": kpi.key,
            "value": cell.now.value,
            "low": cell.now.low,
            "high": cell.now.high,
            "n": cell.now.n,
            "before": cell.before.value,
            "change": (cell.now.value or 0.0) - (cell.before.value or 0.0) if both else None,
            "n_before": cell.before.n,
            "mix": cell.mix.value,
            "rate": cell.rate.value,
            "noise": not cell.stands_out,
        }


def _key(name: str, part: object, known: "Names") -> object:
    if name == "agent":
        return known.agents[int(str(part))][0]
    return part_name(name, part, known)
