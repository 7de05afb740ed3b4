"""Transcripts: what was said in an interaction, which may come before its record or after it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, Select, select

from scoring.columns import table_of
from scoring.driver import among, mark, rows_of, run_many
from scoring.intake.cells import LONGEST, Instants
from scoring.intake.files import unkeepable
from scoring.intake.taking import Batch, Taking
from scoring.listening import listener
from scoring.moods import POLARITY, Found, keep_moods
from scoring.records import Transcript
from scoring.store import Kept

# What is here of a transcript: its id, the import that last spoke of it, and its messages.
There: TypeAlias = tuple[int, int, str | None]

_t = table_of(Transcript).c
MOST_MESSAGES = 20_000


class Message(BaseModel):
    """One message; ``public`` is false for a note that the customer did not see."""

    model_config = ConfigDict(extra="forbid", strict=True)

    at: str | None = None
    author: Literal["customer", "agent", "bot", "system"]
    public: bool = True
    text: str


class Said(BaseModel):
    """One line of a transcripts file; ``customer`` is taken out of the texts, and not kept."""

    model_config = ConfigDict(extra="forbid", strict=True)

    interaction_id: str = Field(min_length=1, max_length=LONGEST)
    customer: str | list[str] = Field(default_factory=list, max_length=LONGEST)
    messages: list[Message] = Field(max_length=MOST_MESSAGES)


@dataclass(frozen=True)
class Read:
    """One line as it was read; ``twice`` counts instants that clocks went back over."""

    interaction_id: str
    messages: list[dict[str, Any]]
    customer: list[str]
    twice: int


def read_said(line: str, instants: Instants) -> Read:
    """What one line says.

    Raises:
        ValueError: why the line is no transcript, in words.
    """
    try:
        said = Said.model_validate_json(line)
    except ValidationError as error:
        raise ValueError(_reason(error)) from None
    messages = [
        {
            "at": None if one.at is None else _at(one.at, instants),
            "author": one.author,
            "public": one.public,
            "text": one.text,
        }
        for one in said.messages
    ]
    twice = sum(one.at is not None and one.at.strip() in instants.twice for one in said.messages)
    customer = [said.customer] if isinstance(said.customer, str) else said.customer
    return Read(_id(said), messages, customer, twice)


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
    # Of a name or a list of names, which was tried is nobody's concern.
    where = ".".join(str(step) for step in first["loc"] if step not in ("str", "list[str]"))
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def keep_transcripts(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Keeps transcripts by the id of their interaction within the source, and their moods.

    Nothing is kept of them but what is left when personal data is taken out.
    """
    hearing = taking.seen.get("listener") or listener(connection, taking.desk.listening)
    taking.seen["listener"] = hearing
    names = batch.columns["interaction_id"]
    said = [
        hearing.redact(messages, customer)
        for messages, customer in zip(
            batch.columns["messages"], batch.columns["customer"], strict=True
        )
    ]
    todo = _sort(taking, _there(connection, taking, names), names, said)
    _write(connection, taking, todo)
    told = list(todo.new) + list(todo.changed)
    moods = hearing.moods(todo.said[name] for name in told)
    numbers = _there(connection, taking, told)
    found = [
        Found(numbers[name][0], taking.source_id, name, row[POLARITY], row)
        for name, row in zip(told, moods, strict=True)
    ]
    keep_moods(connection, found, taking.workspace)
    return Kept(len(todo.new), len(todo.changed), len(todo.known) + todo.repeated, todo.clashes)


@dataclass
class _Sorted:
    """A batch by what has to be done with it: names, ids of those that are here, positions."""

    said: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    known: list[int] = field(default_factory=list)
    repeated: int = 0
    clashes: list[int] = field(default_factory=list)


def _sort(
    taking: Taking, there: Mapping[str, There], names: Sequence[str], said: Sequence[str]
) -> _Sorted:
    todo = _Sorted()
    for at, (name, messages) in enumerate(zip(names, said, strict=True)):
        number, import_id, old = there.get(name, (0, 0, None))
        earlier = todo.said.get(name, old if import_id == taking.import_id else None)
        if earlier is not None:
            # Seen in this file before: the same again is nothing, another is a contradiction.
            todo.repeated += earlier == messages
            todo.clashes.extend([] if earlier == messages else [at])
            continue
        todo.said[name] = messages
        if old is None:
            todo.new.append(name)
        elif old == messages:
            todo.known.append(number)
        else:
            todo.changed[name] = number
    return todo


def _write(connection: Connection, taking: Taking, todo: _Sorted) -> None:
    one, fixed = mark(connection), (taking.source_id, taking.import_id)
    added = [(*fixed, name, todo.said[name]) for name in todo.new]
    corrected = [
        (taking.import_id, todo.said[name], number) for name, number in todo.changed.items()
    ]
    seen = [(taking.import_id, number) for number in todo.known]
    columns, marks = "source_id, import_id, external_id, messages", ", ".join([one] * 4)
    add = f"INSERT INTO transcript ({columns}) VALUES ({marks})"  # noqa: S608 names of our own
    again = "UPDATE transcript SET import_id ="
    run_many(connection, add, added)
    run_many(connection, f"{again} {one}, messages = {one} WHERE id = {one}", corrected)
    run_many(connection, f"{again} {one} WHERE id = {one}", seen)


def _there(connection: Connection, taking: Taking, names: Sequence[str]) -> dict[str, There]:
    rows = rows_of(connection, _named, taking.source_id, given=names)
    return {name: (number, import_id, messages) for name, number, import_id, messages in rows}


def _named(source_id: int) -> Select[Any]:
    query = select(_t.external_id, _t.id, _t.import_id, _t.messages)
    return query.where(_t.source_id == source_id, among(_t.external_id))
