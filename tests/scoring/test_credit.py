"""Whom a contact with several agents counts for, whatever order its parts come in."""

from itertools import permutations

import pytest

from scoring.measures import MEASURES
from tests.factories import interactions, taken
from tests.scoring.estimates import (
    CATALOGUE,
    days,
    estimate_of,
    estimates_of,
    score_of,
    value_of,
    values_of,
)

BEGAN = "2026-11-09T09:00:00Z"
ANA = {"agent": "ana", "outcome": "transferred", "handle_seconds": 600}
BEN = {"agent": "ben", "outcome": "resolved", "handle_seconds": 300}


def contact(*parts):
    """Parts of one contact, ten minutes apart."""
    return interactions(
        *(
            {"contact_id": "x", "created_at": BEGAN, "started_at": f"2026-11-09T09:{at}0:00Z"}
            | part
            for at, part in enumerate(parts)
        )
    )


@pytest.mark.parametrize(
    ("kpi", "ana", "ben", "credited"),
    [
        ("volume", {}, {}, {"ana": 1}),
        ("fcr", {"customer_id": "kim"}, {"customer_id": "kim"}, {"ana": 1}),
        ("fcr", {}, {"resolved_first_contact": "no"}, {"ana": 0}),
        ("repeat_contact_rate", {"customer_id": "kim"}, {"customer_id": "kim"}, {"ana": 0}),
        ("frt", {"first_reply_at": "2026-11-09T09:01:00Z"}, {}, {"ana": 60}),
        ("frt", {}, {"first_reply_at": "2026-11-09T09:12:00Z"}, {"ana": 720}),
        ("asa", {"queue_seconds": 20}, {"queue_seconds": 5}, {"ana": 20}),
        ("abandonment_rate", {}, {}, {"ana": 0}),
        ("sla_first_response", {"first_response_due_at": BEGAN}, {}, {"ana": 0}),
        ("resolution_rate", {}, {}, {"ben": 1}),
        ("resolution_time", {}, {"resolved_at": "2026-11-09T10:00:00Z"}, {"ben": 3600}),
        ("reopen_rate", {"reopened": 1}, {}, {"ben": 1}),
        ("sla", {}, {"sla_met": "no"}, {"ben": 0}),
        ("sla_resolution", {}, {"resolution_due_at": BEGAN}, {"ben": 0}),
        ("aht", {}, {}, {"ana": 600, "ben": 300}),
        ("aht_median", {}, {}, {"ana": 600, "ben": 300}),
        ("transfer_rate", {}, {}, {"ana": 1, "ben": 0}),
        ("sentiment", {"sentiment": -1}, {"sentiment": 1}, {"ana": -1, "ben": 1}),
        ("escalation_rate", {"outcome": "escalated"}, {}, {"ana": 1, "ben": 0}),
        ("csat", {}, {"csat": 5}, {"ana": 1, "ben": 1}),
        ("csat_mean", {"csat": 2}, {}, {"ana": 2, "ben": 2}),
        ("nps", {}, {"nps": 0}, {"ana": -100, "ben": -100}),
        ("ces", {"ces": 6}, {}, {"ana": 6, "ben": 6}),
        ("survey_response_rate", {"survey_sent_at": BEGAN}, {}, {"ana": 0, "ben": 0}),
    ],
)
def test_a_contact_counts_for(database, kpi, ana, ben, credited):
    taken(database, contact(ANA | ana, BEN | ben))
    assert values_of(database, kpi) == pytest.approx(credited)


def test_a_contact_of_two_agents_is_one_contact(database):
    taken(database, contact(ANA, BEN))
    assert value_of(database, "volume") == 1
    assert estimate_of(database, "resolution_rate").n == 1


def test_a_contact_passed_on_is_handled_by_both(database):
    taken(database, contact(ANA, BEN))
    aht = estimate_of(database, "aht")
    assert (aht.value, aht.n) == (450, 2)


def test_who_receives_an_escalation_is_not_charged(database):
    taken(database, contact({**ANA, "outcome": "escalated"}, BEN))
    assert value_of(database, "escalation_rate", agents=["ben"]) == 0
    assert value_of(database, "escalation_rate") == 0.5


def shares(engine):
    """Each agent's weight in the satisfaction of the week, and that of all."""
    each = {name: one.n for name, one in estimates_of(engine, "csat", "agent").items()}
    return each | {"all": estimate_of(engine, "csat").n}


@pytest.mark.parametrize(
    ("ana", "ben", "expected"),
    [
        pytest.param(600, 300, {"ana": 2 / 3, "ben": 1 / 3}, id="known"),
        pytest.param(None, 300, {"ana": 1 / 2, "ben": 1 / 2}, id="one unknown"),
        pytest.param(None, None, {"ana": 1 / 2, "ben": 1 / 2}, id="both unknown"),
        pytest.param(0, 300, {"ana": 1 / 2, "ben": 1 / 2}, id="zero is not known"),
    ],
)
def test_an_answer_is_shared_by_handle_time(database, ana, ben, expected):
    rows = contact(ANA | {"handle_seconds": ana}, BEN | {"handle_seconds": ben, "csat": 5})
    taken(database, rows)
    assert shares(database) == pytest.approx(expected | {"all": 1})


