"""Transcripts: what was said in an interaction, which may come before its record or after it."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, insert, select, update

from scoring.columns import table_of
from scoring.intake.cells import LONGEST, Instants
from scoring.intake.files import unkeepable
from scoring.intake.taking import Batch, Taking
from scoring.records import Transcript
from scoring.store import Kept

_transcripts = table_of(Transcript)
MOST_MESSAGES = 20_000


class Message(BaseModel):
    """One message; ``public`` is false for a note that the customer did not see."""

    model_config = ConfigDict(extra="forbid", strict=True)

    at: str | None = None
    author: Literal["customer", "agent", "bot", "system"]
    public: bool = True
    text: str


class Said(BaseModel):
    """One line of a transcripts file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    interaction_id: str = Field(min_length=1, max_length=LONGEST)
    messages: list[Message] = Field(max_length=MOST_MESSAGES)


def read_said(line: str, instants: Instants) -> tuple[str, str, int]:
    """The interaction's id, its messages as they are kept, and how many instants are ambiguous.

    Raises:
        ValueError: why the line is no transcript, in words.
    """
    try:
        said = Said.model_validate_json(line)
    except ValidationError as error:
        raise ValueError(_reason(error)) from None
    kept = [
        {
            "at": None if one.at is None else _at(one.at, instants),
            "author": one.author,
            "public": one.public,
            "text": one.text,
        }
        for one in said.messages
    ]
    twice = sum(one.at is not None and one.at.strip() in instants.twice for one in said.messages)
    return _id(said), json.dumps(kept, ensure_ascii=False, separators=(",", ":")), twice


def name_in(line: str) -> str:
    """The interaction's id in a line that is no transcript, as far as there is one."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    name = said.get("interaction_id") if isinstance(said, dict) else None
    return name if isinstance(name, str) else ""


def _id(said: Said) -> str:
    name = said.interaction_id.strip()
    if not name or (fault := unkeepable(name)):
        raise ValueError(f"interaction_id {'is missing' if not name else fault}")
    return name


def _at(cell: str, instants: Instants) -> int:
    try:
        return instants(cell.strip())
    except ValueError as error:
        raise ValueError(f"at: “{cell[:40]}” {error}") from None


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def keep_transcripts(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Keeps transcripts by the id of their interaction within the source."""
    t = _transcripts.c
    added = corrected = known = 0
    clashes: list[int] = []
    there = _there(connection, taking, batch.columns["interaction_id"])
    for at, row in enumerate(batch.rows()):
        name, messages = row["interaction_id"], row["messages"]
        number, import_id, old = there.get(name, (None, None, None))
        if number is None:
            values = {"source_id": taking.source_id, "external_id": name, "messages": messages}
            done = connection.execute(
                insert(_transcripts).values(import_id=taking.import_id, **values)
            )
            number = int(done.inserted_primary_key[0])  # type: ignore[index]  # one row was inserted
            added += 1
        elif old == messages:
            known += 1
        elif import_id == taking.import_id:
            clashes.append(at)
            continue
        else:
            corrected += 1
        connection.execute(
            update(_transcripts)
            .where(t.id == number)
            .values(import_id=taking.import_id, messages=messages)
        )
        there[name] = (number, taking.import_id, messages)
    return Kept(added, corrected, known, clashes)


def _there(
    connection: Connection, taking: Taking, names: Sequence[str]
) -> dict[str, tuple[Any, Any, Any]]:
    t = _transcripts.c
    query = select(t.external_id, t.id, t.import_id, t.messages).where(
        t.source_id == taking.source_id, t.external_id.in_(names)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}
