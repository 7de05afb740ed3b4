"""`/ask`: a question in plain words, answered from what the asker may see."""

from typing import TYPE_CHECKING

from bot.command import Answer, Command, Request

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The answer, or a question back.

    Raises:
        AccessError: the roster does not know the asker; WordsError: nothing is asked.
    """
    from bot.conversation import asked

    return asked(request, services)


COMMAND = Command(
    "ask",
    "A question in plain words, about the figures you may see",
    "your question",
    ("/ask my CSAT last month", "/ask what does AHT include?"),
    run,
)
