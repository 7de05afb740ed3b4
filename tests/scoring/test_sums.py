"""Kept sums and the records themselves give the same figures, whatever is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from scoring.asking import Sums
from scoring.database import reading, writing
from scoring.kept import KEPT
from scoring.kpis import FROM_RECORDS
from scoring.measures import Rules
from scoring.period import Calendar, Period
from scoring.scorecard import estimates
from scoring.sums import divide
from scoring.workspace import Workspace
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.crowd import BEGIN, crowd
from tests.scoring.estimates import CATALOGUE, asked, days, estimate_of, value_of, values_of

SUMMED = [
    kpi
    for kpi in CATALOGUE.values()
    if kpi.kind in FROM_RECORDS - {"median", "p90"} and "." not in kpi.measure
]
AUTUMN = days("2026-09-28", "2026-11-20")
first_days = st.integers(0, 53).map(lambda count: date(2026, 9, 28) + timedelta(count))


@st.composite
def periods(draw):
    """Any days of the crowd's, some cut within the last of them."""
    first = draw(first_days)
    last = first + timedelta(draw(st.integers(0, 40)))
    cut = draw(st.sampled_from([None, 0, 1, 13.5, 23.99]))
    midnight = datetime.combine(last, datetime.min.time(), UTC)
    return Period(first, last, None if cut is None else midnight + timedelta(hours=cut))


groupings = st.sampled_from(
    [(), ("agent",), ("team",), ("week",), ("agent", "week"), ("week", "team")]
)
moments = st.integers(0, 54 * 24).map(lambda hours: BEGIN + timedelta(hours=hours))


@pytest.fixture
def crowded(database):
    assert taken(database, crowd()).refused == 0
    return database


def both_ways(engine, by, period=AUTUMN, **more):
    """What the kept sums and what the records say: value, interval and n by KPI and group."""
    with reading(engine) as connection:
        view, ask = asked(connection, by, period=period, **more)
        return [
            {
                (kpi.key, group): (one.value, one.low or -1, one.high or -1, one.n)
                for kpi, groups in zip(SUMMED, estimates(reader, ask, SUMMED), strict=True)
                for group, one in groups.items()
                if one.value is not None
            }
            for reader in (view, replace(view, kept=frozenset()))
        ]


def assert_alike(one_way, other):
    assert one_way.keys() == other.keys()
    for key, figures in one_way.items():
        assert figures == pytest.approx(other[key], rel=1e-9, abs=1e-9), key


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(by=groupings, period=periods(), now=moments)
@example(by=("agent", "week"), period=AUTUMN, now=NOW)
@example(by=(), period=days("2026-11-04", "2026-11-17"), now=NOW)
def test_kept_sums_and_records_are_alike(crowded, by, period, now):
    assert_alike(*both_ways(crowded, by, period, now=now))


@pytest.mark.parametrize(
    "scope", [{"agents": ["ana"]}, {"teams": ["Billing", "Sales"]}, {"agents": ["ana", "eva"]}]
)
def test_they_are_alike_in_a_scope(crowded, scope):
    kept, rows = both_ways(crowded, "week", **scope)
    assert len(kept) > 100
    assert_alike(kept, rows)


@pytest.mark.parametrize("week_starts", [6, 3])
def test_they_are_alike_where_weeks_begin_on_another_day(crowded, week_starts):
    workspace = Workspace(Calendar(workspace_of().calendar.zone, week_starts))
    kept, rows = both_ways(crowded, "week", workspace=workspace)
    assert {date.fromordinal(group[0]).weekday() for _, group in kept} == {week_starts}
    assert_alike(kept, rows)


@pytest.mark.parametrize("repeat_days", [1, 30])
def test_they_are_alike_under_another_repeat_window(crowded, repeat_days):
    workspace = workspace_of(rules=Rules(repeat_days))
    assert_alike(*both_ways(crowded, "agent", workspace=workspace))


def test_another_zone_is_read_from_the_records(crowded):
    with reading(crowded) as connection:
        view, _ = asked(connection, workspace=workspace_of("Asia/Tokyo"))
        assert view.kept == {"window"}


