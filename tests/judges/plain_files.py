"""Files in the form of records.md, written from rows."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO


def write_csv(rows: Iterable[Mapping[str, str]], out: TextIO) -> None:
    """Rows under the columns of the first one."""
    rows = iter(rows)
    first = next(rows)
    writer = csv.DictWriter(out, list(first), lineterminator="\n")
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)


def write_json_lines(rows: Iterable[Mapping[str, object]], out: TextIO) -> None:
    """One object a line."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def csv_file(rows: Iterable[Mapping[str, str]], path: Path) -> Path:
    """The path of a CSV file made of rows."""
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(rows, out)
    return path


def json_lines_file(rows: Iterable[Mapping[str, object]], path: Path) -> Path:
    """The path of a JSON Lines file made of rows."""
    with path.open("w", encoding="utf-8") as out:
        write_json_lines(rows, out)
    return path
