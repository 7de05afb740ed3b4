"""Lines of text for models: what came as data stays in its line, and holds nothing unseen."""

from collections.abc import Iterable


def in_lines(lines: Iterable[str]) -> str:
    """The lines as a text, of which none is broken or hidden by what stands in it."""
    return "\n".join(map(plain, lines))


def plain(text: str) -> str:
    """A text with a blank for whatever cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
