"""A team's people with the figures of each, in the order of the alphabet, never of the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.actions import CARD, action_id
from bot.blockkit import (
    actions,
    button,
    context,
    fallback,
    header,
    joined,
    mark,
    section,
    sections,
    table,
)
from bot.menus import Menu, drawn
from bot.replies import Block, Reply
from bot.wording import figure_words, interval_words, n_words, unbroken, value_words

if TYPE_CHECKING:
    from scoring.scorecard import Score

ON_A_PAGE = 20
NO_RANKING = (
    "In the order of the alphabet: people with different contacts are not ranked by their figures."
)
NOBODY = "Nobody of this team had contacts, as far as is known. Name another period or team."

# The action of other people of the same team: `people:earlier`, `people:later`.
PEOPLE = "people"
OPEN, TOGETHER = "Open a scorecard", "Scorecard of all together"


@dataclass(frozen=True)
class Table:
    """A team's people as data: what each is called, and their scores, the same KPIs for all.

    `skip` is how many people the pages before have; `earlier` and `later` are references to those
    beside it, empty where there is none. `of` is what each of them is: an agent, or a team.
    `card` is a reference to the scorecard of all of them together, `cards` are those to each one's
    on the page, by name: from there each figure leads to its contacts.
    """

    title: str
    period: str
    people: Sequence[tuple[str, Sequence["Score"]]]
    skip: int = 0
    earlier: str = ""
    later: str = ""
    remarks: Sequence[str] = ()
    of: str = "agent"
    card: str = ""
    cards: Sequence[tuple[str, str]] = ()


def team(told: Table) -> Reply:
    """A page of the team."""
    people = sorted(told.people, key=lambda one: (one[0].casefold(), one[0]))
    shown = people[told.skip : told.skip + ON_A_PAGE]
    top: list[Block] = [header(told.title), context(_about(told, len(people), len(shown)))]
    if not shown:
        return Reply((*top, section(NOBODY)), fallback(f"{told.title}, {told.period}", NOBODY))
    bottom = list(_bottom(told))
    heads = (told.of, *(one.kpi.name for one in shown[0][1]))
    rows = [(name, *map(_cell, scores)) for name, scores in shown]
    lines = [_line(name, scores) for name, scores in shown]
    return Reply(
        (*top, table(heads, rows, "l" + "r" * (len(heads) - 1)), *bottom),
        fallback(f"{told.title}, {_about(told, len(people), len(shown))}", *lines, *told.remarks),
        (*top, *sections("Figures with n and 95 % interval", lines), *bottom),
    )


def _about(told: Table, people: int, shown: int) -> str:
    whole = f"{told.period}. Intervals are of 95 %."
    if people <= ON_A_PAGE:
        return whole
    return f"{whole} {told.skip + 1} to {told.skip + shown} of {people} people."


def _cell(one: "Score") -> str:
    interval = interval_words(one.estimate, one.kpi)
    rests_on = "" if one.kpi.kind == "count" else f"n {n_words(one.estimate)}"
    said = (value_words(one.estimate, one.kpi), interval, rests_on)
    return unbroken("\n".join(line for line in said if line))


def _line(name: str, scores: Sequence["Score"]) -> str:
    told = [f"{one.kpi.name} {figure_words(one.estimate, one.kpi)}" for one in scores]
    return mark("*{}*: {}", name, "; ".join(told))


def _bottom(told: Table) -> Iterator[Block]:
    yield context(joined((NO_RANKING, *told.remarks)))
    opening = drawn(Menu(OPEN, action_id(CARD, "person"), told.cards))
    ways = [] if opening is None else [opening]
    ways += [button(TOGETHER, action_id(CARD, "team"), told.card)] if told.card else []
    ways += [
        button(name, action_id(PEOPLE, where), reference)
        for name, where, reference in (
            ("Earlier in the alphabet", "earlier", told.earlier),
            ("Later in the alphabet", "later", told.later),
        )
        if reference
    ]
    if ways:
        yield actions(*ways)
