"""What Home leads to: help, who looked, and linking oneself to the roster."""

from typing import TYPE_CHECKING

from bot.actions import HELP, LINK, LOOKS
from bot.command import Answer, Deed, Request

if TYPE_CHECKING:
    from bot.services import Services


def link(request: Request, services: "Services") -> Answer:
    """Links whoever asks to the one on the roster who has their e-mail address.

    Raises:
        AccessError: the roster has nobody under it who may be linked so.
    """
    from bot.arriving import link_me

    return link_me(request, services)


def guide(request: Request, services: "Services") -> Answer:
    """What can be asked for."""
    from bot.commands.evenkeel import help_of

    return help_of(request, services)


def looks(request: Request, services: "Services") -> Answer:
    """Who looked at the asker's figures.

    Raises:
        AccessError: the roster links nobody to them.
    """
    from bot.commands.evenkeel import who_looked

    return who_looked(request, services)


DEEDS = (Deed("button", LINK, link), Deed("button", HELP, guide), Deed("button", LOOKS, looks))
