"""The tool `note`: the weekly note of a person or to a team's manager; and how talks begin."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.led import people_of
from bot.tools.desk import Desk, Shown
from bot.tools.lines import in_lines, plain
from bot.tools.whose import person, team, week_of
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.led import Led
    from prompts.note.practices import Practices
    from prompts.note.shape import Note
    from prompts.tools.forms import NoteForm, OneToOneForm, TeamTalkForm
    from prompts.tools.offer import Told

DAYS = timedelta(days=6)
LEADS_NOBODY = "By the roster you lead no whole team, so there is no team's note to show you."


def note(desk: Desk, form: "NoteForm") -> "Told":
    """The note of the person or the team that is named; the viewer's own, where nobody is.

    Raises:
        AccessError: whom the viewer may not see; WordsError, PeriodError: words that cannot be;
            ReviewError: the week is not over, or has no contact.
    """
    return desk.answered("note", lambda seeing: _shown(seeing, form, desk.services.practices))


def one_to_one(desk: Desk, form: "OneToOneForm") -> str:
    """How a conversation with a model begins that prepares a 1:1.

    Raises:
        EvenkeelError: as the tool.
    """
    from prompts.tools.forms import NoteForm

    return _begun("one_to_one", note(desk, NoteForm(person=form.person, week=form.week)))


def team_talk(desk: Desk, form: "TeamTalkForm") -> str:
    """How a conversation with a model begins that prepares a talk with a team.

    Raises:
        EvenkeelError: as the tool.
    """

    def work(seeing: "Sight") -> Shown:
        return _of_team(seeing, form.team, week_of(seeing, form.week))

    return _begun("team_talk", desk.answered("note", work))


def _begun(name: str, told: "Told") -> str:
    from prompts.model import load_prompt

    places = {"name": plain(told.facts["about"]), "week": told.facts["week"], "note": told.text}
    return load_prompt(f"tools/{name}").filled(places).text


def _shown(seeing: "Sight", form: "NoteForm", practices: "Practices") -> Shown:
    from bot.notes import note_of_agent, weeks_until
    from scoring.period import Period

    if form.person and form.team:
        raise WordsError("Name a person or a team, not both: a note is of one of them.")
    week = week_of(seeing, form.week)
    if form.team:
        return _of_team(seeing, form.team, week)
    agent = person(seeing, form.person or "me")
    seeing.open_now([agent], Period(week, week + DAYS))
    weeks = weeks_until(seeing.reader, week)
    return _told(note_of_agent(seeing.reader, weeks, agent, practices), frozenset({agent}))


def _of_team(seeing: "Sight", said: str, week: date) -> Shown:
    from bot.notes import note_of_team, weeks_until
    from scoring.period import Period

    led = _led(seeing, said)
    days = Period(week, week + DAYS)
    there = people_of(seeing, led, days)
    if led.team is None:
        raise AccessError(LEADS_NOBODY)
    people = seeing.open_now(there, days)
    found = note_of_team(seeing.reader, weeks_until(seeing.reader, week), led.team, people)
    return _told(found, frozenset(people))


def _led(seeing: "Sight", said: str) -> "Led":
    from bot.led import Led

    if said:
        number = team(seeing, said)
        return Led(number, seeing.named.teams[number])
    if len(seeing.named.teams) > 1:
        raise WordsError("Say which team.")
    return next((Led(one, name) for one, name in seeing.named.teams.items()), Led(None, ""))


def _told(found: "Note", seen: frozenset[int]) -> Shown:
    from prompts.note.plain import plain_text
    from prompts.note.shape import as_json
    from prompts.tools.offer import Told

    return Shown(Told(in_lines(plain_text(found).splitlines()), as_json(found)), seen)
