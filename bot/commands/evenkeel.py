"""`/evenkeel`: help, settings, how things stand, and who looked at the asker's figures."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.access import sight
from bot.command import Answer, Command, Request
from bot.words import plain_words
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services

# How far back it is told who looked.
DAYS = 90
PERIODS = (
    "A period is “last week”, “since October”, “Q3” or “9 to 15 Nov”; without one it is the last"
    " four complete weeks."
)


def run(request: Request, services: "Services") -> Answer:
    """What is asked for; help where nothing is.

    Raises:
        WordsError: it is none of the four.
    """
    words = plain_words(request.words).casefold() or "help"
    parts = {"help": help_of, "settings": _settings, "status": _status, "who": who_looked}
    if words not in parts:
        raise WordsError(f"“{plain_words(request.words)}” is none of {', '.join(parts)}.")
    return parts[words](request, services)


COMMAND = Command(
    "evenkeel",
    "Help, your settings, how things stand, and who looked at your figures",
    "help | settings | status | who",
    ("/evenkeel help", "/evenkeel who"),
    run,
)


def help_of(request: Request, services: "Services") -> Answer:
    """What can be asked for, by whoever asks."""
    from bot.views.help import Way, guide

    del services
    viewer = request.viewer
    ways = [
        Way(f"/{one.name} {one.hint}", f"{one.about}.", one.examples)
        for one in request.commands
        if one.name != "team" or (viewer is not None and viewer.leads)
    ]
    remarks = [PERIODS] if viewer is not None else [request.why_unknown]
    return Answer(guide(ways, remarks))


def _settings(request: Request, services: "Services") -> Answer:
    from bot.deeds.settings import ask

    return ask(request, services)


def _status(request: Request, services: "Services") -> Answer:
    from bot.views.status import Status, status
    from scoring.freshness import newest_day

    with sight(request, services) as seeing:
        viewer, named = seeing.viewer, seeing.named
        told = Status(
            named.people[viewer.agent_id],
            viewer.role,
            None if viewer.agents is None else len(viewer.agents) - 1,
            tuple(named.teams.values()) if viewer.leads else (),
            newest_day(seeing.reader.connection),
            services.settings.timezone,
        )
    return Answer(status(told))


def who_looked(request: Request, services: "Services") -> Answer:
    """Who looked at the asker's figures.

    Raises:
        AccessError: the roster links nobody to them.
    """
    from bot.views.looks import looks
    from scoring.looks import looks_at

    with sight(request, services) as seeing:
        since = seeing.reader.calendar.today(request.now) - timedelta(days=DAYS)
        found = looks_at(seeing.reader.connection, seeing.viewer.agent_id, since)
    return Answer(looks(found, DAYS))
