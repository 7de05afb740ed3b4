import hmac
from datetime import UTC, datetime, timedelta

import pytest

from scoring.intake.interactions import customer_hash
from scoring.records import Agent, Interaction
from tests.factories import NOW, SECRET, counts, desk_of, interaction, interactions, stored, taken

NINE = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def kept(engine):
    """The record kept of a row with these cells."""

    def keep(**cells):
        receipt = taken(engine, [interaction(**cells)])
        assert not receipt.refused, receipt.lines()
        return stored(engine, Interaction)[0]

    return keep


@pytest.fixture
def reason(engine):
    """Why a row with these cells is refused."""

    def refuse(**cells):
        receipt = taken(engine, [interaction(**cells)])
        assert not stored(engine, Interaction)
        return receipt.refusals[0].reason

    return refuse


EVERY_CELL = {
    "contact_id": "contact",
    "issue_id": "matter",
    "customer_id": "4711",
    "agent_name": "Ana",
    "team": "Billing",
    "issue_type": "refund",
    "channel": "CHAT",
    "priority": "Urgent",
    "complexity": "hard",
    "customer_tier": "gold",
    "language": "de",
    "direction": "Outbound",
    "handled_by": "BOT",
    "outcome": "ESCALATED",
    "escalation_kind": "policy",
    "excluded": "test",
    "created_at": "2026-11-09T08:00:00Z",
    "first_reply_at": "2026-11-09T09:00:30Z",
    "ended_at": "2026-11-09T10:00:00+00:30",
    "resolved_at": "2026-11-10T09:00:00Z",
    "first_response_due_at": "2027-01-01T00:00:00Z",
    "resolution_due_at": "2027-01-02T00:00:00Z",
    "survey_sent_at": "2026-11-11T09:00:00Z",
    "survey_answered_at": "2026-11-12T09:00:00Z",
    "talk_seconds": "0:02:00",
    "hold_seconds": "30.5",
    "wrap_seconds": "60",
    "handle_seconds": None,
    "queue_seconds": "45",
    "escalated": "yes",
    "resolved_first_contact": "N",
    "reopened": "2",
    "sla_met": "TRUE",
    "csat": "7.5",
    "csat_scale": "10",
    "nps": "9",
    "ces": "6.5",
    "survey_comment": 'Well, "fine"\nthen',
    "sentiment": "-0.25",
}


def test_every_cell_is_kept_as_it_was_said(database):
    assert taken(database, [interaction(**EVERY_CELL)]).whole
    (row,) = stored(database, Interaction)
    days = {"created_at": -1 / 24, "first_reply_at": 30 / 86400, "ended_at": 0.5 / 24}
    days |= {"resolved_at": 1, "survey_sent_at": 2, "survey_answered_at": 3}
    wanted = {name: NINE + timedelta(days=after) for name, after in days.items()}
    wanted |= {name: EVERY_CELL[name] for name in ("issue_type", "complexity", "customer_tier")}
    wanted |= {name: EVERY_CELL[name] for name in ("language", "excluded", "survey_comment")}
    wanted |= {"first_response_due_at": datetime(2027, 1, 1, tzinfo=UTC)}
    wanted |= {"resolution_due_at": datetime(2027, 1, 2, tzinfo=UTC), "channel": "chat"}
    wanted |= {"contact_key": "contact", "issue_key": "matter", "priority": "urgent"}
    wanted |= {"direction": "outbound", "handled_by": "bot", "outcome": "escalated"}
    wanted |= {"escalation_kind": "policy", "talk_seconds": 120, "hold_seconds": 30.5}
    wanted |= {"wrap_seconds": 60, "handle_seconds": 210.5, "queue_seconds": 45, "escalated": 1}
    wanted |= {"resolved_first_contact": 0, "reopened": 2, "sla_met": 1, "csat": 7.5}
    wanted |= {"csat_scale": 10, "nps": 9, "ces": 6.5, "sentiment": -0.25, "started_at": NINE}
    assert {name: row[name] for name in wanted} == wanted


def test_no_comment_is_kept_with_what_gives_a_person_away(database):
    said = "Ana was nice, kim@example.com or (977) 625-2661. I am 4711"
    told = {"agent_name": "Ana Lee", "customer_id": "4711", "survey_comment": said}
    assert counts(taken(database, [interaction(**told)])) == (1, 0, 0, 0)
    (row,) = stored(database, Interaction)
    assert row["survey_comment"] == "[agent] was nice, [email 1] or [phone 1]. I am [customer]"
    assert counts(taken(database, [interaction(**told)])) == (0, 0, 1, 0)


