"""The figures of an answer as rows of words, a page at a time; by week, as lines to be drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.answer_words import called
from bot.blocks.limits import CHART_LABEL
from bot.trend import Trend
from bot.wording import (
    DOWN,
    LEVEL,
    UP,
    figure_words,
    interval_words,
    n_words,
    tells,
    unbroken,
    value_words,
)

if TYPE_CHECKING:
    from bot.answering import Reply
    from scoring.answers import Answer, Figure, Row
    from scoring.kpis import Kpi
    from scoring.scorecard import Names

ON_A_PAGE = 10
# More columns than these are read by nobody.
MOST_KPIS = 6
# Two charts are as many as Slack draws in a message.
MOST_LINES = 2
KPI_HEADS = ("KPI", "value, interval, n")


@dataclass(frozen=True)
class Grid:
    """A page of figures as a table: its heads, its rows, and the same as a line each.

    ``skip`` is how many rows the pages before have, ``whole`` how many there are.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[tuple[str, str]]
    skip: int = 0
    whole: int = 0

    @property
    def where(self) -> str:
        """Which rows these are; empty where they are all."""
        if len(self.rows) == self.whole:
            return ""
        return f"{self.skip + 1} to {self.skip + len(self.rows)} of {self.whole} rows."

    @property
    def has_more(self) -> bool:
        """Whether rows come after these."""
        return self.skip + len(self.rows) < self.whole


def grid_of(reply: "Reply", skip: int = 0) -> Grid | None:
    """The figures of an answer; None where there is no row."""
    found, known = reply.answer, reply.names
    if found is None or known is None or not found.rows:
        return None
    return _of_rows(found, known, skip) if found.query.by else _of_kpis(found)


def _of_kpis(found: "Answer") -> Grid | None:
    """A row for each KPI of what is one group; of a single figure the sentence tells all."""
    figures = [found.rows[0].figures[key] for key in found.query.told]
    if len(figures) == 1:
        return None
    rows = [(one.kpi.name, unbroken(_cell(one, alone=True))) for one in figures]
    return Grid(KPI_HEADS, rows, [(one.kpi.name, _line(one)) for one in figures], 0, len(rows))


def interval_of(reply: "Reply") -> Iterator[str]:
    """The interval of an answer that is a single figure, which has no table."""
    found = reply.answer
    if found is not None and found.rows and not found.query.by and len(found.query.told) == 1:
        one = found.rows[0].figures[found.query.told[0]]
        interval = interval_words(one.estimate, one.kpi)
        yield from (f"interval of 95 %: {said}" for said in (interval,) if said)


def _of_rows(found: "Answer", known: "Names", skip: int) -> Grid:
    """A row for each group, with a column for each of the first KPIs."""
    start = skip if skip < len(found.rows) else 0
    shown = found.rows[start : start + ON_A_PAGE]
    keys = found.query.told[:MOST_KPIS]
    by = " · ".join(found.ask.by).replace("_", " ")
    heads = (by, *(found.rows[0].figures[key].kpi.name for key in keys))
    rows, lines = [], []
    for row in shown:
        name, figures = called(found, row, known), [row.figures[key] for key in keys]
        rows.append((name, *(unbroken(_cell(one, alone=len(keys) == 1)) for one in figures)))
        lines.append((name, "; ".join(f"{one.kpi.name} {_line(one)}" for one in figures)))
    return Grid(heads, rows, lines, start, len(found.rows))


def _cell(one: "Figure", *, alone: bool) -> str:
    """A figure in a cell: its value and n, its interval, what it is held against."""
    figure = figure_words(one.estimate, one.kpi) if alone else _narrow(one)
    return "\n".join(filter(None, (figure, _beside(one))))


def _narrow(one: "Figure") -> str:
    n = "" if one.kpi.kind == "count" else f", n {n_words(one.estimate)}"
    value, interval = value_words(one.estimate, one.kpi), interval_words(one.estimate, one.kpi)
    return "\n".join(filter(None, (f"{value}{n}", interval)))


def _line(one: "Figure") -> str:
    return ", ".join(filter(None, (figure_words(one.estimate, one.kpi), _beside(one))))


def _beside(one: "Figure") -> str:
    from scoring.units import changed, written

    if one.compared is None or one.change is None or not tells(one.estimate, one.kpi):
        return ""
    size = changed(one.change, one.kpi.unit)
    way = {None: f"{LEVEL} {size}", 0: f"{LEVEL} no clear change"}
    moved = way.get(one.moved, f"{UP if (one.moved or 0) > 0 else DOWN} {size}")
    return f"{moved} ({written(one.compared.value, one.kpi.unit)})"


def remarks_of(reply: "Reply") -> Iterator[str]:
    """What a table leaves out."""
    found = reply.answer
    left = 0 if found is None else len(found.query.told) - MOST_KPIS
    if found is not None and found.query.by and left > 0:
        yield f"{left} more KPIs have no column here: ask for fewer at a time."


def trends_of(reply: "Reply") -> list[Trend]:
    """The lines of an answer by week: one for each of the first KPIs, or of two groups beside."""
    found, known = reply.answer, reply.names
    if found is None or known is None or "week" not in found.query.by:
        return []
    kpis = [found.rows[0].figures[key].kpi for key in found.query.told] if found.rows else []
    if found.query.by == ("week",):
        return [_line_of(found, found.rows, kpi) for kpi in kpis[:MOST_LINES]]
    return [one for kpi in kpis[:MOST_LINES] for one in _pair(found, known, kpi)]


def _line_of(found: "Answer", rows: Sequence["Row"], kpi: "Kpi", name: str = "") -> Trend:
    at = found.query.by.index("week")
    weeks = sorted(
        (date.fromordinal(int(str(row.group[at]))), row.figures[kpi.key].estimate) for row in rows
    )
    return Trend(kpi, name or (kpi.name if len(kpi.name) <= CHART_LABEL else kpi.key), weeks)


def _pair(found: "Answer", known: "Names", kpi: "Kpi") -> Iterator[Trend]:
    """Two groups on one chart, if there are two and both have the same weeks."""
    at = found.query.by.index("week")
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        day = date.fromordinal(int(str(row.group[at]))).isoformat()
        name = called(found, row, known).replace(day, "").strip(" ·")
        groups.setdefault(name, []).append(row)
    if len(groups) != MOST_LINES:
        return
    (name, rows), (other, others) = groups.items()
    one, two = _line_of(found, rows, kpi, name), _line_of(found, others, kpi, other)
    if [day for day, _ in one.weeks] == [day for day, _ in two.weeks]:
        beside = [each.value if tells(each, kpi) else None for _, each in two.weeks]
        yield Trend(kpi, name, one.weeks, other, beside)