@pytest.mark.parametrize(
    ("zone", "volume"), [("UTC", 1), ("Asia/Tokyo", 0), ("America/New_York", 1)]
)
def test_a_day_is_the_local_one(database, zone, volume):
    # 22:00 in London is the next morning in Tokyo and the afternoon in New York.
    taken(database, interactions({"started_at": "2026-11-09T22:00:00Z"}))
    monday = {"period": days("2026-11-09"), "workspace": workspace_of(zone)}
    assert estimate_of(database, "volume", **monday).n == volume


def test_a_week_is_the_local_one_and_begins_at_midnight(database):
    taken(database, interactions({"started_at": "2026-11-08T15:00:00Z"}))
    tokyo = {"workspace": workspace_of("Asia/Tokyo"), "period": AUTUMN}
    assert values_of(database, "volume", "week", period=AUTUMN) == {"2026-11-02": 1}
    assert values_of(database, "volume", "week", **tokyo) == {"2026-11-09": 1}


def test_the_hour_that_comes_twice_belongs_to_its_day(database):
    # Clocks in London went back at 01:00 UTC on 25 October 2026.
    rows = (
        {"started_at": f"2026-10-{at}Z"} for at in ("24T23:30:00", "25T01:30:00", "25T23:59:59")
    )
    taken(database, interactions(*rows))
    sunday = {"period": days("2026-10-25"), "workspace": workspace_of("Europe/London")}
    assert value_of(database, "volume", **sunday) == 3


def test_the_kept_sums_are_what_is_read(database):
    taken(database, interactions({}, {"channel": "chat"}))
    with writing(database) as connection:
        connection.execute(delete(KEPT))
    assert estimate_of(database, "aht").n == 0
    assert values_of(database, "aht", "channel") == {"phone": 300, "chat": 300}


@pytest.mark.parametrize("label", ["channel", "issue_type", "priority"])
def test_labels_add_up_to_the_whole(crowded, label):
    whole = value_of(crowded, "volume", period=AUTUMN)
    assert sum(values_of(crowded, "volume", label, period=AUTUMN).values()) == whole


def test_a_label_may_be_wanted(database):
    taken(database, interactions({"priority": "high"}, {"priority": None}, {"priority": "low"}))
    either = {"labels": {"priority": ("high", "unknown")}}
    assert value_of(database, "volume", **either) == 2


def test_a_teams_mean_is_of_its_contacts_and_not_of_its_agents(database):
    slow = {"agent": "ana", "team": "Billing", "handle_seconds": 900}
    quick = {"agent": "ben", "team": "Billing", "handle_seconds": 100}
    taken(database, interactions(slow, quick, quick, quick))
    assert values_of(database, "aht", "team") == {"Billing": 300}


def test_an_agents_past_goes_along_to_another_team(database):
    taken(database, interactions({"agent": "ana", "team": "Billing"}))
    taken(database, [{"agent": "ana", "team": "Sales"}], "roster")
    assert values_of(database, "volume", "team") == {"Sales": 1}


@pytest.mark.parametrize(
    ("period", "whole", "rest"),
    [
        (days("2026-11-09", "2026-11-15"), ("2026-11-09", "2026-11-15"), False),
        (
            Period(date(2026, 11, 9), date(2026, 11, 10), NOW - timedelta(10)),
            ("2026-11-09",),
            True,
        ),
        (Period(date(2026, 11, 10), date(2026, 11, 10), NOW - timedelta(10)), None, True),
    ],
)
def test_a_period_is_whole_days_and_the_part_of_one(database, period, whole, rest):
    with reading(database) as connection:
        view, _ = asked(connection)
        spans = divide(view, period)
    assert spans.days == (None if whole is None else days(*whole))
    assert spans.rest == (Period(period.last, period.last, period.until) if rest else None)


def test_a_period_cut_at_midnight_has_no_part_of_a_day(database):
    midnight = datetime(2026, 11, 10, tzinfo=UTC)
    with reading(database) as connection:
        view, _ = asked(connection)
        spans = divide(view, Period(date(2026, 11, 9), date(2026, 11, 10), midnight))
    assert (spans.days, spans.rest) == (days("2026-11-09"), None)


def test_sums_add_up_and_are_taken_back():
    assert Sums(1, 2, 3) + Sums(10, 20, 30) == Sums(11, 22, 33)
    assert Sums(11, 22, 33) - Sums(10, 20, 30) == Sums(1, 2, 3)