def test_a_row_may_say_no_more_than_who_and_when(engine):
    bare = {"interaction_id": "c1", "agent": "ana", "started_at": "2026-11-09T09:00Z"}
    assert taken(engine, [bare]).added == 1
    (row,) = stored(engine, Interaction)
    known = {"channel": "unknown", "direction": "inbound", "handled_by": "agent"}
    known |= dict.fromkeys(("created_at", "started_at", "ended_at", "closed_at"), NINE)
    assert {name: row[name] for name in known} == known
    unknown = "outcome handle_seconds reopened escalated csat csat_scale customer_hash priority"
    assert {row[name] for name in unknown.split()} == {None}


def test_an_end_that_is_not_said_is_the_start_and_the_handle_time(kept):
    assert kept(handle_seconds="0:05:00")["ended_at"] == NINE + timedelta(seconds=300)


@pytest.mark.parametrize(
    ("parts", "handled"),
    [
        ({"talk_seconds": 100, "hold_seconds": 20, "wrap_seconds": 30}, 150),
        ({"talk_seconds": 100}, 100),
        ({"talk_seconds": 100, "handle_seconds": 120}, 100),
        ({"handle_seconds": 120, "wrap_seconds": 20}, 120),
        ({"wrap_seconds": 20}, None),
        ({"handle_seconds": 0}, None),
        ({"talk_seconds": 0, "hold_seconds": 0}, None),
    ],
)
def test_handle_time_is_its_parts_else_what_is_said_and_never_zero(kept, parts, handled):
    assert kept(**{"handle_seconds": None, **parts})["handle_seconds"] == handled


def test_a_contact_that_is_its_own_interaction_has_no_other_key(kept):
    assert kept(contact_id="c1")["contact_key"] is None


def test_a_rating_is_out_of_five_unless_told(kept):
    assert kept(csat=4)["csat_scale"] == 5


