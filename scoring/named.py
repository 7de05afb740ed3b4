"""People and teams by whatever a viewer may call them; nobody and nothing else is known here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from scoring.columns import table_of
from scoring.driver import among, rows_of
from scoring.records import Agent, Team
from scoring.viewers import Viewer

_agents = table_of(Agent)
_teams = table_of(Team)


@dataclass(frozen=True)
class Named:
    """Whom and what a viewer may see, by id, and their ids by name in small letters.

    ``people`` are names, or keys where there is no name, and ``teams`` names. ``called`` has
    people's names, keys and Slack ids, and first names; what several are called leads to all.
    """

    people: Mapping[int, str]
    teams: Mapping[int, str]
    called: Mapping[str, Sequence[int]] = field(default_factory=dict)
    teams_called: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def people_called(self, said: str) -> Sequence[int]:
        """The ids of the people who are called that; mostly none or one."""
        return self.called.get(said.strip().casefold(), ())

    def team_called(self, said: str) -> Sequence[int]:
        """The ids of the teams that are called that."""
        return self.teams_called.get(said.strip().casefold(), ())


def named(connection: Connection, viewer: Viewer) -> Named:
    """Whom and what a viewer may see."""
    about = {"agents": viewer.agents, "teams": viewer.teams}
    rows = rows_of(connection, _people, viewer.agents is not None, about=about)
    teams = rows_of(connection, _all_teams, viewer.teams is not None, about=about)
    people, called = {}, defaultdict[str, list[int]](list)
    for number, key, name, user in rows:
        people[number] = name or key
        first = name.split()[0] if name and name.split() else None
        for said in {one.casefold() for one in (key, name, first, user) if one}:
            called[said].append(number)
    teams_called = defaultdict[str, list[int]](list)
    for team, name in teams:
        teams_called[name.casefold()].append(team)
    return Named(people, dict(teams), dict(called), dict(teams_called))


def _people(some: bool) -> Select[Any]:  # noqa: FBT001 a query's argument
    a = _agents.c
    query = select(a.id, a.name_key, a.name, a.slack_user_id).where(a.person == 1).order_by(a.id)
    return query.where(among(a.id, "agents")) if some else query


def _all_teams(some: bool) -> Select[Any]:  # noqa: FBT001 a query's argument
    query = select(_teams.c.id, _teams.c.name).order_by(_teams.c.name)
    return query.where(among(_teams.c.id, "teams")) if some else query


def has_roster(connection: Connection) -> bool:
    """Whether anybody on the roster is linked to a Slack user."""
    linked = exists().where(_agents.c.slack_user_id.is_not(None))
    return bool(connection.scalar(select(linked)))
