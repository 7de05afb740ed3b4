"""What somebody's Home shows, gathered from the records as they may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access import Sight, sight
from bot.cards import Whole, led_of, person_of
from bot.command import Request
from bot.references import Reference, written
from bot.replies import Block

if TYPE_CHECKING:
    from bot.services import Services
    from bot.views.home import Duties, Figures, Weekly
    from scoring.decided import Decision
    from scoring.scorecard import Score

# A glance: what is behind the button has the others.
GLANCE = ("volume", "aht", "frt", "fcr", "csat", "escalation_rate")


@dataclass(frozen=True)
class Occasion:
    """Why Home is drawn: opened for the first time, or after something was saved."""

    first: bool = False
    saved: str = ""


def home_of(
    request: Request, services: "Services", occasion: Occasion = Occasion()
) -> tuple[Block, ...]:
    """The Home of somebody who is on the roster.

    Raises:
        AccessError: they are not.
    """
    from bot.views.home import Home, home
    from scoring.freshness import newest_day

    with sight(request, services) as seeing:
        viewer = seeing.viewer
        told = Home(
            seeing.named.people[viewer.agent_id],
            viewer.role,
            newest_day(seeing.reader.connection),
            _own(seeing, services),
            _figures(seeing, services, led_of(seeing)) if viewer.leads else None,
            _weekly(seeing),
            _duties(seeing, services) if viewer.role == "admin" else None,
            occasion.first,
            occasion.saved,
        )
    return home(told)


def _own(seeing: Sight, services: "Services") -> "Figures | None":
    """The viewer's own figures; None for a leader who serves no customers."""
    found = _figures(seeing, services, person_of(seeing, seeing.viewer.agent_id))
    return None if seeing.viewer.leads and not found.scores else found


def _figures(seeing: Sight, services: "Services", whole: Whole) -> "Figures":
    from bot.views.home import Figures
    from scoring.asking import Ask
    from scoring.reading.periods import default_period
    from scoring.scorecard import score

    calendar = seeing.reader.calendar
    period = default_period(seeing.now, calendar)
    ask = Ask((), period, whole.scope)
    kpis = [services.catalogue[key] for key in GLANCE if key in services.catalogue]
    kpis = [kpi for kpi in kpis if not (ask.personal and kpi.level == "team")]
    scores = score(seeing.reader, ask, kpis)
    reference = written(Reference("card", period, "", whole.agent, whole.team))
    own = whole.agent == seeing.viewer.agent_id
    return Figures(
        "Your last four weeks" if own else whole.title,
        period.written(calendar),
        _known(scores),
        reference,
    )


def _known(scores: "Sequence[Score]") -> "Sequence[Score]":
    """The scores, where any of them rests on a record."""
    return scores if any(one.estimate.n for one in scores) else ()


def _weekly(seeing: Sight) -> "Weekly":
    from bot.views.home import Weekly
    from scoring.digests import SENT, next_digest

    connection, calendar = seeing.reader.connection, seeing.reader.calendar
    agent = seeing.viewer.agent_id
    found = next_digest(connection, agent, calendar, seeing.now)
    last = found.last
    last_at = last.settled_at if last is not None and last.state == SENT else None
    return Weekly(found.at, zone_of(seeing, agent), last_at)


def zone_of(seeing: Sight, agent: int, *, chosen: bool = True) -> ZoneInfo:
    """The zone that a person lives in: as they chose, as Slack knows it, or the workspace's."""
    from scoring.preferences import preferences
    from scoring.slack_people import people_in_slack

    connection = seeing.reader.connection
    wanted = preferences(connection, [agent])[agent].zone if chosen else None
    person = people_in_slack(connection, agent).get(agent)
    for name in (wanted, person.zone if person else None):
        try:
            return ZoneInfo(name or "")
        except (KeyError, ValueError, OSError):
            continue
    return seeing.reader.calendar.zone


def _duties(seeing: Sight, services: "Services") -> "Duties":
    from bot.views.home import Duties
    from scoring.decided import decisions
    from scoring.links import linked

    connection = seeing.reader.connection
    found = linked(connection)
    calendar = seeing.reader.calendar
    lines = [
        _decision(one, f"{calendar.clock(one.at):%d %b %Y}", services)
        for one in decisions(connection).values()
    ]
    return Duties(found.linked, found.people, found.missing, [one for one in lines if one])


def _decision(one: "Decision", day: str, services: "Services") -> str:
    """What stands in Home of a decision that holds; empty of links, which the roster tells."""
    from scoring.decided import HOURS, TARGET, WEEK_STARTS

    named = {WEEK_STARTS: "First day of the week", HOURS: "Working hours"}
    kpi = services.catalogue.get(one.name.removeprefix(TARGET))
    if kpi is not None:
        named[one.name] = f"Target of {kpi.name}"
    if one.name not in named or one.taken_back:
        return ""
    return f"{named[one.name]}: decided here by {one.by} on {day.removeprefix('0')}."
