"""A question makes sense, or says why it does not."""

from dataclasses import replace

import pytest

from scoring.asking import Scope
from scoring.errors import QueryError
from scoring.query import Compare, Condition, Order, Query, check
from tests.scoring.estimates import CATALOGUE, WEEK

SENSIBLE = Query(
    WEEK,
    kpis=("aht", "csat"),
    by=("agent",),
    compare=Compare("before"),
    having=(Condition("aht", "change", "worse"), Condition("csat", "value", "above", 0.8)),
    order=Order("fcr", "best"),
    limit=5,
)


def test_a_sensible_question_is_taken_and_tells_all_that_it_needs():
    check(SENSIBLE, CATALOGUE)
    assert SENSIBLE.told == ("aht", "csat", "fcr")


def test_who_needs_coaching_names_no_kpi():
    check(Query(WEEK, intent="coaching", by=("agent",)), CATALOGUE)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kpis": ()}, "names no KPI"),
        ({"kpis": ("salary",)}, "no KPI “salary”"),
        ({"by": ("mood",)}, "not kept by “mood”"),
        ({"limit": 0}, "1 to 100 rows"),
        ({"limit": 101}, "1 to 100 rows"),
        ({"compare": None}, "needs a period to compare with"),
        ({"compare": Compare("team_median")}, "needs a period to compare with"),
        ({"compare": Compare("period")}, "if, and only if, it is named"),
        ({"compare": Compare("before", WEEK)}, "if, and only if, it is named"),
        ({"by": ()}, "needs rows"),
        ({"having": (Condition("aht", "value", "worse", 3.0),)}, "a value cannot be “worse”"),
        ({"having": (Condition("aht", "change", "below", 3.0),)}, "a change cannot be “below”"),
        ({"having": (Condition("aht", "value", "below"),)}, "beside something"),
        ({"having": (Condition("aht", "change", "up"),) * 7}, "more than 6 conditions"),
        ({"kpis": tuple(f"k{n}" for n in range(61))}, "more than 60 KPIs"),
        ({"scope": Scope(tenure=(30, 90))}, "time in the job"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(change, fault):
    with pytest.raises(QueryError, match=fault):
        check(replace(SENSIBLE, **change), CATALOGUE)


def test_all_faults_are_told_at_once():
    with pytest.raises(QueryError, match=r"mood.*1 to 100"):
        check(replace(SENSIBLE, by=("mood",), limit=0), CATALOGUE)
