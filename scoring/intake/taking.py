"""What every importer works with: a file being taken in, and a batch of its rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from scoring.columns import to_ms
from scoring.database import writing
from scoring.driver import run
from scoring.intake.cells import LONGEST
from scoring.intake.receipt import Receipt, Refusal, shown
from scoring.listening import Listening
from scoring.people import Directory
from scoring.workspace import Workspace, as_kept

Columns: TypeAlias = dict[str, list[Any]]

_BEGIN = (
    'INSERT INTO "import" (kind, file, source_id, at, added, corrected, known, refused)'
    " VALUES ({}, {}, {}, {}, {}, {}, {}, {}) RETURNING id"
)
_COUNT = 'UPDATE "import" SET added = {}, corrected = {}, known = {}, refused = {} WHERE id = {}'


@dataclass(frozen=True)
class Desk:
    """Where files are taken in: the database, the workspace, the clock.

    ``zone`` is the one that instants without an offset are local to; ``secret`` keys the hashes of
    customer ids; ``listening`` says what is done about texts.
    """

    engine: Engine
    workspace: Workspace
    now: datetime
    zone: ZoneInfo
    secret: bytes
    listening: Listening = field(default_factory=Listening)


@dataclass
class Taking:
    """One file being taken in: its receipt, its number, and the names it has met."""

    desk: Desk
    receipt: Receipt
    import_id: int
    source_id: int
    workspace: Workspace
    seen: dict[Any, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """Checked rows: values by column, the line and the form of each, and what was refused."""

    columns: Columns
    lines: list[int]
    raws: list[Any]
    refusals: list[Refusal] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries."""
        names = list(self.columns)
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))

    def refuse(self, reasons: Mapping[int, str], names: Sequence[Any]) -> None:
        """Leaves rows out, by position, with the reason of each; ``names`` are the rows' ids."""
        if not reasons:
            return
        for at in sorted(reasons):
            self.leave_out(self.lines[at], str(names[at] or ""), reasons[at], self.raws[at])
        keep = [at for at in range(len(self)) if at not in reasons]
        self.columns = {name: [cells[at] for at in keep] for name, cells in self.columns.items()}
        self.lines = [self.lines[at] for at in keep]
        self.raws = [self.raws[at] for at in keep]

    def leave_out(self, line: int, name: str, reason: str, raw: Any) -> None:
        """Notes that a row is refused, with its id as far as it can be told."""
        self.refusals.append(Refusal(line, shown(name.strip()[:LONGEST]), shown(reason)))
        self.refused.append(raw)


def begin(desk: Desk, receipt: Receipt) -> Taking:
    """Opens the books for one file."""
    with writing(desk.engine) as connection:
        workspace = as_kept(connection, desk.workspace)
        source_id = Directory(connection).source(receipt.source)
        row = (receipt.kind, receipt.file, source_id, to_ms(desk.now), *_counts(receipt))
        ((import_id,),) = run(connection, _BEGIN, *row)
    return Taking(desk, receipt, import_id, source_id, workspace)


def note(connection: Connection, taking: Taking) -> None:
    """Writes the counts so far into the books."""
    run(connection, _COUNT, *_counts(taking.receipt), taking.import_id)


def _counts(receipt: Receipt) -> tuple[int, ...]:
    return receipt.added, receipt.corrected, receipt.known, receipt.refused
