"""The words an asker may use: the people, teams and labels they may see, and the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from scoring.asking import LABELS, Reader, Scope
from scoring.columns import table_of
from scoring.kpis import Kpi
from scoring.period import Calendar
from scoring.records import Agent, Interaction, Team
from scoring.viewers import Viewer

_agents = table_of(Agent)
_teams = table_of(Team)
_i = table_of(Interaction).c
# More values of one label than these are no words that people choose among.
MOST_LABELS = 500
# How far back, and among how many contacts, values in use are looked for.
LABEL_DAYS, MOST_CONTACTS = 90, 20_000


@dataclass(frozen=True)
class Person:
    """Somebody the asker may see; ``team`` is the id of their team."""

    id: int
    key: str
    name: str | None
    team: int | None


@dataclass(frozen=True)
class World:
    """What a question may be about, for one asker at one moment; nothing else exists for them.

    ``teams`` are names by id, ``labels`` the values in use by column; ``me`` is the asker's id.
    """

    me: int
    people: tuple[Person, ...]
    teams: Mapping[int, str]
    labels: Mapping[str, tuple[str, ...]]
    catalogue: Mapping[str, Kpi]
    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        """The local day of asking."""
        return self.calendar.today(self.now)


def world_of(reader: Reader, viewer: Viewer, catalogue: Mapping[str, Kpi], now: datetime) -> World:
    """The asker's world, read from the roster and their latest contacts."""
    scope = viewer.narrowed(Scope()) or Scope(agents=())
    a = _agents.c
    rows = reader.connection.execute(
        select(a.id, a.name_key, a.name, a.team_id).where(a.person == 1).order_by(a.name_key)
    )
    people = tuple(
        Person(row.id, row.name_key, row.name, row.team_id)
        for row in rows
        if viewer.may_see(row.id)
    )
    names = reader.connection.execute(select(_teams.c.id, _teams.c.name).order_by(_teams.c.name))
    teams = {
        team: name for team, name in names.all() if viewer.teams is None or team in viewer.teams
    }
    labels = _in_use(reader, scope)
    return World(viewer.agent_id, people, teams, labels, catalogue, now, reader.calendar)


def _in_use(reader: Reader, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The values of each label among the latest contacts of a scope, in order.

    Only so many contacts are looked at, of so many days before the last one known, so that it
    takes no longer the more records there are; a value that none of them has is no word yet.
    """
    last = reader.connection.scalar(
        select(func.max(_i.ended_day)).where(_i.ended_day <= reader.moment.day)
    )
    columns = [_i[name] for name in LABELS]
    latest = (
        select(*columns)
        .where(_i.ended_day > (last or 0) - LABEL_DAYS, _i.ended_day <= (last or 0), *_seen(scope))
        .order_by(_i.ended_day.desc())
        .limit(MOST_CONTACTS)
        .subquery()
    )
    found = reader.connection.execute(select(latest).distinct()).all()
    return {
        name: tuple(sorted({row[at] for row in found if row[at] is not None})[:MOST_LABELS])
        for at, name in enumerate(LABELS)
    }


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    own = []
    if scope.agents is not None:
        own.append(_i.agent_id.in_(scope.agents))
    if scope.teams is not None:
        members = select(_agents.c.id).where(_agents.c.team_id.in_(scope.teams))
        own.append(_i.agent_id.in_(members))
    return [or_(*own)] if own else []
