"""Home: who somebody is by the roster, their figures, the next weekly message, settings, help.

Its figures stand in sections: whether Slack draws tables and charts there is not settled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.actions import (
    CARD,
    HELP,
    HOURS,
    LINK,
    LINKS,
    LOG,
    LOOKS,
    SETTINGS,
    TARGETS,
    WEEK,
    action_id,
)
from bot.blockkit import (
    actions,
    button,
    context,
    divider,
    fields,
    header,
    joined,
    mark,
    section,
)
from bot.blocks.limits import SECTION_FIELDS
from bot.blocks.markup import Markup
from bot.replies import Block
from bot.wording import change_words, figure_words, unbroken
from prompts.note.plain import NO_BREAK

if TYPE_CHECKING:
    from scoring.scorecard import Score

TITLE = "Your Evenkeel"
WELCOME = (
    "Welcome. Evenkeel shows you the figures of your own contacts, each with what it rests on,"
    " and once a week a short note: what changed, what to keep, what to try. Your figures are for"
    " you and for whoever leads you by the roster; `/evenkeel who` tells you who looked."
)
NO_RECORDS = "No record has been taken in yet: ask whoever runs Evenkeel to import some."
COMPARED = "Changes are since the four weeks before; intervals are of 95 %."
# More names than these are no help.
_FEW = 8


@dataclass(frozen=True)
class Figures:
    """A short card: whose, over which days; ``open`` is a reference to the whole of it."""

    title: str
    period: str
    scores: Sequence["Score"]
    open: str = ""


@dataclass(frozen=True)
class Weekly:
    """The weekly message: when the next comes, None where none is wanted; when the last went."""

    next_at: datetime | None
    zone: ZoneInfo
    last_at: datetime | None = None


@dataclass(frozen=True)
class Duties:
    """What admins see to: how far people are linked, and lines of what was decided in Slack."""

    linked: int
    people: int
    missing: Sequence[str] = ()
    decided: Sequence[str] = ()


@dataclass(frozen=True)
class Home:
    """What somebody's Home tells; ``saved`` is what they have just done."""

    name: str
    role: str
    newest: date | None
    own: Figures | None
    team: Figures | None
    weekly: Weekly
    duties: Duties | None = None
    first: bool = False
    saved: str = ""


def home(told: Home) -> tuple[Block, ...]:
    """The blocks of a Home."""
    return (
        header(TITLE),
        *([section(mark("*{}*", told.saved))] if told.saved else ()),
        *([section(Markup(WELCOME))] if told.first else ()),
        section(_linked(told)),
        *_figures(told.own, "own"),
        *_figures(told.team, "team"),
        *_weekly(told.weekly),
        actions(
            button("Log a contact", LOG),
            button("Who looked at my figures", LOOKS),
            button("Help", HELP),
        ),
        *_duties(told.duties),
    )


def unlinked_home(why: str, *, first: bool = False, link: str = "") -> tuple[Block, ...]:
    """The Home of somebody whom the roster does not know; ``link`` is what to link them to."""
    buttons = [button("This is me: link me", LINK, style="primary")] if link else []
    return (
        header(TITLE),
        *([section(Markup(WELCOME))] if first else ()),
        section(why),
        actions(*buttons, button("Help", HELP)),
    )


def when(at: datetime, zone: ZoneInfo) -> Markup:
    """A moment as Slack shows it to each reader in their own zone, else in this one."""
    local = at.astimezone(zone)
    told = f"{local:%A} {local.day} {local:%B %H:%M}, {zone.key}"
    return Markup(f"<!date^{int(at.timestamp())}^{{date_long_pretty}} at {{time}}|{told}>")


def _linked(told: Home) -> Markup:
    role = {"agent": "an agent", "admin": "an admin"}.get(told.role, f"a {told.role}")
    newest = told.newest
    records = NO_RECORDS
    if newest is not None:
        records = f"The newest records are of {newest.day} {newest:%B %Y}."
    return mark("You are linked to *{}*, by the roster {}. {}", told.name, role, records)


def _figures(told: Figures | None, whose: str) -> Iterator[Block]:
    if told is None:
        return
    yield divider()
    more = button("Open scorecard", action_id(CARD, whose), told.open) if told.open else None
    if not told.scores:
        yield section(mark("*{}*\nNothing is known of {} yet.", told.title, told.period))
        return
    yield section(mark("*{}*\n{}. {}", told.title, told.period, COMPARED), more)
    yield fields(*map(_field, told.scores[:SECTION_FIELDS]))


def _field(one: "Score") -> Markup:
    said = figure_words(one.estimate, one.kpi), change_words(one)
    lines = (unbroken(line).replace(", n ", f", n{NO_BREAK}") for line in said)
    return joined((mark("*{}*", one.kpi.name), *lines))


def _weekly(told: Weekly) -> Iterator[Block]:
    yield divider()
    lines = [Markup("*Weekly message*"), Markup("You get none; the settings have it.")]
    if told.next_at is not None:
        lines[1] = mark("The next one comes {}.", when(told.next_at, told.zone))
    if told.last_at is not None:
        lines.append(mark("The last one came {}.", when(told.last_at, told.zone)))
    yield section(joined(lines), button("Settings", SETTINGS))


def _duties(told: Duties | None) -> Iterator[Block]:
    if told is None:
        return
    yield divider()
    missing = list(told.missing[:_FEW])
    more = len(told.missing) - len(missing)
    names = f" Not linked: {', '.join(missing)}{f' and {more} more' if more else ''}."
    yield section(
        mark(
            "*For admins*\n{} of {} people of the roster are linked to Slack.{}",
            *(told.linked, told.people, names if missing else ""),
        )
    )
    yield actions(
        button("Link people", LINKS),
        button("Targets", TARGETS),
        button("Working hours", HOURS),
        button("First day of the week", WEEK),
    )
    if told.decided:
        yield context(joined(told.decided))
