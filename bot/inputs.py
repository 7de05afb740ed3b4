"""Builders of what a person fills in: the inputs of a form, each known by the id of its block.

Ids are given back with what stands in an input; a form that is wrong names them.
"""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from bot.blockkit import plain
from bot.blocks import limits
from bot.replies import Block


def asking(
    name: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    """An input under its label; `name` is the id of its block, and of what is in it."""
    block: dict[str, Any] = {
        "type": "input",
        "block_id": name,
        "label": plain(label, limits.INPUT_LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": plain(hint, limits.INPUT_HINT)} if hint else block


def one_of(options: Mapping[str, str], chosen: str = "", *, seen: bool = True) -> Block:
    """One of several, told by value: all of them seen, or in a menu.

    Raises:
        ValueError: there are none, or more than may be chosen from.
    """
    kind = "radio_buttons" if seen else "static_select"
    return {"type": kind, **_options(options, {chosen}, "initial_option", seen=seen)}


def any_of(options: Mapping[str, str], chosen: Collection[str] = ()) -> Block:
    """Any of several, told by value.

    Raises:
        ValueError: there are none, or more than may be chosen from.
    """
    return {"type": "checkboxes", **_options(options, chosen, "initial_options", seen=True)}


def day(chosen: date | None = None) -> Block:
    """A day."""
    return _with({"type": "datepicker"}, "initial_date", chosen and chosen.isoformat())


def hour(chosen: time | None = None) -> Block:
    """A time on the clock."""
    return _with({"type": "timepicker"}, "initial_time", chosen and f"{chosen:%H:%M}")


def words(chosen: str = "", *, long: bool = False, most: int = 0) -> Block:
    """Words, on one line or on several; `most` is how many characters, 0 for what Slack allows."""
    element = {"type": "plain_text_input", "multiline": long}
    element["max_length"] = most or limits.INPUT_TEXT
    return _with(element, "initial_value", chosen)


def person(chosen: str = "") -> Block:
    """A person of the workspace, by Slack user."""
    return _with({"type": "users_select"}, "initial_user", chosen)


def _with(element: Mapping[str, Any], name: str, value: object) -> Block:
    return {**element, name: value} if value else element


def _options(
    options: Mapping[str, str], chosen: Collection[str], initial: str, *, seen: bool
) -> dict[str, Any]:
    most = limits.CHOICES if seen else limits.OPTIONS
    if not 1 <= len(options) <= most:
        raise ValueError(f"{len(options)} options, not 1 to {most}")
    told = {
        value: {"text": plain(text, limits.OPTION_TEXT), "value": value}
        for value, text in options.items()
    }
    first = [one for value, one in told.items() if value in chosen]
    found: dict[str, Any] = {"options": list(told.values())}
    if first:
        found[initial] = first if initial == "initial_options" else first[0]
    return found
