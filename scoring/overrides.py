"""Decided cells of interactions: they stand over what the source says, whatever comes in later.

A decision is written into the record itself, through the same steps as a correction by an import,
so every figure follows. It is also kept beside the record, and laid over each row of the source as
it comes in again: so the same row is known already, and in a changed row all other cells follow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, delete, insert, select, update

from scoring.columns import table_of
from scoring.contacts import derive_again, neighbours, relate
from scoring.driver import rows_of
from scoring.loop_records import Override
from scoring.records import Interaction
from scoring.rollup import Change
from scoring.workspace import Workspace

Cell: TypeAlias = str | int | None

_interactions = table_of(Interaction)
_overrides = table_of(Override)
_o = _overrides.c
_WHOLE = ("agent_id",)


def laid_over(
    connection: Connection, source_id: int, columns: Mapping[str, Sequence[Any]]
) -> Mapping[str, Sequence[Any]]:
    """A batch of one source's rows with what was decided in place of what the source says.

    What the source says now is remembered. Where it excludes a record itself, its own reason goes
    before a decided one.
    """
    laid = _laid(connection, source_id)
    if not laid:
        return columns
    over = {name: list(columns[name]) for name in {one for _, one in laid}}
    at_first: dict[str, int] = {}
    for at, external_id in enumerate(columns["external_id"]):
        at_first.setdefault(external_id, at)
        for name, cells in over.items():
            _, value, _ = laid.get((external_id, name), (0, cells[at], None))
            own = name == "excluded" and cells[at] is not None
            cells[at] = cells[at] if own else value
    _remember(connection, laid, columns, at_first)
    return {**columns, **over}


def _laid(connection: Connection, source_id: int) -> dict[tuple[str, str], tuple[int, Cell, Cell]]:
    """Record, decided value and the source's own, by external id and column."""
    return {
        (external_id, name): (number, _read(name, value), _read(name, said))
        for external_id, name, number, value, said in rows_of(connection, decided, source_id)
    }


def decided(source_id: int) -> Select[Any]:
    """What was decided of a source's records, and what the source says of it."""
    i = _interactions.c
    return (
        select(i.external_id, _o.name, i.id, _o.value, _o.said)
        .join_from(_overrides, _interactions, i.id == _o.interaction_id)
        # A sum has no index: the few decisions are looked through, not a source's many records.
        .where(i.source_id + 0 == source_id)
    )


def _remember(
    connection: Connection,
    laid: Mapping[tuple[str, str], tuple[int, Cell, Cell]],
    columns: Mapping[str, Sequence[Any]],
    places: Mapping[str, int],
) -> None:
    for (external_id, name), (number, _, before) in laid.items():
        if external_id in places and columns[name][places[external_id]] != before:
            said = columns[name][places[external_id]]
            where = (_o.interaction_id == number, _o.name == name)
            connection.execute(update(_overrides).where(*where).values(said=_written(said)))


def lay(
    connection: Connection, change: tuple[int, str, Cell], dispute_id: int, workspace: Workspace
) -> None:
    """Decides one cell, as (record, column, value); figures and neighbours follow."""
    number, name, value = change
    where = (_o.interaction_id == number, _o.name == name)
    if connection.execute(select(_o.name).where(*where)).first() is None:
        said = connection.scalar(select(_interactions.c[name]).where(_interactions.c.id == number))
        row = {"interaction_id": number, "name": name, "said": _written(said)}
        told = {"value": _written(value), "dispute_id": dispute_id}
        connection.execute(insert(_overrides).values(**row, **told))
    else:
        told = {"value": _written(value), "dispute_id": dispute_id}
        connection.execute(update(_overrides).where(*where).values(**told))
    _put(connection, number, {name: value}, workspace)


def lift(connection: Connection, dispute_id: int, workspace: Workspace) -> None:
    """Takes a decision back: what the source says holds again."""
    query = select(_o.interaction_id, _o.name, _o.said).where(_o.dispute_id == dispute_id)
    for number, name, said in connection.execute(query).all():
        where = (_o.interaction_id == number, _o.name == name)
        connection.execute(delete(_overrides).where(*where))
        _put(connection, number, {name: _read(name, said)}, workspace)


def _put(
    connection: Connection, number: int, values: Mapping[str, Cell], workspace: Workspace
) -> None:
    with counted_again(connection, [number], workspace):
        connection.execute(
            update(_interactions).where(_interactions.c.id == number).values(**values)
        )


@contextmanager
def counted_again(
    connection: Connection, ids: Iterable[int], workspace: Workspace
) -> Iterator[None]:
    """Within it records may change: their neighbours and all kept sums follow."""
    own = set(ids)
    change = Change(workspace.rules, workspace.calendar)
    old = own | neighbours(connection, own)
    change.take_out(connection, old)
    yield
    near = neighbours(connection, own) - old
    change.take_out(connection, near)
    derive_again(connection, sorted(own), workspace)
    relate(connection, old | near, workspace)
    change.put_in(connection, old | near)
    change.write(connection)


def _read(name: str, value: str | None) -> Cell:
    return int(value) if name in _WHOLE and value is not None else value


def _written(value: Cell) -> str | None:
    return None if value is None else str(value)
