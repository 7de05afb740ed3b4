"""What became of a file: how many rows were added, corrected, known or refused, and why."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scoring.errors import IntakeError

SHOWN = 20
_UNSHOWABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def shown(said: str) -> str:
    """A text from outside as part of one line, which any terminal and any file can take."""
    return _UNSHOWABLE.sub("�", said)


@dataclass(frozen=True)
class Refusal:
    """A row left out: the line it begins on, its id where it has one, and the reason."""

    line: int
    name: str
    reason: str


@dataclass
class Receipt:
    """What became of one file's rows; ``refusals`` are the first few."""

    file: str
    kind: str
    source: str
    added: int = 0
    corrected: int = 0
    known: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    rejects: str | None = None
    broken: str | None = None

    @property
    def whole(self) -> bool:
        """Whether every row of the file is in."""
        return not self.refused and self.broken is None

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Counts refused rows and remembers the first of them."""
        for one in refusals:
            self.refused += 1
            if len(self.refusals) < SHOWN:
                self.refusals.append(one)

    def lines(self) -> list[str]:
        """The receipt for people."""
        told = (
            f"{self.file}: {self.added:,} added, {self.corrected:,} corrected,"
            f" {self.known:,} already known, {self.refused:,} refused."
        )
        notes = [f"  Note: {text} ({times:,})." for text, times in sorted(self.notes.items())]
        lines = [told, *notes]
        lines += [
            f"  Line {one.line}{f', {one.name}' if one.name else ''}: {one.reason}."
            for one in self.refusals
        ]
        if self.refused > len(self.refusals):
            lines.append(f"  … and {self.refused - len(self.refusals):,} more.")
        if self.rejects:
            place = shown(self.rejects)
            lines.append(f"  Refused rows are in {place}, their reasons in {place}.reasons.")
            lines.append("  Mend them there and take that file in.")
        return lines

    def as_json(self) -> dict[str, object]:
        """The receipt as one JSON object."""
        return {
            "file": self.file,
            "kind": self.kind,
            "source": self.source,
            "added": self.added,
            "corrected": self.corrected,
            "known": self.known,
            "refused": self.refused,
            "refusals": [
                {"line": one.line, "id": one.name or None, "reason": one.reason}
                for one in self.refusals
            ],
            "notes": dict(self.notes),
            "rejects": self.rejects and shown(self.rejects),
            "broken": self.broken,
        }


@dataclass
class Rejects:
    """The file that refused rows are written to, in their own form; made with the first of them.

    Beside it stands FILE.reasons, which says line, id and reason of every one.
    """

    path: Path
    header: Sequence[str] | None
    _rows: IO[str] | None = None
    _reasons: IO[str] | None = None

    def write(self, refusals: Sequence[Refusal], rows: Sequence[Sequence[str] | str]) -> None:
        """Adds rows: cells of a CSV file, or whole lines.

        Raises:
            IntakeError: the file cannot be written.
        """
        if not refusals:
            return
        with self._told():
            self._write(refusals, rows)

    def _write(self, refusals: Sequence[Refusal], rows: Sequence[Sequence[str] | str]) -> None:
        if self._rows is None or self._reasons is None:
            self._rows = self._open(self.path)
            self._reasons = self._open(self.path.with_name(self.path.name + ".reasons"))
            if self.header is not None:
                csv.writer(self._rows, lineterminator="\n").writerow(self.header)
        for row in rows:
            if isinstance(row, str):
                self._rows.write(row.rstrip("\r\n") + "\n")
            else:
                csv.writer(self._rows, lineterminator="\n").writerow(row)
        for one in refusals:
            self._reasons.write(f"line {one.line}\t{one.name}\t{one.reason}\n")

    def close(self) -> None:
        """Closes both files, if they were made.

        Raises:
            IntakeError: the file cannot be written.
        """
        with self._told(), ExitStack() as both:
            for file in (self._rows, self._reasons):
                if file is not None:
                    both.callback(file.close)

    @property
    def made(self) -> bool:
        """Whether anything was written."""
        return self._rows is not None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IntakeError(
                f"The refused rows cannot be written to {self.path}: {error.strerror or error}."
                " Put that right or name another file, and take the same file in again."
            ) from error

    @staticmethod
    def _open(path: Path) -> IO[str]:
        return path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
