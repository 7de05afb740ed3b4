"""Replies to questions as JSON, and as plain lines of text."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.answer_words import called, tells, upright

if TYPE_CHECKING:
    from bot.answering import Asker, Reply
    from scoring.answers import Answer, Figure, Row
    from scoring.query import Query


def unanswered(status: str, text: str) -> dict[str, Any]:
    """A reply with nothing in it but its text."""
    return {
        "status": status,
        "reading": None,
        "assumptions": [],
        "rows": [],
        "choices": [],
        "text": text,
    }


def as_json(reply: "Reply", asker: "Asker") -> dict[str, Any]:
    """A reply as docs/cli.md promises."""
    return {
        **unanswered(reply.status, "\n".join(text_of(reply, asker))),
        "reading": None if reply.query is None else _reading(reply.query, asker),
        "assumptions": list(reply.assumptions),
        "rows": [*_rows(reply), *(dict(cell) for cell in reply.cells)],
        "choices": list(reply.choices),
    }


def _reading(query: "Query", asker: "Asker") -> dict[str, Any]:
    compare, order = query.compare, query.order
    other = compare.period if compare is not None else None
    against = None if compare is None else compare.against
    return {
        "intent": query.intent,
        "kpis": list(query.kpis),
        "group_by": list(query.by),
        "filters": _filters(query, asker),
        "having": [
            {"kpi": one.kpi, "of": one.of, "test": one.test, "bound": one.bound}
            for one in query.having
        ],
        "first": query.period.first.isoformat(),
        "last": query.period.last.isoformat(),
        "compare": f"{other.first}..{other.last}" if other is not None else against,
        "order": order and {"kpi": order.kpi, "of": order.of, "first": order.first},
        "limit": query.limit,
    }


def _filters(query: "Query", asker: "Asker") -> dict[str, Any]:
    scope, world = query.scope, asker.world
    keys = {person.id: person.key for person in world.people}
    filters: dict[str, Any] = {name: list(values) for name, values in scope.labels.items()}
    if scope.agents is not None:
        filters["agent"] = [keys[agent] for agent in scope.agents]
    if scope.teams is not None:
        filters["team"] = [world.teams[team] for team in scope.teams]
    if scope.tenure is not None:
        filters["tenure"] = list(scope.tenure)
    return filters


def _rows(reply: "Reply") -> Iterator[dict[str, Any]]:
    if reply.answer is None:
        return
    for row in reply.answer.rows:
        keys = _keys(reply, reply.answer, row)
        for key in reply.answer.query.told:
            one = row.figures[key]
            yield {
                **keys,
                "kpi": key,
                "value": one.estimate.value,
                "low": one.estimate.low,
                "high": one.estimate.high,
                "n": one.estimate.n,
                "before": one.compared.value if one.compared is not None else None,
                "change": one.change,
            }


def _keys(reply: "Reply", found: "Answer", row: "Row") -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for name, part in zip(found.ask.by, row.group, strict=True):
        if part is None or reply.names is None:
            keys[name] = None if name == "team" else "unknown"
        elif name == "agent":
            keys[name] = reply.names.agents[int(str(part))][0]
        elif name == "team":
            keys[name] = reply.names.teams[int(str(part))]
        elif name == "week":
            keys[name] = date.fromordinal(int(str(part))).isoformat()
        else:
            keys[name] = part
    return keys


def text_of(reply: "Reply", asker: "Asker") -> Iterator[str]:
    """A reply as plain lines: the answer, a line for each row, how it was read."""
    yield from map(upright, _lines_of(reply, asker))


def _lines_of(reply: "Reply", asker: "Asker") -> Iterator[str]:
    yield reply.lead
    yield from (f"• {choice}" for choice in reply.choices)
    yield from reply.lines
    yield from _table_lines(reply)
    if reply.query is not None and reply.query.intent != "definition":
        yield from how_read(reply, asker)


def _table_lines(reply: "Reply") -> Iterator[str]:
    if reply.answer is None or reply.names is None or not reply.answer.query.by:
        return
    for row in reply.answer.rows:
        told = "; ".join(_cell(row.figures[key]) for key in reply.answer.query.told)
        yield f"{called(reply.answer, row, reply.names)}: {told}"


def _cell(one: "Figure") -> str:
    from scoring.units import changed, written

    if not tells(one):
        return f"{one.kpi.name} too few to say"
    n = "" if one.kpi.kind == "count" else f", n {one.estimate.n:,.0f}"
    change = f", {changed(one.change, one.kpi.unit)}" if one.change is not None else ""
    return f"{one.kpi.name} {written(one.estimate.value, one.kpi.unit)}{change}{n}"


def how_read(reply: "Reply", asker: "Asker") -> Iterator[str]:
    """What stands below an answer: period, people, KPIs, comparison, assumptions, caveats."""
    query = reply.query
    if query is None:
        return
    catalogue = asker.world.catalogue
    yield "How I read this:"
    yield f"- period: {query.period.written(asker.reader.calendar)}"
    yield f"- whose: {_whose(query, asker)}"
    if query.told:
        yield f"- KPIs: {', '.join(catalogue[key].name for key in query.told)}"
    if query.compare is not None:
        other = query.compare.period
        held = str(other) if other is not None else query.compare.against.replace("_", " ")
        yield f"- held against: {held}"
    yield from (f"- {line}" for line in (*reply.assumptions, *reply.caveats))


def _whose(query: "Query", asker: "Asker") -> str:
    filters = _filters(query, asker)
    parts = [
        f"{name.replace('_', ' ')} {', '.join(map(str, values))}"
        for name, values in filters.items()
        if name != "tenure"
    ]
    if query.scope.tenure is not None:
        first, after = query.scope.tenure
        parts.append(
            f"{first} days or more in the job" if after is None else f"under {after} days"
        )
    return "; ".join(parts) or "everybody you may see"
