"""When and whether each person wants the weekly message, as they said; defaults for the rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from scoring.columns import table_of
from scoring.digest_records import PreferenceRow
from scoring.period import Calendar

_rows = table_of(PreferenceRow)
_HOUR = 60
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Preferences:
    """What a person wants.

    ``weekday`` is 0 for Monday, ``at`` a local time. ``zone`` None is the zone that Slack knows
    of them or, where it knows none, the workspace's. ``quiet`` are days of leave, from the first
    to the last of each pair. ``comparison`` is whether they are shown beside their team's median.
    """

    digest: bool = True
    weekday: int = 0
    at: time = time(9)
    zone: str | None = None
    quiet: tuple[tuple[date, date], ...] = ()
    comparison: bool = True

    def due_at(self, week: date, known: str | None, calendar: Calendar) -> datetime:
        """When the message of a week is due, by its Monday; in UTC.

        At the wanted hour of the wanted day after the week, in the person's zone or else the one
        that is known of them; and never before the week is over where the workspace is.
        """
        zone = _zone(self.zone) or _zone(known) or calendar.zone
        local = datetime.combine(self.due_day(week), self.at, zone)
        return max(local.astimezone(UTC), calendar.midnight(week + _WEEK))

    def due_day(self, week: date) -> date:
        """The person's own day on which the message of a week is due, by its Monday."""
        return week + _WEEK + timedelta(days=self.weekday)

    def is_quiet(self, day: date) -> bool:
        """Whether a day is one of leave."""
        return any(first <= day <= last for first, last in self.quiet)


def preferences(connection: Connection, agents: Collection[int]) -> dict[int, Preferences]:
    """What each of these agents wants, by id; the defaults for whoever said nothing."""
    wanted = set(agents)
    rows = connection.execute(select(_rows))
    said = {row.agent_id: _preferences(row) for row in rows if row.agent_id in wanted}
    return {agent: said.get(agent, Preferences()) for agent in sorted(wanted)}


def keep_preferences(
    connection: Connection, agent: int, wanted: Preferences, now: datetime
) -> None:
    """Keeps what an agent said, in place of what they said before."""
    connection.execute(delete(_rows).where(_rows.c.agent_id == agent))
    connection.execute(
        insert(_rows).values(
            agent_id=agent,
            digest=int(wanted.digest),
            weekday=wanted.weekday,
            minute=wanted.at.hour * _HOUR + wanted.at.minute,
            zone=wanted.zone,
            quiet=_quiet().dump_json(wanted.quiet).decode(),
            comparison=int(wanted.comparison),
            said_at=now,
        )
    )


def _preferences(row: Any) -> Preferences:
    return Preferences(
        bool(row.digest),
        row.weekday,
        time(*divmod(row.minute, _HOUR)),
        row.zone,
        _quiet().validate_json(row.quiet),
        bool(row.comparison),
    )


def _zone(name: str | None) -> ZoneInfo | None:
    """A zone by name; None where nobody knows such a zone."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@cache
def _quiet() -> TypeAdapter[tuple[tuple[date, date], ...]]:
    return TypeAdapter(tuple[tuple[date, date], ...])
