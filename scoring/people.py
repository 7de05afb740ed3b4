"""Who is who: agents, teams and sources by the names that records use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, insert, or_, select, update

from scoring.columns import table_of
from scoring.driver import among, mark, rows_of, run_many
from scoring.errors import UnknownNameError
from scoring.records import Agent, Source, Team

_agents = table_of(Agent)
_teams = table_of(Team)
_sources = table_of(Source)


def agent_key(said: str) -> str:
    """The key of an agent: an e-mail address in small letters, any other id as it stands."""
    said = said.strip()
    return said.casefold() if "@" in said else said


def nobody_key(team: str | None) -> str:
    """The key of the stand-in that carries a team's unanswered contacts."""
    return f"nobody:{team or ''}"


@dataclass
class Directory:
    """Ids by name, remembered while a file is taken in; names it has not seen are added."""

    connection: Connection
    agents: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    _told: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def source(self, name: str) -> int:
        """The id of a source."""
        found = _ids(self.connection, _sources, _sources.c.name, {name})
        return found[name] if found else _add(self.connection, _sources, {"name": name})

    def team_ids(self, names: Iterable[str]) -> Mapping[str, int]:
        """Ids of teams, made where they are new."""
        missing = set(names) - self.teams.keys()
        self.teams |= _ids(self.connection, _teams, _teams.c.name, missing)
        for name in sorted(missing - self.teams.keys()):
            self.teams[name] = _add(self.connection, _teams, {"name": name})
        return self.teams

    def agent_ids(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Ids of agents by key, made where they are new."""
        missing = set(keys) - self.agents.keys()
        self.agents |= _ids(self.connection, _agents, _agents.c.name_key, missing)
        fresh = sorted(missing - self.agents.keys())
        if fresh:
            rows = [{"name_key": name, "person": 1, "role": "agent"} for name in fresh]
            self.connection.execute(insert(_agents), rows)
            self.agents |= _ids(self.connection, _agents, _agents.c.name_key, set(fresh))
        return self.agents

    def nobody(self, teams: Iterable[str | None]) -> dict[str | None, int]:
        """Ids of the stand-ins that carry what nobody answered, by team."""
        wanted = set(teams)
        self.team_ids(team for team in wanted if team)
        self.agent_ids(nobody_key(team) for team in wanted)
        found = {}
        for team in wanted:
            agent_id = self.agents[nobody_key(team)]
            self.connection.execute(
                update(_agents)
                .where(_agents.c.id == agent_id)
                .values(person=0, team_id=self.teams[team] if team else None)
            )
            found[team] = agent_id
        return found

    def tell(self, told: Mapping[str, tuple[str | None, str | None]]) -> None:
        """Fills in names and teams of agents, by key, where the roster says nothing yet."""
        new = {one: facts for one, facts in told.items() if self._told.get(one) != facts}
        self.team_ids(team for _, team in new.values() if team)
        rows = [
            (name, self.teams[team] if team else None, self.agents[one])
            for one, (name, team) in sorted(new.items())
        ]
        one = mark(self.connection)
        statement = (
            f"UPDATE agent SET name = COALESCE(name, {one}), team_id = COALESCE(team_id, {one})"  # noqa: S608 no input
            f" WHERE id = {one} AND (name IS NULL OR team_id IS NULL)"
        )
        run_many(self.connection, statement, rows)
        self._told |= new


def _ids(
    connection: Connection, table: Table, column: Column[str], names: set[str]
) -> dict[str, int]:
    return dict(rows_of(connection, _named, table, column, given=sorted(names)))


def _named(table: Table, column: Column[str]) -> Select[Any]:
    return select(column, table.c.id).where(among(column))


def _add(connection: Connection, table: Table, row: dict[str, object]) -> int:
    return int(connection.execute(insert(table).values(row)).inserted_primary_key[0])  # type: ignore[index]


def agent_names(connection: Connection) -> list[str]:
    """The names of all agents that have one."""
    a = _agents.c
    return list(connection.scalars(select(a.name).where(a.name.is_not(None)).order_by(a.name)))


def manages(one: Any, other: Any) -> bool:
    """Whether one person leads another, by their rows on the roster.

    As whom the roster names as the other's manager, or as a manager in the other's team.
    """
    if other.manager is not None and agent_key(other.manager) == one.name_key:
        return True
    return one.role == "manager" and one.team_id is not None and one.team_id == other.team_id


def find_agent(connection: Connection, said: str) -> int:
    """The id of the agent with this key or name.

    Raises:
        UnknownNameError: nobody is called that, or several are.
    """
    a = _agents.c
    query = select(a.id, a.name_key, a.name).where(a.person == 1)
    rows = connection.execute(query.where(a.name_key == agent_key(said))).all()
    if not rows:
        # Databases do not agree on the small letters of names beyond English.
        wanted = said.strip().casefold()
        people = connection.execute(query.where(a.name.is_not(None))).all()
        rows = [row for row in people if row.name.casefold() == wanted]
    if not rows:
        raise UnknownNameError(
            f"No agent is called “{said}”. Give the id or e-mail address as the records have it."
        )
    if len(rows) > 1:
        keys = ", ".join(sorted(row.name_key for row in rows))
        raise UnknownNameError(f"“{said}” may be any of {keys}. Give one of these.")
    return int(rows[0].id)


def find_team(connection: Connection, said: str) -> int:
    """The id of a team, whatever its letters' case.

    Raises:
        UnknownNameError: no team is called that; the teams there are named.
    """
    rows = connection.execute(select(_teams.c.id, _teams.c.name)).all()
    wanted = said.strip().casefold()
    found = [row.id for row in rows if row.name == said.strip()] or [
        row.id for row in rows if row.name.casefold() == wanted
    ]
    if len(found) != 1:
        names = ", ".join(sorted(row.name for row in rows)) or "none yet"
        raise UnknownNameError(f"No team is called “{said}”. The teams are: {names}.")
    return int(found[0])


def team_people(connection: Connection, team: int, first: date, last: date) -> dict[int, str]:
    """The names, or keys, of the agents who are on a team at some time between two days, by id.

    Whoever leads is not among them, unless they handle contacts under the role of an agent.
    """
    a = _agents.c
    here = (
        a.team_id == team,
        a.person == 1,
        a.role == "agent",
        or_(a.started_on.is_(None), a.started_on <= last.toordinal()),
        or_(a.ended_on.is_(None), a.ended_on >= first.toordinal()),
    )
    rows = connection.execute(select(a.id, a.name_key, a.name).where(*here).order_by(a.id))
    return {row.id: row.name or row.name_key for row in rows}
