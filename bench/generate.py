"""Made-up interactions in any number, as CSV and Parquet files, in flat memory.

    python -m bench.generate --rows 10000000 --out DIR --csv --parquet

With `--corrections K` or `--late K` a second CSV file belonging to the same operation is written:
rows that have changed since, or rows that come late; both in no order of time.
"""

import argparse
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
from pyarrow import csv, parquet

from bench.changes import corrections, late_rows
from bench.columns import Writing, plain
from bench.measure import machine, own_peak_bytes, table
from bench.operation import Operation
from bench.rows import Rows, World, answered, asked, blocks

ID_PREFIX = "c"
LATE_PREFIX = "l"
UNQUOTED = csv.WriteOptions(quoting_style="none", quoting_header="none")


def write_csv(world: World, path: Path, source: Iterable[Rows]) -> Iterator[Rows]:
    """The blocks again, each once it stands in the CSV file."""
    writing = Writing.of(world.operation)
    schema = plain(writing.text(_no_rows(world), ID_PREFIX)).schema
    with csv.CSVWriter(path, schema, write_options=UNQUOTED) as sink:
        for block in source:
            sink.write_table(plain(writing.text(block, ID_PREFIX)))
            yield block


def write_parquet(world: World, path: Path, source: Iterable[Rows]) -> Iterator[Rows]:
    """The blocks again, each once it is a row group of the Parquet file."""
    writing = Writing.of(world.operation)
    schema = writing.typed(_no_rows(world), ID_PREFIX).schema
    with parquet.ParquetWriter(path, schema, compression="snappy") as sink:
        for block in source:
            sink.write_table(writing.typed(block, ID_PREFIX))
            yield block


def write_shuffled(world: World, path: Path, rows: Rows, prefix: str) -> None:
    """A CSV file of all these rows at once, in random order."""
    order = world.operation.rng(7).permutation(len(rows["interaction_id"]))
    shuffled = {column: cells[order] for column, cells in rows.items()}
    text = plain(Writing.of(world.operation).text(shuffled, prefix))
    csv.write_csv(text, path, UNQUOTED)


def gathered(source: Iterable[Rows]) -> Rows:
    """Blocks joined into one; they must fit into memory."""
    parts = list(source)
    return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


def main(words: list[str] | None = None) -> None:
    """Writes the files asked for and prints what that took."""
    wanted = _arguments().parse_args(words)
    operation = Operation(
        wanted.rows, wanted.agents, wanted.teams, wanted.weeks, wanted.seed, wanted.end
    )
    wanted.out.mkdir(parents=True, exist_ok=True)
    lines = list(_written(World.of(operation), wanted))
    print(table(["file", "rows", "MB", "seconds", "rows/s"], lines))
    print(f"\n{machine()}; peak memory {own_peak_bytes() / 1e6:,.0f} MB")


def _written(world: World, wanted: argparse.Namespace) -> Iterator[list[str]]:
    """Writes one file after another; a line of the table for each."""
    rows = world.operation.rows
    for extension, write in (("csv", write_csv), ("parquet", write_parquet)):
        if getattr(wanted, extension):
            path, started = wanted.out / f"interactions.{extension}", time.perf_counter()
            deque(write(world, path, blocks(world)), maxlen=0)
            yield _line(path, rows, started)
    for name, draw, prefix in (
        ("corrections", corrections, ID_PREFIX),
        ("late", late_rows, LATE_PREFIX),
    ):
        if count := getattr(wanted, name):
            path, started = wanted.out / f"{name}.csv", time.perf_counter()
            write_shuffled(world, path, gathered(draw(world, count, blocks(world))), prefix)
            yield _line(path, count, started)


def _line(path: Path, rows: int, started: float) -> list[str]:
    seconds, size = time.perf_counter() - started, path.stat().st_size / 1e6
    return [path.name, f"{rows:,}", f"{size:,.1f}", f"{seconds:.1f}", f"{rows / seconds:,.0f}"]


def _no_rows(world: World) -> Rows:
    """A block without rows, for the names and types of the columns."""
    nothing = np.zeros(0, np.int64)
    return answered(world, world.operation.rng(0), asked(world, world.operation.rng(0), nothing))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("--rows", type=int, required=True, help="how many interactions")
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--teams", type=int, default=20)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--end", type=date.fromisoformat, default=date(2026, 11, 15))
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--csv", action="store_true", help="write interactions.csv")
    parser.add_argument("--parquet", action="store_true", help="write interactions.parquet")
    parser.add_argument("--corrections", type=int, default=0, metavar="K")
    parser.add_argument("--late", type=int, default=0, metavar="K")
    return parser


if __name__ == "__main__":
    main()
