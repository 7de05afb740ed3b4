"""How fast records are taken in, everything derived, beside a bare Core upsert of the same rows.

    python -m bench.taking_in DIR --rows 200000
    python -m bench.taking_in DIR --database DIR/evenkeel.db

DIR holds what bench.generate wrote: interactions.csv and, where made, corrections.csv, late.csv.
The first form takes rows into a new SQLite file; the second corrects and adds rows in a database
that holds them all already (no copy is made: what is added stays).
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, Table
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel

from bench.measure import Timing, machine, milliseconds, own_peak_bytes, spent, table
from scoring.columns import table_of
from scoring.database import connect, prepare, writing
from scoring.intake import interactions
from scoring.intake.plain import take_in
from scoring.intake.receipt import Receipt
from scoring.intake.taking import Desk
from scoring.period import Calendar
from scoring.records import Interaction
from scoring.workspace import Workspace

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
BATCH = 10_000
LIVE, WARM = 200, 3


def main(words: list[str] | None = None) -> None:
    """Prints the table of rows a second."""
    wanted = _arguments().parse_args(words)
    with tempfile.TemporaryDirectory() as scratch:
        if wanted.database is None:
            lines = _first(wanted, Path(scratch))
        else:
            lines = _later(wanted, Path(scratch))
    print(table(["taking in", "rows", "rows/s", "of the processor"], lines))
    print(f"\n{machine()}; peak memory {own_peak_bytes() / 1e6:,.0f} MB")


def _first(wanted: argparse.Namespace, scratch: Path) -> list[list[str]]:
    part = _head(wanted.folder / "interactions.csv", scratch / "part.csv", wanted.rows)
    desk = _desk(scratch / "evenkeel.db")
    first = spent(lambda: _take(desk, part))
    again = spent(lambda: _take(desk, part))
    bare = _bare(desk.engine, scratch / "bare.db")
    ratios = (f"{theirs / ours:.2f}" for theirs, ours in zip(bare, first, strict=True))
    return [
        _rate("a first import, everything derived", wanted.rows, first),
        _rate("the same file again", wanted.rows, again),
        _rate("bare Core upsert of the same records", wanted.rows, bare),
        ["ratio, first import / bare upsert", "", *ratios],
    ]


def _rate(name: str, rows: int, seconds: tuple[float, float]) -> list[str]:
    return [name, f"{rows:,}", *(f"{rows / one:,.0f}" for one in seconds)]


def _later(wanted: argparse.Namespace, scratch: Path) -> list[list[str]]:
    desk = _desk(Path(wanted.database))
    lines = []
    for name in ("corrections", "late"):
        part = _head(wanted.folder / f"{name}.csv", scratch / f"{name}.csv", wanted.rows)
        seconds = spent(lambda part=part: _take(desk, part))  # type: ignore[misc]  # bound now
        lines.append(_rate(f"random {name}", wanted.rows, seconds))
    live = list(_live(wanted.folder / "late.csv", scratch, wanted.rows))
    with _watched(interactions, "keep") as kept:
        whole = [spent(lambda: _take(desk, live.pop())) for _ in range(LIVE + WARM)]
    return [
        *lines,
        ["a live row by itself, file, receipt and commit included", "1", *_told(whole)],
        ["of that, keeping it and all that follows from it", "1", *_told(kept)],
    ]


def _told(times: Sequence[tuple[float, float]]) -> list[str]:
    """The median and the 99th of 100, by the clock and of the processor."""
    timings = (Timing(part) for part in zip(*times[WARM:], strict=True))
    return [f"{milliseconds(one.median)} ms, p99 {milliseconds(one.p99)} ms" for one in timings]


@contextmanager
def _watched(module: ModuleType, name: str) -> Iterator[list[tuple[float, float]]]:
    """What each call of a module's function takes, in order, by the clock and of the processor."""
    function, seconds = getattr(module, name), []

    def watched(*arguments: object) -> object:
        found: list[object] = []
        seconds.append(spent(lambda: found.append(function(*arguments))))
        return found[0]

    setattr(module, name, watched)
    try:
        yield seconds
    finally:
        setattr(module, name, function)


def _live(path: Path, scratch: Path, skip: int) -> Iterator[Path]:
    """Files of one row each, of rows that are not in yet."""
    with path.open("rb") as whole:
        header = whole.readline()
        for number, row in enumerate(islice(whole, skip, skip + LIVE + WARM)):
            file = scratch / f"live{number}.csv"
            file.write_bytes(header + row)
            yield file


def _desk(path: Path) -> Desk:
    engine = connect(str(path))
    prepare(engine)
    zone = ZoneInfo("UTC")
    # The key that the command line made beside a database, so that customers are recognised.
    key = path.with_suffix(".key")
    secret = key.read_bytes().strip() if key.exists() else b"bench"
    return Desk(engine, Workspace(Calendar(zone)), NOW, zone, secret)


def _take(desk: Desk, path: Path) -> None:
    receipt = take_in(desk, "interactions", path, Receipt(path.name, "interactions", "files"))
    if not receipt.whole:
        raise SystemExit("\n".join(receipt.lines()))


def _head(path: Path, part: Path, rows: int) -> Path:
    with path.open("rb") as whole, part.open("wb") as out:
        out.writelines(islice(whole, rows + 1))
    return part


def _bare(engine: Engine, path: Path) -> tuple[float, float]:
    """What an upsert of ready dictionaries takes, with a unique index and nothing else."""
    source = table_of(Interaction)
    bare = Table("bare", SQLModel.metadata, *(column._copy() for column in source.columns))
    peer = connect(str(path))
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(source.select()).mappings()]
    with writing(peer) as connection:
        bare.create(connection)
        connection.exec_driver_sql("CREATE UNIQUE INDEX bare_id ON bare (source_id, external_id)")
    upsert = sqlite_insert(bare)
    upsert = upsert.on_conflict_do_update(
        index_elements=["source_id", "external_id"],
        set_={column.name: upsert.excluded[column.name] for column in bare.columns},
    )

    def work() -> None:
        for first in range(0, len(rows), BATCH):
            with writing(peer) as connection:
                connection.execute(upsert, rows[first : first + BATCH])

    return spent(work)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.taking_in", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--database")
    return parser


if __name__ == "__main__":
    main()
