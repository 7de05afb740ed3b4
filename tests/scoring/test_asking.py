"""Who reads, and which of the kept sums serve them."""

from zoneinfo import ZoneInfo

import pytest

from scoring.asking import Ask, Scope
from scoring.database import reading
from scoring.measures import Rules
from scoring.period import Calendar
from scoring.workspace import Workspace
from tests.factories import interactions, taken, workspace_of
from tests.scoring.estimates import WEEK, asked


def usable(engine, workspace):
    with reading(engine) as connection:
        view, _ = asked(connection, workspace=workspace)
        return view.kept


@pytest.mark.parametrize(
    ("workspace", "kept"),
    [
        (workspace_of(), {"days", "weeks", "window"}),
        (Workspace(Calendar(ZoneInfo("UTC"), 6)), {"days", "window"}),
        (workspace_of("Europe/London"), {"window"}),
        (workspace_of(rules=Rules(3)), {"days", "weeks"}),
        (Workspace(Calendar(ZoneInfo("Asia/Tokyo")), Rules(3)), set()),
    ],
)
def test_kept_sums_serve_whoever_decided_alike(database, workspace, kept):
    taken(database, interactions({}))
    assert usable(database, workspace) == kept


def test_an_empty_database_has_no_sums_to_serve(database):
    assert usable(database, workspace_of()) == set()


@pytest.mark.parametrize(
    ("ask", "personal"),
    [
        (Ask((), WEEK), False),
        (Ask(("team",), WEEK), False),
        (Ask(("agent",), WEEK), True),
        (Ask(("week",), WEEK, Scope(agents=(1,))), True),
        (Ask(("week",), WEEK, Scope(teams=(1,))), False),
    ],
)
def test_figures_of_single_agents_are_personal(ask, personal):
    assert ask.personal is personal
