"""A person opens the bot: their Home is drawn, or questions are offered to begin with."""

from typing import TYPE_CHECKING

from bot.calls import OPENED
from bot.command import Answer, Deed, Request

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """What belongs to the tab that was opened."""
    from bot.arriving import open_home
    from bot.prompting import prompts_for

    if request.said.get("tab") != "messages":
        return open_home(request, services)
    known = request.viewer
    return Answer(prompts=() if known is None else prompts_for(known))


DEEDS = (Deed("event", OPENED, run),)
