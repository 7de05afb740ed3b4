"""Where a statement shows most, and the contacts to look at: situation and behaviour, no blame."""

from collections.abc import Mapping
from types import MappingProxyType

from prompts.note.background import Sighting
from prompts.note.figures import UNKNOWN, counted, day_words, kind_words
from prompts.note.shape import Fact, Value
from scoring.coaching.findings import Statement

# What makes a contact worth a look for what a focus is about, in a word or two.
_BACK = MappingProxyType(
    {
        "repeat": "the customer came back",
        "reopened": "opened again",
        "unresolved": "not resolved",
        "unsettled": "not settled at once",
    }
)
_PASSED = MappingProxyType({"escalated": "passed up", "resolved_elsewhere": "passed up"})
_RATED, _TONE = {"unhappy": "a low rating"}, {"strained": "a strained customer"}
REASONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fcr": _BACK,
        "escalation": _PASSED,
        "csat": _RATED,
        "sentiment": _TONE,
        "aht": {"long_hold": "a long hold"},
        "rushing": {**_BACK, **_PASSED, **_RATED, **_TONE},
    }
)


def place_words(statement: Statement) -> str:
    """Where a statement shows most: an issue type, a channel, or empty for all contacts."""
    issue, channel = statement.issue_type, statement.channel
    if issue == UNKNOWN:
        issue = None
    if issue and channel:
        return f"{kind_words(issue)} by {channel}"
    if issue:
        return kind_words(issue)
    return f"contacts by {channel}" if channel else ""


def evidence_fact(slot: str, statement: Statement, sightings: Mapping[int, Sighting]) -> Fact:
    """Where it shows, and which contacts to look at, counted out of those behind the figure.

    A ``strength`` has no reasons to look and nothing to set against what went well.
    """
    good, place = slot == "strength", place_words(statement)
    contrast = None if good else statement.contrast
    parts = [f"It shows most in {place}."] if place else []
    if statement.contacts:
        parts.append(_to_look_at(statement, sightings, {} if good else REASONS[statement.about]))
    if contrast is not None and contrast in sightings:
        parts.append(f"One that went well: {_seen(sightings[contrast], statement)}.")
    values: dict[str, Value] = {
        "issue_type": statement.issue_type,
        "channel": statement.channel,
        "shown": len(statement.contacts),
        "behind": statement.behind,
        "contrast": contrast,
    }
    keys = statement.contacts if contrast is None else (*statement.contacts, contrast)
    return Fact(f"{slot}.contacts", "evidence", None, " ".join(parts), values, keys)


def _to_look_at(
    statement: Statement, sightings: Mapping[int, Sighting], reasons: Mapping[str, str]
) -> str:
    """The contacts, each with its reason to look; a reason that all of them share is said once."""
    count = f"{len(statement.contacts)} of {counted(statement.behind, 'contact')}"
    seen = [sightings[key] for key in statement.contacts if key in sightings]
    if not seen:
        return f"To look at: {count} behind this figure."
    why = [next((reasons[one] for one in each.reasons if one in reasons), "") for each in seen]
    shared = why[0] if len(seen) > 1 and len(set(why)) == 1 else ""
    named = [
        _seen(each, statement, "" if shared else reason)
        for each, reason in zip(seen, why, strict=True)
    ]
    in_each = f"; in each, {shared}" if shared else ""
    return f"To look at: {count} behind this figure: {', '.join(named)}{in_each}."


def _seen(sighting: Sighting, statement: Statement, reason: str = "") -> str:
    """A contact by its reference, with what helps to remember it and has not been said."""
    known = (
        sighting.channel if sighting.channel != statement.channel else None,
        sighting.issue_type if sighting.issue_type != statement.issue_type else None,
        day_words(sighting.day),
        reason,
    )
    return f"{sighting.reference} ({', '.join(one for one in known if one)})"
