"""What contacts alone do not tell: shifts, the staff survey, the backlog."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from scoring.columns import table_of
from scoring.database import writing
from scoring.people import Directory
from scoring.records import Pulse
from tests.factories import interactions, shift, taken
from tests.scoring.estimates import days, estimate_of, estimates_of, value_of, values_of

TUESDAY = {"date": "2026-11-10"}
ON_QUEUE = {"agent": "ana", "on_queue_seconds": 3600}


def worked(engine, *shifts):
    """Shifts of Ana's Monday unless told otherwise."""
    taken(engine, [shift(**{"agent": "ana", **cells}) for cells in shifts], "shifts")


def served(engine, *rows):
    """Contacts of Ana's Monday unless told otherwise."""
    taken(engine, interactions(*({"agent": "ana", **row} for row in rows)))


def available(productive, of=28800, **cells):
    return {"productive_seconds": productive, "available_seconds": of, **cells}


def test_utilization_is_productive_time_of_available_time(database):
    worked(database, available(21600), available(18000, **TUESDAY))
    utilization = estimate_of(database, "utilization")
    assert (utilization.value, utilization.n) == (0.6875, 2)
    assert utilization.low < 0.6875 < utilization.high


def test_a_shift_of_which_half_is_unknown_is_left_out_of_both_sides(database):
    worked(database, available(14400), available(None, **TUESDAY))
    assert value_of(database, "utilization") == 0.5


def test_no_available_time_is_no_data_and_not_zero(database):
    worked(database, available(0, of=0))
    nothing = estimate_of(database, "utilization")
    assert (nothing.value, nothing.why_none) == (None, "no_records")


def test_shifts_are_told_by_agent_team_and_week(database):
    taken(database, [{"agent": "ana", "team": "Billing"}, {"agent": "ben"}], "roster")
    monday_after = {"agent": "ben", "date": "2026-11-16"}
    worked(database, available(7200), available(14400, **monday_after))
    both = days("2026-11-09", "2026-11-22")
    assert values_of(database, "utilization", period=both) == {"ana": 0.25, "ben": 0.5}
    assert values_of(database, "utilization", "team", period=both) == {"Billing": 0.25, None: 0.5}
    assert values_of(database, "utilization", "week", period=both) == {
        "2026-11-09": 0.25,
        "2026-11-16": 0.5,
    }


def test_shifts_are_told_of_a_scope(database):
    taken(database, [{"agent": "ana", "team": "Billing"}, {"agent": "ben"}], "roster")
    worked(database, available(7200), available(14400, agent="ben"))
    assert value_of(database, "utilization", agents=["ben"]) == 0.5
    assert value_of(database, "utilization", teams=["Billing"]) == 0.25


@pytest.mark.parametrize("kpi", ["utilization", "productivity", "occupancy"])
def test_shifts_know_no_channels(database, kpi):
    worked(database, available(1800, on_queue_seconds=3600))
    served(database, {})
    assert estimates_of(database, kpi, "channel") == {}
    assert estimates_of(database, kpi, labels={"channel": ("phone",)}) == {}


def chat(begin, minutes, **cells):
    """A chat that takes so many minutes from a time on the clock."""
    end = datetime.fromisoformat(f"2026-11-09T{begin}:00Z").timestamp() + minutes * 60
    ended_at = datetime.fromtimestamp(end, UTC).isoformat()
    started_at = f"2026-11-09T{begin}:00Z"
    times = {"started_at": started_at, "ended_at": ended_at, "handle_seconds": minutes * 60}
    return times | cells


@pytest.mark.parametrize(
    ("chats", "busy_minutes"),
    [
        pytest.param([("09:00", 15)], 15, id="one"),
        pytest.param([("09:00", 15), ("09:30", 15)], 30, id="one after another"),
        pytest.param([("09:00", 20), ("09:10", 20)], 30, id="overlapping"),
        pytest.param([("09:00", 30), ("09:05", 5), ("09:20", 5)], 30, id="within a long one"),
        pytest.param([("09:00", 20), ("09:00", 20)], 20, id="at once"),
    ],
)
def test_time_with_two_chats_in_hand_counts_once(database, chats, busy_minutes):
    worked(database, ON_QUEUE)
    served(database, *(chat(*one) for one in chats))
    assert value_of(database, "occupancy") == busy_minutes / 60


def test_chats_of_two_agents_do_not_overlap(database):
    worked(database, ON_QUEUE, ON_QUEUE | {"agent": "ben"})
    served(database, chat("09:00", 15), chat("09:00", 45, agent="ben"))
    assert value_of(database, "occupancy") == 0.5
    assert values_of(database, "occupancy") == {"ana": 0.25, "ben": 0.75}


@pytest.mark.parametrize("cells", [{"excluded": "test"}, {"handled_by": "bot"}])
def test_what_no_agent_handled_keeps_none_busy(database, cells):
    worked(database, ON_QUEUE)
    served(database, chat("09:00", 30, **cells))
    assert value_of(database, "occupancy") == 0


def test_contacts_on_a_day_whose_shift_is_unknown_are_in_no_figure_of_shifts(database):
    worked(database, ON_QUEUE)
    tuesday = {"started_at": "2026-11-10T09:00:00Z", "handle_seconds": 1800}
    served(database, chat("09:00", 30), tuesday)
    assert value_of(database, "occupancy") == 0.5
    assert value_of(database, "productivity") == 1


