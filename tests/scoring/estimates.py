"""Figures of a database in one line: a test names the KPI, and agents and teams by their names.

What is asked may say ``period``, ``workspace``, ``now``, ``agents``, ``teams`` and ``labels``.
"""

from datetime import date

from scoring.asking import Ask, Scope, reader
from scoring.database import reading
from scoring.estimate import nothing
from scoring.kpis import load_catalogue
from scoring.people import find_agent, find_team
from scoring.period import Period
from scoring.scorecard import estimates, names, score
from tests.factories import NOW, workspace_of

CATALOGUE = load_catalogue()
# The week in which records happen unless told otherwise.
WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))


def days(first, last=None, until=None):
    """A period by its ISO dates."""
    return Period(date.fromisoformat(first), date.fromisoformat(last or first), until)


def asked(connection, by=(), *, period=WEEK, workspace=None, now=NOW, **scope):
    """Who reads and what is asked."""
    workspace = workspace or workspace_of()
    by = (by,) if isinstance(by, str) else by
    view = reader(connection, workspace, workspace.moment(now))
    return view, Ask(by, period, _scope(connection, **scope))


def _scope(connection, agents=None, teams=None, labels=None):
    ids = None if agents is None else tuple(find_agent(connection, one) for one in agents)
    team_ids = None if teams is None else tuple(find_team(connection, one) for one in teams)
    return Scope(ids, team_ids, labels or {})


def called(view, ask, groups):
    """What each group is called: names for ids, a date for a week; one part stands alone."""
    known = names(view, groups, ask.by)
    words = {"agent": lambda one: known.agents[one][0], "team": known.teams.get}
    words["week"] = lambda one: date.fromordinal(int(one)).isoformat()
    found = {}
    for group in groups:
        parts = [
            part if part is None or name not in words else words[name](part)
            for name, part in zip(ask.by, group, strict=True)
        ]
        found[group] = parts[0] if len(parts) == 1 else tuple(parts)
    return found


def kpi_of(kpi):
    """A KPI of the catalogue by its key; one that is no key as it stands."""
    return CATALOGUE[kpi] if isinstance(kpi, str) else kpi


def estimates_of(engine, kpi, by=(), **more):
    """The estimates of a KPI by the names of their groups."""
    with reading(engine) as connection:
        view, ask = asked(connection, by, **more)
        (found,) = estimates(view, ask, [kpi_of(kpi)])
        words = called(view, ask, found)
        return {words[group]: estimate for group, estimate in found.items()}


def estimate_of(engine, kpi, **more):
    """The estimate of a KPI over everybody, or over a scope."""
    return estimates_of(engine, kpi, **more).get((), nothing("no_records"))


def values_of(engine, kpi, by="agent", **more):
    """The values of a KPI by the names of their groups."""
    return {name: one.value for name, one in estimates_of(engine, kpi, by, **more).items()}


def value_of(engine, kpi, **more):
    """The value of a KPI over everybody, or over a scope."""
    return estimate_of(engine, kpi, **more).value


def scores_of(engine, kpi, by=(), **more):
    """The scores of a KPI by the names of their groups, in the order in which they are shown."""
    with reading(engine) as connection:
        view, ask = asked(connection, by, **more)
        scores = score(view, ask, [kpi_of(kpi)])
        words = called(view, ask, [one.group for one in scores])
        return {words[one.group]: one for one in scores}


def score_of(engine, kpi, **more):
    """The score of a KPI over everybody, or over a scope."""
    return scores_of(engine, kpi, **more)[()]
