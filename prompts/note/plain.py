"""A note as plain text: for a terminal, an e-mail, or where a surface can show nothing richer."""

import re
import textwrap
from collections.abc import Iterator

from prompts.note.figures import capital, counted, day_words
from prompts.note.shape import Note, Section

WIDTH = 100
NO_BREAK = "\N{NO-BREAK SPACE}"
UNIT = re.compile(r"(?<=\d) (?=(?:%|s|min|h|points|contacts?)(?!\w))|(?<=min) (?=\d)")


def plain_text(note: Note, width: int = WIDTH) -> str:
    """The whole note, in lines of at most ``width`` characters where words allow it."""
    blocks = [_filled(heading(note), width), _filled(note.verdict, width)]
    blocks += ["\n".join(_section(section, width)) for section in note.sections]
    return "\n\n".join(blocks) + "\n"


def heading(note: Note) -> str:
    """Which week it is about, and of how many contacts."""
    handled = counted(note.contacts, "contact") if note.contacts else "no contacts"
    week = f"week of {day_words(note.week)} {note.week.year}, {handled}"
    return f"{note.about}: {week}" if note.reader == "manager" else capital(week)


def _section(section: Section, width: int) -> Iterator[str]:
    yield section.title
    if len(section.lines) == 1:
        yield _filled(section.text, width, "  ", "  ")
        return
    for line in section.written:
        yield _filled(line, width, "  - ", "    ")


def _filled(text: str, width: int, first: str = "", later: str = "") -> str:
    # A figure and its unit stay in one line.
    whole = UNIT.sub(NO_BREAK, text)
    filled = textwrap.fill(
        whole,
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace(NO_BREAK, " ")
