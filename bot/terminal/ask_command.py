"""`evenkeel ask`: a manager's question in plain words, answered from what they may see."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answer_lines import as_json, how_read, unanswered
from bot.answer_words import called, tells
from bot.cli import DONE, REFUSED, words_of_the_call
from bot.paper import print_json, print_table, say, wrapped
from bot.services import Services, services_of
from scoring.errors import UnknownNameError, WordsError

if TYPE_CHECKING:
    from bot.answering import Asker, Reply
    from scoring.asking import Reader


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="in quotes")
    parser.add_argument(
        "--as", dest="who", metavar="WHO", help="who asks: an id, e-mail or name on the roster"
    )
    parser.add_argument(
        "--batch", type=Path, metavar="FILE", help='JSON Lines of {"id", "as", "question"}'
    )


def run(asked: argparse.Namespace) -> int:
    """Answers one question, or a file of them."""
    from scoring.asking import reader
    from scoring.database import reading

    _check(asked)
    services = services_of(asked)
    with reading(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        if asked.batch is not None:
            print_json(_batch(_lines(asked.batch), _Desk(services, view)))
            return DONE
        desk = _Desk(services, view)
        asker = desk.asker(asked.who)
        reply = desk.reply(asked.question, asker)
        if vars(asked).get("json"):
            print_json([as_json(reply, asker)])
        else:
            show(reply, asker)
    return DONE if reply.status == "answered" else REFUSED


def _check(asked: argparse.Namespace) -> None:
    single = asked.question is not None and asked.who is not None
    if (asked.batch is not None) == single or (asked.batch and (asked.question or asked.who)):
        raise WordsError(
            "Say a question and who asks: `evenkeel ask QUESTION --as WHO`; or give a file of them"
            " with `--batch FILE`."
        )


class _Desk:
    """Where questions are answered: each asker's world is read once."""

    def __init__(self, services: Services, view: "Reader") -> None:
        self.services, self.view = services, view
        self.askers: dict[str, Asker] = {}

    def asker(self, who: str) -> "Asker":
        """Whoever is called that.

        Raises:
            UnknownNameError: nobody or several people are.
        """
        from bot.answering import Asker
        from scoring.reading.world import world_of
        from scoring.viewers import viewer_of

        if who not in self.askers:
            viewer = viewer_of(self.view.connection, who)
            world = world_of(self.view, viewer, self.services.catalogue, self.services.now)
            self.askers[who] = Asker(self.view, viewer, world, self.services.asking)
        return self.askers[who]

    def reply(self, question: str, asker: "Asker") -> "Reply":
        """The reply to a question."""
        from bot.answering import reply_to

        return reply_to(question, asker)


def _lines(path: Path) -> list[Mapping[str, Any]]:
    """The questions of a file.

    Raises:
        WordsError: a line is none.
    """
    found = []
    with words_of_the_call(), path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                found.append(_line(line, number))
    return found


def _line(line: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not all(
        isinstance(row.get(key), str) for key in ("as", "question")
    ):
        raise WordsError(
            f'Line {number} is no question. Write {{"id": …, "as": "…", "question": "…"}}.'
        )
    return row


def _batch(rows: Sequence[Mapping[str, Any]], desk: _Desk) -> Iterator[dict[str, Any]]:
    for row in rows:
        try:
            asker = desk.asker(row["as"])
        except UnknownNameError as error:
            yield {"id": row.get("id"), **unanswered("refused", str(error))}
            continue
        yield {"id": row.get("id"), **as_json(desk.reply(row["question"], asker), asker)}


def show(reply: "Reply", asker: "Asker") -> None:
    """A reply for people: the answer, a table, how it was read."""
    say(wrapped(reply.lead), "")
    if reply.choices:
        say("Ask one of these:", *(f"  {choice}" for choice in reply.choices))
    if reply.query is None or reply.query.intent == "definition":
        return
    if reply.lines:
        say(*map(wrapped, reply.lines), "")
    if reply.answer is not None and reply.query.by and reply.answer.rows:
        _table(reply)
    say(*(wrapped(line) for line in how_read(reply, asker)))


def _table(reply: "Reply") -> None:
    from scoring.units import between, changed, written

    if reply.answer is None or reply.names is None:
        return
    kpis = [reply.answer.rows[0].figures[key].kpi for key in reply.answer.query.told]
    rows = []
    for row in reply.answer.rows:
        cells = []
        for kpi in kpis:
            one = row.figures[kpi.key]
            lines = [written(one.estimate.value, kpi.unit) if tells(one) else "too few to say"]
            if tells(one):
                lines.append(between(one.estimate.low, one.estimate.high, kpi.unit))
                lines.append(changed(one.change, kpi.unit))
                lines.append("" if kpi.kind == "count" else f"n {one.estimate.n:,.0f}")
            cells.append("\n".join(filter(None, lines)))
        rows.append((called(reply.answer, row, reply.names), *cells))
    header = " · ".join(reply.answer.ask.by).replace("_", " ")
    print_table("", (header, *(kpi.name for kpi in kpis)), rows)