@pytest.mark.parametrize(
    "cells",
    [
        *({"csat": rating} for rating in (1, 5)),
        *({"csat": rating, "csat_scale": 10} for rating in (0, 10)),
        *({"csat": rating, "csat_scale": 11} for rating in (0, 11)),
        *({"csat": rating, "csat_scale": 1} for rating in (0, 1)),
        *({"csat": rating, "csat_scale": 100} for rating in (0, 100)),
        *({"csat": 1, "csat_scale": top} for top in (2, 3, 7)),
        *({"nps": said} for said in (0, 10)),
        *({"ces": said} for said in (1, 7)),
        *({"sentiment": said} for said in (-1, 1)),
        {"ended_at": "2026-11-09T09:05:00Z"},
        {"ended_at": "2026-11-09T09:04:59.001Z"},
        {"ended_at": "2026-11-09T09:00:00Z", "handle_seconds": None},
        {"started_at": "2026-11-20T12:00:00Z", "handle_seconds": None},
        {"agent": None, "outcome": "abandoned"},
        {"agent": None, "handled_by": "bot"},
        {"interaction_id": "x" * 400},
    ],
)
def test_a_row_at_the_edge_of_a_rule_is_kept(kept, cells):
    assert kept(**cells)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"interaction_id": " "}, "interaction_id is missing"),
        ({"interaction_id": "x" * 401}, "interaction_id: “xxx"),
        ({"started_at": None}, "started_at is missing"),
        ({"agent": None}, "agent is missing, and it was not abandoned"),
        ({"agent": None, "outcome": None}, "agent is missing, and it was not abandoned"),
        ({"outcome": "done"}, "outcome: “done” is not one of resolved, unresolved, escalated,"),
        ({"direction": "both"}, "direction: “both” is not one of inbound, outbound"),
        ({"handled_by": "robot"}, "handled_by: “robot” is not one of agent, bot"),
        ({"escalation_kind": "whim"}, "escalation_kind: “whim” is not one of skill,"),
        ({"csat": 0}, "the csat 0 is outside its scale of 5"),
        ({"csat": 5.5}, "the csat 5.5 is outside its scale of 5"),
        ({"csat": 11, "csat_scale": 10}, "the csat 11 is outside its scale of 10"),
        ({"csat": -1}, "csat: “-1” is not between 0 and 100"),
        ({"csat": "good"}, "csat: “good” is not a number"),
        ({"csat": 5, "csat_scale": 12}, "csat_scale: “12” is not a known scale"),
        ({"csat": 5, "csat_scale": 0}, "csat_scale: “0” is not between 1 and 100"),
        *(({"nps": said}, f"nps: “{said}” is not between 0 and 10") for said in (-1, 11)),
        ({"nps": 7.5}, "nps: “7.5” is not a whole number"),
        *(({"ces": said}, f"ces: “{said}” is not between 1 and 7") for said in (0.9, 7.1)),
        *(({"sentiment": s}, f"sentiment: “{s}” is not between -1 and 1") for s in (-1.1, 1.1)),
        *(
            ({f"{part}_seconds": -1}, f"{part}_seconds: “-1” is a negative duration")
            for part in ("talk", "hold", "wrap", "handle", "queue")
        ),
        ({"escalated": "maybe"}, "escalated: “maybe” is neither yes nor no"),
        ({"reopened": -1}, "reopened: “-1” is not between"),
        ({"ended_at": "2026-11-09T08:59:59.999Z"}, "it ends before it starts"),
        ({"ended_at": "2026-11-09T09:04:59Z"}, "its handle time is longer than the clock"),
        *(
            ({f"{name}_at": "2026-11-20T12:00:01Z"}, f"{name}_at: “2026-11-20T12:00:01Z” lies in")
            for name in ("started", "created", "first_reply", "ended", "resolved", "survey_sent")
        ),
        ({"survey_answered_at": "yesterday"}, "survey_answered_at: “yesterday” is no instant"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_with_the_reason(reason, cells, words):
    assert reason(**cells).startswith(words)


def test_parts_of_one_agent_may_overlap(engine):
    cells = {"ended_at": "2026-11-09T09:05:00Z", "channel": "chat"}
    assert taken(engine, interactions(cells, cells)).added == 2


def test_a_local_instant_that_happened_twice_is_taken_early_and_counted(engine):
    twice, once = "2026-10-25T02:30:00", "2026-10-25T03:30:00"
    rows = interactions({"started_at": twice, "created_at": twice}, {"started_at": once})
    receipt = taken(engine, rows, desk=desk_of(engine, "Europe/Berlin"))
    assert receipt.notes == {"the clocks went back over the instant: the earlier one is taken": 2}
    first, second = (row["started_at"] for row in stored(engine, Interaction))
    assert (first.hour, first.minute, second.hour) == (0, 30, 2)


def test_words_of_the_sources_own_are_kept_and_noted(engine):
    rows = interactions({"channel": "Fax"}, {"channel": "Fax"}, {"priority": "p1"}, {})
    receipt = taken(engine, rows)
    assert receipt.notes == {"channel “Fax” kept as it is": 2, "priority “p1” kept as it is": 1}
    assert stored(engine, Interaction)[0]["channel"] == "Fax"


def test_more_words_than_anyone_reads_are_counted_together(engine):
    receipt = taken(engine, interactions(*({"channel": f"line {n}"} for n in range(50))))
    assert receipt.notes["other words for channel kept as they are"] == 30
    assert len(receipt.notes) == 21


@pytest.mark.parametrize("name", ["first_reply_at", "resolved_at"])
def test_an_instant_before_the_contact_began_is_noted(engine, name):
    rows = interactions({name: "2026-11-09T08:59:59Z"}, {name: "2026-11-09T09:00:00Z"})
    assert taken(engine, rows).notes == {
        f"{name} before created_at: kept, but no time is worked out from it": 1
    }


def test_an_agent_is_known_by_an_address_in_any_case_but_by_another_id_as_it_stands(engine):
    taken(engine, interactions(*({"agent": a} for a in ("Ana@X.org", "ana@x.org", "Ben", "ben"))))
    assert [agent["name_key"] for agent in stored(engine, Agent)] == ["Ben", "ana@x.org", "ben"]


def test_what_nobody_answered_stands_for_its_team_and_for_no_person(engine):
    taken(engine, [interaction(agent=None, outcome="abandoned", team="Billing")])
    (agent,) = stored(engine, Agent)
    assert (agent["person"], stored(engine, Interaction)[0]["agent_id"]) == (0, agent["id"])


def test_a_customer_is_kept_as_a_hash_with_the_key(kept):
    digest = hmac.new(SECRET, b"customer:4711", "sha256").digest()
    wanted = int.from_bytes(digest[:8], "big", signed=True)
    assert kept(customer_id=" 4711 ")["customer_hash"] == wanted


def test_a_customer_has_one_hash_for_an_address_in_any_case_and_another_under_another_key():
    assert customer_hash("Cy@X.org", SECRET) == customer_hash("cy@x.org ", SECRET)
    assert customer_hash("Cy", SECRET) != customer_hash("cy", SECRET)
    assert customer_hash("Cy", SECRET) != customer_hash("Cy", b"another")


def test_a_hash_that_was_exported_is_taken_as_it_stands():
    assert customer_hash("hash:fffffffffffffffe", SECRET) == -2


def test_nothing_of_a_customers_id_is_in_the_database(engine, sqlite_file):
    named = {"customer_id": "kim.unmistakable@example.com", "survey_comment": "to be found"}
    taken(engine, [interaction(**named)])
    held = b"".join(path.read_bytes() for path in sqlite_file.parent.glob("evenkeel.db*"))
    assert b"to be found" in held
    assert b"unmistakable" not in held.lower()


def test_the_moment_of_the_import_is_now_and_no_other(engine):
    rows = [interaction(started_at="2026-11-09T09:00:00Z")]
    early = desk_of(engine, now=NINE - timedelta(seconds=1))
    assert taken(engine, rows, desk=early).refused == 1
    assert taken(engine, rows, desk=desk_of(engine, now=NOW)).added == 1
