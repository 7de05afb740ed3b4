"""People and teams by whatever a viewer may call them; nobody and nothing else is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, exists, select

from scoring.columns import table_of
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
    a, t = _agents.c, _teams.c
    people = select(a.id, a.name_key, a.name, a.slack_user_id).where(a.person == 1)
    teams = select(t.id, t.name).order_by(t.name)
    if viewer.agents is not None:
        people = people.where(a.id.in_(sorted(viewer.agents)))
    if viewer.teams is not None:
        teams = teams.where(t.id.in_(sorted(viewer.teams)))
    rows = connection.execute(people.order_by(a.id)).all()
    team_names = {row.id: row.name for row in connection.execute(teams)}
    called: dict[str, list[int]] = {}
    for row in rows:
        first = row.name.split()[0] if row.name and row.name.split() else None
        told = (row.name_key, row.name, first, row.slack_user_id)
        for name in {one.casefold() for one in told if one}:
            called.setdefault(name, []).append(row.id)
    teams_called: dict[str, list[int]] = {}
    for team, name in team_names.items():
        teams_called.setdefault(name.casefold(), []).append(team)
    return Named(
        {row.id: row.name or row.name_key for row in rows},
        team_names,
        called,
        teams_called,
    )


def has_roster(connection: Connection) -> bool:
    """Whether anybody on the roster is linked to a Slack user."""
    linked = exists().where(_agents.c.slack_user_id.is_not(None))
    return bool(connection.scalar(select(linked)))
