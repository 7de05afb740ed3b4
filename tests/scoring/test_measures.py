"""What one record tells of itself: every measure, and every pitfall of its KPI."""

import pytest
from sqlalchemy import select

from scoring.columns import table_of
from scoring.database import reading
from scoring.measures import MEASURES, Moment, Rules, last_mature
from scoring.records import Interaction
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.estimates import days, estimate_of, value_of

DONE = "2026-11-09T10:00:00Z"
BEFORE, AFTER = "2026-11-09T08:59:59Z", "2026-11-09T09:01:30Z"
KIM = {"customer_id": "kim"}
LOST = {"outcome": "abandoned", "handle_seconds": None}
BOT = {"handled_by": "bot"}
SPAM = {"excluded": "spam"}
WE_CALLED = {"direction": "outbound"}
PROMISED = {"first_response_due_at": "2026-11-09T09:01:00Z"}
TO_SOLVE = {"resolution_due_at": "2026-11-09T11:00:00Z"}
KEPT_BOTH = {"first_reply_at": "2026-11-09T09:00:59Z", "resolved_at": DONE}


def told(engine, measure, rules=None):
    """What each record tells, in the order of the ids."""
    i = table_of(Interaction).c
    query = select(MEASURES[measure].value(rules or Rules())).order_by(i.id)
    with reading(engine) as connection:
        return list(connection.scalars(query.select_from(table_of(Interaction))))


