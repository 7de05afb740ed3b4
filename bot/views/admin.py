"""The forms of what admins decide in Slack: who is who, targets, working hours, weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.actions import HOURS, LINKS, TARGETS, WEEK
from bot.blockkit import context, joined, mark, section
from bot.command import Modal
from bot.inputs import any_of, asking, hour, one_of, person, words
from bot.replies import Block
from bot.wording import target_words

if TYPE_CHECKING:
    from scoring.kpis import Kpi

DAYS: Mapping[str, str] = MappingProxyType(
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
STARTS: Mapping[str, str] = MappingProxyType({"0": "Monday", "6": "Sunday"})
HERE, SETTINGS = "here", "settings"
BY: Mapping[str, str] = MappingProxyType(
    {HERE: "By what stands below", SETTINGS: "By the settings that Evenkeel was started with"}
)
REBUILT = (
    "Figures rest on sums that are kept. Until those are worked out anew, they are read from the"
    " records: they are right at once, and slower."
)
_HOW = "Such as 75 %, 4 min or 240 s; of a KPI of which more is better, this alone."
_BOTH = "Of a KPI of which less is better, this alone. Both: a band. Neither: no target."
# More names than these are no help.
_FEW = 20


def links(missing: Sequence[str]) -> Modal:
    """Who on the roster is which person in Slack; names those who are nobody yet."""
    blocks: list[Block] = []
    if missing:
        more = len(missing) - _FEW
        names = ", ".join(missing[:_FEW]) + (f" and {more} more" if more > 0 else "")
        blocks.append(section(mark("*Not linked yet:* {}", names)))
    blocks += [
        asking("agent", "Person on the roster", words(most=200), hint="Name, e-mail or id."),
        asking(
            *("user", "Person in Slack", person()),
            hint="Empty: nobody is linked to them any more.",
            optional=True,
        ),
        context("They see their own figures from then on, and whatever their role lets them see."),
    ]
    return Modal("Link people", tuple(blocks), LINKS, "", "Link")


def targets(kpis: Sequence["Kpi"]) -> Modal:
    """The target of a KPI; names those that have one."""
    options = {kpi.key: kpi.name for kpi in kpis}
    known = [mark("{}: {}", kpi.name, target_words(kpi)) for kpi in kpis if target_words(kpi)]
    blocks = (
        asking("by", "The target goes", one_of(BY, HERE)),
        asking("kpi", "KPI", one_of(options, seen=False)),
        asking("low", "Lowest good value", words(most=20), hint=_HOW, optional=True),
        asking("high", "Highest good value", words(most=20), hint=_BOTH, optional=True),
        context(joined((mark("*Now:*"), joined(known, "; ")))),
    )
    return Modal("Targets", blocks, TARGETS, "", "Save")


@dataclass(frozen=True)
class Hours:
    """Working hours as the form has them: the same on each working day, with one break.

    ``other`` says what holds now where the form cannot show it.
    """

    days: Sequence[int] = (0, 1, 2, 3, 4)
    opens: time = time(9)
    closes: time = time(17)
    lunch: tuple[time, time] | None = None
    holidays: Sequence[date] = ()
    zone: str = "UTC"
    other: str = ""


def hours(told: Hours) -> Modal:
    """Working hours of everybody whose team has none of its own."""
    days = ", ".join(one.isoformat() for one in sorted(told.holidays))
    lunch = told.lunch or (None, None)
    blocks = (
        *([section(told.other)] if told.other else ()),
        asking("by", "Working hours go", one_of(BY, HERE)),
        asking("days", "Working days", any_of(DAYS, [str(one) for one in told.days])),
        asking("opens", "From", hour(told.opens)),
        asking("closes", "To", hour(told.closes), hint="Earlier than From: into the next day."),
        asking("lunch_from", "Break from", hour(lunch[0]), optional=True),
        asking("lunch_to", "Break to", hour(lunch[1]), optional=True),
        asking("zone", "Time zone", words(told.zone, most=60), hint="Such as Europe/London."),
        asking(
            *("holidays", "Holidays", words(days, long=True, most=3000)),
            hint="Days such as 2026-12-25, with commas or lines between them.",
            optional=True,
        ),
        context(REBUILT),
    )
    return Modal("Working hours", blocks, HOURS, "", "Save")


def week(starts: int) -> Modal:
    """The first day of a week."""
    blocks = (
        asking("by", "The first day goes", one_of(BY, HERE)),
        asking("starts", "A week begins on", one_of(STARTS, str(starts))),
        context(REBUILT, "Weeks that are reviewed and told each week begin on Monday anyway."),
    )
    return Modal("First day of the week", blocks, WEEK, "", "Save")


def done(title: str, lines: Sequence[str]) -> Modal:
    """What came of it."""
    return Modal(title, (section(joined(lines)),))
