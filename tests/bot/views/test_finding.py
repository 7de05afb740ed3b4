"""The contacts behind a finding, and what happened in them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.blockkit import check_reply
from bot.metrics import ABOUT
from bot.views.finding import finding, reason_words
from scoring.coaching.cited import REASONS, Cited, Reason
from tests.bot.views.samples import sighted
from tests.bot.views.seen import words_of


def test_a_finding_tells_week_and_where():
    said = words_of(finding(sighted()).blocks)
    assert "Focus: first contact resolution" in said
    assert "Ana Lima, week of 9 Nov 2026, most of all refund by chat." in said


def test_what_was_found_says_whether_it_is_better_or_worse():
    found = replace(sighted().found, kind="change", direction="worse", where=())
    assert "Ana Lima, week of 9 Nov 2026, worse." in finding(sighted(found=found)).text


def test_a_contact_tells_what_happened_and_the_customer_s_words():
    reply = finding(sighted())
    for said in (reply.text, words_of(reply.blocks)):
        assert "*C-1011*  10 Nov, 09:30, refund by chat, 6 min 10 s" in said
        assert "the customer came back with the same matter after 2.5 days; a long hold" in said
        assert "“I am still waiting, [agent].”" in said


def test_the_one_that_went_well_is_told_apart():
    said = words_of(finding(sighted()).blocks)
    assert "\nwent well" in said
    assert said.endswith("1 of 41 contacts behind this, and one that went well.")


def test_a_finding_whose_contacts_are_gone_says_so():
    reply = finding(sighted(contacts=()))
    assert check_reply(reply) == []
    assert "no longer have the contacts" in reply.text


def test_more_contacts_than_a_message_takes_are_counted():
    several = [replace(sighted().contacts[0], id=number) for number in range(100, 140)]
    reply = finding(sighted(contacts=several))
    assert len(reply.blocks) <= 9
    assert words_of(reply.blocks).endswith("6 of 41 contacts behind this.")


@pytest.mark.parametrize("about", ABOUT)
def test_every_matter_has_a_name(about):
    found = replace(sighted().found, about=about)
    assert ABOUT[about] in finding(sighted(found=found)).text


@pytest.mark.parametrize("kind", REASONS)
def test_every_reason_has_words(kind):
    assert reason_words(Reason(kind)).startswith(REASONS[kind])


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("unhappy", 2.0), "a low rating: 2 of 5"),
        (Reason("long_hold", 185.0), "a long hold: 3 min 05 s"),
        (
            Reason("resolved_elsewhere", who="ben"),
            "passed up, and resolved by somebody else (ben)",
        ),
    ],
)
def test_a_reason_says_how_much_and_who(reason, said):
    assert reason_words(reason) == said


@pytest.mark.parametrize("words", ["<!channel>", "x" * 9000, "a\n\n> b"])
def test_what_a_customer_wrote_is_data(words):
    at = datetime(2026, 11, 10, tzinfo=UTC)
    one = Cited(1, "files", words, at, words, words, None, (), words)
    assert check_reply(finding(sighted(contacts=[one] * 6))) == []
