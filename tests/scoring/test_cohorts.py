"""How long somebody has been in the job, at the date of each contact."""

from datetime import date

import pytest

from scoring.asking import Ask, Scope, reader
from scoring.database import reading
from scoring.scorecard import estimates
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.estimates import CATALOGUE, WEEK, values_of

# Ana's 90th day in the job is Wednesday 11 November 2026.
STARTED = {"ana": "2026-08-13", "ben": "2020-01-01", "cleo": None}


@pytest.fixture
def staff(database):
    rows = [
        {"agent": name, "started_at": f"2026-11-{day:02}T09:00:00Z", "handle_seconds": seconds}
        for name, day, seconds in [
            ("ana", 10, 100),
            ("ana", 11, 200),
            ("ben", 10, 400),
            ("cleo", 10, 800),
        ]
    ]
    taken(database, interactions(*rows))
    people = [{"agent": name, "started_on": day} for name, day in STARTED.items()]
    taken(database, people, "roster")
    return database


def test_contacts_fall_into_the_cohort_of_their_date(staff):
    assert values_of(staff, "aht", "cohort") == {
        "under 90 days": 100,
        "90 days to a year": 200,
        "over a year": 400,
        None: 800,
    }


def handled(engine, tenure, kpi="aht"):
    with reading(engine) as connection:
        workspace = workspace_of()
        view = reader(connection, workspace, workspace.moment(NOW))
        ask = Ask((), WEEK, Scope(tenure=tenure))
        (found,) = estimates(view, ask, [CATALOGUE[kpi]])
        return found[()].value if found else None


@pytest.mark.parametrize(
    ("tenure", "value"), [((0, 90), 100), ((90, None), 300), ((0, 91), 150), ((9000, None), None)]
)
@pytest.mark.parametrize("kpi", ["aht", "aht_median"])
def test_a_scope_may_be_of_those_so_long_in_the_job(staff, tenure, value, kpi):
    assert handled(staff, tenure, kpi) == value


def test_what_is_kept_by_shift_or_backlog_knows_no_time_in_the_job(staff):
    assert handled(staff, (0, 90), "utilization") is None
    assert handled(staff, (0, 90), "backlog_age") is None
    assert values_of(staff, "backlog_age", "cohort") == {}


def test_the_days_are_counted_from_the_first_one():
    assert (date(2026, 11, 11) - date.fromisoformat(STARTED["ana"])).days == 90
