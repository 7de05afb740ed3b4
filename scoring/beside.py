"""What figures are compared with: another period, a team's median, everybody else, the target."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeAlias

from sqlalchemy import select

from scoring.asking import Ask, Group, Reader, Scope
from scoring.columns import table_of
from scoring.estimate import Estimate
from scoring.kpis import Kpi
from scoring.query import Query
from scoring.records import Agent
from scoring.scorecard import estimates
from scoring.viewers import Viewer

Figures: TypeAlias = dict[str, dict[Group, Estimate]]

# Fewer records than these are not ranked; of answers to surveys fewer will do.
FEWEST, FEWEST_ANSWERS = 10, 5
# A median of fewer people would tell what single ones of them did.
FEWEST_PEOPLE = 3
COUNTS = frozenset(("count", "figures"))

_agents = table_of(Agent)


@dataclass(frozen=True)
class Comparing:
    """A question being answered: who reads, what, for whom."""

    reader: Reader
    ask: Ask
    query: Query
    viewer: Viewer
    kpis: Sequence[Kpi]


@dataclass(frozen=True)
class Medians:
    """Teams' medians by KPI and team, and of how many people each is."""

    values: Mapping[str, Mapping[int, float]]
    people: Mapping[str, Mapping[int, int]]
    team_of: Mapping[int, int]

    def team_of_row(self, by: Sequence[str], group: Group) -> int | None:
        """The team that a row's person is in; of no person's row, the one team asked about."""
        if "agent" in by:
            return self.team_of.get(int(str(group[by.index("agent")])))
        teams = set(self.team_of.values())
        return teams.pop() if len(teams) == 1 else None


def figures(reader: Reader, ask: Ask, kpis: Sequence[Kpi]) -> Figures:
    """Estimates by KPI and group."""
    return dict(zip((kpi.key for kpi in kpis), estimates(reader, ask, kpis), strict=True))


def is_few(kpi: Kpi, n: float) -> bool:
    """Whether so many records are too few to rank a figure or to hold it against others."""
    return kpi.kind not in COUNTS and n < (FEWEST_ANSWERS if kpi.family == "voice" else FEWEST)


def other_period(on: Comparing) -> Figures:
    """The same figures of the period that is compared with."""
    compare = on.query.compare
    named = None if compare is None else compare.period
    period = named or on.ask.period.before(on.reader.calendar)
    return figures(on.reader, replace(on.ask, period=period), on.kpis)


def the_rest(on: Comparing) -> Figures:
    """The same figures of everybody else that the asker may see."""
    scope = on.ask.scope
    if scope.tenure is not None:
        first, after = scope.tenure
        rest = replace(scope, tenure=(after, None) if after is not None else (0, first))
        return figures(on.reader, replace(on.ask, scope=rest), on.kpis)
    everybody = on.viewer.narrowed(Scope(labels=scope.labels))
    people = {} if everybody is None else _people(on.reader, everybody)
    others = tuple(sorted(people.keys() - _people(on.reader, scope).keys()))
    if not others:
        return {kpi.key: {} for kpi in on.kpis}
    rest = Scope(others, None, scope.labels)
    return figures(on.reader, replace(on.ask, scope=rest), on.kpis)


def targets(on: Comparing) -> Figures:
    """The nearest edge of each KPI's target, as an estimate that is certain."""
    now = figures(on.reader, on.ask, on.kpis)
    return {
        kpi.key: {
            group: Estimate(edge, edge, edge, one.n)
            for group, one in now[kpi.key].items()
            if (edge := _edge(kpi, one.value)) is not None
        }
        for kpi in on.kpis
    }


def medians(on: Comparing) -> Medians:
    """Each team's median over its people who have enough records, themselves included.

    Only of teams that the asker may see, and of three people or more.
    """
    asked_about = _people(on.reader, on.ask.scope)
    team_of = {agent: team for agent, team in asked_about.items() if team is not None}
    teams = tuple(sorted(set(team_of.values())))
    seen = on.viewer.narrowed(Scope(None, teams)) if teams else None
    if seen is None:
        return Medians({}, {}, team_of)
    ask = Ask(("agent",), on.ask.period, replace(seen, labels=on.ask.scope.labels))
    found = figures(on.reader, ask, on.kpis)
    people = _people(on.reader, seen)
    enough = {kpi.key: _by_team(kpi, found[kpi.key], people) for kpi in on.kpis}
    return Medians(
        {key: {team: median(some) for team, some in one.items()} for key, one in enough.items()},
        {key: {team: len(some) for team, some in one.items()} for key, one in enough.items()},
        team_of,
    )


def _by_team(
    kpi: Kpi, found: Mapping[Group, Estimate], people: Mapping[int, int | None]
) -> dict[int, list[float]]:
    """The values of people who have enough records, by team; of teams that have enough people."""
    by_team: dict[int, list[float]] = defaultdict(list)
    for (agent,), one in found.items():
        team = people.get(int(str(agent)))
        if team is not None and one.value is not None and not is_few(kpi, one.n):
            by_team[team].append(one.value)
    return {team: some for team, some in by_team.items() if len(some) >= FEWEST_PEOPLE}


def team_medians(on: Comparing, known: Medians) -> Figures:
    """For each row, its person's team's median, as an estimate without an interval."""
    now = figures(on.reader, on.ask, on.kpis)
    found: Figures = {kpi.key: {} for kpi in on.kpis}
    for key, groups in now.items():
        for group in groups:
            team = known.team_of_row(on.ask.by, group)
            value = None if team is None else known.values.get(key, {}).get(team)
            if team is not None and value is not None:
                found[key][group] = Estimate(value, None, None, known.people[key][team])
    return found


def _edge(kpi: Kpi, value: float | None) -> float | None:
    if kpi.band is None or value is None:
        return None
    lowest, highest = kpi.band
    finite = [edge for edge in (lowest, highest) if abs(edge) != float("inf")]
    return min(finite, key=lambda edge: abs(edge - value))


def _people(reader: Reader, scope: Scope) -> dict[int, int | None]:
    """The people of a scope, and their teams."""
    a = _agents.c
    query = select(a.id, a.team_id).where(a.person == 1)
    if scope.agents is not None:
        query = query.where(a.id.in_(scope.agents))
    if scope.teams is not None:
        query = query.where(a.team_id.in_(scope.teams))
    return dict(reader.connection.execute(query).all())
