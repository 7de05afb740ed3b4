"""Takes in a plain file, chunk by chunk: rows to checked columns, columns to the store."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import Connection

from scoring.database import writing
from scoring.errors import IntakeError
from scoring.intake.cells import Instants, Parse, Refused, parse_column
from scoring.intake.columns import KINDS, Kind, see_columns, unknown
from scoring.intake.files import MOST_CHARACTERS, Lines, Row, Table, open_lines, open_table
from scoring.intake.interactions import keep_interactions
from scoring.intake.outside import keep_figures, keep_roster, keep_shifts
from scoring.intake.receipt import Receipt, Rejects
from scoring.intake.taking import Batch, Desk, Taking, begin, note
from scoring.intake.transcripts import keep_transcripts, name_in, read_said
from scoring.store import Kept

Keeper: TypeAlias = Callable[[Connection, Taking, Batch], Kept]
Watch: TypeAlias = Callable[[int], None]

CHUNK = 10_000
# Transcripts are long: fewer are held at a time.
FEW = 500
TWICE = "the clocks went back over the instant: the earlier one is taken"

_KEEPERS: MappingProxyType[str, Keeper] = MappingProxyType(
    {
        "interactions": keep_interactions,
        "roster": keep_roster,
        "shifts": keep_shifts,
        "figures": keep_figures,
        "transcripts": keep_transcripts,
    }
)
KIND_NAMES = tuple(_KEEPERS)


def take_in(
    desk: Desk, kind: str, path: Path, receipt: Receipt, watch: Watch = lambda _: None
) -> Receipt:
    """Takes in one file and fills in its receipt; refused rows go to ``receipt.rejects``.

    Args:
        desk: where to.
        kind: one of KIND_NAMES.
        path: the file.
        receipt: an empty receipt, with the path that refused rows are to be written to.
        watch: told how many bytes of the file have been read, now and then.

    Raises:
        IntakeError: the file cannot be taken in at all; nothing was.
        DatabaseError: the database refuses; whole chunks may be in.
    """
    with open_lines(path) as lines:
        if kind == "transcripts":
            batches: Iterator[Batch] = _transcripts(lines, desk)
            header: Sequence[str] | None = None
        else:
            table, parsers = _open(lines, path, KINDS[kind], desk)
            header = table.header
            batches = _batches(table, KINDS[kind], parsers)
        rejects = Rejects(Path(receipt.rejects or f"{path.name}.rejects"), header)
        taking = begin(desk, receipt)
        try:
            for batch in batches:
                _take(taking, kind, batch, rejects)
                watch(lines.position())
        finally:
            rejects.close()
            receipt.rejects = str(rejects.path) if rejects.made else None
        receipt.broken = lines.broken
    return receipt


def take_row(desk: Desk, kind: str, cells: Mapping[str, str], receipt: Receipt) -> Receipt:
    """Takes in one row that stands in no file, by the names of its columns; fills in its receipt.

    Raises:
        DatabaseError: the database refuses; nothing was taken in.
    """
    instants = Instants(desk.zone, desk.now)
    known = KINDS[kind].columns(instants)
    parsers = {name: (known[name], None) for name in cells}
    row = Row(1, list(cells.values()), ",".join(cells.values()))
    _take(begin(desk, receipt), kind, _batch([row], KINDS[kind], parsers))
    return receipt


def take_said(desk: Desk, line: str, receipt: Receipt) -> Receipt:
    """Takes in one transcript that stands in no file, as a line of such a file would have it.

    Raises:
        ValueError: why the line is no transcript, in words.
        DatabaseError: the database refuses; nothing was taken in.
    """
    said = read_said(line, Instants(desk.zone, desk.now))
    columns: dict[str, list[Any]] = {
        "interaction_id": [said.interaction_id],
        "messages": [said.messages],
        "customer": [said.customer],
    }
    _take(begin(desk, receipt), "transcripts", Batch(columns, [1], [line]))
    return receipt


def _take(taking: Taking, kind: str, batch: Batch, rejects: Rejects | None = None) -> None:
    receipt = taking.receipt
    with writing(taking.desk.engine) as connection:
        kept = _KEEPERS[kind](connection, taking, batch)
        clash = "the same id came earlier in this file with other values"
        key = KINDS[kind].key if kind in KINDS else "interaction_id"
        batch.refuse(dict.fromkeys(kept.clashes, clash), batch.columns[key])
        receipt.added += kept.added
        receipt.corrected += kept.corrected
        receipt.known += kept.known
        receipt.refuse(batch.refusals)
        receipt.notes += batch.notes
        note(connection, taking)
    if rejects is not None:
        rejects.write(batch.refusals, batch.refused)


def _open(
    lines: Lines, path: Path, kind: Kind, desk: Desk
) -> tuple[Table, dict[str, tuple[Parse, Instants | None]]]:
    instants = Instants(desk.zone, desk.now)
    known = kind.columns(instants)
    table = open_table(lines, path, tuple(known), lambda name: unknown(name, tuple(known)))
    names = (
        list(known)
        if table.header is None
        else see_columns(path, table.header, kind, tuple(known))
    )
    twice = {
        name: instants if parse in (instants, instants.due) else None
        for name, parse in known.items()
    }
    return table, {name: (known[name], twice[name]) for name in names}


def _batches(
    table: Table, kind: Kind, parsers: Mapping[str, tuple[Parse, Instants | None]]
) -> Iterator[Batch]:
    for rows in table.chunks(CHUNK):
        yield _batch(rows, kind, parsers)


def _batch(
    rows: Sequence[Row], kind: Kind, parsers: Mapping[str, tuple[Parse, Instants | None]]
) -> Batch:
    """The values of a chunk of rows; a row with a cell that cannot be is refused."""
    sound = [row for row in rows if row.fault is None]
    cells = list(zip(*(row.cells for row in sound), strict=True)) or [()] * len(parsers)
    columns: dict[str, list[Any]] = {
        name: parse_column(cells[at], parse)
        for at, (name, (parse, _)) in enumerate(parsers.items())
    }
    batch = Batch(columns, [row.line for row in sound], [row.raw for row in sound])
    batch.notes += _twice(cells, parsers)
    key = list(parsers).index(kind.key)
    for row in rows:
        if row.fault is not None:
            batch.leave_out(row.line, "".join(row.cells[key : key + 1]), row.fault, row.raw)
    batch.refuse(_unreadable(columns, kind.required), cells[key])
    for name in _missing(kind, columns):
        batch.columns[name] = [None] * len(batch)
    return batch


def _twice(
    cells: Sequence[Sequence[str]], parsers: Mapping[str, tuple[Parse, Instants | None]]
) -> Counter[str]:
    """How many instants a clock change made ambiguous, in words."""
    count = sum(
        cell.strip() in instants.twice
        for column, (_, instants) in zip(cells, parsers.values(), strict=True)
        if instants is not None and instants.twice
        for cell in column
    )
    return Counter({TWICE: count} if count else {})


def _missing(kind: Kind, columns: Mapping[str, object]) -> list[str]:
    if kind.name != "interactions":
        return []
    return [name for name in kind.names if name not in columns]


def _unreadable(columns: Mapping[str, Sequence[Any]], required: Sequence[str]) -> dict[int, str]:
    """Why rows cannot be read, by position; of several reasons, that of the first column."""
    wrong: dict[int, str] = {}
    for name, values in columns.items():
        if Refused in set(map(type, values)) or (name in required and None in values):
            for at, reason in _faults(name, values, required):
                wrong.setdefault(at, reason)
    return wrong


def _faults(
    name: str, values: Sequence[Any], required: Sequence[str]
) -> Iterator[tuple[int, str]]:
    for at, value in enumerate(values):
        if type(value) is Refused:
            yield at, f"{name}: {value}"
        elif value is None and name in required:
            yield at, f"{name} is missing"


def _transcripts(lines: Lines, desk: Desk) -> Iterator[Batch]:
    instants = Instants(desk.zone, desk.now)
    batch = _nothing_said()
    begun = 0
    for line in lines:
        _add_said(batch, lines, line, instants)
        if len(batch) + len(batch.refused) >= FEW or lines.characters > begun + MOST_CHARACTERS:
            yield batch
            batch = _nothing_said()
            begun = lines.characters
    yield batch


def _nothing_said() -> Batch:
    return Batch({"interaction_id": [], "messages": [], "customer": []}, [], [])


def _add_said(batch: Batch, lines: Lines, line: str, instants: Instants) -> None:
    fault = lines.take_fault()
    if fault is None:
        if not line.strip():
            return
        try:
            said = read_said(line, instants)
        except ValueError as error:
            fault = str(error)
    if fault is not None:
        batch.leave_out(lines.count, name_in(line), fault, line)
        return
    batch.notes += Counter({TWICE: said.twice})
    batch.columns["interaction_id"].append(said.interaction_id)
    batch.columns["messages"].append(said.messages)
    batch.columns["customer"].append(said.customer)
    batch.lines.append(lines.count)
    batch.raws.append(line)


def see_kind(said: str) -> str:
    """The kind of file that is meant.

    Raises:
        IntakeError: there is no such kind.
    """
    if said not in _KEEPERS:
        raise IntakeError(
            f"There is no kind of file called “{said}”. Name one of: {', '.join(_KEEPERS)}."
        )
    return said
