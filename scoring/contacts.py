"""What records say of one another: the parts of one contact, and the contact that came next.

A record's neighbours are few: the other parts of its contact, and the same customer's contact just
before it, in the same category and on the same issue.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.types import BigInteger

from scoring.columns import table_of
from scoring.driver import among, mark, quoted, rows_of, run_many
from scoring.parts import Part, business_seconds, whole
from scoring.records import Agent, Interaction, Team
from scoring.rollup import Change
from scoring.workspace import Workspace

_interactions = table_of(Interaction)
_agent = table_of(Agent)
_team = table_of(Team)
_i = _interactions.c
ALL = 1 << 62
# What makes two contacts of a customer one matter: the same category, or the same issue.
MATTERS = ("issue_type", "issue_key")
_PART = (
    "id",
    "source_id",
    "external_id",
    "contact_key",
    "excluded",
    "handled_by",
    "outcome",
    "escalated",
    "resolved_first_contact",
    "reopened",
    "handle_seconds",
    "csat",
    "csat_scale",
    "nps",
    "ces",
    "sla_met",
    "part",
    "last_part",
    "share",
    "contact_parts",
    "contact_outcome",
    "contact_escalated",
    "contact_reopened",
    "contact_first",
    "contact_csat",
    "contact_scale",
    "contact_nps",
    "contact_ces",
    "contact_surveyed",
    "contact_sla_met",
    "created_day",
    "ended_day",
    "closed_day",
    "resolved_day",
    "reply_business",
    "resolution_business",
)
_INSTANTS = (
    "created_at",
    "started_at",
    "ended_at",
    "first_reply_at",
    "resolved_at",
    "survey_sent_at",
    "survey_answered_at",
    "closed_at",
    "contact_created_at",
    "contact_reply_at",
    "contact_resolved_at",
    "first_response_due_at",
    "resolution_due_at",
    "contact_response_due_at",
    "contact_resolution_due_at",
)


def neighbours(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Ids of the records whose part or next contact may depend on these; themselves left out."""
    ids = set(ids)
    before = _before(connection, ids)
    return (before | {part.id for part in _parts(connection, ids | before)}) - ids


def relate(connection: Connection, ids: Iterable[int], workspace: Workspace) -> None:
    """Works out again what these records' neighbours say of them, and writes what has changed."""
    ids = set(ids)
    _link(connection, ids)
    contacts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    for part in _parts(connection, ids):
        contacts[part.source_id, part.contact_key or part.external_id].append(part)
    changes: dict[tuple[str, ...], list[list[object]]] = defaultdict(list)
    for parts in contacts.values():
        for part, facts in zip(parts, whole(parts, workspace), strict=True):
            new = {name: value for name, value in facts.items() if getattr(part, name) != value}
            if new:
                changes[tuple(new)].append([*new.values(), part.id])
    for names, rows in changes.items():
        _update(connection, names, rows)


@contextmanager
def clocks_kept(
    connection: Connection, agents: Sequence[int], workspace: Workspace
) -> Iterator[None]:
    """Within it agents may change teams: their records' business clocks follow."""
    if not workspace.hours:
        yield
        return
    before = _teams(connection, agents)
    yield
    after = _teams(connection, agents)
    for agent_id in (one for one in after if after[one] != before[one]):
        _reclock(connection, agent_id, workspace)


def _teams(connection: Connection, agents: Sequence[int]) -> dict[int, int | None]:
    query = select(_agent.c.id, _agent.c.team_id).where(_agent.c.id.in_(agents))
    return dict(connection.execute(query).all())


def _reclock(connection: Connection, agent_id: int, workspace: Workspace) -> None:
    ids = list(connection.scalars(select(_i.id).where(_i.agent_id == agent_id)))
    for first in range(0, len(ids), 5000):
        some = ids[first : first + 5000]
        near = neighbours(connection, some) | set(some)
        change = Change(workspace.rules, workspace.calendar)
        change.take_out(connection, near)
        derive_again(connection, some, workspace)
        change.put_in(connection, near)
        change.write(connection)


def derive_again(connection: Connection, ids: Sequence[int], workspace: Workspace) -> None:
    """Works out local days and business clocks again, from the instants that are there."""
    days = workspace.calendar.local_days
    parts = _select(connection, _i.id.in_(sorted(ids)))
    replied = [part.contact_reply_at or part.first_reply_at for part in parts]
    resolved = [part.contact_resolved_at or part.resolved_at for part in parts]
    clocks = [
        [business_seconds(workspace, part, end) for part, end in zip(parts, ends, strict=True)]
        for ends in (replied, resolved)
    ]
    columns = [
        days([part.created_at for part in parts]),
        days([part.ended_at for part in parts]),
        days([part.closed_at for part in parts]),
        days(resolved),
        *clocks,
        [part.id for part in parts],
    ]
    names = "created_day ended_day closed_day resolved_day reply_business resolution_business"
    _update(connection, names.split(), [list(row) for row in zip(*columns, strict=True)])
    # What was just worked out for each part by itself is the whole contact's where it has several.
    relate(connection, ids, workspace)


