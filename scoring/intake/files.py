"""The rows of a plain file: CSV or JSON Lines, gzipped or not, however long, whatever is in it.

Nothing but one line and one chunk of rows is ever held in memory.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

from scoring.errors import IntakeError

Raw: TypeAlias = list[str] | str

LONGEST_LINE = 16 * 1024 * 1024
# A chunk of rows ends here, however few they are.
MOST_CHARACTERS = 32 * 1024 * 1024
_GZIPPED = b"\x1f\x8b"
_BAD = re.compile("[\0\ud800-\udfff]")
_MAGIC = (
    (b"PK\x03\x04", "is an Excel workbook or another archive", "Save it as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", "Save it as CSV (UTF-8)"),
    (b"%PDF", "is a PDF", "Export the table as CSV"),
    (b"\xff\xfe", "is UTF-16 text", "Save it as UTF-8"),
    (b"\xfe\xff", "is UTF-16 text", "Save it as UTF-8"),
    (b"SQLite format 3\0", "is a SQLite database", "Export its table as CSV"),
    (b"PAR1", "is a Parquet file", "Export it as CSV or JSON Lines"),
)
_START = max(len(magic) for magic, _, _ in _MAGIC)


@dataclass
class Lines:
    """The lines of an open text, with their count and that of their characters.

    ``fault`` says what is wrong with the lines since it was last taken.
    """

    text: IO[str]
    raw: IO[bytes]
    count: int = 0
    characters: int = 0
    fault: str | None = None
    broken: str | None = None
    _again: deque[str] = field(default_factory=deque)

    def __iter__(self) -> Iterator[str]:
        """Line after line, ends included; where the file breaks off, ``broken`` says why."""
        try:
            while line := self._next():
                self.count += 1
                self.characters += len(line)
                if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                    line = self._skip()
                elif not line.isascii() or "\0" in line:
                    self.fault = self.fault or unkeepable(line)
                yield line
        except EOFError:
            self.broken = "the compressed file ends in the middle; it was cut off on its way here"
        except (gzip.BadGzipFile, zlib.error):
            self.broken = "the compressed file is damaged"
        except OSError as error:
            self.broken = f"the file could not be read further ({error.strerror or error})"

    def position(self) -> int:
        """How many bytes of the file have been read; 0 for a pipe, which does not tell."""
        return self.raw.tell() if self.raw.seekable() else 0

    def take_fault(self) -> str | None:
        """What was wrong with the lines since this was last asked."""
        fault, self.fault = self.fault, None
        return fault

    def give_back(self, some: Sequence[str]) -> None:
        """Puts the lines read last back, for whoever begins to read anew."""
        self._again.extendleft(reversed(some))
        self.count -= len(some)

    def _next(self) -> str:
        return self._again.popleft() if self._again else self.text.readline(LONGEST_LINE)

    def _skip(self) -> str:
        self.fault = f"is longer than {LONGEST_LINE:,} characters"
        while (rest := self.text.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
            pass
        return "\n"


def unkeepable(said: str) -> str | None:
    """Why a text cannot be kept in every database; None where it can."""
    bad = _BAD.search(said)
    if bad is None:
        return None
    return "holds a NUL character" if bad.group() == "\0" else "holds bytes that are not UTF-8"


@contextmanager
def open_lines(path: Path) -> Iterator[Lines]:
    """The lines of a file.

    Raises:
        IntakeError: there is no such file, it is a folder, empty, or of a kind without rows.
    """
    try:
        raw = path.open("rb")
        start = _start(raw)
    except IsADirectoryError as error:
        raise IntakeError(f"{path} is a folder. Name the files in it.") from error
    except OSError as error:
        raise IntakeError(
            f"{path} cannot be opened: {error.strerror}. See that it is there."
        ) from error
    with raw:
        _sniff(path, start)
        yield lines_of(raw)


def lines_of(raw: io.BufferedReader) -> Lines:
    """The lines of an open file or pipe, gzipped or not; there may be none."""
    packed = raw.peek(_START).startswith(_GZIPPED)
    stream = gzip.GzipFile(fileobj=raw) if packed else raw
    return Lines(io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline=""), raw)


def _start(raw: io.BufferedReader) -> bytes:
    """The first bytes, which stay to be read; a pipe could not be read twice."""
    try:
        return raw.peek(_START)
    except OSError:
        raw.close()
        raise


def _sniff(path: Path, start: bytes) -> None:
    if not start:
        raise IntakeError(f"{path} is empty. Nothing was taken in.")
    for magic, what, remedy in _MAGIC:
        if start.startswith(magic):
            raise IntakeError(f"{path} {what}. {remedy}.")


class Row(NamedTuple):
    """One row: the line it begins on, its cells in the order of the header, and its own form."""

    line: int
    cells: Sequence[str]
    raw: Raw
    fault: str | None = None


@dataclass
class Table:
    """A file's rows; ``header`` is None for JSON Lines, whose rows name their own cells."""

    lines: Lines
    header: list[str] | None
    _rows: Iterator[Row]

    def chunks(self, size: int) -> Iterator[list[Row]]:
        """Rows, ``size`` at a time, or fewer where they are long."""
        while chunk := list(self._some(size)):
            yield chunk

    def _some(self, size: int) -> Iterator[Row]:
        most = self.lines.characters + MOST_CHARACTERS
        for row in islice(self._rows, size):
            yield row
            if self.lines.characters > most:
                return


