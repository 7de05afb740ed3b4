"""Who looks, and whose figures that person may see: decided from the roster, by nothing else."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, String, select

from scoring.asking import Scope
from scoring.columns import table_of
from scoring.driver import among, asked, rows_of
from scoring.errors import UnknownNameError
from scoring.people import agent_key, find_agent, manages
from scoring.records import Agent

_a = table_of(Agent).c


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
    found = rows_of(connection, _linked, about={"user": user_id})
    return _viewer(connection, found[0][0]) if len(found) == 1 else None


def _linked() -> Select[Any]:
    return select(_a.id).where(_a.slack_user_id == asked("user", String()), _a.person == 1)


def _viewer(connection: Connection, agent_id: int) -> Viewer:
    own = next(iter(_people(connection, _self, agent_id)), None)
    if own is None:
        raise UnknownNameError("That person is not on the roster any more.")
    if own.role == "admin":
        return Viewer(agent_id, own.name_key, own.role, None, None, Scope())
    led = _led(connection, own)
    others = [row for row in led if row.id != agent_id]
    teams = _whole_teams(connection, others, agent_id)
    seen = frozenset({agent_id, *(row.id for row in led)})
    beside = any(row.team_id not in teams for row in others)
    people = Scope(tuple(sorted(seen)))
    scope = people if beside or not teams else Scope(None, tuple(sorted(teams)))
    return Viewer(agent_id, own.name_key, own.role, seen, teams, scope)


class _Row(NamedTuple):
    """What a person's row of the roster says of whom they may see, and who may see them."""

    id: int
    name_key: str
    role: str
    team_id: int | None
    manager: str | None
    ended_on: int | None


def _people(connection: Connection, build: Callable[[], Select[Any]], value: object) -> list[_Row]:
    return [_Row(*row) for row in rows_of(connection, build, about={"value": value})]


def _self() -> Select[Any]:
    return _rows().where(_a.id == asked("value"))


def _rows() -> Select[Any]:
    return select(*(_a[name] for name in _Row._fields)).where(_a.person == 1)


def _led(connection: Connection, own: _Row) -> list[_Row]:
    """The rows of those whom a person leads.

    Few rosters name more than some dozens of managers, so who is meant is told here, where the
    small letters of every language are known, and only those people's rows are read.
    """
    named = [name for (name,) in rows_of(connection, _managers) if agent_key(name) == own.name_key]
    found = _people(connection, _of_managers, named) if named else []
    if own.role == "manager" and own.team_id is not None:
        found += _people(connection, _of_teams, [own.team_id])
    return [row for row in {row.id: row for row in found}.values() if manages(own, row)]


def _managers() -> Select[Any]:
    return select(_a.manager).where(_a.person == 1, _a.manager.is_not(None)).distinct()


def _of_managers() -> Select[Any]:
    return _rows().where(among(_a.manager, "value"))


def _of_teams() -> Select[Any]:
    return _rows().where(among(_a.team_id, "value"))


def _whole_teams(connection: Connection, led: Sequence[_Row], leader: int) -> frozenset[int]:
    """The teams all of whose people, but for the leader and who has left, are among those led."""
    ids = {row.id for row in led}
    members: dict[int, set[int]] = defaultdict(set)
    teams = sorted({row.team_id for row in led if row.team_id is not None})
    for row in _people(connection, _of_teams, teams) if teams else ():
        if row.team_id is not None and row.id != leader and row.ended_on is None:
            members[row.team_id].add(row.id)
    return frozenset(team for team, people in members.items() if people <= ids)
