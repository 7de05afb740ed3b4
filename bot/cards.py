"""Cards: the figures of a person, of a team, or of all whom somebody leads, over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.command import Answer
from bot.led import LEADS_NOBODY
from bot.references import Reference, written
from scoring.errors import AccessError, EvidenceError

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.trend import Trend
    from bot.words import Subject
    from scoring.asking import Ask, Scope
    from scoring.kpis import Catalogue, Kpi
    from scoring.period import Period
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
class Whole:
    """Whose card it is: a scope, what it is called, and the person or team it is of, if it is."""

    scope: "Scope"
    title: str
    agent: int | None = None
    team: int | None = None


def whole_of(seeing: "Sight", subject: "Subject") -> Whole:
    """Whom words are about; the asker, or all they lead, where those name nobody.

    Raises:
        AccessError: the asker may not see them.
    """
    if subject.team is not None:
        return team_of(seeing, subject.team)
    if subject.agent is not None:
        return person_of(seeing, subject.agent)
    if seeing.viewer.leads:
        return led_of(seeing)
    if subject.said == "team":
        raise AccessError(LEADS_NOBODY)
    return person_of(seeing, seeing.viewer.agent_id)


def meant(seeing: "Sight", reference: Reference) -> Whole:
    """Whom a reference is about.

    Raises:
        AccessError: the viewer may not see them.
    """
    if reference.agent is not None:
        return person_of(seeing, reference.agent)
    return led_of(seeing) if reference.team is None else team_of(seeing, reference.team)


def person_of(seeing: "Sight", agent: int) -> Whole:
    """A person.

    Raises:
        AccessError: the viewer may not see them.
    """
    from scoring.asking import Scope

    scope = seeing.narrowed(Scope(agents=(agent,)))
    return Whole(scope, seeing.named.people.get(agent, ""), agent)


def team_of(seeing: "Sight", team: int) -> Whole:
    """A team as a whole.

    Raises:
        AccessError: the viewer may not see it.
    """
    from scoring.asking import Scope

    scope = seeing.narrowed(Scope(teams=(team,)))
    return Whole(scope, seeing.named.teams.get(team, ""), team=team)


def led_of(seeing: "Sight") -> Whole:
    """Everybody whom the viewer sees, together."""
    from scoring.asking import Scope

    return Whole(seeing.narrowed(Scope()), _title_of_all(seeing))


def card_of(
    seeing: "Sight", whole: Whole, period: "Period", catalogue: "Catalogue", *, ways: bool = True
) -> Answer:
    """A card, with ways on: to the contacts behind its figures and, for its owner, to share it.

    Raises:
        AccessError: it is a person's own to see first; EvidenceError: nothing is known of it.
    """
    from bot.views.scorecard import Card, scorecard
    from scoring.asking import Ask
    from scoring.kpis import FROM_RECORDS
    from scoring.methods import fcr_method
    from scoring.scorecard import score

    calendar = seeing.reader.calendar
    if whole.agent is not None:
        seeing.open_now([whole.agent], period, period.before(calendar))
    ask = Ask((), period, whole.scope)
    scores = score(seeing.reader, ask, _kpis(catalogue, ask))
    _see_any(scores, whole.title, period.written(calendar))
    led_to = [one.kpi for one in scores if one.estimate.n and one.kpi.kind in FROM_RECORDS]
    card = Card(
        whole.title,
        period.written(calendar),
        period.before(calendar).written(calendar),
        scores,
        _trend(seeing, ask, catalogue, whole.title),
        tuple(one for one in (fcr_method(seeing.reader, ask),) if one),
        {kpi.key: _written("figure", whole, period, kpi.key) for kpi in led_to if ways},
        _written("card", whole, period) if ways and whole.agent == seeing.viewer.agent_id else "",
    )
    return Answer(scorecard(card), frozenset(() if whole.agent is None else (whole.agent,)))


def _written(kind: str, whole: Whole, period: "Period", about: str = "") -> str:
    return written(Reference(kind, period, about, whole.agent, whole.team))


def _title_of_all(seeing: "Sight") -> str:
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


def _trend(seeing: "Sight", ask: "Ask", catalogue: "Catalogue", title: str) -> "Trend | None":
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
