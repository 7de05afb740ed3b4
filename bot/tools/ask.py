"""The tool `ask`: a question in plain words, answered as `evenkeel ask` answers it."""

from typing import TYPE_CHECKING

from bot.tools.desk import Desk, Shown
from bot.tools.lines import in_lines
from bot.tools.scorecard import agent_of

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.answering import Reply
    from prompts.tools.forms import AskForm
    from prompts.tools.offer import Told


def ask(desk: Desk, form: "AskForm") -> "Told":
    """The answer to a question, the question back, or the refusal: `status` says which.

    Raises:
        EvenkeelError: something is wrong, and not with the question.
    """
    return desk.answered("ask", lambda seeing: _shown(desk, seeing, form.question))


def _shown(desk: Desk, seeing: "Sight", question: str) -> Shown:
    from bot.answer_lines import as_json, text_of
    from bot.answering import Asker, reply_to
    from prompts.tools.offer import Told
    from scoring.reading.world import world_of

    world = world_of(seeing.reader, seeing.viewer, desk.services.catalogue, seeing.now)
    asker = Asker(seeing.reader, seeing.viewer, world)
    reply = reply_to(question, asker)
    text = in_lines(text_of(reply, asker))
    return Shown(Told(text, as_json(reply, asker)), _seen(reply))


def _seen(reply: "Reply") -> frozenset[int]:
    """Whose own figures stand in a reply."""
    if reply.query is None or reply.answer is None:
        return frozenset()
    found = set(reply.query.scope.agents or ())
    if "agent" in reply.answer.ask.by:
        rows = (*reply.answer.rows, *reply.answer.few, *reply.answer.misses)
        found |= {agent_of(reply.answer.ask, row.group) for row in rows}
    return frozenset(found)
