"""The contacts behind a figure or a finding: the first page, and every other."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.access import Sight, sight
from bot.actions import CONTACTS, PAGE
from bot.cards import Whole, meant
from bot.command import Answer, Deed, Request
from bot.conversation import recalled
from bot.references import OLD, Reference, read, written
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.query import Query

ON_A_PAGE = 10
AS_ASKED = "As you asked"


def run(request: Request, services: "Services") -> Answer:
    """The first page of the contacts behind a figure, or those behind a finding.

    Raises:
        AccessError: whose contacts the asker may not see.
        EvidenceError: there is nothing to show; WordsError: the button is of another version.
    """
    reference = read(request.words)
    with sight(request, services) as seeing:
        if reference.kind == "figure":
            talk = reference.talk
            query = recalled(request, services, talk) if talk else None
            return _figure(seeing, _whole(seeing, reference, query), reference, services)
        if reference.kind == "finding" and reference.agent is not None:
            return _finding(seeing, reference, reference.agent)
    raise WordsError(OLD)


def turn(request: Request, services: "Services") -> Answer:
    """Another page, in place of the one before."""
    return replace(run(request, services), replaces=True)


DEEDS = tuple(
    Deed("button", name, show, (), "scorecard") for name, show in ((CONTACTS, run), (PAGE, turn))
)


def _whole(seeing: Sight, reference: Reference, query: "Query | None") -> Whole:
    """Whose contacts a reference is about, or a question that it names.

    Raises:
        AccessError: the viewer may not see them.
    """
    if query is None:
        return meant(seeing, reference)
    scope = seeing.narrowed(query.scope)
    alone = scope.agents[0] if scope.agents is not None and len(scope.agents) == 1 else None
    title = AS_ASKED if alone is None else f"{seeing.named.people.get(alone, '')}, as you asked"
    return Whole(scope, title, alone)


def _figure(seeing: Sight, whole: Whole, reference: Reference, services: "Services") -> Answer:
    from bot.views.evidence import Sheet, evidence
    from scoring.asking import Ask
    from scoring.evidence import Page, contacts
    from scoring.evidence import evidence as evidence_of
    from scoring.period import running

    calendar = services.workspace.calendar
    kpi = services.catalogue.get(reference.about)
    if kpi is None:
        raise WordsError(OLD)
    period = running(reference.period, seeing.now, calendar)
    scope = whole.scope
    if scope.agents is not None:
        scope = replace(scope, agents=tuple(seeing.open_now(scope.agents, period)))
    ask = Ask((), period, scope)
    behind = evidence_of(seeing.reader, ask, kpi)
    found = contacts(seeing.reader, ask, kpi, (), Page(None, ON_A_PAGE, reference.skip))
    more = reference.skip + len(found) < sum(behind.reasons.values())
    sheet = Sheet(
        whole.title,
        period.written(calendar),
        calendar,
        behind,
        found,
        reference.skip,
        _moved(reference, -ON_A_PAGE) if reference.skip else "",
        _moved(reference, ON_A_PAGE) if more else "",
    )
    return Answer(evidence(sheet), frozenset(() if whole.agent is None else (whole.agent,)))


def _moved(reference: Reference, lines: int) -> str:
    return written(replace(reference, skip=max(0, reference.skip + lines)))


def _finding(seeing: Sight, reference: Reference, agent: int) -> Answer:
    from bot.views.finding import Sighted
    from bot.views.finding import finding as shown
    from scoring.coaching.behind import CHOSEN, MATTERS, finding, telling
    from scoring.coaching.cited import cited

    seeing.open_now([agent], reference.period)
    if reference.about not in (*CHOSEN, *MATTERS):
        raise WordsError(OLD)
    found = finding(seeing.reader, agent, reference.period.first, reference.about)
    contrast = () if found.contrast is None else (found.contrast,)
    rows = cited(seeing.reader, [*found.contacts, *contrast])
    ordered = rows if reference.about in CHOSEN else telling(rows)
    told = Sighted(seeing.named.people[agent], seeing.reader.calendar, found, ordered)
    return Answer(shown(told), frozenset((agent,)))