def open_table(
    lines: Lines, path: Path, names: Sequence[str], unknown: Callable[[str], str]
) -> Table:
    """The rows of a CSV or JSON Lines file.

    Args:
        lines: the lines of the file, none of them read.
        path: the file, for errors.
        names: the columns of a JSON row's cells.
        unknown: says in words that a JSON row's name is none of them.

    Raises:
        IntakeError: there is no header, or its cells are not divided by commas.
    """
    first = next((line for line in lines if line.strip() or lines.fault), "")
    if lines.fault and not first.lstrip().startswith("{"):
        raise IntakeError(f"The first line of {path} {lines.fault}. Save it as UTF-8 text.")
    if lines.broken:
        raise IntakeError(f"{path}: {lines.broken}. Nothing was taken in.")
    if not first:
        raise IntakeError(f"{path} holds nothing but blank lines. Nothing was taken in.")
    if first.lstrip().startswith("["):
        raise IntakeError(f"{path} is one JSON list. Write one object a line (JSON Lines).")
    lines.give_back([first])
    if first.lstrip().startswith("{"):
        return Table(lines, None, _json_rows(lines, names, unknown))
    held: list[str] = []
    reader = _reader(lines, held)
    header = [cell.strip() for cell in _header(reader, path)]
    _see_commas(header, path)
    return Table(lines, header, _csv_rows(lines, reader, held, len(header)))


def _reader(lines: Lines, held: list[str]) -> Iterator[list[str]]:
    """The cells of row after row; every line that is read is put into ``held`` as well."""

    def holding() -> Iterator[str]:
        for line in lines:
            held.append(line)
            yield line

    return csv.reader(holding(), strict=True)


def _header(reader: Iterator[list[str]], path: Path) -> list[str]:
    try:
        return next(reader)
    except (csv.Error, StopIteration) as error:
        raise IntakeError(
            f"The first line of {path} is no header: {error}. Nothing was taken in."
        ) from error


def _see_commas(header: Sequence[str], path: Path) -> None:
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and mark in header[0]:
            raise IntakeError(f"The cells of {path} are divided by {name}. Save it with commas.")


def _csv_rows(
    lines: Lines, reader: Iterator[list[str]], held: list[str], width: int
) -> Iterator[Row]:
    while True:
        held.clear()
        begun = lines.count + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.broken:
                return
            lines.take_fault()
            yield Row(begun, [], held[0], f"cannot be read as CSV ({error})")
            # Most likely a quote that is not closed: what it has swallowed are rows again.
            lines.give_back(held[1:])
            reader = _reader(lines, held)
            continue
        fault = lines.take_fault()
        if fault is None and not any(cells):
            continue
        if fault is None and len(cells) != width:
            fault = f"has {len(cells)} cells where the header has {width}"
        yield Row(begun, cells, cells if fault is None else "".join(held), fault)


def _json_rows(lines: Lines, names: Sequence[str], unknown: Callable[[str], str]) -> Iterator[Row]:
    for line in lines:
        if fault := lines.take_fault():
            yield Row(lines.count, [], line, fault)
        elif line.strip():
            yield _json_row(lines.count, line, names, unknown)


def _json_row(line: int, raw: str, names: Sequence[str], unknown: Callable[[str], str]) -> Row:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return Row(line, [], raw, "is no JSON")
    if not isinstance(said, dict):
        return Row(line, [], raw, "is no JSON object")
    cells = [_cell(said.get(name)) for name in names]
    strange = [name for name in said if name not in names]
    if strange:
        return Row(line, cells, raw, unknown(strange[0]))
    nested = [name for name, value in said.items() if isinstance(value, list | dict)]
    if nested:
        return Row(line, cells, raw, f"holds a list or an object as {nested[0]}")
    # Only an escape can bring in what the line itself does not hold.
    return Row(line, cells, raw, unkeepable("".join(cells)) if "\\u" in raw else None)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
