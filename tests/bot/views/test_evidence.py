"""The contacts behind a figure, a page at a time."""

import pytest

from bot.blockkit import check_reply
from bot.views.evidence import evidence
from scoring.estimate import Estimate
from scoring.evidence import REASONS, Evidence
from tests.bot.views.samples import KPIS, contact, sheet
from tests.bot.views.seen import actions_of, rows_of, words_of


def cells(**told):
    return rows_of(evidence(sheet(contacts=[contact(**told)])))[1]


def test_a_page_can_be_sent():
    assert check_reply(evidence(sheet())) == []


def test_a_page_has_at_most_nine_blocks():
    assert len(evidence(sheet(earlier="r")).blocks) <= 9


def test_the_figure_is_told_with_what_it_rests_on():
    said = words_of(evidence(sheet()).blocks)
    assert "Ana Lima, 9\N{EN DASH}15 Nov 2026: *74.2 % (70.1 to 78.0 %), n 310*" in said
    assert "310 counted\n12 not counted: too early to tell" in said


def test_a_contact_is_told_by_its_id_moment_kind_and_what_it_tells():
    assert cells(number=1) == ["C-1001", "10 Nov, 09:47", "refund by chat", "yes", "yes"]


@pytest.mark.parametrize("reason", [one for one in REASONS if one != "counted"])
def test_a_contact_that_does_not_count_says_why(reason):
    assert cells(reason=reason, value=None)[3:] == ["not known", f"no: {REASONS[reason]}"]


def test_the_reason_of_whoever_marked_a_contact_goes_first():
    assert cells(reason="excluded", excluded="test call")[4] == "no: test call"


def test_a_part_of_a_contact_says_how_much_of_it():
    assert cells(weight=0.5)[4] == "yes, 50.0 % of it"


def test_a_duration_is_told_in_its_unit():
    whole = Evidence(KPIS["aht"], Estimate(512, 480, 546, 1), {"counted": 1})
    reply = evidence(sheet(whole=whole, contacts=[contact(value=512.0)]))
    assert rows_of(reply)[1][3] == "8 min 32 s"


def test_a_page_says_which_of_how_many_and_leads_on_by_reference():
    reply = evidence(sheet(skip=20, earlier="r1", later="r3"))
    assert "Contacts 21 to 28 of 322." in words_of(reply.blocks)
    found = {one["action_id"]: one["value"] for one in actions_of(reply.blocks)}
    assert found == {"page:earlier": "r1", "page:later": "r3"}


def test_no_other_agent_and_no_customer_is_named():
    said = words_of(evidence(sheet()).blocks) + evidence(sheet()).text
    assert "ana@example.com" not in said


def test_a_figure_of_no_contacts_says_so():
    whole = Evidence(KPIS["fcr"], Estimate(None, None, None, 0, "no_records"), {})
    reply = evidence(sheet(whole=whole, contacts=[]))
    assert check_reply(reply) == []
    assert "No contact of this period" in words_of(reply.blocks)


@pytest.mark.parametrize("name", ["<!channel>", "x" * 3000, "a\nb"])
def test_what_a_source_calls_a_contact_is_data(name):
    rows = [contact(number, interaction=name, issue_type=name) for number in range(20)]
    assert check_reply(evidence(sheet(contacts=rows))) == []


def test_both_forms_and_the_text_name_the_contacts():
    reply = evidence(sheet())
    for said in (reply.text, words_of(reply.classic)):
        assert "*C-1004*: 10 Nov, 10:38, refund by chat; value: not known; counts: no: too" in said
