"""`/scorecard`: one person's figures, or those of a team as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access import Sight, sight
from bot.command import Answer, Command, Request
from bot.led import LEADS_NOBODY
from bot.words import Subject, period_of, whom
from scoring.errors import AccessError, EvidenceError

if TYPE_CHECKING:
    from bot.services import Services
    from bot.trend import Trend
    from scoring.asking import Ask, Scope
    from scoring.kpis import Catalogue, Kpi
    from scoring.scorecard import Score

# What a first look shows; of one person, what tells of one person.
FIGURES = (
    "volume",
    "aht",
    "frt",
    "fcr",
    "resolution_rate",
    "csat",
    "escalation_rate",
    "abandonment_rate",
)
# What is drawn by week, and over how many.
DRAWN, WEEKS = "fcr", 8


@dataclass(frozen=True)
class _Whole:
    """Whose card it is: a scope, what it is called, and the one person it is of, if it is."""

    scope: "Scope"
    title: str
    agent: int | None = None


def run(request: Request, services: "Services") -> Answer:
    """The card of whoever is named; of the asker, or of all they lead, where nobody is.

    Raises:
        AccessError: whom the asker may not see; WordsError: words that cannot be read.
        EvidenceError: nothing is known of the period.
    """
    from bot.views.scorecard import Card, scorecard
    from scoring.asking import Ask
    from scoring.methods import fcr_method
    from scoring.scorecard import score

    calendar = services.workspace.calendar
    with sight(request, services) as seeing:
        subject, rest = whom(request.words, seeing.named, seeing.viewer.agent_id)
        whole = _whole(seeing, subject)
        period = period_of(rest, subject, request.now, calendar)
        ask = Ask((), period, whole.scope)
        scores = score(seeing.reader, ask, _kpis(services.catalogue, ask))
        _see_any(scores, whole.title, period.written(calendar))
        card = Card(
            whole.title,
            period.written(calendar),
            period.before(calendar).written(calendar),
            scores,
            _trend(seeing, ask, services.catalogue, whole.title),
            tuple(one for one in (fcr_method(seeing.reader, ask),) if one),
        )
    return Answer(scorecard(card), frozenset(() if whole.agent is None else (whole.agent,)))


COMMAND = Command(
    "scorecard",
    "Your scorecard: your figures with their intervals, compared with the time before",
    "[me | @agent | team] [period]",
    ("/scorecard last week", "/scorecard me since October"),
    run,
)


def _whole(seeing: Sight, subject: Subject) -> _Whole:
    from scoring.asking import Scope

    viewer = seeing.viewer
    if subject.team is not None:
        return _Whole(seeing.narrowed(Scope(teams=(subject.team,))), subject.name)
    if subject.agent is not None:
        return _person(seeing, subject.agent)
    if viewer.leads:
        return _Whole(seeing.narrowed(Scope()), _title_of_all(seeing))
    if subject.said == "team":
        raise AccessError(LEADS_NOBODY)
    return _person(seeing, viewer.agent_id)


def _person(seeing: Sight, agent: int) -> _Whole:
    from scoring.asking import Scope

    return _Whole(seeing.narrowed(Scope(agents=(agent,))), seeing.named.people[agent], agent)


def _title_of_all(seeing: Sight) -> str:
    """What everybody whom a leader sees is called together."""
    if seeing.viewer.agents is None:
        return "Everybody"
    teams = seeing.viewer.own.teams
    if not teams:
        return "The people you lead"
    return ", ".join(seeing.named.teams[one] for one in teams)


def _kpis(catalogue: "Catalogue", ask: "Ask") -> list["Kpi"]:
    kpis = [catalogue[key] for key in FIGURES if key in catalogue]
    return [kpi for kpi in kpis if kpi.level != "team"] if ask.personal else kpis


def _see_any(scores: Sequence["Score"], title: str, period: str) -> None:
    """Refuses a card with nothing on it.

    Raises:
        EvidenceError: nothing is known.
    """
    if not any(one.estimate.n for one in scores):
        raise EvidenceError(
            f"Nothing is known yet of {title}, {period}. Name another period, such as “last"
            " month”, or ask whoever runs Evenkeel when records were last taken in."
        )


def _trend(seeing: Sight, ask: "Ask", catalogue: "Catalogue", title: str) -> "Trend | None":
    """The last weeks up to the end of what is asked for."""
    from bot.trend import Trend
    from scoring.asking import Ask
    from scoring.estimate import nothing
    from scoring.period import moved, running, whole
    from scoring.scorecard import estimates

    calendar, kpi = seeing.reader.calendar, catalogue.get(DRAWN)
    if kpi is None:
        return None
    first = moved(calendar.week_of(ask.period.last), "week", 1 - WEEKS)
    weeks = running(whole(first, "week", WEEKS), seeing.now, calendar)
    (found,) = estimates(seeing.reader, Ask(("week",), weeks, ask.scope), [kpi])
    begun = [one.first for one in weeks.weeks(calendar)]
    none = nothing("no_records")
    return Trend(kpi, title, [(day, found.get((day.toordinal(),), none)) for day in begun])
