"""Sums that something large has passed through are added up again."""

import pytest

from scoring import kept_cells
from scoring.kept_cells import cell_of
from scoring.records import Agent
from tests.factories import interactions, stored, taken
from tests.scoring.crowd import kept

MONDAY, SUNDAY = "2026-11-09", "2026-11-15"
SQUARES = "resolution_seconds_squares"
ALONE = {"d": 61.3 * 61.3, "w": 61.3 * 61.3}


def passed_through(engine, day):
    """61.3 seconds on Monday, after half a year has been on a day and has gone."""
    waited = {"created_at": "2026-05-01T07:12:34.567Z", "resolved_at": f"{day}T12:00:00Z"}
    short = {"resolved_at": "2026-11-09T09:01:01.3Z"}
    rows = interactions(short, {"started_at": f"{day}T09:00:00Z"} | waited)
    taken(engine, rows)
    taken(engine, [rows[1] | {"excluded": "test"}])
    return {place[0]: value for place, value in kept(engine).items() if place[-1] == SQUARES}


@pytest.mark.parametrize("day", [MONDAY, SUNDAY])
def test_what_has_gone_leaves_no_digit_in_the_day_or_the_week(database, day):
    assert passed_through(database, day) == pytest.approx(ALONE, rel=1e-12)


def test_it_would_leave_some_if_they_were_not_added_up_again(database, monkeypatch):
    monkeypatch.setattr(kept_cells, "SPOILT", 1e200)
    assert passed_through(database, MONDAY) != pytest.approx(ALONE, rel=1e-12)


def test_where_nothing_is_left_nothing_is(database):
    rows = interactions({"csat": 1, "handle_seconds": 0.1}, {"csat": 2, "handle_seconds": 0.2})
    taken(database, rows)
    taken(database, [row | {"excluded": "test"} for row in rows])
    assert {place[-1] for place in kept(database)} <= {
        f"excluded_{anchor}_n" for anchor in ("created", "ended", "closed", "resolved")
    }


def test_a_cells_key_tells_agent_day_and_whether_somebody_answered(database):
    taken(database, interactions({}))
    (agent,) = stored(database, Agent)
    key = (agent["id"] * 2 + 1) * kept_cells.DAYS + 739_929
    assert cell_of(key) == (agent["id"], 1, 739_929)
