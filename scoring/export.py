"""Data out again, in the form that it can be taken in: one iterator of rows for each kind."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, select

from scoring.columns import column_names, from_ms, table_of
from scoring.errors import UnknownNameError
from scoring.records import Agent, Figure, Interaction, Shift, Source, Team, Transcript

_tables: Mapping[str, Table] = MappingProxyType(
    {
        model.__name__: table_of(model)
        for model in (Agent, Figure, Interaction, Shift, Source, Team, Transcript)
    }
)
_i, _a, _t = _tables["Interaction"], _tables["Agent"], _tables["Team"]

_NAMES = column_names(_i)
_OWN = _NAMES[_NAMES.index("channel") : _NAMES.index("sentiment") + 1]
_YES_NO = ("escalated", "resolved_first_contact", "sla_met")
_CHUNK = 5000


def export(
    connection: Connection, kind: str, source: str | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a kind of file, as records.md names their columns; instants in UTC.

    A customer stays a keyed hash: ``hash:`` and 16 digits, which an import takes as it stands.

    Raises:
        UnknownNameError: there is no such source; those there are are named.
    """
    query = _QUERIES[kind]()
    if source is not None and kind in ("interactions", "transcripts"):
        query = query.where(_source_is(connection, kind, source))
    stream = connection.execution_options(yield_per=_CHUNK).execute(query)
    for row in stream.mappings():
        yield _SHAPES[kind](row)


def _source_is(connection: Connection, kind: str, name: str) -> ColumnElement[bool]:
    table = _tables["Interaction" if kind == "interactions" else "Transcript"]
    source = _tables["Source"].c
    known = {row.name: row.id for row in connection.execute(select(source.id, source.name))}
    if name not in known:
        told = ", ".join(sorted(known)) or "none yet"
        raise UnknownNameError(f"No source is called “{name}”. The sources are: {told}.")
    of_source: ColumnElement[bool] = table.c.source_id == known[name]
    return of_source


def _interactions() -> Select[Any]:
    own = [
        _i.c[name] for name in ("external_id", "contact_key", "issue_key", "customer_hash", *_OWN)
    ]
    joined = _i.join(_a, _a.c.id == _i.c.agent_id).outerjoin(_t, _t.c.id == _a.c.team_id)
    who = [_a.c.name_key, _a.c.person, _a.c.name.label("agent_name"), _t.c.name.label("team")]
    return select(*own, *who).select_from(joined).order_by(_i.c.id)


def _interaction(row: RowMapping) -> dict[str, Any]:
    customer = row["customer_hash"]
    return {
        "interaction_id": row["external_id"],
        "agent": row["name_key"] if row["person"] else None,
        "agent_name": row["agent_name"],
        "team": row["team"],
        "contact_id": row["contact_key"],
        "issue_id": row["issue_key"],
        "customer_id": None if customer is None else f"hash:{customer & (2**64 - 1):016x}",
        **{name: _plain(name, row[name]) for name in _OWN},
    }


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if name in _YES_NO and value is not None:
        return bool(value)
    return value


def instant(value: datetime) -> str:
    """An instant in UTC, with a fraction only where it has one."""
    text = value.astimezone(UTC).isoformat(
        timespec="milliseconds" if value.microsecond else "seconds"
    )
    return text.replace("+00:00", "Z")


def _roster() -> Select[Any]:
    joined = _a.outerjoin(_t, _t.c.id == _a.c.team_id)
    columns = [column for column in _a.c if column.name not in ("id", "team_id", "person")]
    query = select(*columns, _t.c.name.label("team")).select_from(joined)
    return query.where(_a.c.person == 1).order_by(_a.c.name_key)


def _person(row: RowMapping) -> dict[str, Any]:
    return {
        "agent": row["name_key"],
        "name": row["name"],
        "team": row["team"],
        "manager": row["manager"],
        "started_on": _day(row["started_on"]),
        "ended_on": _day(row["ended_on"]),
        "slack_user_id": row["slack_user_id"],
        "timezone": row["timezone"],
        "role": row["role"],
    }


def _shifts() -> Select[Any]:
    s = _tables["Shift"]
    joined = s.join(_a, _a.c.id == s.c.agent_id)
    return select(s, _a.c.name_key).select_from(joined).order_by(s.c.day, _a.c.name_key)


def _shift(row: RowMapping) -> dict[str, Any]:
    spans = ("paid_seconds", "available_seconds", "productive_seconds", "on_queue_seconds")
    times = {name: row[name] for name in spans}
    return {"agent": row["name_key"], "date": _day(row["day"]), **times, "absent": row["absent"]}


def _figures() -> Select[Any]:
    f = _tables["Figure"]
    joined = f.outerjoin(_t, _t.c.id == f.c.team_id)
    return select(f, _t.c.name.label("team")).select_from(joined).order_by(f.c.first_day, f.c.id)


def _figure(row: RowMapping) -> dict[str, Any]:
    return {
        "period_start": _day(row["first_day"]),
        "period_end": _day(row["last_day"]),
        "measure": row["measure"],
        "value": row["value"],
        "team": row["team"],
    }


def _transcripts() -> Select[Any]:
    t = _tables["Transcript"]
    return select(t).order_by(t.c.id)


def _transcript(row: RowMapping) -> dict[str, Any]:
    said = json.loads(row["messages"])
    messages = [{**one, "at": one["at"] and instant(from_ms(one["at"]))} for one in said]
    return {"interaction_id": row["external_id"], "messages": messages}


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


_QUERIES = MappingProxyType(
    {
        "interactions": _interactions,
        "transcripts": _transcripts,
        "roster": _roster,
        "shifts": _shifts,
        "figures": _figures,
    }
)
_SHAPES = MappingProxyType(
    {
        "interactions": _interaction,
        "transcripts": _transcript,
        "roster": _person,
        "shifts": _shift,
        "figures": _figure,
    }
)
KINDS = tuple(_QUERIES)
