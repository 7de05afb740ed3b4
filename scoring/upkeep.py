"""Puts the kept sums on another footing: another zone, first weekday or repeat window."""

from sqlalchemy import Connection, Engine, func, select, text

from scoring.columns import table_of
from scoring.contacts import derive_again
from scoring.database import reading, writing
from scoring.errors import DatabaseError
from scoring.records import Agent, Interaction, Team, Transcript
from scoring.rollup import rebuild
from scoring.workspace import Workspace, set_footing

_interactions = table_of(Interaction)
BATCH = 20_000


def refound(engine: Engine, workspace: Workspace) -> int:
    """Works out days, business clocks and all kept sums again, whole or not at all.

    Returns:
        How many records they rest on.
    """
    with writing(engine) as connection:
        count = _derive(connection, workspace)
        rebuild(connection, workspace.rules, workspace.calendar)
        set_footing(connection, workspace)
    return count


def _derive(connection: Connection, workspace: Workspace) -> int:
    i = _interactions.c
    last = count = 0
    while True:
        query = select(i.id).where(i.id > last).order_by(i.id).limit(BATCH)
        ids = list(connection.scalars(query))
        if not ids:
            return count
        derive_again(connection, ids, workspace)
        last = ids[-1]
        count += len(ids)


def counts(engine: Engine) -> dict[str, int]:
    """How much a database holds, by what it is."""
    tables = {
        "interactions": _interactions,
        "transcripts": table_of(Transcript),
        "teams": table_of(Team),
    }
    agents = table_of(Agent)
    people = select(func.count()).select_from(agents).where(agents.c.person == 1)
    with reading(engine) as connection:
        found = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.items()
        }
        return {**found, "agents": connection.scalar(people) or 0}


def nature(engine: Engine) -> str:
    """Which database it is, where readers need not wait for a writer.

    Raises:
        DatabaseError: they would have to.
    """
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"
        mode = str(connection.scalar(text("PRAGMA journal_mode")))
    if mode == "wal":
        return "SQLite with a write-ahead log"
    raise DatabaseError(
        f"SQLite keeps no write-ahead log there (it says {mode}), so readers wait for writers. Put"
        " the file into a folder on a local disk that may be written to."
    )
