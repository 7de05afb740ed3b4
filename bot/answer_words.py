"""Answers in words: the sentence that comes first, what each row is called, what to beware of."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering import Asker
    from scoring.answers import Answer, Figure, Row
    from scoring.query import Condition, Query
    from scoring.scorecard import Names

MOST_NAMES = 5
THEIRS_FIRST = "they are to see this week of theirs first, in their own notes."
FEW = 5
# Marks, embeddings, overrides and isolates of writing from right to left: letters need none.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ENDS = {
    ("value", "best"): "best",
    ("value", "worst"): "furthest from good",
    ("value", "high"): "highest",
    ("value", "low"): "lowest",
    ("change", "best"): "most improved",
    ("change", "worst"): "most worsened",
    ("change", "high"): "largest rise",
    ("change", "low"): "largest fall",
}
_AGAINST = {
    "before": "the period before",
    "period": "the other period",
    "team_median": "the team's median",
    "rest": "everybody else",
    "target": "the target",
}


def lead(found: "Answer", known: "Names", asker: "Asker") -> str:
    """The answer in one sentence."""
    query = found.query
    if not query.by:
        return _of_one(found, asker)
    if not found.rows:
        return _of_nobody(found, known)
    if query.order is not None:
        return _of_first(found, known)
    names = [called(found, row, known) for row in found.rows]
    shown = ", ".join(names[:MOST_NAMES])
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    holds = "It holds of" if query.having else "Told of"
    return f"{holds} {len(names)}: {shown}{more}."


def _of_one(found: "Answer", asker: "Asker") -> str:
    if not found.rows:
        return "There is nothing to tell of that."
    figures = found.rows[0].figures
    told = "; ".join(told_figure(figures[key], found.query) for key in found.query.told)
    return f"{told}, {found.query.period.written(asker.reader.calendar)}."


def told_figure(one: "Figure", query: "Query") -> str:
    """A figure with n and, where there is one, its comparison."""
    from scoring.units import changed, written

    name, unit = one.kpi.name, one.kpi.unit
    if not tells(one):
        return f"{name}: {_unsaid(one)}"
    n = "" if one.kpi.kind == "count" else f" (n {one.estimate.n:,.0f})"
    told = f"{name} {written(one.estimate.value, unit)}{n}"
    if query.compare is None or one.compared is None or one.change is None:
        return told
    against = _AGAINST[query.compare.against]
    told += f", {changed(one.change, unit)} against {against}"
    beside = written(one.compared.value, unit)
    noise = {None: "", 0: "; within normal variation"}.get(one.moved, "; more than chance")
    return f"{told} ({beside}{noise})"


def tells(one: "Figure") -> bool:
    """Whether a figure rests on enough to be shown to people."""
    return one.estimate.value is not None and (one.estimate.n >= FEW or one.kpi.kind == "count")


def _unsaid(one: "Figure") -> str:
    if one.estimate.why_none == "not_mature":
        return "too early to say"
    return "too few to say" if one.estimate.n else "no records"


def _of_nobody(found: "Answer", known: "Names") -> str:
    if not found.query.having:
        return "There is nobody to list."
    near = "; ".join(
        f"{called(found, row, known)} ({_beside(found.query.having, row)})" for row in found.misses
    )
    return f"It holds of nobody. Nearest: {near}." if near else "It holds of nobody."


def _beside(having: Sequence["Condition"], row: "Row") -> str:
    from scoring.units import changed, written

    told = []
    for one in having:
        figure = row.figures[one.kpi]
        of_change = one.of == "change"
        value = changed(figure.change, figure.kpi.unit) if of_change else ""
        told.append(
            f"{figure.kpi.name} {value or written(figure.estimate.value, figure.kpi.unit)}"
        )
    return ", ".join(dict.fromkeys(told))


def _of_first(found: "Answer", known: "Names") -> str:
    from scoring.units import changed, written

    order = found.query.order
    if order is None:
        return ""
    row = found.rows[0]
    one = row.figures[order.kpi]
    by_change = order.of == "change"
    value = changed(one.change, one.kpi.unit) if by_change else ""
    value = value or (written(one.estimate.value, one.kpi.unit) if tells(one) else _unsaid(one))
    end = _ENDS[order.of, order.first]
    return f"{called(found, row, known)} comes first by {one.kpi.name} ({end}): {value}."


def called(found: "Answer", row: "Row", known: "Names") -> str:
    """What a row is called."""
    by = found.ask.by
    named = zip(by, row.group, strict=True)
    return " · ".join(part_name(name, part, known) for name, part in named)


def part_name(name: str, part: object, known: "Names") -> str:
    """What one part of a group is called."""
    if part is None:
        return "no team" if name == "team" else "unknown"
    if name == "agent":
        key, own, _ = known.agents[int(str(part))]
        return upright(own or key)
    if name == "team":
        return upright(known.teams[int(str(part))])
    return date.fromordinal(int(str(part))).isoformat() if name == "week" else upright(str(part))


def upright(text: str) -> str:
    """The text without signs that turn the line it stands in, and so the figures beside it."""
    return _TURNS.sub("", text)


def caveats(found: "Answer", known: "Names", asker: "Asker") -> list[str]:
    """What to know beside the figures."""
    return [*time_caveats(found, asker), *_of_rows(found, known)]


def time_caveats(found: "Answer", asker: "Asker") -> Iterator[str]:
    """What to know of the period, and of what its KPIs are."""
    from scoring.measures import last_mature
    from scoring.scorecard import matures

    query, reader = found.query, asker.reader
    kpis = [asker.world.catalogue[key] for key in query.told]
    if query.period.is_partial:
        yield "The period is still running; what it is compared with is cut to the same length."
    mature = last_mature(reader.rules, reader.moment)
    young = [kpi.name for kpi in kpis if matures(kpi)]
    if young and query.period.last.toordinal() > mature:
        until = date.fromordinal(mature)
        names = " and ".join(young)
        yield f"{names} may still change: customers of contacts after {until} may come back."
    if "csat" in query.told and "csat_mean" not in query.told:
        yield "Customer satisfaction is the share of 4s and 5s, not the mean rating."


def _of_rows(found: "Answer", known: "Names") -> Iterator[str]:
    few = [called(found, row, known) for row in found.few]
    if few:
        yield f"Apart, because they rest on too little: {', '.join(few)}."
    if found.left:
        yield f"{found.left} more are not shown."
    if found.hidden:
        yield f"{found.hidden} of your people are left out: {THEIRS_FIRST}"
    if found.query.order is not None and found.query.order.of == "value" and any(found.alike):
        pairs = [
            f"{called(found, one, known)} and {called(found, after, known)}"
            for one, after, alike in zip(found.rows, found.rows[1:], found.alike, strict=False)
            if alike
        ]
        yield f"Cannot be told apart: {'; '.join(pairs)}."
    surveys = [
        one.kpi.name
        for row in found.rows
        for one in row.figures.values()
        if one.kpi.family == "voice" and 0 < one.estimate.n < one.kpi.at_least
    ]
    if surveys:
        yield f"{' and '.join(dict.fromkeys(surveys))} rests on few answers in places: see n."
    for key, teams in found.medians.people.items():
        if teams and key in found.query.told:
            counts = ", ".join(str(count) for count in teams.values())
            yield f"The team's median of {key} is over {counts} people."
