"""Keeps records once: the new is added, the changed is corrected, the known stays as it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, func, select

from scoring.columns import column_names, table_of
from scoring.contacts import clocks_kept, neighbours, relate
from scoring.driver import among, mark, quoted, rows_of, run_many
from scoring.moods import lend
from scoring.overrides import laid_over
from scoring.people import Directory
from scoring.records import Agent, Interaction, Team
from scoring.rollup import Change
from scoring.workspace import Workspace

Columns: TypeAlias = Mapping[str, Sequence[Any]]
Values: TypeAlias = tuple[Any, ...]

_interactions = table_of(Interaction)
_agents = table_of(Agent)
_teams = table_of(Team)
_i = _interactions.c
_NAMES = column_names(_interactions)

# What a record says of itself, in the table's order; compared to see whether it has changed.
SAID = _NAMES[_NAMES.index("agent_id") : _NAMES.index("sentiment") + 1]
# What decides which records are its neighbours: places in SAID.
_TIES = tuple(
    SAID.index(name)
    for name in (
        *("contact_key", "issue_key", "customer_hash", "issue_type"),
        *("direction", "excluded", "created_at"),
    )
)
# What follows from it and the workspace alone.
DERIVED = (
    "answered",
    "closed_at",
    "created_day",
    "ended_day",
    "closed_day",
    "resolved_day",
    "reply_business",
    "resolution_business",
)


@dataclass(frozen=True)
class Keeping:
    """One file being kept: where to, from which source, as which import, in whose workspace."""

    connection: Connection
    directory: Directory
    source_id: int
    import_id: int
    workspace: Workspace


@dataclass(frozen=True)
class Kept:
    """What became of a batch; ``clashes`` are positions of rows that contradict an earlier one."""

    added: int
    corrected: int
    known: int
    clashes: list[int]


@dataclass(frozen=True)
class _Sorted:
    """A batch by what has to be done with its rows: positions, and ids of those that are here."""

    new: list[int] = field(default_factory=list)
    changed: dict[int, tuple[int, Values]] = field(default_factory=dict)
    known: list[int] = field(default_factory=list)
    repeated: int = 0
    clashes: list[int] = field(default_factory=list)


def keep(keeping: Keeping, columns: Columns) -> Kept:
    """Keeps a batch of interactions and puts right everything that is worked out from them.

    Args:
        keeping: where to.
        columns: ``external_id``, ``agent`` (a key, or None where nobody answered), ``agent_name``,
            ``team`` and every name in SAID but ``agent_id``; instants in milliseconds, all of one
            length.
    """
    connection = keeping.connection
    columns = {**columns, "agent_id": _agent_ids(keeping, columns)}
    columns = laid_over(connection, keeping.source_id, columns)
    rows = list(zip(*(columns[name] for name in SAID), strict=True))
    todo = _sort(keeping, columns["external_id"], rows)
    change = Change(keeping.workspace.rules, keeping.workspace.calendar)
    corrected = {number for number, _ in todo.changed.values()}
    old = set(corrected)
    old |= neighbours(connection, old)
    change.take_out(connection, old)
    new = _write(keeping, columns, rows, todo)
    lend(connection, new)
    near = neighbours(connection, new | _elsewhere(todo, rows)) - old
    change.take_out(connection, near)
    relate(connection, old | near | new, keeping.workspace)
    change.put_in(connection, old | near | new)
    change.write(connection)
    known = len(todo.known) + todo.repeated
    return Kept(len(new), len(todo.changed), known, todo.clashes)


def _elsewhere(todo: _Sorted, rows: Sequence[Values]) -> set[int]:
    """The ids of corrected records that may have other neighbours now than before."""
    return {
        number
        for at, (number, old) in todo.changed.items()
        if any(rows[at][place] != old[place] for place in _TIES)
    }


def _agent_ids(keeping: Keeping, columns: Columns) -> list[int]:
    directory = keeping.directory
    agents, names, teams = columns["agent"], columns["agent_name"], columns["team"]
    told: dict[str, tuple[str | None, str | None]] = {}
    for agent, facts in set(zip(agents, zip(names, teams, strict=True), strict=True)):
        if agent is not None:
            name, team = told.get(agent, (None, None))
            told[agent] = (name or facts[0], team or facts[1])
    ids = directory.agent_ids(told)
    with clocks_kept(keeping.connection, [ids[name] for name in told], keeping.workspace):
        directory.tell(told)
    unanswered = {team for agent, team in zip(agents, teams, strict=True) if agent is None}
    nobody = directory.nobody(unanswered)
    return [
        nobody[team] if agent is None else ids[agent]
        for agent, team in zip(agents, teams, strict=True)
    ]


def _sort(keeping: Keeping, names: Sequence[str], rows: Sequence[Values]) -> _Sorted:
    todo = _Sorted()
    repeated = 0
    there = _existing(keeping, names)
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        earlier = first.setdefault(name, at)
        number, import_id, old = there.get(name, (0, 0, ()))
        said = old[: len(SAID)]
        if earlier != at or import_id == keeping.import_id:
            # Seen in this file before: the same again is nothing, another is a contradiction.
            same = rows[at] == (rows[earlier] if earlier != at else said)
            repeated += same
            todo.clashes.extend([] if same else [at])
        elif not old:
            todo.new.append(at)
        elif said == rows[at]:
            todo.known.append(number)
        else:
            todo.changed[at] = (number, old)
    return replace(todo, repeated=repeated)


def _existing(keeping: Keeping, names: Sequence[str]) -> dict[str, tuple[int, int, Values]]:
    """Id, import and columns (said, then derived) of records that are here, by external id."""
    rows = rows_of(keeping.connection, _named, keeping.source_id, given=names)
    return {row[0]: (row[1], row[2], row[3:]) for row in rows}


def _named(source_id: int) -> Select[Any]:
    kept = (_i[name] for name in (*SAID, *DERIVED))
    query = select(_i.external_id, _i.id, _i.import_id, *kept)
    return query.where(_i.source_id == source_id, among(_i.external_id))


def _write(keeping: Keeping, columns: Columns, rows: Sequence[Values], todo: _Sorted) -> set[int]:
    """Writes new and changed rows, and which import last spoke of one; gives the new ones' ids."""
    seen = [(keeping.import_id, number) for number in todo.known]
    run_many(keeping.connection, _correct(keeping.connection, ("import_id",)), seen)
    if not todo.new and not todo.changed:
        return set()
    connection = keeping.connection
    derived = list(zip(*_derive(keeping, columns), strict=True))
    last = rows_of(connection, _last)[0][0] or 0
    fixed = (keeping.source_id, keeping.import_id)
    added = [
        (last + count, *fixed, columns["external_id"][at], *rows[at], *derived[at])
        for count, at in enumerate(todo.new, 1)
    ]
    names = ("id", "source_id", "import_id", "external_id", *SAID, *DERIVED)
    run_many(connection, _insert(connection, names), added)
    changes = [
        (number, old, (*rows[at], *derived[at])) for at, (number, old) in todo.changed.items()
    ]
    _rewrite(keeping, changes)
    return {row[0] for row in added}


