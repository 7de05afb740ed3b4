"""A question with one part put anew keeps all others."""

from dataclasses import replace
from datetime import date

import pytest

from scoring.altered import about, in_period, of_kpi
from scoring.asking import Scope
from scoring.kpis import load_catalogue
from scoring.period import Period
from scoring.query import Compare, Condition, Order, Query, check

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15), None, "week")
MONTH = Period(date(2026, 10, 1), date(2026, 10, 31), None, "month")
WHOLE = Query(
    WEEK,
    "figures",
    ("aht",),
    ("agent",),
    Scope(None, (3,), {"channel": ("chat",)}, (0, 90)),
    Compare("before"),
    (Condition("aht", "change", "worse"), Condition("csat", "change", "not_worse")),
    Order("aht", "worst", "change"),
    5,
)


def test_another_period_leaves_the_rest():
    assert in_period(WHOLE, MONTH) == replace(WHOLE, period=MONTH)


def test_what_was_held_against_a_named_period_is_held_against_the_one_before():
    named = replace(WHOLE, compare=Compare("period", MONTH))
    assert in_period(named, WEEK).compare == Compare("before")


@pytest.mark.parametrize("against", ["team_median", "rest", "target"])
def test_what_is_held_against_others_stays_so(against):
    assert in_period(replace(WHOLE, compare=Compare(against)), MONTH).compare == Compare(against)


def test_one_person_stands_in_no_order_and_on_no_list():
    found = about(WHOLE, agent=7)
    assert (found.by, found.order, found.limit, found.having) == ((), None, None, ())
    assert found.scope == Scope((7,), None, {"channel": ("chat",)}, (0, 90))


def test_a_person_by_week_stays_by_week():
    found = about(replace(WHOLE, by=("agent", "week"), order=None, having=()), agent=7)
    assert found.by == ("week",)


def test_a_team_and_everybody_are_listed_as_before():
    for found, teams in ((about(WHOLE, team=4), (4,)), (about(WHOLE), None)):
        assert (found.by, found.order, found.having) == (("agent",), WHOLE.order, WHOLE.having)
        assert (found.scope.agents, found.scope.teams) == (None, teams)


def test_another_kpi_takes_order_over_and_conditions_of_others_away():
    found = of_kpi(WHOLE, "fcr")
    assert (found.kpis, found.order, found.having) == (
        ("fcr",),
        Order("fcr", "worst", "change"),
        (),
    )


@pytest.mark.parametrize(
    "found", [in_period(WHOLE, MONTH), about(WHOLE, agent=7), about(WHOLE), of_kpi(WHOLE, "fcr")]
)
def test_what_comes_of_it_can_be_answered(found):
    check(found, load_catalogue())