# For each measure what a record says that differs from a plain one, and what it is then worth.
CASES = {
    "contact": [({}, 1), (LOST, 1), (BOT, 1), (WE_CALLED, 1), (SPAM, None)],
    "handled": [({}, 1), ({"outcome": None}, 1), (LOST, None), (BOT, None), (SPAM, None)],
    "abandoned": [({}, 0), (LOST, 1), ({"outcome": None}, 0), (LOST | SPAM, None)],
    "excluded": [({}, None), (SPAM, 1)],
    "handle_seconds": [
        (
            {"handle_seconds": None, "talk_seconds": 100, "hold_seconds": 20, "wrap_seconds": 5},
            125,
        ),
        ({"handle_seconds": None, "talk_seconds": 100}, 100),
        ({"handle_seconds": 300, "ended_at": "2026-11-09T15:00:00Z"}, 300),
        ({"handle_seconds": 0}, None),
        ({"handle_seconds": None, "ended_at": DONE}, None),
        ({"outcome": "abandoned"}, None),
        (BOT, None),
        (SPAM, None),
    ],
    "queue_seconds": [
        ({"queue_seconds": 12.5}, 12.5),
        ({"queue_seconds": 0}, 0),
        ({}, None),
        (LOST | {"queue_seconds": 90}, None),
        (WE_CALLED | {"queue_seconds": 9}, None),
    ],
    "reply_seconds": [
        ({"first_reply_at": AFTER}, 90),
        ({"first_reply_at": AFTER, "created_at": BEFORE}, 91),
        ({"first_reply_at": "2026-11-09T09:00:00Z"}, 0),
        ({"first_reply_at": BEFORE}, None),
        ({}, None),
        (WE_CALLED | {"first_reply_at": AFTER}, None),
        (BOT | {"first_reply_at": AFTER}, None),
        (SPAM | {"first_reply_at": AFTER}, None),
    ],
    "resolution_seconds": [
        ({"resolved_at": DONE}, 3600),
        ({"resolved_at": DONE, "reopened": 3}, 3600),
        ({"resolved_at": DONE, "created_at": "2026-11-08T10:00:00Z"}, 86400),
        ({"resolved_at": BEFORE}, None),
        ({}, None),
        (SPAM | {"resolved_at": DONE}, None),
    ],
    "resolved": [
        ({}, 1),
        ({"outcome": "unresolved"}, 0),
        ({"outcome": "escalated"}, 0),
        ({"outcome": "transferred"}, 0),
        ({"outcome": None}, None),
        (LOST, None),
        (BOT, None),
        (SPAM, None),
    ],
    "escalated": [
        ({"outcome": "escalated"}, 1),
        ({}, 0),
        ({"outcome": "transferred"}, 0),
        ({"outcome": None}, None),
        ({"outcome": None, "escalated": "yes"}, 1),
        ({"outcome": "resolved", "escalated": "yes"}, 1),
        ({"outcome": "escalated", "escalated": "no"}, 0),
        (BOT, None),
    ],
    "transferred": [
        ({"outcome": "transferred"}, 1),
        ({"outcome": "escalated"}, 0),
        ({"outcome": None}, None),
        (LOST, None),
    ],
    "reopened": [
        ({"reopened": 0}, 0),
        ({"reopened": "no"}, 0),
        ({"reopened": 1}, 1),
        ({"reopened": 4}, 1),
        ({"reopened": "yes"}, 1),
        ({}, None),
        (SPAM | {"reopened": 1}, None),
    ],
    "first_contact": [
        (KIM, 1),
        ({}, None),
        (KIM | {"issue_type": None}, None),
        (KIM | {"issue_type": None, "issue_id": "i1"}, 1),
        ({"customer_id": "lee", "outcome": None}, 1),
        ({"customer_id": "mia", "outcome": "unresolved"}, 0),
        ({"customer_id": "noa", "outcome": "transferred"}, 0),
        ({"customer_id": "ola", "escalated": "yes"}, 0),
        ({"customer_id": "pia", "reopened": 1}, 0),
        ({"customer_id": "quy", **WE_CALLED}, None),
        ({"resolved_first_contact": "yes", "reopened": 1}, 1),
        ({"resolved_first_contact": "no"}, 0),
        (LOST | {"customer_id": "ria"}, None),
        (SPAM | {"resolved_first_contact": "yes"}, None),
    ],
    "said_first_contact": [({"resolved_first_contact": "yes"}, 1), (KIM, None), (SPAM, None)],
    "repeated": [(KIM, 0), ({}, None), (KIM | {"issue_type": "refund"} | WE_CALLED, None)],
    "response_met": [
        (PROMISED | {"first_reply_at": "2026-11-09T09:01:00Z"}, 1),
        (PROMISED | {"first_reply_at": "2026-11-09T09:01:00.001Z"}, 0),
        (PROMISED, 0),
        (PROMISED | LOST, None),
        (PROMISED | LOST | {"first_reply_at": AFTER}, 0),
        ({"first_reply_at": AFTER}, None),
        (PROMISED | SPAM, None),
    ],
    "resolution_met": [
        (TO_SOLVE | {"resolved_at": "2026-11-09T11:00:00Z"}, 1),
        (TO_SOLVE | {"resolved_at": "2026-11-09T11:00:00.001Z"}, 0),
        (TO_SOLVE, 0),
        (TO_SOLVE | LOST, None),
    ],
    "promise_met": [
        (PROMISED | TO_SOLVE | KEPT_BOTH, 1),
        (PROMISED | TO_SOLVE | {"first_reply_at": AFTER, "resolved_at": DONE}, 0),
        (PROMISED | TO_SOLVE | {"first_reply_at": "2026-11-09T09:00:59Z"}, 0),
        (PROMISED | {"first_reply_at": "2026-11-09T09:00:59Z"}, 1),
        (TO_SOLVE | {"resolved_at": DONE}, 1),
        (PROMISED | {"sla_met": "yes"}, 1),
        ({"sla_met": "no"}, 0),
        ({}, None),
        (SPAM | {"sla_met": "no"}, None),
    ],
    "satisfied": [
        ({"csat": 4}, 1),
        ({"csat": 3}, 0),
        ({"csat": 8, "csat_scale": 10}, 1),
        ({"csat": 7, "csat_scale": 10}, 0),
        ({"csat": 3, "csat_scale": 3}, 1),
        ({"csat": 2, "csat_scale": 3}, 0),
        ({"csat": 2, "csat_scale": 2}, 1),
        ({"csat": 1, "csat_scale": 2}, 0),
        ({"csat": 1, "csat_scale": 1}, 1),
        ({"csat": 80, "csat_scale": 100}, 1),
        ({"survey_sent_at": DONE}, None),
        (SPAM | {"csat": 5}, None),
    ],
    "rating": [
        ({"csat": 4}, 4),
        ({"csat": 10, "csat_scale": 10}, 5),
        ({"csat": 5.5, "csat_scale": 10}, 3),
        ({"csat": 0, "csat_scale": 10}, 1),
        ({"csat": 2, "csat_scale": 3}, 3),
        ({"csat": 0, "csat_scale": 1}, 1),
        ({"csat": 1, "csat_scale": 1}, 5),
        ({"csat": 4, "csat_scale": 7}, 3),
        ({}, None),
    ],
    "nps_points": [
        ({"nps": 10}, 100),
        ({"nps": 9}, 100),
        ({"nps": 8}, 0),
        ({"nps": 7}, 0),
        ({"nps": 6}, -100),
        ({"nps": 0}, -100),
        ({}, None),
    ],
    "ease": [({"ces": 7}, 7), ({"ces": 1.5}, 1.5), ({}, None), (SPAM | {"ces": 7}, None)],
    "survey_answered": [
        ({"survey_sent_at": DONE}, 0),
        ({"survey_sent_at": DONE, "survey_answered_at": DONE}, 1),
        ({"survey_sent_at": DONE, "csat": 1}, 1),
        ({"survey_sent_at": DONE, "nps": 0}, 1),
        ({"survey_sent_at": DONE, "ces": 1}, 1),
        ({"csat": 5}, None),
    ],
    "sentiment": [({"sentiment": -0.25}, -0.25), ({"sentiment": 0}, 0), ({}, None), (SPAM, None)],
}


