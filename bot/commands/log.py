"""`/log`: a contact that somebody logs by hand, for teams with no help desk."""

from typing import TYPE_CHECKING

from bot.access import sight
from bot.command import Answer, Command, Request
from bot.words import whom
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The form: for a contact of the asker's own, or of the person who is named.

    Raises:
        AccessError: whom the asker may not see; WordsError: words that name nobody.
    """
    from bot.deeds.log import ask_for

    with sight(request, services) as seeing:
        own = seeing.viewer.agent_id
        subject, rest = whom(request.words, seeing.named, own)
        if rest or subject.team is not None:
            raise WordsError(f"“{rest or subject.name}” names nobody whose contact can be logged.")
        return ask_for(seeing, own if subject.agent is None else subject.agent)


COMMAND = Command(
    "log",
    "Log a contact by hand, with its transcript if you have it",
    "[@agent]",
    ("/log", "/log me"),
    run,
)