def _update(connection: Connection, names: Sequence[str], rows: list[list[object]]) -> None:
    one = mark(connection)
    settings = ", ".join(f"{quoted(name)} = {one}" for name in names)
    run_many(connection, f"UPDATE interaction SET {settings} WHERE id = {one}", rows)  # noqa: S608 names of our own


def _ms(column: ColumnElement[object]) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)


def _same_matter(one: FromClause, other: FromClause, matter: str) -> ColumnElement[bool]:
    return and_(
        other.c.customer_hash == one.c.customer_hash,
        other.c[matter] == one.c[matter],
        other.c.excluded.is_(None),
        other.c.direction == "inbound",
        other.c.id != one.c.id,
        or_(
            other.c.source_id != one.c.source_id,
            func.coalesce(other.c.contact_key, other.c.external_id)
            != func.coalesce(one.c.contact_key, one.c.external_id),
        ),
    )


def _moment(row: FromClause) -> ColumnElement[Any]:
    moment: ColumnElement[Any] = tuple_(_ms(row.c.created_at), row.c.external_id)
    return moment


def _before(connection: Connection, ids: set[int]) -> set[int]:
    """Records' own predecessors: the last contact before each, in each sense."""
    asked = [rows_of(connection, _predecessors, matter, given=ids) for matter in MATTERS]
    return {number for rows in asked for (number,) in rows if number}


def _predecessors(matter: str) -> Select[Any]:
    one, other = _interactions.alias("one"), _interactions.alias("other")
    last = (
        select(other.c.id)
        .where(_same_matter(one, other, matter), _moment(other) < _moment(one))
        .order_by(other.c.created_at.desc(), other.c.external_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(last).where(
        among(one.c.id),
        one.c.customer_hash.is_not(None),
        one.c[matter].is_not(None),
    )


def _link(connection: Connection, ids: set[int]) -> None:
    rows: list[list[object]] = []
    for number, old, *ahead in rows_of(connection, _successors, given=ids):
        new = min((one for one in ahead if one is not None), default=None)
        if new != old:
            rows.append([new, number])
    _update(connection, ("next_at",), rows)


def _successors() -> Select[Any]:
    """Those of some records that have or had a next contact: id, when it was, when it is."""
    one, other = _interactions.alias("one"), _interactions.alias("other")
    later = [
        select(_ms(other.c.created_at))
        .where(_same_matter(one, other, matter), _moment(other) > _moment(one))
        .order_by(other.c.created_at, other.c.external_id)
        .limit(1)
        .scalar_subquery()
        for matter in MATTERS
    ]
    # The limit keeps the two looks at the neighbours from being taken twice.
    found = (
        select(one.c.id, _ms(one.c.next_at).label("old"), *later)
        .where(among(one.c.id), one.c.customer_hash.is_not(None))
        .limit(ALL)
        .subquery()
    )
    return select(found).where(or_(*(column.is_not(None) for column in list(found.c)[1:])))


def _parts(connection: Connection, ids: set[int]) -> list[Part]:
    """All parts of records' contacts, where a contact has or had more than one."""
    keys: dict[int, set[str]] = defaultdict(set)
    for source_id, key in rows_of(connection, _shared_contacts, given=ids):
        keys[source_id].add(key)
    return [
        part for source_id in keys for part in _members(connection, source_id, keys[source_id])
    ]


def _shared_contacts() -> Select[Any]:
    other = _interactions.alias("other")
    named = select(other.c.id).where(
        other.c.source_id == _i.source_id, other.c.contact_key == _i.external_id
    )
    several = or_(_i.contact_key.is_not(None), _i.contact_parts != 1, named.exists())
    contact = func.coalesce(_i.contact_key, _i.external_id)
    return select(_i.source_id, contact).where(among(_i.id), several)


def _members(connection: Connection, source_id: int, keys: Iterable[str]) -> list[Part]:
    wanted = sorted(keys)
    parts: dict[int, Part] = {}
    for first in range(0, len(wanted), 5000):
        some = wanted[first : first + 5000]
        for member in (_i.contact_key.in_(some), _i.external_id.in_(some)):
            found = _select(connection, and_(_i.source_id == source_id, member))
            parts |= {part.id: part for part in found}
    # A record that names another contact is no part of the one that bears its own id.
    return [one for one in parts.values() if (one.contact_key or one.external_id) in keys]


def _select(connection: Connection, which: ColumnElement[bool]) -> list[Part]:
    instants = [_ms(_i[name]).label(name) for name in _INSTANTS]
    joined = _interactions.join(_agent, _agent.c.id == _i.agent_id)
    query = (
        select(*(_i[name] for name in _PART), *instants, _team.c.name.label("team"))
        .select_from(joined.outerjoin(_team, _team.c.id == _agent.c.team_id))
        .where(which)
    )
    return [*connection.execute(query).all()]
