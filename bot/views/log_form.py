"""The form in which somebody logs a contact by hand, and what was kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.actions import FIX, LOG
from bot.blockkit import actions, button, context, joined, mark, section
from bot.command import Modal
from bot.inputs import asking, day, hour, one_of, words
from bot.pasted import HOW
from scoring.units import duration

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "Phone",
        "chat": "Chat",
        "email": "E-mail",
        "social": "Social media",
        "sms": "Text message",
        "other": "Another",
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "resolved": "Resolved",
        "unresolved": "Not resolved yet",
        "escalated": "Escalated: passed up",
        "transferred": "Transferred to a colleague",
    }
)
# Beside 1 to 5, for whom nobody asked.
RATINGS: Mapping[str, str] = MappingProxyType(
    {"none": "No answer", **{str(one): f"{one} of 5" for one in range(1, 6)}}
)
REDACTED = "Names, numbers and addresses are taken out."
STAYS = "Empty: what was kept stays."
KNOWN = "Their e-mail or number: kept as a code, to know them when they come back."
YOURS = "A contact of yours"


@dataclass(frozen=True)
class Draft:
    """What stands in the form when it opens; ``whose`` is empty for one's own contact."""

    started: datetime
    zone: ZoneInfo
    whose: str = ""
    channel: str = "phone"
    issue: str = ""
    minutes: str = ""
    outcome: str = "resolved"
    csat: str = "none"
    fixes: bool = False


@dataclass(frozen=True)
class Receipt:
    """What was kept: of whom, what, with what became of the row; ``reference`` leads back to it.

    ``fixed`` is whether it stood there before; ``said`` whether a transcript was kept.
    """

    whose: str
    draft: Draft
    seconds: float
    reference: str
    fixed: bool = False
    said: bool = False


def form(draft: Draft, about: str) -> Modal:
    """The form; ``about`` comes back with it."""
    local = draft.started.astimezone(draft.zone)
    hint = STAYS if draft.fixes else f"{HOW} {REDACTED}"
    whose = f"A contact of {draft.whose}" if draft.whose else YOURS
    blocks = (
        context(f"{whose}. Times are those of {draft.zone.key}."),
        asking("channel", "Channel", one_of(CHANNELS, draft.channel, seen=False)),
        asking(
            *("issue", "Issue type", words(draft.issue, most=100)),
            hint="Such as billing: the words that your team uses, always the same.",
            optional=True,
        ),
        asking("day", "Day", day(local.date())),
        asking("at", "Began at", hour(local.time())),
        asking("minutes", "Minutes of handling", words(draft.minutes, most=10)),
        asking("outcome", "Outcome", one_of(OUTCOMES, draft.outcome, seen=False)),
        asking("csat", "Customer's rating", one_of(RATINGS, draft.csat, seen=False)),
        asking(
            *("customer", "Customer", words(most=200)),
            hint=STAYS if draft.fixes else KNOWN,
            optional=True,
        ),
        asking("said", "Transcript", words(long=True), hint=hint, optional=True),
    )
    return Modal("Put right" if draft.fixes else "Log a contact", blocks, LOG, about, "Keep")


def receipt(told: Receipt) -> Modal:
    """What was kept, with a way to put it right."""
    draft = told.draft
    local = draft.started.astimezone(draft.zone)
    rating = "" if draft.csat == "none" else f", rated {draft.csat} of 5"
    lines = [
        mark(
            "*{}*: {}, {} {} at {}, {} of handling, {}{}.",
            *(
                told.whose or YOURS,
                CHANNELS[draft.channel],
                local.day,
                f"{local:%B %Y}",
                f"{local:%H:%M}",
            ),
            *(duration(told.seconds), OUTCOMES[draft.outcome].casefold(), rating),
        ),
        "It stood there before and is put right." if told.fixed else "It counts from now.",
        "The transcript is kept without personal data." if told.said else "",
    ]
    blocks = (
        section(joined(lines)),
        actions(button("Put it right", FIX, told.reference)),
        context("Nothing is counted twice: what you send again stands in place of this."),
    )
    return Modal("Kept", blocks)
