"""How results are put on a terminal: tables a person likes to read, or one JSON object a line."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# A pipe has no width of its own; COLUMNS gives it another.
PIPE_WIDTH = 160
LONGEST_LINE = 100
# Between two columns: the padding of one, and the table's own divider.
GAP = 2


def console() -> "Console":
    """The terminal, as wide as it is."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(width=width, highlight=False)


def print_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, and nothing else."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")


def print_table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], sides: str = "lr"
) -> None:
    """A table, in parts one below the other where its columns do not fit side by side.

    ``sides`` has a letter for each column, the last one for all that follow: ``l`` is text, set to
    the left and wrapped between words; ``r`` is figures, set to the right and never wrapped.
    """
    from rich.text import Text

    cells = [tuple(row) for row in rows]
    sides = sides.ljust(len(header), sides[-1])
    paper = console()
    if title:
        paper.print(Text(title, style="bold"))
    for part in _parts(_narrowest(header, cells, sides), paper.width):
        some = [[row[at] for at in part] for row in cells]
        of_part = "".join(sides[at] for at in part)
        paper.print(_table([header[at] for at in part], some, of_part, paper.width), "")


def fits(header: Sequence[str], rows: Iterable[Sequence[str]], sides: str = "lr") -> bool:
    """Whether a table's columns fit side by side."""
    cells = [tuple(row) for row in rows]
    widths = _narrowest(header, cells, sides.ljust(len(header), sides[-1]))
    return len(list(_parts(widths, console().width))) == 1


def _narrowest(header: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> list[int]:
    """How wide each column is at least: its longest word or, for figures, its longest line."""
    return [
        max(
            [_longest(name, None)]
            + [_longest(row[at], "\n" if side == "r" else None) for row in rows]
        )
        for at, (name, side) in enumerate(zip(header, sides, strict=True))
    ]


def _longest(said: str, end: str | None) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, said.split(end)), default=0)


def _parts(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Which columns stand side by side; the first one stands in every part."""
    part, used = [0], widths[0]
    for at in range(1, len(widths)):
        if len(part) > 1 and used + GAP + widths[at] > room:
            yield part
            part, used = [0], widths[0]
        part.append(at)
        used += GAP + widths[at]
    yield part


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], sides: str, room: int) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, side, width in zip(header, sides, _shared(header, rows, sides, room), strict=True):
        table.add_column(Text(name), justify="right" if side == "r" else "left", width=width)
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _shared(
    header: Sequence[str], rows: Sequence[Sequence[str]], sides: str, room: int
) -> list[int]:
    """The columns' widths: texts as wide as they are, as far as there is room."""
    widths = _narrowest(header, rows, sides)
    left = room - sum(widths) - GAP * (len(widths) - 1)
    texts = [at for at, side in enumerate(sides) if side == "l"]
    wanted = {
        at: max(_longest(cell, "\n") for cell in (header[at], *(row[at] for row in rows)))
        for at in texts
    }
    while left > 0 and (short := [at for at in texts if widths[at] < wanted[at]]):
        widths[min(short, key=widths.__getitem__)] += 1
        left -= 1
    return widths


def _cell(said: str) -> "Text":
    """A cell whose first line is what it says; the lines below step back."""
    from rich.text import Text

    first, newline, rest = said.partition("\n")
    return Text.assemble(first, (newline + rest, "dim"))


def wrapped(text: str) -> str:
    """A text in lines of the terminal's width, 100 characters at most."""
    width = min(shutil.get_terminal_size((LONGEST_LINE, 0)).columns, LONGEST_LINE)
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def say(*lines: str) -> None:
    """Plain lines on standard output."""
    for line in lines:
        sys.stdout.write(line + "\n")


def warn(*lines: str) -> None:
    """Plain lines on standard error."""
    for line in lines:
        sys.stderr.write(line + "\n")
