"""Whether an answer or a note was of use: kept by who said so and about which, never why."""

from typing import TYPE_CHECKING

from bot.actions import FEEDBACK
from bot.blockkit import context, fallback
from bot.command import Answer, Deed, Request
from bot.references import OLD
from bot.replies import Reply
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services

THANKS = "Thank you. That is kept with your name, for whoever looks after Evenkeel."
SORRY = f"{THANKS} Asking in other words often helps: one thing at a time, with a period."
# What a reference to an answer begins with; other words help only there.
QUESTION = "ask"
# References are short; what is longer is none.
MOST = 200


def run(request: Request, services: "Services") -> Answer:
    """Thanks, once it is kept.

    Raises:
        AccessError: the roster does not know them; WordsError: the button is of another version.
    """
    from scoring.aside import aside
    from scoring.feedback import Feedback, say

    viewer = request.known
    said, _, about = request.words.partition(":")
    kind = about.partition(" ")[0]
    if said not in {"good", "bad"} or not kind.isalpha() or len(about) > MOST:
        raise WordsError(OLD)
    good = said == "good"
    with aside(services.engine) as connection:
        say(connection, Feedback(viewer.agent_id, about, kind, good), request.now)
    words = SORRY if kind == QUESTION and not good else THANKS
    return Answer(Reply((context(words),), fallback(words)))


DEEDS = (Deed("button", FEEDBACK, run),)