@pytest.mark.parametrize("measure", CASES)
def test_a_record_tells(database, measure):
    rows = interactions(*(cells for cells, _ in CASES[measure]))
    assert taken(database, rows).refused == 0
    assert told(database, measure) == [worth for _, worth in CASES[measure]]


def test_every_measure_is_tried():
    on_working_hours = {"reply_business", "resolution_business"}
    assert CASES.keys() | on_working_hours == MEASURES.keys()


@pytest.mark.parametrize(("days_on", "settled"), [(7, 1), (8, 0)])
def test_a_repeat_on_the_last_day_of_the_window_counts(database, days_on, settled):
    again = KIM | {"started_at": "2026-11-17T09:00:00Z"}
    taken(database, interactions(KIM, again))
    assert told(database, "first_contact", Rules(days_on))[0] == settled


@pytest.mark.parametrize(
    ("kpi", "cells", "first", "last"),
    [
        ("volume", {}, "2026-11-08", "2026-11-08"),
        ("frt", {"first_reply_at": "2026-11-09T09:05:00Z"}, "2026-11-08", "2026-11-08"),
        ("resolution_rate", {}, "2026-11-08", "2026-11-08"),
        ("abandonment_rate", {}, "2026-11-08", "2026-11-08"),
        ("fcr", {"resolved_first_contact": "yes"}, "2026-11-08", "2026-11-08"),
        ("aht", {}, "2026-11-10", "2026-11-10"),
        ("escalation_rate", {}, "2026-11-10", "2026-11-10"),
        ("resolution_time", {}, "2026-11-11", "2026-11-11"),
        ("csat", {"csat": 5}, "2026-11-11", "2026-11-11"),
        ("csat", {"csat": 5, "resolved_at": None}, "2026-11-10", "2026-11-10"),
    ],
)
def test_a_contact_belongs_to_the_period_of(database, kpi, cells, first, last):
    spread = {
        "created_at": "2026-11-08T23:00:00Z",
        "ended_at": "2026-11-10T09:00:00Z",
        "resolved_at": "2026-11-11T09:00:00Z",
    }
    taken(database, interactions(spread | cells))
    counted = [day for day in range(7, 13) if _counts(database, kpi, f"2026-11-{day:02}")]
    assert [f"2026-11-{day:02}" for day in counted] == [first] == [last]


def _counts(engine, kpi, day):
    return estimate_of(engine, kpi, period=days(day)).n == 1


