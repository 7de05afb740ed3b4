"""The tool `evidence`: the contacts behind a figure, a page at a time; no text of customers."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.tools.desk import Desk, Shown
from bot.tools.lines import in_lines
from bot.tools.scorecard import kpis_of
from bot.tools.whose import page_of, period_of, scope_of

if TYPE_CHECKING:
    from bot.access import Sight
    from prompts.tools.forms import EvidenceForm
    from prompts.tools.offer import Told
    from scoring.asking import Ask
    from scoring.evidence import Contact, Evidence
    from scoring.kpis import Catalogue

ON_A_PAGE = 20


@dataclass(frozen=True)
class Behind:
    """What a figure rests on, and a page of its contacts."""

    ask: "Ask"
    whole: "Evidence"
    contacts: Sequence["Contact"]
    page: int
    pages: int


def evidence(desk: Desk, form: "EvidenceForm") -> "Told":
    """The contacts behind a figure.

    Raises:
        AccessError: whom the viewer may not see; EvidenceError: it is not made of contacts;
            WordsError, PeriodError: words that cannot be.
    """
    catalogue = desk.services.catalogue

    def work(seeing: "Sight") -> Shown:
        return _shown(seeing, _behind(seeing, form, catalogue), asked=bool(form.person))

    return desk.answered("evidence", work)


def _behind(seeing: "Sight", form: "EvidenceForm", catalogue: "Catalogue") -> Behind:
    from scoring.asking import Ask
    from scoring.evidence import Page, contacts
    from scoring.evidence import evidence as evidence_of

    period = period_of(seeing, form.period)
    named = [form.person] * bool(form.person), [form.team] * bool(form.team)
    ask = Ask((), period, scope_of(seeing, *named, period))
    (kpi,) = kpis_of(catalogue, [form.kpi], ask)
    whole = evidence_of(seeing.reader, ask, kpi)
    total = whole.reasons.get(form.reason, 0) if form.reason else sum(whole.reasons.values())
    skip, pages = page_of(form.page, total, ON_A_PAGE)
    page = Page(form.reason or None, ON_A_PAGE, skip)
    return Behind(ask, whole, contacts(seeing.reader, ask, kpi, (), page), form.page, pages)


def _shown(seeing: "Sight", behind: Behind, *, asked: bool) -> Shown:
    from prompts.tools.offer import Told

    estimate, period = behind.whole.estimate, behind.ask.period
    facts = {
        "kpi": behind.whole.kpi.key,
        "unit": behind.whole.kpi.unit,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        **{name: getattr(estimate, name) for name in ("value", "low", "high", "n", "why_none")},
        "reasons": dict(behind.whole.reasons),
        "page": behind.page,
        "pages": behind.pages,
        "contacts": [_line(seeing, one) for one in behind.contacts],
    }
    people = {one for each in behind.contacts for one in seeing.named.people_called(each.agent)}
    seen = people | set(behind.ask.scope.agents or () if asked else ())
    return Shown(Told(in_lines(_told(seeing, behind)), facts), frozenset(seen))


def _line(seeing: "Sight", one: "Contact") -> dict[str, Any]:
    told = {name: value for name, value in asdict(one).items() if name != "id"}
    at = one.at.isoformat().replace("+00:00", "Z")
    return told | {"at": at, "agent": _agent(seeing, one)}


def _agent(seeing: "Sight", one: "Contact") -> str | None:
    """Whose contact it is; None where that is nobody to see, as one who left a team they led."""
    return one.agent if seeing.named.people_called(one.agent) else None


def _told(seeing: "Sight", behind: Behind) -> Iterator[str]:
    from bot.wording import figure_words
    from scoring.evidence import REASONS

    kpi, calendar = behind.whole.kpi, seeing.reader.calendar
    figure = figure_words(behind.whole.estimate, kpi)
    yield f"{kpi.name}, {behind.ask.period.written(calendar)}: {figure}."
    for reason, count in behind.whole.reasons.items():
        yield f"- {count:,} {reason}: {REASONS[reason]}"
    yield f"Contacts, page {behind.page} of {behind.pages}, in the order of time:"
    for one in behind.contacts:
        value = "no value" if one.value is None else f"{one.value:,.6g}"
        kind = f"{one.issue_type or 'unknown'} by {one.channel}"
        when = f"{calendar.clock(one.at):%Y-%m-%d %H:%M}"
        who = _agent(seeing, one) or "somebody else"
        yield f"- {one.interaction}, {when}, {who}, {kind}: {value}, {one.reason}"
