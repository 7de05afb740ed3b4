"""What the buttons below an answer do: another period, other people, another KPI, other rows."""

from typing import TYPE_CHECKING

from bot.actions import CHANGE, CHOICE, ROWS
from bot.command import Answer, Deed, Request
from bot.references import read_turn

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The new answer, in place of the one whose button was pressed.

    Raises:
        AccessError: whom the asker may not see.
        WordsError: the question is not kept, or the button is of another version.
    """
    from bot.conversation import turned

    return turned(request, services, read_turn(request.words))


DEEDS = tuple(Deed("button", name, run, (), "ask") for name in (CHANGE, ROWS, CHOICE))
