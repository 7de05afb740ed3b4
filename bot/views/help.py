"""What can be asked for, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blockkit import code, context, fallback, header, joined, mark, sections
from bot.replies import Reply

TITLE = "What you can ask Evenkeel"
ONLY_YOU = "Answers are for you alone, until you share one."


@dataclass(frozen=True)
class Way:
    """One thing that can be asked for: the words, what comes back, and an example or two."""

    usage: str
    about: str
    examples: Sequence[str] = ()


def guide(ways: Sequence[Way], remarks: Sequence[str] = ()) -> Reply:
    """All of it, for one kind of reader."""
    lines = [
        mark("\N{BULLET} {} {}{}", code(way.usage), way.about, _examples(way.examples))
        for way in ways
    ]
    small = (ONLY_YOU, *remarks)
    blocks = (header(TITLE), *sections("Commands", lines), context(*small))
    return Reply(blocks, fallback(TITLE, *lines, *small))


def _examples(examples: Sequence[str]) -> str:
    told = joined(map(code, examples), " or ")
    return mark(" For example {}.", told) if told else ""
