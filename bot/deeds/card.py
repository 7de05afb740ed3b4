"""A card that a button leads to; and one that its owner shows to a channel."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.access import NOBODY, sight
from bot.actions import CARD, SHARE
from bot.cards import card_of, meant
from bot.command import Answer, Deed, Request
from bot.references import read
from scoring.errors import AccessError

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The card, as its figures are now.

    Raises:
        AccessError: whose card the asker may not see; EvidenceError: nothing is known.
        WordsError: the button is of another version.
    """
    return _card(request, services, ways=True)


def share(request: Request, services: "Services") -> Answer:
    """The asker's own card for everybody in the channel, with no button on it.

    Raises:
        AccessError: it is not their own.
    """
    if read(request.words).agent != request.known.agent_id:
        raise AccessError(NOBODY)
    return replace(_card(request, services, ways=False), shared=True)


def _card(request: Request, services: "Services", *, ways: bool) -> Answer:
    from scoring.period import running

    reference = read(request.words)
    with sight(request, services) as seeing:
        period = running(reference.period, request.now, services.workspace.calendar)
        whole = meant(seeing, reference)
        return card_of(seeing, whole, period, services.catalogue, ways=ways)


DEEDS = tuple(
    Deed("button", name, show, (), "scorecard") for name, show in ((CARD, run), (SHARE, share))
)
