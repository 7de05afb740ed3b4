"""A question in Slack: read, answered, and shown with what can be done about the answer.

What is kept of it is the question as data; a button has its id, and nothing else of it.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.access import NOBODY, Sight, sight
from bot.answer_ways import Keeping, shown
from bot.answered import answered
from bot.answering import Asker, reply_to
from bot.command import Answer, Request
from bot.references import Turn
from bot.turning import ROWS, put_anew
from bot.words import MENTION, plain_words
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.query import Query
    from scoring.talks import Thread

GONE = (
    "That question is from another day, or another person's, and is not kept any more. Ask it"
    " again, and press the button of the new answer."
)
SAY = "Ask in your own words, one thing at a time."


def asked(request: Request, services: "Services") -> Answer:
    """The answer to a question in plain words, perhaps a follow-up of the one before.

    Raises:
        AccessError: the roster does not know the asker, or they mention whom they may not see.
        WordsError: nothing is asked.
    """
    with sight(request, services) as seeing:
        if not plain_words(request.words):
            raise WordsError(SAY)
        asker = _asker(seeing, services)
        before = _before(request, services)
        reply = reply_to(_question(request.words, seeing, asker), asker, before)
        kept = Keeping(_where(request))
        answer = shown(reply, asker, seeing, kept)
    _keep(request, services, kept)
    return answer


def turned(request: Request, services: "Services", turn: Turn) -> Answer:
    """The answer to a question that is kept, with one part put anew, in place of the one before.

    Where it cannot be answered so, the one before stays.

    Raises:
        AccessError: the roster does not know the asker; WordsError: the question is not kept.
    """
    with sight(request, services) as seeing:
        query = recalled(request, services, turn.talk)
        asker = _asker(seeing, services)
        reply = answered(put_anew(query, turn, seeing, services), asker)
        kept = Keeping(_where(request))
        skip = int(turn.to) if turn.part == ROWS and turn.to.isdecimal() else 0
        answer = shown(reply, asker, seeing, kept, skip)
    _keep(request, services, kept)
    return replace(answer, replaces=reply.status == "answered")


def _asker(seeing: Sight, services: "Services") -> Asker:
    from scoring.reading.world import world_of

    world = world_of(seeing.reader, seeing.viewer, services.catalogue, seeing.now)
    return Asker(seeing.reader, seeing.viewer, world, services.asking)


def _question(words: str, seeing: Sight, asker: Asker) -> str:
    """The words as they were typed, with people by their keys who are mentioned.

    Raises:
        AccessError: the asker may not see one of them.
    """
    keys = {one.id: one.key for one in asker.world.people}

    def called(mention: re.Match[str]) -> str:
        found = seeing.named.people_called(mention[1])
        if len(found) != 1 or found[0] not in keys:
            raise AccessError(NOBODY)
        return f" {keys[found[0]]} "

    return plain_words(MENTION.sub(called, words))


def _where(request: Request) -> "Thread":
    from scoring.talks import Thread

    return Thread(request.user_id, request.channel, request.thread)


def _before(request: Request, services: "Services") -> "Query | None":
    from scoring.aside import beside
    from scoring.database import reading
    from scoring.talks import last_in

    with reading(beside(services.engine)) as connection:
        return last_in(connection, _where(request), request.now)


def recalled(request: Request, services: "Services", talk: str) -> "Query":
    """The question that the asker asked under an id.

    Raises:
        WordsError: it is not kept.
    """
    from scoring.aside import beside
    from scoring.database import reading
    from scoring.talks import kept

    with reading(beside(services.engine)) as connection:
        query = kept(connection, talk, request.user_id, request.now)
    if query is None:
        raise WordsError(GONE)
    return query


def _keep(request: Request, services: "Services", kept: Keeping) -> None:
    from scoring.aside import aside
    from scoring.talks import keep

    if kept.talks:
        with aside(services.engine) as connection:
            keep(connection, kept.talks, request.now)
