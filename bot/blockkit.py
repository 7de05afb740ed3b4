"""Builders of blocks for Slack: dictionaries as they are sent, within every limit.

A `str` is data and is escaped, `Markup` is not; texts that are too long are cut. What a program
gets wrong, such as too many fields, raises ValueError: that is no matter of data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks import limits
from bot.blocks.checking import check, check_reply, check_view
from bot.blocks.markup import (
    BLANK,
    Markup,
    clean,
    clip,
    code,
    escape,
    joined,
    mark,
    one_line,
    size,
)
from bot.replies import Block

__all__ = [
    "LineChart",
    "Markup",
    "actions",
    "button",
    "chart",
    "check",
    "check_reply",
    "check_view",
    "clip",
    "code",
    "confirm",
    "context",
    "divider",
    "escape",
    "fallback",
    "feedback",
    "fields",
    "header",
    "joined",
    "mark",
    "markup",
    "plain",
    "plain_feedback",
    "section",
    "sections",
    "table",
]
SIDES = {"l": "left", "c": "center", "r": "right"}


def plain(text: str, most: int = limits.TEXT) -> Block:
    """Text that Slack shows as it is, on one line."""
    return {"type": "plain_text", "text": clip(one_line(text), most)}


def markup(text: str, most: int = limits.TEXT) -> Block:
    """Text in Slack's markup; nothing in it becomes a link or a mention by itself."""
    return {"type": "mrkdwn", "text": str(clip(_told(text), most)), "verbatim": True}


def fallback(*lines: str) -> str:
    """The text of a message beside its blocks, of lines that say anything."""
    return str(clip(_told(joined(lines)), limits.MESSAGE_TEXT))