def test_a_contact_with_no_reply_is_out_of_response_time_and_in_the_promise(database):
    taken(database, interactions(PROMISED, PROMISED | {"first_reply_at": "2026-11-09T09:00:30Z"}))
    assert value_of(database, "frt") == 30
    assert value_of(database, "sla_first_response") == 0.5


def test_open_contacts_are_out_of_resolution_time_and_in_the_backlog(database):
    taken(database, interactions({"resolved_at": DONE}, {"outcome": "unresolved"}))
    assert value_of(database, "resolution_time") == 3600
    assert estimate_of(database, "backlog_age").n == 1


def test_an_unanswered_survey_is_in_the_response_rate_alone(database):
    sent = {"survey_sent_at": DONE}
    taken(database, interactions(sent, sent, sent, sent | {"csat": 5}))
    csat = estimate_of(database, "csat")
    assert (csat.value, csat.n) == (1, 1)
    assert value_of(database, "survey_response_rate") == 0.25


def test_passives_stay_in_the_denominator_of_the_net_promoter_score(database):
    # The worked example: 50 % promoters, 20 % detractors, 30 points.
    answers = [10] * 5 + [8] * 3 + [2] * 2
    taken(database, interactions(*({"nps": answer} for answer in answers)))
    nps = estimate_of(database, "nps")
    assert (nps.value, nps.n) == (30, 10)


def test_resolution_rate_never_passes_the_whole_though_more_was_solved_than_came(database):
    old = {"created_at": "2026-11-02T09:00:00Z", "resolved_at": DONE}
    taken(database, interactions(old, old, {"resolved_at": DONE}))
    rate = estimate_of(database, "resolution_rate")
    assert (rate.value, rate.n) == (1, 1)


NEXT_YEAR = "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("kpi", "cells", "value"),
    [
        ("sla_first_response", {"first_response_due_at": NEXT_YEAR}, None),
        ("sla_first_response", {"first_response_due_at": NEXT_YEAR, "first_reply_at": AFTER}, 1),
        ("sla_resolution", {"resolution_due_at": NEXT_YEAR}, None),
        ("sla_resolution", {"resolution_due_at": NEXT_YEAR, "resolved_at": DONE}, 1),
        ("sla", {"resolution_due_at": NEXT_YEAR}, None),
        ("sla", {"resolution_due_at": NEXT_YEAR, "sla_met": "no"}, 0),
        ("sla", PROMISED | {"resolution_due_at": NEXT_YEAR}, 0),
        ("sla", PROMISED | {"resolution_due_at": NEXT_YEAR, **KEPT_BOTH}, 1),
        ("sla", TO_SOLVE | {"first_response_due_at": NEXT_YEAR}, 0),
        ("sla", TO_SOLVE | {"first_response_due_at": NEXT_YEAR, "resolved_at": DONE}, None),
    ],
)
def test_a_promise_not_yet_due_is_not_counted_unless_it_is_kept_or_another_broken(
    database, kpi, cells, value
):
    taken(database, interactions(cells))
    assert value_of(database, kpi) == value


def test_a_window_is_over_on_the_day_after_its_last():
    today = workspace_of().moment(NOW).day
    assert last_mature(Rules(7), Moment(0, today)) == today - 8


@pytest.mark.parametrize(("day", "mature"), [("2026-11-12", True), ("2026-11-13", False)])
def test_first_contact_resolution_waits_for_its_window(database, day, mature):
    taken(database, interactions(KIM | {"started_at": f"{day}T23:00:00Z"}))
    assert estimate_of(database, "fcr", period=days(day)).n == mature


def test_the_sources_own_answer_waits_for_nothing(database):
    said = {"started_at": "2026-11-19T09:00:00Z", "resolved_first_contact": "no"}
    taken(database, interactions(KIM | said))
    assert value_of(database, "fcr", period=days("2026-11-19")) == 0


def test_a_matter_resolved_of_late_is_young_though_it_came_long_ago(database):
    late = {"started_at": "2026-11-02T09:00:00Z", "resolved_at": "2026-11-13T09:00:00Z"}
    taken(database, interactions(KIM | late))
    assert value_of(database, "fcr", period=days("2026-11-02")) is None
