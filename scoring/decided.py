"""What admins decide in Slack: kept with who and when, and laid over what the settings say.

Nothing is ever changed or removed here: the newest decision of a name holds, so that the number
of the newest one tells whether anything has been decided since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Select, func, insert, select

from scoring.columns import table_of
from scoring.database import HEAD, reading, schema_version
from scoring.driver import rows_of
from scoring.kpis import Catalogue, Numbers
from scoring.leaders import Act
from scoring.records import Agent
from scoring.slack_records import DecisionRow
from scoring.targets import with_targets
from scoring.working_hours import Span, WorkingHours
from scoring.workspace import Workspace

WEEK_STARTS, HOURS, TARGET, LINK = "week_starts", "working_hours", "target:", "link:"

_rows, _agents = table_of(DecisionRow), table_of(Agent)
_d = _rows.c


@dataclass(frozen=True)
class Decided:
    """What holds of what was decided up to the decision of this number; 0 before the first.

    ``targets`` are by KPI; ``hours`` are those of everybody whose team has none of its own.
    """

    number: int = 0
    week_starts: int | None = None
    hours: WorkingHours | None = None
    targets: Mapping[str, float | Numbers] = field(default_factory=dict)

    def workspace(self, workspace: Workspace, *, week_starts: bool = True) -> Workspace:
        """A workspace with what was decided; without the first weekday where that is insisted."""
        if self.week_starts is not None and week_starts:
            calendar = replace(workspace.calendar, week_starts=self.week_starts)
            workspace = replace(workspace, calendar=calendar)
        if self.hours is not None:
            workspace = replace(workspace, hours={**workspace.hours, None: self.hours})
        return workspace

    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        """A catalogue with the targets that were decided."""
        return with_targets(catalogue, self.targets)


@dataclass(frozen=True)
class Decision:
    """That somebody decided something, and when; ``taken_back`` if the settings hold again."""

    name: str
    by: str
    at: datetime
    taken_back: bool


def newest(connection: Connection) -> int:
    """The number of the newest decision; 0 before the first."""
    return int(rows_of(connection, _newest)[0][0] or 0)


def decided(connection: Connection) -> Decided:
    """What holds now."""
    rows = _holding(connection)
    said = {row.name: row.value for row in rows if row.value is not None}
    starts, hours = said.get(WEEK_STARTS), said.get(HOURS)
    return Decided(
        max((row.id for row in rows), default=0),
        None if starts is None else int(starts),
        None if hours is None else _hours(hours),
        {
            name.removeprefix(TARGET): _target().validate_json(value)
            for name, value in said.items()
            if name.startswith(TARGET)
        },
    )


def decided_in(engine: Engine) -> Decided:
    """What holds in a database; nothing, where that is none yet, or of another schema.

    Raises:
        DatabaseError: it cannot be reached.
    """
    place = engine.url.database
    if engine.dialect.name == "sqlite" and place and not Path(place).exists():
        return Decided()
    if schema_version(engine) != HEAD:
        return Decided()
    with reading(engine) as connection:
        return decided(connection)


def decisions(connection: Connection) -> dict[str, Decision]:
    """Who decided what holds, and when, by name."""
    return {
        row.name: Decision(row.name, row.called, row.decided_at, row.value is None)
        for row in _holding(connection)
    }


def decide_week(connection: Connection, act: Act, week_starts: int | None) -> None:
    """Decides the first day of a week, 0 for Monday; None takes that back."""
    _keep(connection, act, WEEK_STARTS, None if week_starts is None else str(week_starts))


def decide_hours(connection: Connection, act: Act, hours: WorkingHours | None) -> None:
    """Decides the working hours of everybody whose team has none; None takes that back."""
    _keep(connection, act, HOURS, None if hours is None else _written(hours))


def decide_target(
    connection: Connection, act: Act, kpi: str, target: float | Numbers | None
) -> None:
    """Decides a KPI's target, () for none; None takes that back."""
    told = None if target is None else _target().dump_json(target).decode()
    _keep(connection, act, TARGET + kpi, told)


def note_link(connection: Connection, act: Act, agent: str, user_id: str | None) -> None:
    """Keeps who linked an agent, by key, to which Slack user; None for nobody any more."""
    told = None if user_id is None else TypeAdapter(str).dump_json(user_id).decode()
    _keep(connection, act, LINK + agent, told)


def _newest() -> Select[Any]:
    return select(func.max(_d.id))


def _holding(connection: Connection) -> Sequence[Any]:
    """The newest decision of each name."""
    last = select(func.max(_d.id)).group_by(_d.name)
    called = func.coalesce(_agents.c.name, _agents.c.name_key).label("called")
    query = (
        select(_d.id, _d.name, _d.value, _d.decided_at, called)
        .join(_agents, _agents.c.id == _d.agent_id)
        .where(_d.id.in_(last))
        .order_by(_d.id)
    )
    return connection.execute(query).all()


def _keep(connection: Connection, act: Act, name: str, value: str | None) -> None:
    row = {"name": name, "value": value, "agent_id": act.by, "decided_at": act.at}
    connection.execute(insert(_rows).values(**row))


def _target() -> TypeAdapter[float | Numbers]:
    return TypeAdapter(float | Numbers)


def _kept_hours() -> TypeAdapter[tuple[str, tuple[tuple[Span, ...], ...], tuple[date, ...]]]:
    return TypeAdapter(tuple[str, tuple[tuple[Span, ...], ...], tuple[date, ...]])


def _written(hours: WorkingHours) -> str:
    told = (hours.zone.key, hours.week, tuple(sorted(hours.holidays)))
    return _kept_hours().dump_json(told).decode()


def _hours(value: str) -> WorkingHours:
    zone, week, holidays = _kept_hours().validate_json(value)
    return WorkingHours(ZoneInfo(zone), week, frozenset(holidays))
