"""What a person is told when they cannot be answered: a sentence, what to do next, a token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.blockkit import code, context, fallback, joined, mark, section
from bot.replies import Block, Reply

WARNING = "\N{WARNING SIGN}"
QUOTE = "If you ask somebody about this, quote {}."


@dataclass(frozen=True)
class Mistake:
    """What went wrong and what to do about it.

    `next_step` may be empty where `sentence` says it already. `token` is also in the log, and
    empty for what a person can put right alone. `examples` are words that would be understood.
    """

    sentence: str
    next_step: str = ""
    token: str = ""
    examples: Sequence[str] = ()


def mistake(told: Mistake) -> Reply:
    """The mistake, told."""
    lines = list(_lines(told))
    blocks: list[Block] = [section(joined(lines))]
    token = mark(QUOTE, code(told.token)) if told.token else ""
    if token:
        blocks.append(context(token))
    return Reply(tuple(blocks), fallback(*lines, token))


def _lines(told: Mistake) -> Iterator[str]:
    yield mark("{} {}", WARNING, told.sentence)
    if told.next_step:
        yield told.next_step
    if told.examples:
        yield mark("For example {}", joined(map(code, told.examples), " or "))
