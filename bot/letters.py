"""The weekly messages as they are sent: the note, its figure week by week, and ways on from it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.notes import Weeks, commented_note, note_of_agent, note_of_team
from bot.references import Reference, written
from bot.trend import Trend
from bot.views.note import Letter, note
from scoring.period import Period, whole

if TYPE_CHECKING:
    from bot.replies import Reply
    from bot.services import Services
    from prompts.note.shape import Note
    from scoring.asking import Reader, Scope
    from scoring.coaching.findings import AgentReview, Review
    from scoring.digests import Digest
    from scoring.kpis import Kpi

WEEK = timedelta(weeks=1)
WEEKS = 8
# The KPI that shows what a note speaks of, by the name that reviews have for it.
KPIS = MappingProxyType(
    {
        "aht": "aht",
        "fcr": "fcr",
        "escalation": "escalation_rate",
        "csat": "csat_mean",
        "sentiment": "sentiment",
    }
)
# What is drawn where a note speaks of none of these.
DRAWN = "fcr"


@dataclass(frozen=True)
class Written:
    """A message that can be sent, and the ids of all agents whose figures stand in it."""

    reply: "Reply"
    seen: frozenset[int]


def letter(services: "Services", digest: "Digest", now: datetime) -> Written | None:
    """A weekly message; None where the review of the week tells of nobody whom it is about."""
    from scoring.asking import reader
    from scoring.database import reading

    workspace = services.workspace
    # Weeks that are reviewed begin on Monday, wherever others do.
    mondays = replace(workspace, calendar=replace(workspace.calendar, week_starts=0))
    with reading(services.engine) as connection:
        view = reader(connection, mondays, mondays.moment(now))
        team = digest.team
        return (
            _own(services, view, digest) if team is None else _team(services, view, digest, team)
        )


def about_week(week: date, agent: int | None = None, team: int | None = None) -> Reference:
    """A reference to the note about a week, by its Monday, of a person or of a team."""
    return Reference("note", Period(week, week + WEEK - timedelta(days=1)), "", agent, team)


def with_ways(told: "Note", about: Reference, *, focus: bool = False) -> Letter:
    """A note with its ways on: the contacts behind its focus, the card, settings, feedback."""
    return Letter(
        told,
        contacts=written(replace(about, kind="finding", about="focus")) if focus else "",
        card=written(replace(about, kind="card", period=whole(about.period.first, "week"))),
        settings=written(replace(about, kind="settings")),
        feedback=written(about),
    )


def people_to_look_at(
    view: "Reader", weeks: Weeks, team: int, only: Collection[int]
) -> list[tuple[str, str]]:
    """The people of a team who have a focus, each with a reference to the contacts behind it."""
    from scoring.people import team_people

    named = team_people(view.connection, team, weeks.week, weeks.week + WEEK - timedelta(days=1))
    found = [
        (named[one], replace(about_week(weeks.week, one), kind="finding", about="focus"))
        for one in only
        if one in named and (review := weeks.of(one)) is not None and review.focus is not None
    ]
    return [
        (name, written(one)) for name, one in sorted(found, key=lambda pair: pair[0].casefold())
    ]


def _own(services: "Services", view: "Reader", digest: "Digest") -> Written | None:
    """The message to an agent about their own week."""
    from scoring.coaching.publishing import published_agents

    week, agent = digest.week, digest.agent
    found = {one.week: one for one in published_agents(view.connection, agent, week - WEEK, week)}
    review = found.get(week)
    if review is None:
        return None
    weeks = Weeks(week, _alone(review), _alone(found.get(week - WEEK)))
    told = _with_comments(services, note_of_agent(view, weeks, agent, services.practices))
    ways = with_ways(told, about_week(week, agent), focus=bool(review.focus))
    return Written(note(replace(ways, trend=_trend(services, view, review))), frozenset({agent}))


def _with_comments(services: "Services", told: "Note") -> "Note":
    """The note, with a model's comments where that is wanted."""
    if not services.settings.model_notes or services.model is None:
        return told
    return commented_note(told, services.practices, services.model)


def _team(services: "Services", view: "Reader", digest: "Digest", team: int) -> Written | None:
    """The message to a leader about the week of a team."""
    from scoring.asking import Scope
    from scoring.coaching.publishing import published
    from scoring.digests import crew

    week = digest.week
    now, before = (published(view.connection, one) for one in (week, week - WEEK))
    people = crew(view.connection, week).teams.get(team, frozenset()) - {digest.agent}
    seen = people & (now.agents.keys() if now else set())
    if not seen:
        return None
    told = note_of_team(view, Weeks(week, now, before), team, people)
    kpi, scope = services.catalogue.get(DRAWN), Scope(teams=(team,))
    trend = None if kpi is None else _weekly(view, kpi, week, scope, "Your team")
    ways = with_ways(told, about_week(week, team=team))
    looked_at = people_to_look_at(view, Weeks(week, now, before), team, seen)
    return Written(note(replace(ways, trend=trend, people=looked_at)), frozenset(seen))


def _alone(review: "AgentReview | None") -> "Review | None":
    """The review of a week as far as one agent's note needs it."""
    from scoring.coaching.findings import Review

    return None if review is None else Review(review.week, {review.agent: review}, (), "", "")


def _trend(services: "Services", view: "Reader", review: "AgentReview") -> Trend | None:
    """What the note speaks of, week by week, beside the team's median where that is wanted."""
    from scoring.asking import Scope
    from scoring.preferences import preferences

    spoken = [one.about for one in (review.focus, review.strength) if one is not None]
    drawn = next((KPIS[about] for about in spoken if about in KPIS), DRAWN)
    kpi = services.catalogue.get(drawn)
    if kpi is None:
        return None
    agent = review.agent
    told = _weekly(view, kpi, review.week, Scope(agents=(agent,)), "You")
    if not preferences(view.connection, [agent])[agent].comparison:
        return told
    return _beside_the_team(view, told, agent)


def _weekly(view: "Reader", kpi: "Kpi", week: date, scope: "Scope", name: str) -> Trend:
    """A KPI over the last weeks up to one of them."""
    from scoring.asking import Ask
    from scoring.estimate import nothing
    from scoring.scorecard import estimates

    weeks = _mondays(week)
    (found,) = estimates(view, Ask(("week",), _span(week), scope), [kpi])
    none = nothing("no_records")
    return Trend(kpi, name, [(one, found.get((one.toordinal(),), none)) for one in weeks])


def _beside_the_team(view: "Reader", told: Trend, agent: int) -> Trend:
    """The same beside the team's median, if enough people make one in any week."""
    from scoring.asking import Ask, Scope
    from scoring.beside import FEWEST_PEOPLE, is_few
    from scoring.digests import team_of
    from scoring.scorecard import estimates

    team = team_of(view.connection, agent)
    if team is None:
        return told
    span = _span(told.weeks[-1][0])
    (found,) = estimates(view, Ask(("agent", "week"), span, Scope(teams=(team,))), [told.kpi])
    by_week = defaultdict(list)
    for (_, week), one in found.items():
        if one.value is not None and not is_few(told.kpi, one.n):
            by_week[week].append(one.value)
    beside = [
        median(some) if len(some := by_week[week.toordinal()]) >= FEWEST_PEOPLE else None
        for week, _ in told.weeks
    ]
    if not any(one is not None for one in beside):
        return told
    return replace(told, beside_name="Team median", beside=beside)


def _mondays(week: date) -> list[date]:
    return [week - WEEK * back for back in range(WEEKS - 1, -1, -1)]


def _span(week: date) -> Period:
    return whole(_mondays(week)[0], "week", WEEKS)
