"""Who looked at a person's figures, as that person is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.blockkit import Markup, context, fallback, header, mark, section, sections
from bot.replies import Reply

if TYPE_CHECKING:
    from scoring.looks import Look

TITLE = "Who looked at your figures"
NOBODY = "Nobody but you looked at your figures in the last {} days."
SMALL = "Only looks in Slack are kept here: whoever runs the database can read it without one."
# More lines than these are no help; there are as many as blocks take.
MOST = 100


def looks(found: Sequence["Look"], days: int) -> Reply:
    """Who looked, newest first, over so many days."""
    if not found:
        return Reply(
            (header(TITLE), section(NOBODY.format(days)), context(SMALL)),
            fallback(NOBODY.format(days), SMALL),
        )
    lines = [_line(one) for one in found[:MOST]]
    left = f" {len(found) - MOST} older lines are left out." if len(found) > MOST else ""
    small = f"In the last {days} days.{left} {SMALL}"
    blocks = (header(TITLE), *sections("Newest first", lines), context(small))
    return Reply(blocks, fallback(TITLE, *lines, small))


def _line(one: "Look") -> str:
    times = "" if one.times == 1 else f", {one.times} times"
    day = f"{one.day.day} {one.day:%b %Y}"
    return mark("{}: *{}*, {}{}", day, one.viewer, _where(one.what), times)


def _where(what: str) -> Markup:
    """In what they looked: a command, the weekly message, or a tool of a model's."""
    if what == "digest":
        return Markup("in the weekly message")
    kind, _, name = what.partition(" ")
    return mark("by the tool `{}`", name) if kind == "tool" else mark("in `/{}`", what)
