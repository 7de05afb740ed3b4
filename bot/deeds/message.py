"""Direct messages to the bot, and mentions of it: questions, answered where they were asked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.calls import MENTIONED
from bot.command import Answer, Deed, Request

if TYPE_CHECKING:
    from bot.services import Services

EXAMPLES = ("my CSAT last month", "what does AHT include?")
# What a person wrote: plain words, or words beside a file. Other kinds tell of edits and the like.
WRITTEN = ("", "file_share")


def run(request: Request, services: "Services") -> Answer:
    """The answer to a direct message; nothing, where it is none that a person wrote.

    Raises:
        AccessError: the roster does not know the asker; WordsError: nothing is asked.
    """
    if request.said.get("channel_type") != "im":
        return Answer()
    return mentioned(request, services)


def mentioned(request: Request, services: "Services") -> Answer:
    """The answer to a mention, which only whoever wrote it sees.

    Raises:
        AccessError: the roster does not know the asker; WordsError: nothing is asked.
    """
    from bot.conversation import asked

    return asked(request, services) if _is_written(request.said) else Answer()


def _is_written(event: Mapping[str, Any]) -> bool:
    """Whether a person wrote it just now, and not a program, this one or another."""
    programs = ("bot_id", "bot_profile", "app_id", "edited", "hidden")
    of_a_program = any(event.get(name) for name in programs)
    kind = str(event.get("subtype") or "")
    return bool(event.get("user")) and kind in WRITTEN and not of_a_program


DEEDS = (
    Deed("event", "message", run, EXAMPLES, "ask"),
    Deed("event", MENTIONED, mentioned, EXAMPLES, "ask"),
)
