"""Single contacts as the answer to a question: which they are, and why each is worth a look."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.answering import Asker, Reply
from bot.cited import reason_told

if TYPE_CHECKING:
    from scoring.examples import Example, Examples
    from scoring.kpis import Kpi
    from scoring.query import Query

REDACTED = "Customers' words are redacted, and only the last ones are shown."
_HITS = {
    "escalation_rate": "escalated",
    "transfer_rate": "transferred",
    "resolution_rate": "resolved",
    "abandonment_rate": "abandoned",
}


def shown(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    """A few contacts with what happened in each.

    Raises:
        QueryError: it makes no sense, or there is nothing that the asker may see.
        EvidenceError: the KPI is made of more than contacts.
    """
    from scoring.examples import examples

    found = examples(asker.reader, query, asker.viewer, asker.world.catalogue)
    words = [REDACTED] if any(one.cited.excerpt for one in found.shown) else []
    return Reply(
        "answered",
        _lead(found, query, asker),
        query,
        assumptions=assumptions,
        caveats=[*_which(found), *words],
        lines=[_line(one, found.kpi, asker) for one in found.shown],
        cells=[_cell(one, found.kpi, asker) for one in found.shown],
    )


def _lead(found: "Examples", query: "Query", asker: Asker) -> str:
    when = query.period.written(asker.reader.calendar)
    if not found.of:
        return f"There are no {_kind(found, 0)}, {when}."
    kind = _kind(found, found.of)
    if query.limit is not None and found.of < query.limit:
        return f"Only {found.of:,} {kind}, {when}; {query.limit} were asked for."
    few = f"{len(found.shown):,} of " if len(found.shown) < found.of else ""
    return f"{few}{found.of:,} {kind}, {when}."


def _kind(found: "Examples", count: int) -> str:
    """What the contacts are called, so many of them."""
    kpi, value = found.kpi, found.page.value
    contacts = "contact" if count == 1 else "contacts"
    if value == 1 and kpi.key in _HITS:
        return f"{_HITS[kpi.key]} {contacts}"
    if value is not None:
        return f"{contacts} behind {kpi.name}, on its bad side"
    return contacts if kpi.kind == "count" else f"{contacts} behind {kpi.name}"


def _which(found: "Examples") -> Iterator[str]:
    order = {"latest": "the latest", "high": "the highest", "low": "the lowest"}
    yield f"First come {order[found.page.order]}; they are examples, and no fair sample."


def _line(one: "Example", kpi: "Kpi", asker: Asker) -> str:
    from scoring.units import written

    contact = one.contact
    local = asker.reader.calendar.clock(contact.at)
    kind = f"{contact.issue_type or 'unknown'} by {contact.channel}"
    told = [f"{contact.interaction} ({contact.agent}, {local:%Y-%m-%d %H:%M}, {kind})"]
    if kpi.kind == "mean":
        told.append(written(contact.value, kpi.unit))
    told += [reason_told(each) for each in one.cited.reasons]
    excerpt = f" “{one.cited.excerpt}”" if one.cited.excerpt else ""
    return f"{told[0]}: {'; '.join(told[1:]) or 'nothing stands out'}.{excerpt}"


def _cell(one: "Example", kpi: "Kpi", asker: Asker) -> dict[str, Any]:
    contact = one.contact
    local = asker.reader.calendar.clock(contact.at)
    return {
        "agent": contact.agent,
        "channel": contact.channel,
        "issue_type": contact.issue_type or "unknown",
        "kpi": kpi.key,
        "value": contact.value,
        "low": None,
        "high": None,
        "n": contact.weight,
        "before": None,
        "change": None,
        "contact": contact.interaction,
        "source": contact.source,
        "at": local.isoformat(),
        "reasons": [each.kind for each in one.cited.reasons],
        "excerpt": one.cited.excerpt,
    }