def test_two_parts_of_one_agent_are_added_up(database):
    back = ANA | {"outcome": "resolved", "handle_seconds": 100, "csat": 4}
    taken(database, contact(ANA, BEN, back))
    assert shares(database) == pytest.approx({"ana": 0.7, "ben": 0.3, "all": 1})


def test_a_bots_part_is_nobodys(database):
    bot = {"agent": "bot", "handled_by": "bot", "handle_seconds": 900, "outcome": None}
    taken(database, contact(bot, BEN | {"csat": 5}))
    assert values_of(database, "volume") == {"ben": 1}
    assert values_of(database, "aht") == {"ben": 300}
    assert shares(database) == {"ben": 1, "all": 1}


def test_a_contact_of_the_bot_alone_is_a_contact_that_nobody_handled(database):
    taken(database, interactions({"agent": None, "handled_by": "bot", "csat": 5}))
    assert value_of(database, "volume") == 1
    assert value_of(database, "aht") is None
    assert value_of(database, "resolution_rate") is None


def test_an_agent_who_never_answered_has_no_part_in_what_follows(database):
    missed = {"agent": "ana", "outcome": "abandoned", "handle_seconds": None}
    taken(database, contact(missed, BEN | {"csat": 5}))
    assert values_of(database, "volume") == {"ben": 1}
    assert shares(database) == {"ben": 1, "all": 1}
    assert values_of(database, "abandonment_rate") == {"ben": 0}


def test_an_unanswered_contact_counts_for_its_agent_in_volume_and_abandonment_only(database):
    lost = {"agent": "ana", "outcome": "abandoned", "handle_seconds": None, "team": "Billing"}
    promised = {"first_response_due_at": BEGAN, "csat": 1, "sla_met": "no", "reopened": 0}
    taken(database, interactions(lost | promised))
    told = {key for key in CATALOGUE if estimates_of(database, key, "agent")}
    assert told == {"volume", "abandonment_rate"}
    assert value_of(database, "csat", teams=["Billing"]) == 0
    assert value_of(database, "abandonment_rate", agents=["ana"]) == 1


def test_a_contact_that_nobody_answered_counts_for_its_team_and_no_agent(database):
    lost = {"agent": None, "outcome": "abandoned", "handle_seconds": None, "team": "Billing"}
    taken(database, interactions({"agent": "ana", "team": "Billing"}, lost))
    assert values_of(database, "volume") == {"ana": 1}
    assert values_of(database, "volume", "team") == {"Billing": 2}
    assert value_of(database, "abandonment_rate") == 0.5


def test_an_excluded_part_is_counted_as_excluded_and_in_no_kpi(database):
    taken(database, contact(ANA | {"csat": 5}, BEN | {"excluded": "outage"}))
    assert values_of(database, "aht") == {"ana": 600}
    assert shares(database) == {"ana": 1, "all": 1}
    assert score_of(database, "aht").excluded == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_parts_may_come_in_any_order(database, order):
    cleo = {"agent": "cleo", "handle_seconds": 100, "csat": 5, "customer_id": "kim"}
    parts = contact(ANA | {"customer_id": "kim"}, BEN | {"outcome": "transferred"}, cleo)
    for at in order:
        taken(database, [parts[at]])
    assert shares(database) == pytest.approx({"ana": 0.6, "ben": 0.3, "cleo": 0.1, "all": 1})
    assert values_of(database, "fcr") == {"ana": 1}
    assert values_of(database, "resolution_rate") == {"cleo": 1}


def test_parts_that_began_at_once_stand_in_the_order_of_their_ids(database):
    parts = contact(ANA, BEN | {"started_at": BEGAN})
    taken(database, reversed(parts))
    assert values_of(database, "volume") == {"ana": 1}


def test_a_corrected_handle_time_moves_the_shares(database):
    ana, ben = contact(ANA, BEN | {"csat": 5})
    taken(database, [ana, ben])
    taken(database, [ben | {"handle_seconds": 1800}])
    assert shares(database) == pytest.approx({"ana": 1 / 4, "ben": 3 / 4, "all": 1})


def test_a_part_that_turns_out_another_contact_makes_two(database):
    ana, ben = contact(ANA, BEN | {"csat": 5})
    taken(database, [ana, ben])
    taken(database, [ben | {"contact_id": "y"}])
    assert values_of(database, "volume") == {"ana": 1, "ben": 1}
    assert shares(database) == {"ben": 1, "all": 1}


def test_a_part_that_turns_out_earlier_becomes_the_first(database):
    ana, ben = contact(ANA, BEN)
    taken(database, [ana, ben])
    taken(database, [ben | {"started_at": "2026-11-09T08:50:00Z"}])
    assert values_of(database, "volume") == {"ben": 1}
    assert values_of(database, "resolution_rate") == {"ana": 0}


def test_an_answer_stays_with_those_who_served_when_the_contact_closed(database):
    ana, ben = contact(ANA, BEN | {"csat": 1, "resolved_at": "2026-11-09T10:00:00Z"})
    taken(database, [ana, ben])
    monday = days("2026-11-09")
    assert values_of(database, "csat", period=monday) == {"ana": 0, "ben": 0}
    assert values_of(database, "csat", period=days("2026-11-10")) == {}


def test_every_kpi_of_records_names_a_measure_and_a_moment():
    for kpi in CATALOGUE.values():
        if kpi.kind in ("mean", "share", "net", "count") and "." not in kpi.measure:
            assert kpi.measure in MEASURES
            assert kpi.counted != "day"
