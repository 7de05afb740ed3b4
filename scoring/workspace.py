"""What a workspace has decided: calendar, rules, working hours; and what its sums rest on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from scoring.columns import table_of, to_ms
from scoring.database import reading
from scoring.driver import rows_of, run_many, upsert
from scoring.measures import Moment, Rules
from scoring.period import Calendar
from scoring.records import Setting
from scoring.working_hours import WorkingHours

_settings = table_of(Setting)
FOOTING = ("zone", "week_starts", "repeat_days", "working_hours")


@dataclass(frozen=True)
class Workspace:
    """The decisions that figures rest on.

    ``hours`` are a team's working hours by its name, None being everybody else's; empty where no
    business clock is wanted.
    """

    calendar: Calendar
    rules: Rules = field(default_factory=Rules)
    hours: Mapping[str | None, WorkingHours] = field(default_factory=dict)

    def hours_of(self, team: str | None) -> WorkingHours | None:
        """The working hours of a team, else the workspace's."""
        return self.hours.get(team, self.hours.get(None))

    def moment(self, now: datetime) -> Moment:
        """A moment as the database counts it."""
        return Moment(to_ms(now), self.calendar.day_of(now).toordinal())

    def footing(self) -> dict[str, str]:
        """What the kept sums rest on, as it is written into the database."""
        return {
            "zone": self.calendar.zone.key,
            "week_starts": str(self.calendar.week_starts),
            "repeat_days": str(self.rules.repeat_days),
            "working_hours": _digest(self.hours),
        }


def _digest(hours: Mapping[str | None, WorkingHours]) -> str:
    """A short sign of working hours that changes when they do."""
    told = [
        (name or "", one.zone.key, one.week, sorted(one.holidays), one.pauses)
        for name, one in sorted(hours.items(), key=lambda item: item[0] or "")
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8] if told else "none"


def footing(connection: Connection) -> dict[str, str]:
    """What the kept sums of a database rest on; empty before the first record."""
    return {name: value for name, value in rows_of(connection, _said) if name in FOOTING}


def _said() -> Select[Any]:
    return select(_settings.c.name, _settings.c.value)


def set_footing(connection: Connection, workspace: Workspace) -> None:
    """Writes down what the kept sums rest on from now."""
    statement = upsert(_settings, connection)
    run_many(connection, statement, list(workspace.footing().items()))


def as_kept(connection: Connection, workspace: Workspace) -> Workspace:
    """The workspace whose days, weeks and window the kept sums use; a new one's own."""
    known = footing(connection)
    if not known:
        set_footing(connection, workspace)
        return workspace
    zone = type(workspace.calendar.zone)(known["zone"])
    calendar = Calendar(zone, int(known["week_starts"]))
    return replace(workspace, calendar=calendar, rules=Rules(int(known["repeat_days"])))


def differs(engine: Engine, workspace: Workspace) -> dict[str, str]:
    """What the kept sums rest on where it is not what the workspace now says; mostly empty."""
    with reading(engine) as connection:
        known = footing(connection)
    return {name: known[name] for name in known if known[name] != workspace.footing()[name]}
