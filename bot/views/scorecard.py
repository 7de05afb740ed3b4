"""A scorecard: the KPIs of a person, a team or everybody over a period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.actions import CONTACTS, SHARE, action_id
from bot.blockkit import (
    actions,
    button,
    confirm,
    context,
    fallback,
    fields,
    header,
    joined,
    mark,
    section,
    table,
)
from bot.blocks.limits import ACTIONS, SECTION_FIELDS
from bot.replies import Block, Reply
from bot.trend import Trend, trend_chart, trend_words
from bot.wording import (
    change_words,
    figure_words,
    interval_words,
    n_words,
    score_words,
    unbroken,
    value_words,
    verdict_words,
)

if TYPE_CHECKING:
    from scoring.scorecard import Score

HEADS = ("KPI", "value, interval, n", "change", "target")
NOTHING = (
    "Nothing is known of this period yet. Name another one, such as “last month”, or ask whoever"
    " looks after Evenkeel when records were last taken in."
)


@dataclass(frozen=True)
class Card:
    """A scorecard as data: one group's scores, each KPI once.

    `title` says whose it is; `period` and `before` are the days, and those compared with, as
    people write them. `contacts` are references to the contacts behind a figure, by the KPI's
    key; `share` is one to the card itself, for its owner alone. `remarks` tell what the figures
    rest on where that is not plain.
    """

    title: str
    period: str
    before: str
    scores: Sequence["Score"]
    trend: Trend | None = None
    remarks: Sequence[str] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    share: str = ""


def scorecard(card: Card) -> Reply:
    """The card: a table with a line of weeks, or in its classic form two columns of figures."""
    if not card.scores:
        top = [header(card.title), context(card.period), section(NOTHING)]
        return Reply(tuple(top), fallback(f"{card.title}, {card.period}", NOTHING))
    drawn = None if card.trend is None else trend_chart(card.trend)
    top, bottom = list(_top(card)), list(_bottom(card))
    return Reply(
        (*top, _table(card), *([drawn] if drawn else []), *bottom),
        _text(card),
        (*top, *_columns(card), *bottom),
    )


def _top(card: Card) -> Iterator[Block]:
    yield header(card.title)
    yield context(mark("{}, compared with {}. Intervals are of 95 %.", card.period, card.before))


def _table(card: Card) -> Block:
    rows = [
        [unbroken(cell) for cell in (one.kpi.name, _figure(one), _change(one), _target(one))]
        for one in card.scores
    ]
    return table(HEADS, rows, "llll")


def _figure(one: "Score") -> str:
    """Value, interval and n, a line each; of a count its value alone."""
    rests_on = "" if one.kpi.kind == "count" else f"n {n_words(one.estimate)}"
    said = value_words(one.estimate, one.kpi), interval_words(one.estimate, one.kpi), rests_on
    return "\n".join(line for line in said if line)


def _change(one: "Score") -> str:
    return change_words(one).replace(", was", "\nwas")


def _target(one: "Score") -> str:
    return verdict_words(one).replace(": ", "\n")


def _columns(card: Card) -> Iterator[Block]:
    for at in range(0, len(card.scores), SECTION_FIELDS):
        yield fields(*map(_field, card.scores[at : at + SECTION_FIELDS]))


def _field(one: "Score") -> str:
    target = verdict_words(one)
    return joined(
        (
            mark("*{}*", one.kpi.name),
            figure_words(one.estimate, one.kpi),
            change_words(one),
            f"Target {target}" if target else "",
        )
    )


def _bottom(card: Card) -> Iterator[Block]:
    small = [*_weeks(card), *card.remarks]
    if small:
        yield context(joined(small))
    buttons = [*_contacts(card), *_share(card)]
    if card.contacts:
        yield context("The contacts behind a figure:")
    for at in range(0, len(buttons), ACTIONS):
        yield actions(*buttons[at : at + ACTIONS])


def _contacts(card: Card) -> Iterator[Block]:
    for one in card.scores:
        if reference := card.contacts.get(one.kpi.key):
            name, action = one.kpi.name, action_id(CONTACTS, one.kpi.key)
            yield button(name, action, reference, label=f"Contacts behind {name.lower()}")


def _share(card: Card) -> Iterator[Block]:
    if card.share:
        asked = confirm("Share your card?", "Everybody in this channel will see it.", "Share")
        yield {**button("Share", SHARE, card.share, style="primary"), "confirm": asked}


def _text(card: Card) -> str:
    lines = [f"{card.title}, {card.period}, compared with {card.before}."]
    lines += [f"{score_words(one)}." for one in card.scores]
    return fallback(*lines, *_weeks(card), *card.remarks)


def _weeks(card: Card) -> Iterator[str]:
    """The numbers of the chart, in words."""
    if card.trend is not None and card.trend.weeks:
        yield trend_words(card.trend)
