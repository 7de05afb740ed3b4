"""The contacts behind a figure are those it is made of: they add up to it, to the last digit."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.database import reading
from scoring.errors import EvidenceError
from scoring.evidence import REASONS, Page, contacts, evidence, number_of
from scoring.kpis import FROM_RECORDS
from scoring.scorecard import estimates
from tests.factories import interactions, taken
from tests.scoring.crowd import BEGIN, crowd
from tests.scoring.estimates import CATALOGUE, asked, days

OF_CONTACTS = [
    kpi for kpi in CATALOGUE.values() if kpi.kind in FROM_RECORDS and "." not in kpi.measure
]
GROUPINGS = [(), ("agent",), ("team",), ("week",), ("channel",), ("issue_type", "channel")]
SCOPES = [
    {},
    {"agents": ["ana", "cleo"]},
    {"teams": ["Sales"]},
    {"labels": {"channel": ("phone", "chat"), "issue_type": ("billing", "unknown")}},
]
ALL = Page(size=1000)
EARLY = {"customer_id": "x", "created_at": "2026-11-15T09:00Z", "started_at": "2026-11-15T09:00Z"}


@pytest.fixture
def crowded(database):
    assert taken(database, crowd()).refused == 0
    return database


@given(
    by=st.sampled_from(GROUPINGS),
    scope=st.sampled_from(SCOPES),
    span=st.tuples(st.integers(0, 50), st.integers(0, 30)),
    hours=st.integers(1, 54 * 24),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_behind_a_figure_makes_the_figure(crowded, by, scope, span, hours):
    first, length = map(timedelta, span)
    begin = (BEGIN + first).date()
    period = days(begin.isoformat(), (begin + length).isoformat())
    now = BEGIN + timedelta(hours=hours)
    with reading(crowded) as connection:
        view, ask = asked(connection, by, period=period, now=now, **scope)
        for kpi, found in zip(OF_CONTACTS, estimates(view, ask, OF_CONTACTS), strict=True):
            for group, figure in found.items():
                same(evidence(view, ask, kpi, group).estimate, figure)


def same(ours, figure):
    for name in ("value", "low", "high", "n"):
        mine, theirs = getattr(ours, name), getattr(figure, name)
        if theirs is None:
            assert mine is None
        else:
            assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def behind(engine, key, group=(), by=(), page=ALL, **more):
    with reading(engine) as connection:
        view, ask = asked(connection, by, **more)
        whole = evidence(view, ask, CATALOGUE[key], group)
        return whole, contacts(view, ask, CATALOGUE[key], group, page)


@pytest.mark.parametrize("kpi", OF_CONTACTS, ids=lambda kpi: kpi.key)
def test_the_contacts_that_are_listed_are_those_that_are_counted(crowded, kpi):
    whole, listed = behind(crowded, kpi.key, period=days("2026-09-28", "2026-11-20"))
    assert len(listed) == sum(whole.reasons.values())
    counted = [one for one in listed if one.reason == "counted"]
    assert sum(one.weight for one in listed) == pytest.approx(sum(one.weight for one in counted))
    if kpi.kind in ("mean", "share", "net") and counted:
        total = sum(one.weight * one.value for one in counted)
        n = sum(one.weight for one in counted)
        assert whole.estimate.n == pytest.approx(n)
        assert whole.estimate.value == pytest.approx(total / n)


@pytest.mark.parametrize(
    ("key", "cells", "reason"),
    [
        ("aht", {}, "counted"),
        ("aht", {"excluded": "spam"}, "excluded"),
        ("aht", {"handled_by": "bot"}, "not_handled"),
        ("aht", {"outcome": "abandoned", "handle_seconds": None}, "not_handled"),
        ("aht", {"handle_seconds": None}, "unknown"),
        ("fcr", {}, "unknown"),
        ("fcr", EARLY, "early"),
        ("fcr", {**EARLY, "resolved_first_contact": "yes"}, "counted"),
        ("csat", {}, "unknown"),
        ("volume", {"handled_by": "bot"}, "counted"),
    ],
)
def test_every_contact_has_its_reason(engine, key, cells, reason):
    taken(engine, interactions(cells))
    whole, (contact,) = behind(engine, key)
    assert whole.reasons == {reason: 1}
    assert contact.reason == reason
    assert contact.reason in REASONS
    assert contact.weight == (reason == "counted")


def test_an_excluded_contact_says_why(engine):
    taken(engine, interactions({"excluded": "outage"}))
    _, (contact,) = behind(engine, "aht")
    assert contact.excluded == "outage"


def test_a_contact_nobody_answered_counts_for_the_team_only(engine):
    lost = {"outcome": "abandoned", "handle_seconds": None, "csat": 4, "team": "Billing"}
    taken(engine, interactions(lost))
    assert behind(engine, "csat")[0].reasons == {"counted": 1}
    assert behind(engine, "csat", agents=["ana@example.com"])[0].reasons == {"unanswered": 1}


def test_a_contact_with_two_agents_counts_for_the_one_who_is_credited(engine):
    first = {"contact_id": "x", "resolved_first_contact": "yes"}
    second = {"contact_id": "x", "agent": "ben", "started_at": "2026-11-09T09:10Z"}
    taken(engine, interactions(first, second))
    _, listed = behind(engine, "fcr")
    assert [(one.agent, one.reason) for one in listed] == [
        ("ana@example.com", "counted"),
        ("ben", "another"),
    ]


def test_a_shared_answer_counts_by_the_share_of_the_handle_time(engine):
    first = {"contact_id": "x", "csat": 4, "handle_seconds": 100}
    second = {**first, "agent": "ben", "started_at": "2026-11-09T09:10Z", "handle_seconds": 300}
    taken(engine, interactions(first, second))
    _, listed = behind(engine, "csat_mean")
    assert [(one.weight, one.value) for one in listed] == [(0.25, 4), (0.75, 4)]


def test_contacts_come_in_pages_by_time_and_of_one_reason(engine):
    hours = ({"started_at": f"2026-11-09T{hour:02}:00Z"} for hour in (15, 9, 12, 10))
    taken(engine, interactions(*hours, {"excluded": "spam"}))
    page = Page("counted", size=2, skip=1)
    _, listed = behind(engine, "aht", page=page)
    assert [one.interaction for one in listed] == ["c4", "c3"]
    assert listed[0].source == "files"


@pytest.mark.parametrize("key", ["utilization", "productivity", "cost_per_contact", "ess"])
def test_what_is_made_of_more_than_contacts_is_refused(engine, key):
    with pytest.raises(EvidenceError, match="made of more than contacts"):
        behind(engine, key)


PAGES = {
    "time": ["c1", "c2", "c3", "c4"],
    "latest": ["c4", "c3", "c2", "c1"],
    "high": ["c3", "c4", "c2", "c1"],
    "low": ["c1", "c4", "c2", "c3"],
}


@pytest.fixture
def four(database):
    times = [60, 90, 600, 90]
    rows = [
        {"handle_seconds": seconds, "started_at": f"2026-11-{10 + at}T09:00Z"}
        for at, seconds in enumerate(times)
    ]
    taken(database, interactions(*rows))
    return database


@pytest.mark.parametrize(("order", "wanted"), PAGES.items())
def test_a_page_stands_in_the_order_that_is_wanted(four, order, wanted):
    _, found = behind(four, "aht", page=Page("counted", order=order))
    assert [one.interaction for one in found] == wanted


def test_only_contacts_that_tell_a_value_are_on_its_page_and_counted(four):
    _, found = behind(four, "aht", page=Page("counted", size=1, value=90.0))
    assert [one.interaction for one in found] == ["c2"]
    with reading(four) as connection:
        view, ask = asked(connection)
        assert number_of(view, ask, CATALOGUE["aht"], (), Page("counted", value=90.0)) == 2
