"""Medians and other quantiles are those of every single duration, as numpy has them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import delete

from scoring.columns import table_of
from scoring.database import writing
from scoring.period import Calendar, Period
from scoring.records import KeptValues
from scoring.workspace import Workspace
from tests.factories import interactions, taken, workspace_of
from tests.scoring.crowd import crowd
from tests.scoring.estimates import days, estimate_of, estimates_of, value_of, values_of

AUTUMN = days("2026-09-28", "2026-11-20")
ODD = days("2026-10-07", "2026-11-11")
CUT = Period(ODD.first, ODD.last, datetime(2026, 11, 11, 9, tzinfo=UTC))
SUNDAYS = Workspace(Calendar(workspace_of().calendar.zone, 6))


def handle_times(period, calendar, by):
    """Handle times of the crowd by agent, week or channel, worked out here."""
    begin, end = period.start(calendar), period.end(calendar)
    found = defaultdict(list)
    for row in crowd():
        ended = datetime.fromisoformat(row["ended_at"])
        handled = row["handled_by"] == "agent" and row["outcome"] != "abandoned"
        if handled and not row["excluded"] and row["handle_seconds"] and begin <= ended < end:
            week = calendar.week_of(calendar.day_of(ended)).isoformat()
            found[{**row, "week": week}.get(by)].append(row["handle_seconds"])
    return found


@pytest.mark.parametrize("period", [AUTUMN, ODD, CUT], ids=["weeks", "odd", "cut"])
@pytest.mark.parametrize("by", [(), "agent", "week", "channel"])
def test_quantiles_of_handle_time_are_those_of_numpy(database, period, by):
    taken(database, crowd())
    durations = handle_times(period, workspace_of().calendar, by or "none")
    for kpi, point in (("aht_median", 0.5), ("aht_p90", 0.9)):
        found = values_of(database, kpi, by, period=period)
        expected = {name or (): np.quantile(some, point) for name, some in durations.items()}
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("workspace", [SUNDAYS, workspace_of("Asia/Tokyo")])
def test_other_weeks_and_zones_are_read_from_the_records(database, workspace):
    taken(database, crowd())
    durations = handle_times(ODD, workspace.calendar, "week")
    found = values_of(database, "aht_median", "week", period=ODD, workspace=workspace)
    assert found == pytest.approx({name: np.median(some) for name, some in durations.items()})


def test_whole_weeks_are_read_from_what_is_kept(database):
    taken(database, interactions({}, {"channel": "chat"}))
    with writing(database) as connection:
        connection.execute(delete(table_of(KeptValues)))
    assert value_of(database, "aht_median") is None
    assert values_of(database, "aht_median", "channel") == {"phone": 300, "chat": 300}


def test_a_corrected_duration_takes_the_place_of_the_old(database):
    rows = interactions(*({"handle_seconds": seconds} for seconds in (100, 200, 200, 900)))
    taken(database, rows)
    taken(database, [rows[1] | {"handle_seconds": 1000}, rows[3] | {"excluded": "test"}])
    median = estimate_of(database, "aht_median")
    assert (median.value, median.n) == (200, 3)


@pytest.mark.parametrize(
    ("kpi", "name", "seconds"),
    [("frt_median", "first_reply_at", 90), ("resolution_time_median", "resolved_at", 90)],
)
def test_other_durations_have_medians_too(database, kpi, name, seconds):
    at = datetime(2026, 11, 9, 9, tzinfo=UTC)
    replies = (at + timedelta(seconds=after) for after in (30, seconds, 4000))
    taken(database, interactions(*({name: reply.isoformat()} for reply in replies)))
    assert value_of(database, kpi) == seconds
    assert value_of(database, kpi, period=days("2026-11-09")) == seconds


def test_an_unanswered_contacts_times_are_its_teams_and_not_its_agents(database):
    lost = {"outcome": "abandoned", "handle_seconds": None, "agent": "ana", "team": "Billing"}
    taken(database, interactions(lost | {"resolved_at": "2026-11-09T10:00:00Z"}))
    assert value_of(database, "resolution_time_median", teams=["Billing"]) == 3600
    assert estimates_of(database, "resolution_time_median", "agent") == {}


def test_a_median_has_an_interval_once_there_are_enough(database):
    rows = interactions(*({"handle_seconds": 60 * minutes} for minutes in range(1, 10)))
    taken(database, rows)
    # Nine values: the second and the eighth, by the binomial (Conover 1999, section 3.2).
    median = estimate_of(database, "aht_median")
    assert (median.low, median.value, median.high) == (120, 300, 480)


def test_nobody_has_no_median(database):
    assert estimate_of(database, "aht_median").why_none == "no_records"
