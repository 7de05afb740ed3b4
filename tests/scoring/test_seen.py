"""Rows of people who left a team are nobody's who never led them."""

import pytest

from scoring.answers import answer
from scoring.asking import Scope, reader
from scoring.database import reading
from scoring.people import find_team
from scoring.query import Query
from scoring.scorecard import names
from scoring.viewers import viewer_of
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.estimates import CATALOGUE, WEEK

# Uma left the team on Tuesday of the week; by the roster she was never Maya's.
ROSTER = [
    {"agent": "tom", "team": "Billing", "manager": "maya"},
    {"agent": "uma", "team": "Billing", "ended_on": "2026-11-10"},
    {"agent": "maya"},
    {"agent": "otto", "role": "admin"},
]


@pytest.fixture
def company(engine):
    rows = [
        {"agent": one, "started_at": f"2026-11-09T{hour:02}:00:00Z", "handle_seconds": 300}
        for one in ("tom", "uma")
        for hour in range(6)
    ]
    taken(engine, interactions(*rows))
    taken(engine, ROSTER, "roster")
    return engine


def rows_of(engine, who, **scope):
    workspace = workspace_of("UTC")
    with reading(engine) as connection:
        view = reader(connection, workspace, workspace.moment(NOW))
        teams = (find_team(connection, "Billing"),) if scope.pop("team", None) else None
        query = Query(kpis=("aht",), by=("agent",), period=WEEK, scope=Scope(teams=teams))
        found = answer(view, query, viewer_of(connection, who), CATALOGUE)
        known = names(view, [row.group for row in found.rows], ("agent",))
    return {known.agents[row.group[0]][0] for row in found.rows}


@pytest.mark.parametrize("scope", [{}, {"team": True}])
def test_who_left_and_was_never_theirs_is_in_no_row(company, scope):
    assert rows_of(company, "maya", **scope) == {"tom"}


def test_an_admin_sees_who_left(company):
    assert rows_of(company, "otto") >= {"tom", "uma"}
