"""Menus to choose one thing from, as they are sent to Slack, within its limits."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blockkit import plain
from bot.blocks import limits
from bot.blocks.markup import size
from bot.replies import Block


@dataclass(frozen=True)
class Menu:
    """A menu: what it is for, the id of its action, and what stands in it with its values."""

    title: str
    action: str
    options: Sequence[tuple[str, str]]


def drawn(menu: Menu) -> Block | None:
    """The menu; None where nothing is left to choose.

    What has a value that Slack would not give back whole is left out, and so is what comes after
    the hundredth.
    """
    told = [
        {"text": plain(text, limits.OPTION_TEXT), "value": value}
        for text, value in menu.options
        if size(value) <= limits.OPTION_VALUE
    ]
    if not told:
        return None
    return {
        "type": "static_select",
        "action_id": menu.action,
        "placeholder": plain(menu.title, limits.PLACEHOLDER),
        "options": told[: limits.OPTIONS],
    }
