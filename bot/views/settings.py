"""The form of somebody's own settings: whether and when the weekly message comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.blockkit import context, mark
from bot.command import Modal
from bot.inputs import asking, day, hour, one_of, words
from bot.replies import Block

if TYPE_CHECKING:
    from scoring.preferences import Preferences

NAME, TITLE = "settings", "Your settings"
DIGEST: Mapping[str, str] = MappingProxyType({"on": "Send it", "off": "Send none"})
WEEKDAYS: Mapping[str, str] = MappingProxyType(
    {
        "0": "Monday",
        "1": "Tuesday",
        "2": "Wednesday",
        "3": "Thursday",
        "4": "Friday",
        "5": "Saturday",
        "6": "Sunday",
    }
)
COMPARISON: Mapping[str, str] = MappingProxyType(
    {"on": "Show me beside my team's median", "off": "Show my own figures alone"}
)


@dataclass(frozen=True)
class Wishes:
    """What somebody wants now; ``zone`` is theirs if they choose none, ``today`` their own day."""

    wanted: "Preferences"
    zone: str
    today: date


def settings(told: Wishes, about: str = "") -> Modal:
    """The form, as it stands now; ``about`` comes back with it."""
    wanted = told.wanted
    on, beside = "on" if wanted.digest else "off", "on" if wanted.comparison else "off"
    first, last = leave(told)
    zone = f"Empty: {told.zone}, as Slack or the workspace has it."
    blocks = (
        asking("digest", "Weekly message", one_of(DIGEST, on)),
        asking("weekday", "On", one_of(WEEKDAYS, str(wanted.weekday), seen=False)),
        asking("at", "At", hour(wanted.at)),
        asking("zone", "Time zone", words(wanted.zone or "", most=60), hint=zone, optional=True),
        asking(
            *("quiet_from", "On leave from", day(first)),
            hint="Nothing is sent on these days, nor later about that week.",
            optional=True,
        ),
        asking("quiet_to", "To", day(last), optional=True),
        asking("comparison", "In the message", one_of(COMPARISON, beside)),
        *_later(told),
    )
    return Modal(TITLE, blocks, NAME, about, "Save")


def leave(told: Wishes) -> tuple[date | None, date | None]:
    """The leave that runs or comes next: its first and last day, neither where there is none."""
    spans = sorted(span for span in told.wanted.quiet if span[1] >= told.today)
    return spans[0] if spans else (None, None)


def _later(told: Wishes) -> list[Block]:
    """Leaves after the next, which the form leaves as they are."""
    spans = sorted(span for span in told.wanted.quiet if span[1] >= told.today)[1:]
    lines = [f"{first.isoformat()} to {last.isoformat()}" for first, last in spans]
    return [context(mark("Later leave stays: {}.", ", ".join(lines)))] if lines else []
