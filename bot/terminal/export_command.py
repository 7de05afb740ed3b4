"""`evenkeel export`: records out again, in the form they came in."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO, Any

from bot.cli import DONE
from bot.services import services_of


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    kinds = ("interactions", "transcripts", "roster", "shifts", "figures")
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("--source", help="only what came from this system")
    parser.add_argument("--out", metavar="FILE", help="where to; standard output if not given")


def run(asked: argparse.Namespace) -> int:
    """Writes CSV, or JSON Lines for transcripts and where asked for."""
    from scoring.database import reading
    from scoring.errors import EvenkeelError
    from scoring.export import export
    from scoring.intake.columns import KINDS

    services = services_of(asked)
    with ExitStack() as stack:
        connection = stack.enter_context(reading(services.engine))
        try:
            out: IO[str] = sys.stdout
            if asked.out:
                out = stack.enter_context(open(asked.out, "w", encoding="utf-8", newline=""))  # noqa: PTH123 no path library for one word
        except OSError as error:
            raise EvenkeelError(
                f"{asked.out} cannot be written: {error.strerror}. Name another file."
            ) from error
        rows = export(connection, asked.kind, asked.source)
        if asked.kind == "transcripts" or vars(asked).get("json"):
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            _write_csv(out, KINDS[asked.kind].names, rows)
    return DONE


def _write_csv(out: IO[str], header: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if row[name] is None else _cell(row[name]) for name in header])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
