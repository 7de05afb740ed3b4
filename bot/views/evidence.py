"""The contacts behind a figure, a page at a time: what was counted, what was not, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.actions import PAGE, action_id
from bot.blockkit import (
    Markup,
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
from bot.replies import Block, Reply
from bot.wording import figure_words
from prompts.note.figures import day_words
from scoring.units import written

if TYPE_CHECKING:
    from scoring.evidence import Contact, Evidence
    from scoring.kpis import Kpi
    from scoring.period import Calendar

HEADS = ("contact", "when", "kind", "value", "counts")
YES_OR_NO: Mapping[float, str] = MappingProxyType({1.0: "yes", 0.0: "no"})
NO_CONTACTS = "No contact of this period and scope has anything to do with this figure."


@dataclass(frozen=True)
class Sheet:
    """A page of the contacts behind a figure, by the ids of their source.

    Of a contact it tells no customer and no words. `skip` is how many contacts the pages before
    have; `earlier` and `later` are references to those beside it, empty where there is none.
    """

    title: str
    period: str
    calendar: "Calendar"
    whole: "Evidence"
    contacts: Sequence["Contact"]
    skip: int = 0
    earlier: str = ""
    later: str = ""


def evidence(sheet: Sheet) -> Reply:
    """The page."""
    about = f"{sheet.title}, {sheet.period}"
    figure = figure_words(sheet.whole.estimate, sheet.whole.kpi)
    top: list[Block] = [
        header(f"{sheet.whole.kpi.name}: the contacts behind it"),
        section(mark("{}: *{}*", about, figure)),
        *_reasons(sheet.whole),
    ]
    said = f"{sheet.whole.kpi.name}, {about}: {figure}."
    if not sheet.contacts:
        return Reply((*top, context(NO_CONTACTS)), fallback(said, NO_CONTACTS))
    rows = [_row(sheet, one) for one in sheet.contacts]
    lines = list(map(_line, rows))
    where, bottom = _where(sheet), list(_bottom(sheet))
    return Reply(
        (*top, table(HEADS, rows, "lllrl"), *bottom),
        fallback(said, where, *lines),
        (*top, *sections("Contacts", lines), *bottom),
    )


def _reasons(whole: "Evidence") -> Iterator[Block]:
    from scoring.evidence import REASONS

    told = [
        f"{count:,} counted"
        if reason == "counted"
        else f"{count:,} not counted: {REASONS[reason]}"
        for reason, count in sorted(whole.reasons.items(), key=lambda one: one[0] != "counted")
    ]
    if told:
        yield context(joined(told))


def _row(sheet: Sheet, one: "Contact") -> tuple[str, ...]:
    return (
        one.interaction,
        _when(sheet, one),
        f"{one.issue_type or 'unknown'} by {one.channel}",
        _value(sheet.whole.kpi, one.value),
        _counts(one),
    )


def _line(row: Sequence[str]) -> Markup:
    """A contact where no table has heads for what stands in its cells."""
    name, when, kind, value, counts = row
    return mark("*{}*: {}, {}; value: {}; counts: {}", name, when, kind, value, counts)


def _when(sheet: Sheet, one: "Contact") -> str:
    local = sheet.calendar.clock(one.at)
    return f"{day_words(local.date())}, {local:%H:%M}"


def _value(kpi: "Kpi", value: float | None) -> str:
    if value is None:
        return "not known"
    if kpi.unit == "percent" and value in YES_OR_NO:
        return YES_OR_NO[value]
    return written(value, kpi.unit)


def _counts(one: "Contact") -> str:
    """Whether it counts and for how much, or why not."""
    from scoring.evidence import REASONS

    if one.reason != "counted":
        return f"no: {one.excluded or REASONS[one.reason]}"
    return "yes" if one.weight == 1 else f"yes, {written(one.weight, 'percent')} of it"


def _where(sheet: Sheet) -> str:
    whole = sum(sheet.whole.reasons.values())
    return f"Contacts {sheet.skip + 1:,} to {sheet.skip + len(sheet.contacts):,} of {whole:,}."


def _bottom(sheet: Sheet) -> Iterator[Block]:
    kpi = sheet.whole.kpi
    yield context(_where(sheet), " ".join(part for part in (kpi.about, kpi.watch) if part))
    pages = [
        button(name, action_id(PAGE, where), reference)
        for name, where, reference in (
            ("Earlier contacts", "earlier", sheet.earlier),
            ("Later contacts", "later", sheet.later),
        )
        if reference
    ]
    if pages:
        yield actions(*pages)
