"""Who looks, and whose figures that person may see: decided from the roster, by nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from scoring.asking import Scope
from scoring.columns import table_of
from scoring.errors import UnknownNameError
from scoring.people import find_agent, manages
from scoring.records import Agent

_agents = table_of(Agent)


@dataclass(frozen=True)
class Viewer:
    """A person and what they may see.

    ``agents`` are the ids of the people whose figures they may see, themselves among them;
    ``teams`` of the teams whose figures as a whole they may see. An admin sees all there are, and
    both are None. ``own`` is all of it as one scope: teams, with what nobody answered there, or
    people where those do not make whole teams.
    """

    agent_id: int
    key: str
    role: str
    agents: frozenset[int] | None
    teams: frozenset[int] | None
    own: Scope

    @property
    def leads(self) -> bool:
        """Whether they may see anybody's figures but their own."""
        return self.agents is None or len(self.agents) > 1

    def may_see(self, agent_id: int) -> bool:
        """Whether they may see a person's figures."""
        return self.agents is None or agent_id in self.agents

    def narrowed(self, scope: Scope) -> Scope | None:
        """The part of a scope that they may see; None where that is nothing.

        Where neither people nor teams are asked for, it is everybody they may see.
        """
        if self.agents is None or self.teams is None:
            return scope
        if scope.agents is None and scope.teams is None:
            return replace(scope, agents=self.own.agents, teams=self.own.teams)
        agents, teams = scope.agents, scope.teams
        if agents is not None:
            agents = tuple(one for one in agents if one in self.agents)
        if teams is not None:
            teams = tuple(one for one in teams if one in self.teams)
        return None if () in {agents, teams} else replace(scope, agents=agents, teams=teams)


def viewer_of(connection: Connection, who: str) -> Viewer:
    """The person of this id, e-mail address or name, and what the roster lets them see.

    An admin sees everybody; whoever the roster names as somebody's manager, or has as a manager in
    their team, sees those people, and as wholes the teams that they all make up; everybody sees
    themselves.

    Raises:
        UnknownNameError: nobody or several people are called that.
    """
    return _viewer(connection, find_agent(connection, who))


def viewer_in_slack(connection: Connection, user_id: str) -> Viewer | None:
    """The person that the roster links to a Slack user; None where it links nobody, or several."""
    a = _agents.c
    found = connection.scalars(select(a.id).where(a.slack_user_id == user_id, a.person == 1)).all()
    return _viewer(connection, found[0]) if len(found) == 1 else None


def _viewer(connection: Connection, agent_id: int) -> Viewer:
    a = _agents.c
    columns = (a.id, a.name_key, a.role, a.team_id, a.manager, a.ended_on)
    rows = connection.execute(select(*columns).where(a.person == 1)).all()
    own = next((row for row in rows if row.id == agent_id), None)
    if own is None:
        raise UnknownNameError("That person is not on the roster any more.")
    if own.role == "admin":
        return Viewer(agent_id, own.name_key, own.role, None, None, Scope())
    led = {row.id for row in rows if manages(own, row)}
    teams = _whole_teams(rows, led, agent_id)
    seen = frozenset(led | {agent_id})
    beside = any(row.team_id not in teams for row in rows if row.id in led - {agent_id})
    people = Scope(tuple(sorted(seen)))
    scope = people if beside or not teams else Scope(None, tuple(sorted(teams)))
    return Viewer(agent_id, own.name_key, own.role, seen, teams, scope)


def _whole_teams(rows: Sequence[Any], led: set[int], leader: int) -> frozenset[int]:
    """The teams all of whose people, but for the leader and who has left, are among those led."""
    members: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.team_id is not None and row.id != leader and row.ended_on is None:
            members[row.team_id].add(row.id)
    return frozenset(team for team, people in members.items() if people <= led)
