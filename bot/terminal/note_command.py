"""`evenkeel note`: the weekly coaching note, as the agent would get it, or a team's manager."""

import argparse
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.cli import DONE, words_of_the_call
from bot.notes import DAYS, commented_note, note_of_agent, note_of_team, weeks_until
from bot.paper import LONGEST_LINE, print_json, say
from bot.services import Services, services_of
from scoring.errors import SettingsError, WordsError

if TYPE_CHECKING:
    from prompts.model import Model
    from prompts.note.shape import Note
    from scoring.asking import Reader


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("agent", nargs="?", help="an id, e-mail or name")
    whose.add_argument("--team", metavar="TEAM", help="the note to the manager of this team")
    parser.add_argument(
        "--week", metavar="WEEK", help="2026-W46, or any day in it; the last that is over"
    )
    parser.add_argument(
        "--comments", action="store_true", help="with the comments of the model that is set"
    )


def run(asked: argparse.Namespace) -> int:
    """Prints the note."""
    from prompts.note.plain import plain_text
    from prompts.note.shape import as_json
    from scoring.asking import reader
    from scoring.database import reading

    services = services_of(asked)
    week = _week(services, asked.week)
    with reading(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        note = _note(services, view, asked, week)
    if asked.comments:
        note = commented_note(note, services.practices, _model(services))
    if vars(asked).get("json"):
        print_json([as_json(note)])
    else:
        say(plain_text(note, _width()).rstrip())
    return DONE


def _note(services: Services, view: "Reader", asked: argparse.Namespace, week: date) -> "Note":
    from scoring.people import find_agent, find_team

    if asked.team is not None:
        team = find_team(view.connection, asked.team)
        return note_of_team(view, weeks_until(view, week), team)
    agent, practices = find_agent(view.connection, asked.agent), services.practices
    return note_of_agent(view, weeks_until(view, week), agent, practices)


def _model(services: Services) -> "Model":
    """The model that adds comments.

    Raises:
        SettingsError: none is set.
    """
    if services.model is None:
        raise SettingsError(
            "There is no model to comment a note. Set EVENKEEL_MODEL (docs/model.md), or leave"
            " --comments out."
        )
    return services.model


def _week(services: Services, said: str | None) -> date:
    """The Monday of the week that is asked for.

    Raises:
        WordsError: the words name no week, or more than one.
    """
    from scoring.coaching.reviews import last_complete_week, monday_of
    from scoring.reading.periods import read_period

    calendar = services.workspace.calendar
    if said is None:
        return last_complete_week(services.now, calendar)
    with words_of_the_call():
        period = read_period(said, services.now, replace(calendar, week_starts=0))
    monday = monday_of(period.first)
    if period.last > monday + DAYS:
        raise WordsError(
            f"“{said}” is more than a week, and a note is of one. Name a day in it, or"
            f" {monday:%G-W%V}."
        )
    return monday


def _width() -> int:
    return min(shutil.get_terminal_size((LONGEST_LINE, 0)).columns, LONGEST_LINE)
