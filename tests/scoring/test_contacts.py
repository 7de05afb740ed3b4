"""Who came back with the same matter, and what the parts of one contact say of the whole."""

from datetime import timedelta

import pytest

from scoring.measures import Rules
from scoring.records import Interaction
from tests.factories import NOW, interactions, stored, taken, workspace_of
from tests.scoring.estimates import days, estimates_of, value_of, values_of

MONDAY = days("2026-11-09")
LATER = {"started_at": "2026-11-12T09:00:00Z"}
WEEK_LATER = "2026-11-16T09:00:00Z"
JUST_OVER = "2026-11-16T09:00:00.001Z"


def of_kim(*rows):
    """Contacts of one customer, the first on Monday at nine."""
    return interactions(*({"customer_id": "kim", **row} for row in rows))


def came_back(engine, period=MONDAY, **more):
    """The share of Monday's contacts after which the customer came back."""
    return value_of(engine, "repeat_contact_rate", period=period, **more)


@pytest.mark.parametrize(
    ("second", "repeat"),
    [
        pytest.param({}, 1, id="the same category"),
        pytest.param({"channel": "email"}, 1, id="another channel"),
        pytest.param({"agent": "ben"}, 1, id="another agent"),
        pytest.param({"outcome": "abandoned"}, 1, id="gave up the second time"),
        pytest.param({"issue_type": "refund"}, 0, id="another category"),
        pytest.param({"issue_type": "refund", "issue_id": "i1"}, 1, id="the same issue"),
        pytest.param({"issue_type": None, "issue_id": "i1"}, 1, id="the issue alone"),
        pytest.param({"issue_type": None}, 0, id="an unknown matter"),
        pytest.param({"customer_id": "lee"}, 0, id="another customer"),
        pytest.param({"customer_id": None}, 0, id="an unknown customer"),
        pytest.param({"direction": "outbound"}, 0, id="we called"),
        pytest.param({"excluded": "spam"}, 0, id="excluded"),
        pytest.param({"contact_id": "c1"}, 0, id="a part of the same contact"),
        pytest.param({"started_at": "2026-11-09T09:00:00Z"}, 1, id="the same moment"),
        pytest.param({"started_at": WEEK_LATER}, 1, id="just within the window"),
        pytest.param({"started_at": JUST_OVER}, 0, id="just after the window"),
        pytest.param({"started_at": "2026-11-08T09:00:00Z"}, 0, id="it came before"),
    ],
)
def test_what_makes_a_repeat_contact(database, second, repeat):
    taken(database, of_kim({"issue_id": "i1"}, LATER | second))
    # What is no part of Monday's contact is Monday's too where it came at the same moment.
    monday = estimates_of(database, "repeat_contact_rate", "agent", period=MONDAY)
    assert monday["ana@example.com"].value * monday["ana@example.com"].n == repeat


def test_a_customer_who_came_back_was_not_helped_at_first_contact(database):
    taken(database, of_kim({}, LATER))
    assert value_of(database, "fcr", period=MONDAY) == 0


def test_a_customer_who_did_not_come_back_was(database):
    taken(database, of_kim({}, {"started_at": JUST_OVER}))
    assert value_of(database, "fcr", period=MONDAY) == 1


def test_the_window_may_be_shorter(database):
    taken(database, of_kim({}, LATER), desk=None)
    two_days = workspace_of(rules=Rules(repeat_days=2))
    assert came_back(database, workspace=two_days) == 0


def test_the_window_begins_when_the_matter_was_resolved(database):
    late = {"resolved_at": "2026-11-11T09:00:00Z"}
    taken(database, of_kim(late, {"started_at": "2026-11-18T09:00:00Z"}))
    assert came_back(database) == 1


def test_a_resolution_before_the_contact_was_made_begins_no_window(database):
    early = {"resolved_at": "2026-10-09T09:00:00Z"}
    taken(database, of_kim(early, LATER, early | {"started_at": "2026-11-19T09:00:00Z"}))
    assert came_back(database) == 1
    assert came_back(database, days("2026-11-19")) is None


def test_another_source_tells_of_the_same_customer(database):
    taken(database, of_kim({}), source="phone")
    taken(database, of_kim(LATER), source="mail")
    assert came_back(database) == 1


def test_the_same_contact_id_in_two_sources_is_two_contacts(database):
    taken(database, of_kim({"contact_id": "x"}), source="phone")
    taken(database, of_kim(LATER | {"contact_id": "x"}), source="mail")
    assert came_back(database) == 1


def test_what_comes_late_in_between_is_the_next_contact(database):
    first, last = of_kim({}, {"started_at": "2026-11-18T09:00:00Z"})
    taken(database, [first, last])
    assert came_back(database) == 0
    taken(database, [of_kim({}, {}, LATER)[2]])
    assert came_back(database) == 1
    assert value_of(database, "repeat_contact_rate", period=days("2026-11-12")) == 1


