"""Roster, shifts and figures: small files about people and about what no single contact tells."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select, update

from scoring.columns import table_of
from scoring.contacts import clocks_kept
from scoring.intake.taking import Batch, Taking
from scoring.people import Directory, agent_key
from scoring.records import Agent, Figure, Shift
from scoring.store import Kept


@dataclass(frozen=True)
class Book:
    """Where rows of one kind are kept, and the columns that name a row there."""

    table: Table
    keys: tuple[str, ...]


_agents = table_of(Agent)
_ROSTER = Book(_agents, ("id",))
_SHIFTS = Book(table_of(Shift), ("agent_id", "day"))
_FIGURES = Book(table_of(Figure), ("first_day", "last_day", "measure", "team_id"))


def keep_roster(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Keeps who is who; columns that the file does not have stay as they are."""
    _check(batch, "agent", _backwards("started_on", "ended_on", "it ends before it starts"))
    directory = Directory(connection)
    columns = batch.columns
    keys = [agent_key(name) for name in columns["agent"]]
    there = set(connection.scalars(select(_agents.c.name_key).where(_agents.c.name_key.in_(keys))))
    ids = directory.agent_ids(keys)
    teams = directory.team_ids(team for team in columns.get("team", []) if team)
    rows = [
        {"id": ids[key], **_agent_row(row, teams)}
        for key, row in zip(keys, batch.rows(), strict=True)
    ]
    new = {ids[key] for key in keys if key not in there}
    with clocks_kept(connection, [ids[key] for key in keys], taking.workspace):
        return _keep(connection, _ROSTER, rows, taking, new)


def keep_shifts(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Keeps agents' working days."""
    _check(batch, "agent")
    ids = Directory(connection).agent_ids(agent_key(name) for name in batch.columns["agent"])
    rows = [
        {**_renamed(row, {"date": "day"}), "agent_id": ids[agent_key(row["agent"])]}
        for row in batch.rows()
    ]
    for row in rows:
        del row["agent"]
    return _keep(connection, _SHIFTS, rows, taking)


def keep_figures(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Keeps figures of a span of days."""
    _check(batch, "measure", _backwards("period_start", "period_end", "it ends before it starts"))
    names = batch.columns.setdefault("team", [None] * len(batch))
    teams = Directory(connection).team_ids(team for team in names if team)
    new_names = {"period_start": "first_day", "period_end": "last_day"}
    rows = [
        {**_renamed(row, new_names), "team_id": teams[row["team"]] if row["team"] else 0}
        for row in batch.rows()
    ]
    for row in rows:
        del row["team"]
    return _keep(connection, _FIGURES, rows, taking)


def _check(batch: Batch, key: str, *rules: Callable[[Mapping[str, Any]], str | None]) -> None:
    wrong = {
        at: reason
        for at, row in enumerate(batch.rows())
        for rule in rules
        if (reason := rule(row)) is not None
    }
    batch.refuse(wrong, batch.columns[key])


def _backwards(first: str, last: str, reason: str) -> Callable[[Mapping[str, Any]], str | None]:
    def rule(row: Mapping[str, Any]) -> str | None:
        begin, end = row.get(first), row.get(last)
        return reason if begin is not None and end is not None and end < begin else None

    return rule


def _renamed(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


def _agent_row(row: Mapping[str, Any], teams: Mapping[str, int]) -> dict[str, Any]:
    change = {name: value for name, value in row.items() if name != "agent"}
    if "team" in change:
        team = change.pop("team")
        change["team_id"] = teams[team] if team else None
    if "role" in change:
        change["role"] = change["role"] or "agent"
    if change.get("manager"):
        change["manager"] = agent_key(change["manager"])
    return change


def _keep(
    connection: Connection,
    book: Book,
    rows: Sequence[dict[str, Any]],
    taking: Taking,
    new: Container[int] = (),
) -> Kept:
    """Keeps rows; an id in ``new`` was made just now, so that its row counts as added."""
    added = corrected = known = 0
    clashes = []
    for at, row in enumerate(rows):
        name = tuple(row[key] for key in book.keys)
        earlier = taking.seen.setdefault((book.table.name, *name), row)
        if earlier != row:
            clashes.append(at)
            continue
        old = _old(connection, book, row)
        if old is None:
            connection.execute(insert(book.table).values(import_id=taking.import_id, **row))
            added += 1
        elif row.get("id") in new and earlier is row:
            _change(connection, book, row)
            added += 1
        elif any(old[column] != value for column, value in row.items()):
            _change(connection, book, row)
            corrected += 1
        else:
            known += 1
    return Kept(added, corrected, known, clashes)


def _old(connection: Connection, book: Book, row: Mapping[str, Any]) -> RowMapping | None:
    query = select(book.table).where(*_named(book, row))
    return connection.execute(query).mappings().first()


def _change(connection: Connection, book: Book, row: Mapping[str, Any]) -> None:
    values = {name: value for name, value in row.items() if name not in book.keys}
    if values:
        connection.execute(update(book.table).where(*_named(book, row)).values(**values))


def _named(book: Book, row: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [book.table.c[key] == row[key] for key in book.keys]
