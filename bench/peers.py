"""The same readings by DuckDB, polars and pandas, and how long each takes.

    python -m bench.peers DIR/interactions.parquet --times 5

Every reading is a function of the Parquet file and a `Question`; `PEERS[peer][reading]` is it.
"""

import argparse
import importlib.metadata
from datetime import date
from pathlib import Path

from bench import with_duckdb, with_pandas, with_polars
from bench.measure import Timing, machine, milliseconds, own_peak_bytes, table, timed
from bench.operation import agent_email, team_name
from bench.question import READINGS, Question, Reading, difference, questions

PEERS: dict[str, dict[str, Reading]] = {
    peer: {reading: getattr(module, reading) for reading in READINGS}
    for peer, module in (
        ("duckdb", with_duckdb),
        ("polars", with_polars),
        ("pandas", with_pandas),
    )
}


def main(words: list[str] | None = None) -> None:
    """Prints the table of times, and by how much the answers differ."""
    wanted = _arguments().parse_args(words)
    asked = questions(wanted.last, wanted.agent, wanted.team)
    lines = [
        _line(reading, asked[reading], wanted)
        for reading in READINGS
        if not wanted.reading or reading in wanted.reading
    ]
    print(table(["reading, ms", *wanted.peer, "differ by"], lines))
    versions = ", ".join(f"{peer} {importlib.metadata.version(peer)}" for peer in wanted.peer)
    print(f"\nMedian of {wanted.times} (fastest). {machine()}, {versions};", end=" ")
    print(f"peak memory {own_peak_bytes() / 1e6:,.0f} MB")


def _line(reading: str, question: Question, wanted: argparse.Namespace) -> list[str]:
    answers = [PEERS[peer][reading](wanted.path, question) for peer in wanted.peer]
    cells = [_cell(PEERS[peer][reading], question, wanted) for peer in wanted.peer]
    apart = max(difference(answers[0], other) for other in answers)
    return [reading, *cells, f"{apart:.0e}"]


def _cell(read: Reading, question: Question, wanted: argparse.Namespace) -> str:
    timing: Timing = timed(lambda: read(wanted.path, question), wanted.times, warm=0)
    return f"{milliseconds(timing.median)} ({milliseconds(timing.fastest)})"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("path", type=Path, help="interactions.parquet, from bench.generate")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 11, 15))
    parser.add_argument("--agent", default=agent_email(0))
    parser.add_argument("--team", default=team_name(0))
    parser.add_argument("--peer", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--reading", nargs="*", choices=READINGS, default=[])
    return parser


if __name__ == "__main__":
    main()
