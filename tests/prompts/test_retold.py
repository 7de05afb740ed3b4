"""A form in plain words: what the reader with no model makes of them is what the form says."""

from itertools import product
from typing import get_args

import pytest

from prompts.forms import Must, Rows
from prompts.retold import retold
from tests.prompts.filled import CATALOGUE, form
from tests.scoring.reading.maya import outcome

# A bound in the unit of its KPI.
BOUNDS = {"csat": "80 %", "aht": "300 seconds", "volume": "20", "fcr": "70 %"}
VALUES = ("below", "at_most", "above", "at_least", "equal")


def _tests():
    """All tests of all those KPIs; volume has no target."""
    for must, key in product(get_args(Must), BOUNDS):
        if key != "volume" or not must.endswith("_target"):
            yield must, key


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_kpi_can_be_named(key):
    assert outcome(retold(form([key], period="last week")))["kpis"] == {key}


@pytest.mark.parametrize("rows", get_args(Rows))
def test_every_kind_of_rows_can_be_named(rows):
    assert outcome(retold(form(["csat"], rows=[rows])))["by"] == {rows}


@pytest.mark.parametrize(("must", "key"), list(_tests()))
def test_whatever_must_hold_of_a_figure_is_said(must, key):
    bound = BOUNDS[key] if must in VALUES else None
    told = outcome(retold(form([key, None, must, bound], rows=["agent"])))
    test, _, held = (
        must.partition("_") if must not in (*VALUES, "not_better", "not_worse") else (must, "", "")
    )
    assert {(one[0], one[2]) for one in told["having"]} == {(key, test)}
    assert not held or [str(one[3]) for one in told["having"]] == [held]


@pytest.mark.parametrize(
    ("of", "first", "limit", "rows"),
    list(
        product(
            ("value", "change"), ("high", "low", "best", "worst"), (None, 1, 5), ("agent", "team")
        )
    ),
)
def test_every_order_and_limit_is_said(of, first, limit, rows):
    told = outcome(
        retold(
            form(
                ["csat"],
                ["aht"],
                rows=[rows],
                order_figure="2",
                order_of=of,
                order_first=first,
                limit=limit,
            )
        )
    )
    assert (told["order"], told["limit"]) == (("aht", of, first), limit)
    assert (told["by"], told["kpis"]) == ({rows}, {"csat", "aht"})


@pytest.mark.parametrize(
    ("filled", "notation"),
    [
        ({"people": ["Ana", "ben"]}, {"of": {1, 3}, "by": {"agent"}}),
        ({"teams": ["billing"]}, {"in": {1}}),
        ({"teams": ["the technical team"]}, {"in": {2}}),
        (
            {"values": ["chats", "refunds"]},
            {"labels": {"channel": {"chat"}, "issue_type": {"refund"}}},
        ),
        ({"tenure": "new hires"}, {"tenure": (0, 90)}),
        ({"tenure": "under 90 days of tenure"}, {"tenure": (0, 90)}),
        ({"period": "since October"}, {"period": ("2026-10-01", "2026-11-21")}),
        ({"compared_with": "previous_period"}, {"vs": "before"}),
        ({"compared_with": "team_median", "people": ["Ana"]}, {"vs": "team_median"}),
        ({"compared_with": "target"}, {"vs": "target"}),
        ({"compared_with": "rest", "people": ["Ana"]}, {"vs": "rest"}),
        (
            {"period": "last week", "compared_with": "other_period", "compared_period": "Q3"},
            {"vs": ("2026-07-01", "2026-09-30")},
        ),
    ],
)
def test_whose_when_and_against_what_is_said(filled, notation):
    told = outcome(retold(form(["csat"], **filled)))
    assert {name: told[name] for name in notation} == notation


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        (form(intent="coaching", teams=["billing"]), "coaching"),
        (form(["csat"], intent="explain", people=["Dev"], period="last month"), "explain"),
        (form(["aht"], intent="definition"), "definition"),
        (form(["escalation_rate"], intent="examples", people=["Dev"], limit=3), "examples"),
        (form(intent="examples", values=["chat"]), "examples"),
    ],
)
def test_every_intent_is_said(said, intent):
    assert outcome(retold(said))["intent"] == intent


def test_everything_is_the_headline_figures():
    told = outcome(retold(form(everything=True, people=["Ana"])))
    assert {"aht", "fcr", "csat"} < told["kpis"]
