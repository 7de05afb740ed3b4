"""Text in Slack's markup, in which nothing that came as data can do anything but be read.

What a person or a record says is `str`; what this program wrote in Slack's markup is `Markup`.
Builders of blocks escape the one and leave the other, so nothing is escaped twice or forgotten.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

# Told before a cut: something was left out.
CUT = "\N{HORIZONTAL ELLIPSIS}"
BLANK = "\N{EN DASH}"
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
# Control characters, and those that turn the direction of what follows them around.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\r\n?|[\u2028\u2029\x85]")
# What must not be cut in two: an entity, what stands in angle brackets, a letter and its accents.
_PIECE = re.compile("&(?:amp|lt|gt);|<[^<>]*>|.[\u0300-\u036f\u200d\ufe0f]*", re.DOTALL)


class Markup(str):
    """Text in Slack's markup: `& < >` of data are escaped in it."""

    __slots__ = ()


_Text = TypeVar("_Text", str, Markup)


def size(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text without what cannot be sent or seen; its lines end in a plain line feed."""
    whole = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _BREAK.sub("\n", text))
    return _UNSEEN.sub("", whole.replace("\t", " "))


def one_line(text: str) -> str:
    """The text in one line; a dash where nothing is left of it."""
    return " ".join(clean(text).split()) or BLANK


def escape(text: str) -> Markup:
    """The text as data: no mention, no link and no call to a channel is left in it.

    Markup stays as it is.
    """
    if isinstance(text, Markup):
        return text
    text = clean(text)
    for letter, entity in _ENTITIES:
        text = text.replace(letter, entity)
    return Markup(text)


def mark(pattern: str, *parts: object) -> Markup:
    """A pattern as `str.format` has it, in markup, filled with parts that are escaped."""
    return Markup(
        pattern.format(*(escape(part if isinstance(part, str) else str(part)) for part in parts))
    )


def code(text: str) -> Markup:
    """Words that are to be typed or quoted as they are."""
    return mark("`{}`", one_line(text).replace("`", "'"))


def joined(parts: Iterable[str], between: str = "\n") -> Markup:
    """The parts that say anything, escaped, with markup between them."""
    return Markup(between.join(escape(part) for part in parts if part))


def clip(text: _Text, most: int) -> _Text:
    """At most so many UTF-16 units of the text, with an ellipsis where it was cut.

    Neither an entity nor what stands in angle brackets is cut in two in markup.
    """
    if size(text) <= most:
        return text
    whole = isinstance(text, Markup)
    pieces = (found[0] for found in _PIECE.finditer(text)) if whole else iter(text)
    kept, left = [], most - size(CUT)
    for piece in pieces:
        left -= size(piece)
        if left < 0:
            break
        kept.append(piece)
    return type(text)("".join(kept).rstrip() + CUT)
