"""`/coach`: the weekly note of a person, or that of a team's manager."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.access import Sight, sight
from bot.command import Answer, Command, Request
from bot.led import led_by, people_of
from bot.words import Subject, period_of, whom
from scoring.errors import ReviewError, WordsError

if TYPE_CHECKING:
    from bot.notes import Weeks
    from bot.services import Services
    from scoring.period import Calendar

DAYS = timedelta(days=6)
TAKE_IN = "Take records in with `evenkeel import`, or name other weeks."
ASK_FOR = "Name another week, or ask whoever runs Evenkeel when records were last taken in."


def run(request: Request, services: "Services") -> Answer:
    """The note of the last week that is over, or of the one named.

    Raises:
        AccessError: whom the asker may not see; WordsError: words that cannot be read.
        ReviewError: the week is not over, or has no contact.
    """
    from scoring.period import Period

    with sight(request, services) as seeing:
        subject, rest = whom(request.words, seeing.named, seeing.viewer.agent_id)
        week = _week(rest, subject, request, services.workspace.calendar)
        weeks, days = _weeks(seeing, week), Period(week, week + DAYS)
        agent = _agent(seeing, subject)
        if agent is not None:
            seeing.open_now([agent], days)
            return _of_agent(seeing, weeks, agent, services)
        led = led_by(seeing, subject)
        if led.team is None:
            raise WordsError("The people you lead make up no team. Ask for one of them.")
        people = seeing.open_now(people_of(seeing, led, days), days)
        return _of_team(seeing, weeks, led.team, people)


COMMAND = Command(
    "coach",
    "The weekly coaching note: what changed, what to keep, what to try",
    "[me | @agent | team] [week]",
    ("/coach", "/coach me 2026-W46"),
    run,
)


def _weeks(seeing: Sight, week: date) -> "Weeks":
    """The week and the one before.

    Raises:
        ReviewError: it is not over, or has no contact.
    """
    from bot.notes import weeks_until

    try:
        return weeks_until(seeing.reader, week)
    except ReviewError as error:
        # Reviews speak to whoever runs Evenkeel.
        raise ReviewError(str(error).replace(TAKE_IN, ASK_FOR)) from error


def _of_agent(seeing: Sight, weeks: "Weeks", agent: int, services: "Services") -> Answer:
    from bot.letters import about_week, with_ways
    from bot.notes import note_of_agent
    from bot.views.note import note

    review, own = weeks.of(agent), agent == seeing.viewer.agent_id
    told = note_of_agent(seeing.reader, weeks, agent, services.practices)
    focus = review is not None and review.focus is not None
    letter = with_ways(told, about_week(weeks.week, agent), focus=focus)
    if review is None:
        letter = replace(letter, card="", feedback="")
    if not own:
        letter = replace(letter, settings="", whose=seeing.named.people[agent])
    return Answer(note(letter), frozenset({agent}))


def _of_team(seeing: Sight, weeks: "Weeks", team: int, people: list[int]) -> Answer:
    from bot.letters import about_week, people_to_look_at, with_ways
    from bot.notes import note_of_team
    from bot.views.note import note

    told = note_of_team(seeing.reader, weeks, team, people)
    letter = with_ways(told, about_week(weeks.week, team=team))
    if not any(weeks.of(one) for one in people):
        letter = replace(letter, card="", feedback="")
    letter = replace(letter, people=people_to_look_at(seeing.reader, weeks, team, people))
    return Answer(note(letter), frozenset(people))


def _agent(seeing: Sight, subject: Subject) -> int | None:
    """The person whose note it is; None for a team's."""
    if subject.said or seeing.viewer.leads:
        return subject.agent
    return seeing.viewer.agent_id


def _week(rest: str, subject: Subject, request: Request, calendar: "Calendar") -> date:
    """The Monday of the week that is asked for.

    Raises:
        WordsError: the words name no week, or more than one.
    """
    from scoring.coaching.reviews import last_complete_week, monday_of

    if not rest:
        return last_complete_week(request.now, calendar)
    # Weeks that are reviewed begin on Monday, wherever others do.
    period = period_of(rest, subject, request.now, replace(calendar, week_starts=0))
    monday = monday_of(period.first)
    if period.last > monday + DAYS:
        raise WordsError(
            f"“{rest}” is more than a week, and a note is of one. Name a day in it, or"
            f" {monday:%G-W%V}."
        )
    return monday
