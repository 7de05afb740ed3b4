"""Records as they come in, and databases that took them in; a test names only what it is about."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from scoring.aside import beside
from scoring.database import reading
from scoring.intake.plain import take_in
from scoring.intake.receipt import Receipt
from scoring.intake.taking import Desk
from scoring.period import Calendar
from scoring.slack_records import LookRow, SlackEvent
from scoring.workspace import Workspace

# A Friday, eleven days after the Monday on which records happen unless told otherwise.
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = b"a key for tests"


def interaction(**cells):
    """A row of interactions: answered by Ana at nine, 300 seconds of handle time, resolved."""
    return {
        "interaction_id": "c1",
        "agent": "ana@example.com",
        "started_at": "2026-11-09T09:00:00Z",
        "channel": "phone",
        "issue_type": "billing",
        "handle_seconds": 300,
        "outcome": "resolved",
        **cells,
    }


def interactions(*rows):
    """Rows of interactions with ids c1, c2, …; each is given by what is particular about it."""
    return [interaction(**{"interaction_id": f"c{n}", **row}) for n, row in enumerate(rows, 1)]


def message(text="Hello", **cells):
    """One message of a transcript, from the customer."""
    return {"author": "customer", "text": text, **cells}


def transcript(*messages, interaction_id="c1"):
    """A row of transcripts."""
    return {"interaction_id": interaction_id, "messages": list(messages) or [message()]}


def shift(**cells):
    """A row of shifts: Ana's Monday, eight hours paid."""
    return {"agent": "ana@example.com", "date": "2026-11-09", "paid_seconds": 28800, **cells}


def figure(**cells):
    """A row of figures: what the second week of November cost."""
    span = {"period_start": "2026-11-09", "period_end": "2026-11-15"}
    return {**span, "measure": "operating_cost", "value": 1000, **cells}


def columns_of(rows):
    """The names of all cells of all rows, as they first come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_of(rows: Iterable[Mapping[str, object]]) -> str:
    """A CSV text; a cell that a row does not have, or has as None, is empty."""
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns_of(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def json_lines_of(rows):
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """The path, with the rows as CSV in it."""
    path.write_text(csv_of(rows), encoding="utf-8", newline="")
    return path


def write_json_lines(path, rows):
    """The path, with the rows as JSON Lines in it."""
    path.write_text(json_lines_of(rows), encoding="utf-8", newline="")
    return path


def workspace_of(zone="UTC", **decided):
    """A workspace whose weeks start on Monday; ``rules`` and ``hours`` may be given."""
    return Workspace(Calendar(ZoneInfo(zone), 0), **decided)


def desk_of(engine: Engine, zone="UTC", *, now=NOW, workspace=None, secret=SECRET, **more) -> Desk:
    """Where files are taken in, with the clock standing still; ``listening`` may be given."""
    return Desk(engine, workspace or workspace_of(zone), now, ZoneInfo(zone), secret, **more)


def taken(engine, rows, kind="interactions", *, source="files", desk=None) -> Receipt:
    """The receipt of rows that were taken in from a file; its rejects file is gone again."""
    with TemporaryDirectory() as folder:
        write = write_json_lines if kind == "transcripts" else write_csv
        path = write(Path(folder) / f"{kind}.txt", rows)
        receipt = Receipt(path.name, kind, source, rejects=str(Path(folder) / "rejects"))
        return take_in(desk or desk_of(engine), kind, path, receipt)


def counts(receipt):
    """How many rows were added, corrected, known and refused."""
    return receipt.added, receipt.corrected, receipt.known, receipt.refused


def refusals(receipt):
    """Line, id and reason of the first refused rows."""
    return [(one.line, one.name, one.reason) for one in receipt.refusals]


def stored(engine, model):
    """All rows of a table as dictionaries, by id or whatever comes first; instants are aware."""
    table = getattr(model, "__table__", model)
    with reading(beside(engine) if model in (SlackEvent, LookRow) else engine) as connection:
        query = select(table).order_by(*table.primary_key.columns)
        return [dict(row) for row in connection.execute(query).mappings()]
