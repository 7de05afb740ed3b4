"""How long the program takes to start, as a process of its own: --help, and a first scorecard.

    python -m bench.starting --times 15

Beside a bare `python -c pass`, in the same run; the sample chats are taken in first.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

import scoring
from bench.measure import child, machine, milliseconds, table
from bot.cli import main as evenkeel


def main(words: list[str] | None = None) -> None:
    """Prints the table of seconds."""
    parser = argparse.ArgumentParser(prog="python -m bench.starting", description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    wanted = parser.parse_args(words)
    samples = Path(scoring.__file__).with_name("samples")
    with tempfile.TemporaryDirectory() as scratch:
        database = ["--database", str(Path(scratch, "evenkeel.db"))]
        evenkeel(["import", "interactions", str(samples / "interactions.csv.gz"), *database])
        card = ["scorecard", "--by", "team", "--period", "May 2020", *database]
        commands = {
            "python -c pass": ["-c", "pass"],
            "evenkeel --help": ["-m", "bot", "--help"],
            "evenkeel scorecard": ["-m", "bot", *card],
            "evenkeel scorecard, every KPI": ["-m", "bot", *card, "--json"],
        }
        lines = [_line(name, words, wanted.times) for name, words in commands.items()]
    print(table(["starting, ms", "median", "fastest", "peak MB"], lines))
    print(f"\n{machine()}, {wanted.times} runs each")


def _line(name: str, words: list[str], times: int) -> list[str]:
    runs = [child([sys.executable, *words]) for _ in range(times + 1)][1:]
    if any(run.status for run in runs):
        raise SystemExit(f"{name} failed")
    seconds = [run.seconds for run in runs]
    peak = max(run.peak_bytes for run in runs) / 1e6
    return [name, milliseconds(median(seconds)), milliseconds(min(seconds)), f"{peak:,.0f}"]


if __name__ == "__main__":
    main()
