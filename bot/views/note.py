"""The weekly note, to an agent or to the manager of a team, as it was written as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.actions import CARD, CONTACTS, FEEDBACK, SETTINGS, action_id
from bot.blockkit import (
    Markup,
    actions,
    button,
    context,
    escape,
    fallback,
    feedback,
    header,
    joined,
    mark,
    plain_feedback,
    sections,
)
from bot.menus import Menu, drawn
from bot.replies import Block, Reply
from bot.trend import Trend, trend_chart, trend_words
from prompts.note.plain import heading, plain_text

if TYPE_CHECKING:
    from prompts.note.shape import Note, Section

# What is said in small letters, at the end.
SMALL = "remarks"
_CARDS = MappingProxyType({"agent": "My scorecard", "manager": "The team's scorecard"})
THEIRS = "Their scorecard"
FOCUSES = "Contacts behind a focus"
WHOSE = "The note to *{}*, in the words that they read."
# So wide that no line is broken: Slack breaks them.
NO_BREAKS = 100_000


@dataclass(frozen=True)
class Letter:
    """A note with what can be done about it: references, each empty where it is not offered.

    `contacts` leads to the contacts behind the focus, `card` to the scorecard, `settings` to when
    and whether notes come; `feedback` tells which note was of use. `whose` names the person whose
    note it is, where somebody else reads it. `people` are those of a team who have a focus, each
    with a reference to the contacts behind it.
    """

    note: "Note"
    trend: Trend | None = None
    contacts: str = ""
    card: str = ""
    settings: str = ""
    feedback: str = ""
    whose: str = ""
    people: Sequence[tuple[str, str]] = ()


def note(letter: Letter) -> Reply:
    """The note: its verdict, its parts, a line of weeks, and what can be done about it."""
    told = letter.note
    whose = [mark(WHOSE, letter.whose)] if letter.whose else []
    top: list[Block] = [header(told.verdict), context(*whose, heading(told))]
    parts = [block for one in told.sections if one.key != SMALL for block in _part(one)]
    line = None if letter.trend is None else trend_chart(letter.trend)
    text = fallback(*whose, *plain_text(told, NO_BREAKS).splitlines())
    small, ways = list(_small(letter)), list(_ways(letter))
    below = [context(*small)] if small else []
    thumbs = [feedback(FEEDBACK, letter.feedback)] if letter.feedback else []
    chart, ways_on = [line] if line else [], [actions(*ways)] if ways else []
    plainly = (*top, *parts, *below, *_classic_ways(letter, ways))
    if not (chart or thumbs):
        return Reply(plainly, text)
    return Reply((*top, *parts, *chart, *below, *thumbs, *ways_on), text, plainly)


def _part(part: "Section") -> list[Block]:
    lines = part.written
    return sections(part.title, lines if len(lines) == 1 else [_bullet(one) for one in lines])


def _bullet(line: str) -> Markup:
    return mark("\N{BULLET} {}", line)


def _ways(letter: Letter) -> Iterator[Block]:
    """What can be done about the note."""
    looked_at = drawn(Menu(FOCUSES, action_id(CONTACTS, "person"), letter.people))
    if looked_at is not None:
        yield looked_at
    for name, action, reference in (
        ("Contacts behind the focus", action_id(CONTACTS, "focus"), letter.contacts),
        (THEIRS if letter.whose else _CARDS[letter.note.reader], CARD, letter.card),
        ("When notes come", SETTINGS, letter.settings),
    ):
        if reference:
            yield button(name, action, reference)


def _classic_ways(letter: Letter, ways: Sequence[Block]) -> list[Block]:
    """The same with plain buttons for the thumbs."""
    thumbs = plain_feedback(FEEDBACK, letter.feedback) if letter.feedback else []
    return [actions(*ways, *thumbs)] if ways or thumbs else []


def _small(letter: Letter) -> Iterator[Markup]:
    """What is said in small letters: the chart's numbers, and how to read the note."""
    if letter.trend is not None and letter.trend.weeks:
        yield escape(trend_words(letter.trend))
    told = letter.note.section(SMALL)
    if told is not None:
        yield joined((mark("*{}*", told.title), *told.written))