def header(text: str) -> Block:
    """A line in large letters."""
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph, with a button or the like beside it."""
    block: dict[str, Any] = {"type": "section", "text": markup(text)}
    return block if accessory is None else {**block, "accessory": accessory}


def sections(title: str, lines: Sequence[str]) -> list[Block]:
    """Lines under a title in bold: as many sections as they need, none cut in between lines."""
    told: list[Markup] = [mark("*{}*", title)]
    for line in map(escape, lines):
        longer = joined((told[-1], line))
        if size(longer) <= limits.TEXT:
            told[-1] = longer
        else:
            told.append(line)
    return [section(one) for one in told]


def fields(*texts: str) -> Block:
    """Short texts in two columns.

    Raises:
        ValueError: there are none, or more than ten.
    """
    _see_number("fields", texts, limits.SECTION_FIELDS)
    told = [markup(text, limits.FIELD_TEXT) for text in texts]
    return {"type": "section", "fields": told}


def context(*texts: str) -> Block:
    """What is said in small letters.

    Raises:
        ValueError: there are none, or more than ten.
    """
    _see_number("texts", texts, limits.CONTEXT_ELEMENTS)
    return {"type": "context", "elements": [markup(text) for text in texts]}


def divider() -> Block:
    """A line between blocks."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """Buttons in a row.

    Raises:
        ValueError: there are none, or more than 25.
    """
    _see_number("elements", elements, limits.ACTIONS)
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action: str, value: str = "", *, label: str = "", style: str = "") -> Block:
    """A button: `label` is what screen readers say, `style` may be primary or danger.

    Raises:
        ValueError: the action or the value is too long to be given back whole.
    """
    _see_length("action", action, limits.ACTION_ID)
    _see_length("value", value, limits.BUTTON_VALUE)
    more = {
        "value": value,
        "accessibility_label": clip(one_line(label), limits.ACCESSIBILITY_LABEL) if label else "",
        "style": style,
    }
    return {
        "type": "button",
        "text": plain(text, limits.BUTTON_TEXT),
        "action_id": action,
        **{name: told for name, told in more.items() if told},
    }


def confirm(title: str, text: str, yes: str) -> Block:
    """The question whether a person means it, as the `confirm` of a button."""
    return {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain("Cancel"),
    }


def feedback(action: str, value: str) -> Block:
    """Two thumbs, whose values begin with `good:` and `bad:`.

    Raises:
        ValueError: the action or the value is too long to be given back whole.
    """
    _see_length("action", action, limits.ACTION_ID)
    _see_length("value", f"good:{value}", limits.BUTTON_VALUE)
    thumbs = {
        "type": "feedback_buttons",
        "action_id": action,
        "positive_button": {
            "text": plain("Helpful"),
            "value": f"good:{value}",
            "accessibility_label": "This was helpful",
        },
        "negative_button": {
            "text": plain("Not helpful"),
            "value": f"bad:{value}",
            "accessibility_label": "This was not helpful",
        },
    }
    return {"type": "context_actions", "elements": [thumbs]}


def plain_feedback(action: str, value: str) -> list[Block]:
    """The same as two ordinary buttons, for where thumbs are not drawn.

    Raises:
        ValueError: the action or the value is too long to be given back whole.
    """
    return [
        button("Helpful", f"{action}:good", f"good:{value}"),
        button("Not helpful", f"{action}:bad", f"bad:{value}"),
    ]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> Block:
    """A table under its heads; `sides` says of each column l, c or r.

    Cells are cut alike where all of them are too much for one table.

    Raises:
        ValueError: it has no row or too many, or rows are not of one length.
    """
    whole = [heads, *rows]
    _see_number("rows", whole, limits.TABLE_ROWS)
    _see_number("columns", heads, limits.TABLE_COLUMNS)
    if {len(row) for row in whole} != {len(sides)}:
        raise ValueError("rows of different lengths")
    most = limits.TABLE_TEXT // (len(whole) * len(sides))
    return {
        "type": "table",
        "rows": [[_cell(cell, most) for cell in row] for row in whole],
        "column_settings": [{"align": SIDES[side], "is_wrapped": True} for side in sides],
    }


def _cell(text: str, most: int) -> Block:
    lines = [" ".join(line.split()) for line in clean(text).split("\n")]
    whole = "\n".join(line for line in lines if line)
    return {"type": "raw_text", "text": clip(whole or BLANK, most)}


@dataclass(frozen=True)
class LineChart:
    """Lines over the same categories: each has a name and one value at every category."""

    title: str
    categories: Sequence[str]
    lines: Mapping[str, Sequence[float]]
    x_label: str = ""
    y_label: str = ""


def chart(told: LineChart) -> Block:
    """A chart that Slack draws. The numbers in it are to stand in a text beside it too.

    Raises:
        ValueError: it has no line or category, too many, or two that are called the same.
    """
    categories = [clip(one_line(one), limits.CHART_LABEL) for one in told.categories]
    names = [clip(one_line(one), limits.CHART_LABEL) for one in told.lines]
    _see_number("categories", categories, limits.CATEGORIES)
    _see_number("lines", names, limits.SERIES)
    for some in (categories, names):
        if len(set(some)) < len(some):
            raise ValueError(f"two of {some} are called the same")
    series = [
        {
            "name": name,
            "data": [
                {"label": label, "value": value}
                for label, value in zip(categories, values, strict=True)
            ],
        }
        for name, values in zip(names, told.lines.values(), strict=True)
    ]
    labels = {"x_label": told.x_label, "y_label": told.y_label}
    written = {
        name: clip(one_line(text), limits.AXIS_LABEL) for name, text in labels.items() if text
    }
    return {
        "type": "data_visualization",
        "title": clip(one_line(told.title), limits.CHART_TITLE),
        "chart": {
            "type": "line",
            "series": series,
            "axis_config": {"categories": categories, **written},
        },
    }


def _told(text: str) -> Markup:
    told = escape(text)
    return told if told.strip() else Markup(BLANK)


def _see_number(what: str, some: Sequence[object], most: int) -> None:
    if not 1 <= len(some) <= most:
        raise ValueError(f"{len(some)} {what}, not 1 to {most}")


def _see_length(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise ValueError(f"{what} of {len(text)} characters, not at most {most}")
