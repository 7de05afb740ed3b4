"""The answer to a question: a sentence first, then figures, then how it was read and ways on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.actions import CHOICE, CONTACTS, FEEDBACK, ROWS, action_id
from bot.blockkit import (
    actions,
    button,
    code,
    context,
    fallback,
    feedback,
    joined,
    mark,
    plain_feedback,
    section,
    sections,
    table,
)
from bot.blocks.limits import BUTTON_TEXT
from bot.blocks.markup import size
from bot.menus import Menu, drawn
from bot.replies import Block, Reply
from bot.trend import Trend, trend_chart, trend_words

if TYPE_CHECKING:
    from bot.answer_grid import Grid

READ = "How I read this"
INTERVALS = "Intervals are of 95 %."


@dataclass(frozen=True)
class Ways:
    """What can be done about an answer: references, each empty where it is not offered.

    ``menus`` put the question anew in one part; ``contacts`` are KPIs by name and key, with a
    reference to the contacts behind each; ``earlier`` and ``later`` lead to other rows.
    """

    menus: Sequence[Menu] = ()
    contacts: Sequence[tuple[str, str, str]] = ()
    earlier: str = ""
    later: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Told:
    """An answer as data: its sentence, its figures, how the question was read, what to know.

    ``lines`` under a ``title`` are what it tells that is no table of figures.
    """

    lead: str
    grid: "Grid | None" = None
    trends: Sequence[Trend] = ()
    reading: Sequence[str] = ()
    remarks: Sequence[str] = ()
    ways: Ways = field(default_factory=Ways)
    title: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Back:
    """A question back or a refusal: its sentence, and what may have been meant.

    ``choices`` are whole questions, each with a reference or, where none can be pressed, without;
    ``examples`` are questions that work.
    """

    lead: str
    choices: Sequence[tuple[str, str]] = ()
    examples: Sequence[str] = ()


def answer(told: Told) -> Reply:
    """The answer."""
    top: list[Block] = [section(told.lead), *_lines(told)]
    charts = [one for one in map(trend_chart, told.trends) if one is not None]
    grid = [] if told.grid is None else [table(told.grid.heads, told.grid.rows, _sides(told.grid))]
    small, menus = list(_small(told)), list(_menus(told))
    ways, thumbs = list(_ways(told.ways)), _thumbs(told)
    plain_ways = [*ways, *(plain_feedback(FEEDBACK, told.ways.feedback) if thumbs else [])]
    classic = (*top, *_figures(told), *small, *menus, *_row(plain_ways))
    if not (charts or grid or thumbs):
        return Reply(classic, _text(told))
    rest = (*small, *menus, *_row(ways), *thumbs)
    return Reply((*top, *charts, *grid, *rest), _text(told), classic)


def back(told: Back) -> Reply:
    """The question back: once, with choices to press."""
    pressed = [(text, reference) for text, reference in told.choices if reference]
    # A button is short: whole questions that are longer stand above it too.
    long = any(size(text) > BUTTON_TEXT for text, _ in pressed)
    listed = [text for text, reference in told.choices if long or not reference]
    lines = [mark("\N{BULLET} {}", text) for text in listed]
    blocks: list[Block] = [section(joined((told.lead, *lines)))]
    if pressed:
        blocks.append(
            actions(
                *(
                    button(text, action_id(CHOICE, str(at)), reference, label=f"Ask: {text}")
                    for at, (text, reference) in enumerate(pressed)
                )
            )
        )
    examples = joined(map(code, told.examples), " or ")
    small = mark("For example {}", examples) if examples else ""
    if small:
        blocks.append(context(small))
    choices = [mark("\N{BULLET} {}", text) for text, _ in told.choices]
    return Reply(tuple(blocks), fallback(told.lead, *choices, small))


def _row(buttons: Sequence[Block]) -> list[Block]:
    return [actions(*buttons)] if buttons else []


def _lines(told: Told) -> list[Block]:
    lines = [mark("\N{BULLET} {}", one) for one in told.lines]
    return sections(told.title, lines) if lines else []


def _sides(grid: "Grid") -> str:
    return "l" + "r" * (len(grid.heads) - 1)


def _figures(told: Told) -> list[Block]:
    """The rows as lines, for where no table is drawn."""
    if told.grid is None:
        return []
    lines = [mark("*{}*: {}", name, said) for name, said in told.grid.lines]
    return sections("Figures", lines)


def _small(told: Told) -> Iterator[Block]:
    """Which rows these are, how the question was read, and what to beware of."""
    where = "" if told.grid is None else told.grid.where
    reading = joined(told.reading, " \N{MIDDLE DOT} ")
    if reading:
        shown = INTERVALS if told.grid is not None else ""
        yield context(joined((where, mark("*{}:* {}. {}", READ, reading, shown))))
    notes = [*_weeks(told), *told.remarks]
    if notes:
        yield context(joined(mark("\N{BULLET} {}", one) for one in notes))


def _weeks(told: Told) -> Iterator[str]:
    """The numbers of a chart, where the table beside it has not all of them."""
    if told.grid is None or told.grid.where:
        yield from map(trend_words, told.trends)


def _menus(told: Told) -> Iterator[Block]:
    menus = [one for one in map(drawn, told.ways.menus) if one is not None]
    yield from _row(menus)


def _ways(ways: Ways) -> Iterator[Block]:
    for name, where, reference in (
        ("Earlier rows", "earlier", ways.earlier),
        ("More rows", "later", ways.later),
    ):
        if reference:
            yield button(name, action_id(ROWS, where), reference)
    several = len(ways.contacts) > 1
    for name, key, reference in ways.contacts:
        said = f"Contacts: {name}" if several else "Contacts behind it"
        yield button(
            said, action_id(CONTACTS, key), reference, label=f"Contacts behind {name.lower()}"
        )


def _thumbs(told: Told) -> list[Block]:
    return [feedback(FEEDBACK, told.ways.feedback)] if told.ways.feedback else []


def _text(told: Told) -> str:
    lines = [] if told.grid is None else [f"{name}: {said}" for name, said in told.grid.lines]
    reading = joined(told.reading, "; ")
    where = "" if told.grid is None else told.grid.where
    read = mark("{}: {}.", READ, reading) if reading else ""
    return fallback(told.lead, *told.lines, *lines, where, read, *_weeks(told), *told.remarks)