def test_what_comes_late_before_all_others_has_a_next_contact(database):
    first, second = of_kim({}, LATER)
    taken(database, [second])
    taken(database, [first])
    assert came_back(database) == 1


@pytest.mark.parametrize(
    "correction",
    [
        {"customer_id": "lee"},
        {"issue_type": "refund"},
        {"excluded": "test"},
        {"direction": "outbound"},
        {"started_at": JUST_OVER},
        {"contact_id": "c1"},
    ],
    ids=lambda correction: next(iter(correction)),
)
def test_a_correction_of_the_second_contact_clears_the_first(database, correction):
    first, second = of_kim({}, LATER)
    taken(database, [first, second])
    assert came_back(database) == 1
    taken(database, [second | correction])
    assert came_back(database) == 0
    taken(database, [second])
    assert came_back(database) == 1


def test_a_correction_may_turn_the_order_around(database):
    first, second = of_kim({}, LATER)
    taken(database, [first, second])
    taken(database, [first | {"started_at": "2026-11-13T09:00:00Z"}])
    assert value_of(database, "repeat_contact_rate", period=days("2026-11-12")) == 1
    (_, moved) = stored(database, Interaction)
    assert moved["interaction_id" if "interaction_id" in moved else "external_id"] == "c2"


def parts_of_one(*parts):
    """Parts of one contact of one customer, ten minutes apart, each in its own file's form."""
    return of_kim(
        *(
            {"contact_id": "x", "started_at": f"2026-11-09T09:{at}0:00Z", **part}
            for at, part in enumerate(parts)
        )
    )


def test_a_contact_that_was_passed_on_is_repeated_though_the_next_comes_in_another_file(database):
    parts = parts_of_one({"agent": "ana", "outcome": "transferred"}, {"agent": "ben"})
    taken(database, parts)
    taken(database, of_kim(*[{}] * 2, LATER)[2:])
    assert values_of(database, "repeat_contact_rate", period=MONDAY) == {"ana": 1}
    assert values_of(database, "fcr", period=MONDAY) == {"ana": 0}


def test_a_repeat_that_is_withdrawn_clears_every_part_of_the_contact(database):
    parts = parts_of_one({"agent": "ana", "outcome": "transferred"}, {"agent": "ben"})
    again = of_kim(*[{}] * 2, LATER)[2]
    taken(database, [*parts, again])
    taken(database, [again | {"excluded": "test"}])
    assert values_of(database, "repeat_contact_rate", period=MONDAY) == {"ana": 0}


def test_the_first_reply_of_any_part_is_the_contacts(database):
    replies = {"created_at": "2026-11-09T09:00:00Z", "agent": "ben"}
    taken(
        database,
        parts_of_one(
            {"agent": "ana", "outcome": "transferred"},
            replies | {"first_reply_at": "2026-11-09T09:15:00Z"},
            replies | {"first_reply_at": "2026-11-09T09:25:00Z"},
        ),
    )
    assert values_of(database, "frt") == {"ana": 15 * 60}


def test_a_bots_words_are_no_first_response(database):
    taken(
        database,
        parts_of_one(
            {"agent": "bot", "handled_by": "bot", "first_reply_at": "2026-11-09T09:00:01Z"},
            {"agent": "ana", "first_reply_at": "2026-11-09T09:12:00Z"},
        ),
    )
    assert values_of(database, "frt") == {"ana": 2 * 60}


def test_the_last_resolution_of_any_part_is_the_contacts(database):
    taken(
        database,
        parts_of_one(
            {"created_at": "2026-11-09T09:00:00Z", "resolved_at": "2026-11-09T10:00:00Z"},
            {"created_at": "2026-11-09T09:00:00Z", "resolved_at": "2026-11-09T12:00:00Z"},
        ),
    )
    assert value_of(database, "resolution_time") == 3 * 3600


def test_a_contact_is_resolved_from_its_own_beginning(database):
    taken(
        database,
        parts_of_one(
            {"agent": "ana", "outcome": "transferred"},
            {"agent": "ben", "resolved_at": "2026-11-09T10:00:00Z"},
        ),
    )
    assert value_of(database, "resolution_time") == 3600


def test_the_last_outcome_that_is_known_is_the_contacts(database):
    parts = ({"outcome": "transferred"}, {"outcome": "unresolved"}, {"outcome": None})
    taken(database, parts_of_one(*parts))
    assert value_of(database, "resolution_rate") == 0


