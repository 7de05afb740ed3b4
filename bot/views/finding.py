"""The contacts behind a finding of a review: what happened in each, and the customer's last words.

The words were redacted when they were taken in, and again when they were read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.blockkit import Markup, clip, context, fallback, header, joined, mark, section
from bot.metrics import ABOUT
from bot.replies import Block, Reply
from prompts.note.figures import day_words
from scoring.units import written

if TYPE_CHECKING:
    from scoring.coaching.behind import Finding
    from scoring.coaching.cited import Cited, Reason
    from scoring.period import Calendar

MOST = 6
LONGEST_EXCERPT = 600
NONE_LEFT = "The records no longer have the contacts that this rests on."


@dataclass(frozen=True)
class Sighted:
    """A finding with the contacts that it names, the most telling first; `title` says whose."""

    title: str
    calendar: "Calendar"
    found: "Finding"
    contacts: Sequence["Cited"]


def finding(told: Sighted) -> Reply:
    """The finding, with a block for each of its first contacts."""
    found, shown = told.found, told.contacts[:MOST]
    title = f"{found.kind.capitalize()}: {ABOUT[found.about]}"
    about = _about(told)
    contacts = [_contact(told, one) for one in shown]
    small = _count(told, shown) if shown else NONE_LEFT
    blocks: list[Block] = [header(title), context(about), *map(section, contacts), context(small)]
    return Reply(tuple(blocks), fallback(f"{title}. {about}", *contacts, small))


def _about(told: Sighted) -> str:
    found = told.found
    verdict = f", {found.direction}" if found.direction else ""
    where = f", most of all {' by '.join(found.where)}" if found.where else ""
    return f"{told.title}, week of {day_words(found.week)} {found.week.year}{verdict}{where}."


def _contact(told: Sighted, one: "Cited") -> Markup:
    local = told.calendar.clock(one.at)
    kind = f"{one.issue_type or 'unknown'} by {one.channel}"
    took = "" if one.handle_seconds is None else f", {written(one.handle_seconds, 'seconds')}"
    when = f"{day_words(local.date())}, {local:%H:%M}"
    words = f"“{clip(one.excerpt, LONGEST_EXCERPT)}”" if one.excerpt else ""
    return joined(
        (
            mark("*{}*  {}, {}{}", one.interaction, when, kind, took),
            "; ".join(_happened(told, one)),
            words,
        )
    )


def _happened(told: Sighted, one: "Cited") -> Iterator[str]:
    if one.id == told.found.contrast:
        yield "went well"
    yield from map(reason_words, one.reasons)


def reason_words(one: "Reason") -> str:
    """Why a contact is worth a look, with how much of it there was."""
    from scoring.coaching.cited import REASONS

    said = REASONS[one.kind]
    if one.kind == "repeat" and one.value is not None:
        return f"{said} after {one.value:.1f} days"
    if one.kind == "long_hold":
        return f"{said}: {written(one.value, 'seconds')}"
    if one.kind == "unhappy" and one.value is not None:
        return f"{said}: {one.value:.3g} of 5"
    return f"{said} ({one.who})" if one.who else said


def _count(told: Sighted, shown: Sequence["Cited"]) -> str:
    contrast = told.found.contrast
    behind = [one for one in shown if one.id != contrast]
    also = ", and one that went well" if len(behind) < len(shown) else ""
    return f"{len(behind)} of {told.found.behind} contacts behind this{also}."
