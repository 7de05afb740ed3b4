"""The contacts that a finding rests on, and what happened in them, on a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.metrics import ABOUT
from bot.paper import print_table, say

if TYPE_CHECKING:
    from scoring.coaching.behind import Finding
    from scoring.coaching.cited import Cited, Reason
    from scoring.period import Calendar


def cited_line(one: "Cited", found: "Finding") -> dict[str, Any]:
    """One JSON object, as docs/cli.md promises."""
    return {
        "interaction": one.interaction,
        "source": one.source,
        "at": one.at.isoformat().replace("+00:00", "Z"),
        "channel": one.channel,
        "issue_type": one.issue_type,
        "handle_seconds": one.handle_seconds,
        "contrast": one.id == found.contrast,
        "reasons": [
            {"kind": each.kind, "value": each.value, "who": each.who} for each in one.reasons
        ],
        "excerpt": one.excerpt,
    }


def print_cited(calendar: "Calendar", found: "Finding", rows: Sequence["Cited"]) -> None:
    """What was found, its contacts, and how many there are behind it."""
    from scoring.units import written

    where = f", most of all {' by '.join(found.where)}" if found.where else ""
    verdict = f" ({found.direction})" if found.direction else ""
    said = f"{found.kind.capitalize()} in the week of {found.week}: {ABOUT[found.about]}{verdict}"
    say(f"{said}{where}.", "")
    header = ("contact", "when", "kind", "handle time", "what happened")
    cells = [
        (
            one.interaction,
            f"{calendar.clock(one.at):%Y-%m-%d %H:%M}",
            f"{one.issue_type or 'unknown'} by {one.channel}",
            written(one.handle_seconds, "seconds"),
            "\n".join(_told(one, found)),
        )
        for one in rows
    ]
    print_table("", header, cells, "lllrl")
    shown = len([one for one in rows if one.id != found.contrast])
    also = "" if found.contrast is None else ", and one that went well"
    say(f"{shown} of {found.behind} contacts behind this{also}.")


def _told(one: "Cited", found: "Finding") -> Iterator[str]:
    if one.id == found.contrast:
        yield "went well"
    yield from map(reason_told, one.reasons)
    if one.excerpt:
        yield f"“{one.excerpt}”"


def reason_told(one: "Reason") -> str:
    """Why a contact is worth a look, with how much of it there was."""
    from scoring.coaching.cited import REASONS
    from scoring.units import written

    said = REASONS[one.kind]
    if one.kind == "repeat":
        return f"{said} after {one.value:.1f} days"
    if one.kind == "long_hold":
        return f"{said}: {written(one.value, 'seconds')}"
    if one.kind == "unhappy":
        return f"{said}: {one.value:.3g} of 5"
    return f"{said} ({one.who})" if one.who else said