@pytest.mark.parametrize(
    ("cells", "kpi", "value"),
    [
        ({"escalated": "yes"}, "fcr", 0),
        ({"reopened": 2}, "reopen_rate", 1),
        ({"reopened": 0}, "reopen_rate", 0),
        ({"resolved_first_contact": "no"}, "fcr", 0),
        ({"nps": 10}, "nps", 100),
        ({"ces": 6}, "ces", 6),
        ({"csat": 8, "csat_scale": 10}, "csat", 1),
        ({"survey_sent_at": "2026-11-09T10:00:00Z"}, "survey_response_rate", 0),
    ],
)
def test_what_one_part_knows_is_known_of_the_contact(database, cells, kpi, value):
    taken(database, parts_of_one({"outcome": "transferred"} | cells, {"agent": "ben"}))
    assert value_of(database, kpi) == value


LATE_REPLY = {"first_reply_at": "2026-11-09T09:15:00Z", "resolved_at": "2026-11-09T12:00:00Z"}


@pytest.mark.parametrize("teller", [0, 1])
@pytest.mark.parametrize(
    ("promise", "kpi"),
    [
        ({"first_response_due_at": "2026-11-09T09:12:00Z"}, "sla_first_response"),
        ({"resolution_due_at": "2026-11-09T11:00:00Z"}, "sla_resolution"),
        ({"sla_met": "no"}, "sla"),
    ],
)
def test_a_promise_told_of_one_part_is_the_contacts(database, teller, promise, kpi):
    parts = [{"agent": "ana", "outcome": "transferred"}, {"agent": "ben", **LATE_REPLY}]
    parts[teller] |= promise
    taken(database, parts_of_one(*parts))
    assert value_of(database, kpi) == 0


def test_the_first_promise_of_a_response_holds_and_the_last_of_a_resolution(database):
    kept, broken = "2026-11-09T13:00:00Z", "2026-11-09T09:01:00Z"
    first = {"first_response_due_at": kept, "resolution_due_at": broken, "sla_met": "no"}
    last = {"first_response_due_at": broken, "resolution_due_at": kept, "sla_met": "yes"}
    taken(database, parts_of_one(first, {**LATE_REPLY, **last}))
    keys = ("sla", "sla_first_response", "sla_resolution")
    assert [value_of(database, kpi) for kpi in keys] == [1, 1, 1]


@pytest.mark.parametrize("teller", [0, 1])
@pytest.mark.parametrize(
    ("promise", "kpi"),
    [
        ("first_response_due_at", "sla_first_response"),
        ("resolution_due_at", "sla_resolution"),
        ("resolution_due_at", "sla"),
    ],
)
def test_a_contacts_promise_that_is_not_due_yet_counts_on_no_part(database, teller, promise, kpi):
    parts = [{"agent": "ana", "outcome": "transferred"}, {"agent": "ben", "outcome": None}]
    parts[teller][promise] = "2026-11-20T13:00:00Z"
    taken(database, parts_of_one(*parts))
    assert value_of(database, kpi) is None
    later = NOW + timedelta(hours=2)
    assert value_of(database, kpi, now=later) == 0


def test_the_last_answer_is_the_contacts(database):
    taken(database, parts_of_one({"csat": 1}, {"csat": 10, "csat_scale": 10}))
    assert value_of(database, "csat_mean") == 5


def test_an_excluded_part_says_nothing_of_the_contact(database):
    taken(database, parts_of_one({"csat": 2}, {"csat": 5, "excluded": "merged"}))
    assert value_of(database, "csat_mean") == 2


def test_a_record_without_a_contact_is_the_contact_that_bears_its_id(database):
    first, second = interactions({"agent": "ana"}, {"agent": "ben", "contact_id": "c1"})
    taken(database, [first, second])
    assert value_of(database, "volume") == 1


def test_a_record_that_names_another_contact_lends_its_id_to_none(database):
    taken(database, interactions({"contact_id": "x"}, {"contact_id": "c1"}))
    assert value_of(database, "volume") == 2


def test_a_part_that_moves_to_another_contact_leaves_no_trace(database):
    bot = {"handled_by": "bot", "agent": "bot", "first_reply_at": "2026-11-09T09:00:01Z"}
    human = {"started_at": "2026-11-09T09:10:00Z", "first_reply_at": "2026-11-09T09:11:00Z"}
    first, second = interactions({"contact_id": "c2", "csat": 1, **bot}, human)
    taken(database, [first, second])
    taken(database, [first | {"contact_id": "y"}])
    alone, part = (one for one in stored(database, Interaction)[::-1])
    assert {alone["contact_csat"], alone["contact_reply_at"], alone["contact_outcome"]} == {None}
    assert (part["part"], part["last_part"], part["share"]) == (1, 1, 1)


def test_a_part_that_is_excluded_leaves_the_other_alone(database):
    first, second = parts_of_one({"agent": "ana"}, {"agent": "ben", "csat": 5})
    taken(database, [first, second])
    taken(database, [second | {"excluded": "test"}])
    assert values_of(database, "volume") == {"ana": 1}
    assert values_of(database, "resolution_rate") == {"ana": 1}
    assert values_of(database, "csat") == {}