def _last() -> Select[Any]:
    return select(func.max(_i.id))


def _rewrite(keeping: Keeping, changes: Iterable[tuple[int, Values, Values]]) -> None:
    """Writes what has changed of records, given by id, old and new columns; and nothing else.

    A column that stays as it is would still have its indexes written anew.
    """
    names = (*SAID, *DERIVED)
    together: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for number, old, new in changes:
        pairs = zip(names, old, new, strict=True)
        differing = {name: value for name, before, value in pairs if before != value}
        row = (keeping.import_id, *differing.values(), number)
        together[("import_id", *differing)].append(row)
    for changed, rows in together.items():
        run_many(keeping.connection, _correct(keeping.connection, changed), rows)


def _insert(connection: Connection, names: Iterable[str]) -> str:
    names = list(names)
    marks = ", ".join([mark(connection)] * len(names))
    columns = ", ".join(map(quoted, names))
    return f"INSERT INTO interaction ({columns}) VALUES ({marks})"  # noqa: S608 names of our own


def _correct(connection: Connection, names: Iterable[str]) -> str:
    one = mark(connection)
    settings = ", ".join(f"{quoted(name)} = {one}" for name in names)
    return f"UPDATE interaction SET {settings} WHERE id = {one}"  # noqa: S608 names of our own


def _derive(keeping: Keeping, columns: Columns) -> list[list[Any]]:
    """The columns of DERIVED, for records that stand alone."""
    days = keeping.workspace.calendar.local_days
    created, ended, resolved = columns["created_at"], columns["ended_at"], columns["resolved_at"]
    closed = [end if done is None else done for end, done in zip(ended, resolved, strict=True)]
    answered = [
        int(outcome != "abandoned" or reply is not None or bool(handled))
        for outcome, reply, handled in zip(
            columns["outcome"], columns["first_reply_at"], columns["handle_seconds"], strict=True
        )
    ]
    business = _business(keeping, columns)
    return [answered, closed, days(created), days(ended), days(closed), days(resolved), *business]


def _business(keeping: Keeping, columns: Columns) -> tuple[list[float | None], list[float | None]]:
    created = columns["created_at"]
    if not keeping.workspace.hours:
        none: list[float | None] = [None] * len(created)
        return none, none
    teams = _teams_of(keeping.connection, set(columns["agent_id"]))
    hours = [keeping.workspace.hours_of(teams[one]) for one in columns["agent_id"]]

    def within(ends: Sequence[int | None]) -> list[float | None]:
        return [
            None
            if open_ is None or end is None or end < start
            else open_.seconds_between(start, end)
            for open_, start, end in zip(hours, created, ends, strict=True)
        ]

    return within(columns["first_reply_at"]), within(columns["resolved_at"])


def _teams_of(connection: Connection, ids: Iterable[int]) -> dict[int, str | None]:
    query = (
        select(_agents.c.id, _teams.c.name)
        .outerjoin(_teams, _teams.c.id == _agents.c.team_id)
        .where(_agents.c.id.in_(sorted(ids)))
    )
    return dict(connection.execute(query).all())
