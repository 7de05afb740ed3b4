"""Other people of a team, in place of those before."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.access import NOBODY, sight
from bot.command import Answer, Deed, Request
from bot.led import Led, led_by
from bot.references import OLD, read
from bot.views.team import PEOPLE
from bot.words import Subject
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.references import Reference
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """Another page of the people of a team, as their figures are now.

    Raises:
        AccessError: whom the asker may not see; WordsError: the button is of another version.
    """
    from bot.commands.team import listed, shown
    from scoring.period import running

    reference = read(request.words)
    if reference.kind != "team":
        raise WordsError(OLD)
    with sight(request, services) as seeing:
        period = running(reference.period, request.now, services.workspace.calendar)
        found = listed(seeing, _led(seeing, reference), period)
        page = shown(seeing, services, found, reference.skip)
    return replace(page, replaces=True)


DEEDS = (Deed("button", PEOPLE, run, (), "team"),)


def _led(seeing: "Sight", reference: "Reference") -> Led:
    """The team that a reference is of, or all whom the viewer leads.

    Raises:
        AccessError: the viewer leads nobody, or may not see the team.
    """
    team = reference.team
    if team is None or not seeing.viewer.leads:
        return led_by(seeing, Subject())
    if team not in seeing.named.teams:
        raise AccessError(NOBODY)
    return led_by(seeing, Subject("name", team=team, name=seeing.named.teams[team]))
