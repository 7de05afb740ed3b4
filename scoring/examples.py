"""Single contacts behind a figure: which ones are worth a look, and what happened in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from scoring.asking import Ask, Reader
from scoring.coaching.cited import Cited, cited
from scoring.evidence import Contact, Page, contacts, number_of
from scoring.first_sight import early
from scoring.kpis import Kpi
from scoring.query import Query, check
from scoring.seen import seen
from scoring.viewers import Viewer

MOST, USUAL = 20, 5
# The share of contacts that came to an outcome, by what a question calls it.
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "escalated": "escalation_rate",
        "transferred": "transfer_rate",
        "resolved": "resolution_rate",
        "abandoned": "abandonment_rate",
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """One contact as the figure counts it, and what there is to say of it."""

    contact: Contact
    cited: Cited


@dataclass(frozen=True, slots=True)
class Examples:
    """Contacts behind a KPI, ``of`` how many; ``page`` says which ones they are."""

    kpi: Kpi
    page: Page
    of: int
    shown: Sequence[Example]


def examples(
    reader: Reader, query: Query, viewer: Viewer, catalogue: Mapping[str, Kpi]
) -> Examples:
    """Contacts behind the first KPI of a question, those that most speak against it first.

    Raises:
        QueryError: it makes no sense, or the asker may see nothing of what is asked.
        EvidenceError: the KPI is made of more than contacts.
    """
    check(query, catalogue)
    outcomes = query.scope.labels.get("outcome", ())
    labels = {name: some for name, some in query.scope.labels.items() if name != "outcome"}
    new = early(reader, viewer, query.period)
    scope = seen(replace(query.scope, labels=labels), viewer, new)
    kpi = catalogue[OUTCOMES[outcomes[0]] if outcomes else query.kpis[0]]
    page = replace(_page(kpi), value=1.0) if outcomes else _page(kpi)
    page = replace(page, size=min(query.limit or USUAL, MOST))
    ask = Ask((), query.period, scope)
    found = contacts(reader, ask, kpi, (), page)
    told = {one.id: one for one in cited(reader, [one.id for one in found])}
    shown = [Example(one, told[one.id]) for one in found if one.id in told]
    return Examples(kpi, page, number_of(reader, ask, kpi, (), page), shown)


def _page(kpi: Kpi) -> Page:
    """Counted contacts: of a share those on its bad side, of a mean from its bad end on."""
    good = kpi.better == "higher"
    if kpi.kind == "share":
        return Page("counted", order="latest", value=0.0 if good else 1.0)
    if kpi.kind == "count":
        return Page("counted", order="latest")
    return Page("counted", order="low" if good else "high")
