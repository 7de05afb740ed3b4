"""Whom a reader expects to see, whether or not there is a record of them: by the roster."""

from typing import Any

from sqlalchemy import Select, or_, select

from scoring.asking import Ask, Group, Reader
from scoring.columns import table_of
from scoring.driver import among, asked, rows_of
from scoring.records import Agent, Team

_a = table_of(Agent).c
_t = table_of(Team).c


def on_roster(reader: Reader, ask: Ask) -> set[Group]:
    """The agents in the job at any time of a period, or the teams, that are asked about."""
    scope, period = ask.scope, ask.period
    about = {
        "first": period.first.toordinal(),
        "last": period.last.toordinal(),
        "agents": scope.agents,
        "teams": scope.teams,
    }
    some_agents, some_teams = scope.agents is not None, scope.teams is not None
    if ask.by == ("team",):
        return set(rows_of(reader.connection, _teams, some_teams, about=about))
    return set(rows_of(reader.connection, _agents, some_agents, some_teams, about=about))


def _teams(some: bool) -> Select[Any]:  # noqa: FBT001 a query's argument
    query = select(_t.id)
    return query.where(among(_t.id, "teams")) if some else query


def _agents(some_agents: bool, some_teams: bool) -> Select[Any]:  # noqa: FBT001 a query's arguments
    query = select(_a.id).where(
        _a.person == 1,
        _a.role == "agent",
        or_(_a.ended_on.is_(None), _a.ended_on >= asked("first")),
        or_(_a.started_on.is_(None), _a.started_on <= asked("last")),
    )
    if some_agents:
        query = query.where(among(_a.id, "agents"))
    return query.where(among(_a.team_id, "teams")) if some_teams else query