def test_contacts_of_agents_without_shifts_are_in_no_figure_of_shifts(database):
    worked(database, ON_QUEUE)
    served(database, chat("09:00", 30), chat("09:00", 30, agent="ben"))
    assert value_of(database, "occupancy") == 0.5
    assert value_of(database, "productivity") == 1


def test_productivity_is_contacts_for_every_hour_on_the_queue(database):
    worked(database, {"on_queue_seconds": 7200})
    served(database, {}, {}, {})
    productivity = estimate_of(database, "productivity")
    assert (productivity.value, productivity.n) == (1.5, 3)


def test_an_hour_on_the_queue_with_no_contact_is_zero_an_hour(database):
    worked(database, ON_QUEUE, ON_QUEUE | {"agent": "ben"})
    served(database, {})
    assert values_of(database, "productivity") == {"ana": 1, "ben": 0}


def test_no_time_on_the_queue_is_no_productivity(database):
    worked(database, {"on_queue_seconds": 0})
    served(database, {})
    assert value_of(database, "productivity") is None


def answered(engine, team, *answers):
    """Answers of a team to November's staff survey."""
    day = date(2026, 11, 9).toordinal()
    with writing(engine) as connection:
        team_id = Directory(connection).team_ids([team])[team]
        rows = [{"team_id": team_id, "day": day, "satisfaction": answer} for answer in answers]
        connection.execute(insert(table_of(Pulse)), rows)


def test_the_staff_survey_is_a_mean_of_five_answers_or_more(database):
    answered(database, "Billing", 4, 4, 5, 3, 4)
    ess = estimate_of(database, "ess", teams=["Billing"])
    assert (ess.value, ess.n) == (4, 5)


def test_four_answers_of_the_staff_survey_are_shown_to_nobody(database):
    answered(database, "Billing", 1, 1, 1, 1)
    for ess in (estimate_of(database, "ess"), estimates_of(database, "ess", "team")["Billing"]):
        assert (ess.value, ess.low, ess.high, ess.n, ess.why_none) == (
            None,
            None,
            None,
            0,
            "too_few",
        )


def test_the_staff_survey_is_told_by_team_with_small_teams_hidden(database):
    answered(database, "Billing", *[5] * 5)
    answered(database, "Sales", *[1] * 4)
    assert values_of(database, "ess", "team") == {"Billing": 5, "Sales": None}


def test_the_staff_survey_is_of_no_agent(database):
    served(database, {"team": "Billing"})
    answered(database, "Billing", *[4] * 5)
    assert estimates_of(database, "ess", "agent") == {}
    assert value_of(database, "ess", agents=["ana"]) is None


def open_since(created, **cells):
    return {"started_at": created, "outcome": "unresolved", "handle_seconds": 60, **cells}


def test_backlog_age_is_the_median_age_of_open_contacts_at_the_end(database):
    at_noon = ("2026-11-15T00:00:00Z", "2026-11-14T00:00:00Z", "2026-11-13T00:00:00Z")
    served(database, *(open_since(created) for created in at_noon))
    backlog = estimate_of(database, "backlog_age")
    assert (backlog.value, backlog.n) == (2 * 86400, 3)


@pytest.mark.parametrize(
    ("cells", "is_open"),
    [
        pytest.param({}, 1, id="unresolved"),
        pytest.param({"resolved_at": "2026-11-16T00:00:00.001Z"}, 1, id="resolved later"),
        pytest.param({"resolved_at": "2026-11-15T23:00:00Z"}, 0, id="resolved before"),
        pytest.param({"outcome": None}, 0, id="not known to be open"),
        pytest.param({"outcome": "resolved"}, 0, id="resolved at a time unknown"),
        pytest.param({"excluded": "spam"}, 0, id="excluded"),
        pytest.param({"started_at": "2026-11-16T00:00:01Z"}, 0, id="made later"),
    ],
)
def test_what_is_open_at_the_end_of_a_period(database, cells, is_open):
    served(database, open_since("2026-11-10T09:00:00Z", **cells))
    assert estimate_of(database, "backlog_age").n == is_open


def test_the_age_of_what_is_still_open_grows_until_now(database):
    now = datetime(2026, 11, 9, 12, tzinfo=UTC)
    served(database, open_since("2026-11-09T09:00:00Z"))
    assert value_of(database, "backlog_age", now=now) == 3 * 3600


def test_an_open_contact_of_two_agents_is_one_and_the_closers(database):
    parts = ({"agent": "ana"}, {"agent": "ben", "started_at": "2026-11-10T10:00:00Z"})
    created = {"created_at": "2026-11-10T00:00:00Z", "contact_id": "x"}
    served(database, *(open_since("2026-11-10T09:00:00Z", **created) | part for part in parts))
    assert values_of(database, "backlog_age") == {"ben": 6 * 86400}


def test_the_backlog_is_told_by_channel_and_team(database):
    served(database, open_since("2026-11-15T00:00:00Z", channel="chat", team="Billing"))
    assert values_of(database, "backlog_age", "channel") == {"chat": 86400}
    assert values_of(database, "backlog_age", "team") == {"Billing": 86400}
    assert value_of(database, "backlog_age", labels={"channel": ("phone",)}) is None


def test_what_a_bot_left_open_is_no_agents(database):
    served(database, open_since("2026-11-15T00:00:00Z", agent=None, handled_by="bot"))
    assert value_of(database, "backlog_age") == 86400
    assert values_of(database, "backlog_age") == {}
