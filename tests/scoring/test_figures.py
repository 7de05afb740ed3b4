"""Costs, customers and bots: figures that no single contact tells."""

import pytest

from tests.factories import figure, interactions, taken
from tests.scoring.estimates import days, estimate_of, estimates_of, value_of, values_of

OCTOBER = {"period_start": "2026-10-01", "period_end": "2026-10-31"}
AUTUMN = days("2026-09-01", "2026-11-30")
IN_OCTOBER = {"started_at": "2026-10-05T09:00:00Z"}


def served(engine, *rows):
    """Contacts of Ana's Monday unless told otherwise."""
    taken(engine, interactions(*({"agent": "ana", **row} for row in rows)))


def given(engine, *figures):
    """Figures of the second week of November unless told otherwise."""
    taken(engine, [figure(**cells) for cells in figures], "figures")


def test_cost_per_contact_is_cost_over_contacts_handled(database):
    given(database, {"value": 1000})
    served(database, {}, {}, {}, {}, {"outcome": "abandoned"}, {"excluded": "spam"})
    cost = estimate_of(database, "cost_per_contact")
    assert (cost.value, cost.n, cost.low) == (250, 4, None)


def test_a_cost_with_no_contacts_is_no_cost_per_contact(database):
    given(database, {"value": 1000})
    assert value_of(database, "cost_per_contact") is None


def test_a_figure_counts_only_where_all_its_days_lie_in_the_period(database):
    given(database, {"value": 1000})
    served(database, {})
    assert value_of(database, "cost_per_contact", period=days("2026-11-09", "2026-11-14")) is None


def test_figures_of_a_team_are_the_teams(database):
    given(database, {"value": 100, "team": "Billing"}, {"value": 300, "team": "Sales"})
    served(database, {"team": "Billing"}, {"agent": "ben", "team": "Sales"})
    assert values_of(database, "cost_per_contact", "team") == {"Billing": 100, "Sales": 300}
    assert value_of(database, "cost_per_contact", teams=["Sales"]) == 300
    assert value_of(database, "cost_per_contact") == 200


def test_a_companys_figure_is_not_added_to_those_of_its_teams(database):
    given(database, {"value": 900}, {"value": 100, "team": "Billing"})
    served(database, {"team": "Billing"})
    assert value_of(database, "cost_per_contact") == 900


def test_a_companys_figure_is_that_of_no_team(database):
    given(database, {"value": 900})
    served(database, {"team": None}, {"agent": "ben", "team": "Billing"})
    assert estimates_of(database, "cost_per_contact", "team") == {}


def test_a_teams_cost_is_over_that_teams_contacts(database):
    given(database, {"value": 900, "team": "Billing"})
    served(database, {"team": "Billing"}, {"agent": "ben", "team": "Sales"})
    assert value_of(database, "cost_per_contact") == 900


def test_a_cost_is_over_the_contacts_of_its_own_days(database):
    given(database, {"value": 900, **OCTOBER})
    served(database, {}, IN_OCTOBER)
    assert value_of(database, "cost_per_contact", period=AUTUMN) == 900


def test_costs_of_two_spans_are_added_up(database):
    given(database, {"value": 900, **OCTOBER}, {"value": 100})
    served(database, {}, IN_OCTOBER)
    assert value_of(database, "cost_per_contact", period=AUTUMN) == 500


def test_no_day_is_told_twice_where_spans_overlap(database):
    half = {"period_start": "2026-10-01", "period_end": "2026-10-15", "value": 400}
    given(database, half, {"value": 900, **OCTOBER})
    served(database, IN_OCTOBER)
    assert value_of(database, "cost_per_contact", period=AUTUMN) == 900


def customers(start, end, new, **span):
    """The three figures of customers."""
    counts = {"customers_at_start": start, "customers_at_end": end, "customers_new": new}
    return [{"measure": name, "value": value, **span} for name, value in counts.items()]


def test_retention_follows_the_worked_example(database):
    given(database, *customers(1000, 1050, 100))
    retention = estimate_of(database, "retention")
    assert (retention.value, retention.n) == (0.95, 1000)


def test_retention_of_two_months_is_from_the_first_start_to_the_last_end(database):
    given(database, *customers(1000, 1050, 100, **OCTOBER), *customers(1050, 940, 40))
    assert value_of(database, "retention", period=AUTUMN) == (940 - 140) / 1000


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_retention_needs_all_three_figures(database, left_out):
    given(database, *(one for at, one in enumerate(customers(1000, 1050, 100)) if at != left_out))
    assert value_of(database, "retention") is None


def test_no_customers_at_the_start_is_no_data(database):
    given(database, *customers(0, 10, 10))
    assert value_of(database, "retention") is None


def test_deflection_containment_and_resolution_of_bots_are_three_figures(database):
    told = {"bot_conversations": 1000, "bot_deflected": 450, "bot_contained": 300}
    told |= {"bot_resolved": 140, "tasks_attempted": 100, "tasks_succeeded": 90}
    given(database, *({"measure": name, "value": value} for name, value in told.items()))
    shares = {"bot_deflection": 0.45, "bot_containment": 0.3, "bot_resolution": 0.14}
    for kpi, value in {**shares, "task_success": 0.9}.items():
        assert value_of(database, kpi) == value


def test_none_of_many_is_zero_with_an_interval(database):
    conversations = {"measure": "bot_conversations", "value": 1000}
    given(database, conversations, {"measure": "bot_deflected", "value": 0})
    deflection = estimate_of(database, "bot_deflection")
    # Wilson's upper end for 0 of 1,000: z² / (n + z²).
    assert (deflection.value, deflection.low, deflection.n) == (0, 0, 1000)
    assert deflection.high == pytest.approx(3.8415 / 1003.8415, abs=1e-5)


def test_self_service_is_a_ratio_that_may_pass_one(database):
    sessions = {"measure": "help_centre_sessions", "value": 4000}
    given(database, sessions, {"measure": "ticket_submitters", "value": 1000})
    assert value_of(database, "self_service") == 4


@pytest.mark.parametrize("kpi", ["cost_per_contact", "bot_deflection"])
def test_figures_are_of_no_agent_and_no_channel(database, kpi):
    given(database, {"value": 9}, {"measure": "bot_conversations", "value": 9})
    given(database, {"measure": "bot_deflected", "value": 9})
    served(database, {})
    for asked in ({"by": "agent"}, {"by": "channel"}, {"agents": ["ana"]}):
        assert estimates_of(database, kpi, **asked) == {}
