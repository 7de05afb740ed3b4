"""The weekly note in Slack: the same note, no word more or less."""

import pytest

from bot.blockkit import check_reply, escape
from bot.views.note import Letter, note
from prompts.note.shape import Fact, Note, Section
from tests.bot.views.samples import MONDAY, letter, manager_letter, trend
from tests.bot.views.seen import actions_of, kinds, words_of
from tests.prompts.note.weeks import SITUATIONS

WITH_SECTIONS = [name for name in SITUATIONS if name != "absent"]


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_kind_of_week_can_be_sent(name):
    assert check_reply(note(letter(name))) == []
    assert check_reply(note(letter(name, trend=trend()))) == []


@pytest.mark.parametrize("name", WITH_SECTIONS)
def test_everything_that_the_note_says_is_there(name):
    told = letter(name)
    said = words_of(note(told).blocks)
    assert told.note.verdict in said
    for section in told.note.sections:
        assert all(escape(line) in said for line in section.written)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_note_is_about_nine_blocks(name):
    assert len(note(letter(name)).blocks) <= 9
    assert len(note(letter(name, trend=trend())).blocks) <= 10


def test_the_verdict_is_the_headline_and_the_week_below_it():
    header, context, *_ = note(letter("steady")).blocks
    assert header["text"]["text"].startswith("A steady week")
    assert words_of([context]) == "Week of 9 Nov 2026, 96 contacts"


def test_a_manager_s_note_names_the_team():
    assert "Billing: week of 9 Nov 2026" in words_of(note(manager_letter()).blocks)
    assert check_reply(note(manager_letter())) == []


def test_the_text_is_the_note_itself():
    text = note(letter("slip")).text
    assert "Week of 9 Nov 2026, 96 contacts" in text
    assert "First contact resolution fell from 77.4 % to 68.2 %" in text


def test_the_classic_form_has_the_numbers_and_no_chart():
    reply = note(letter("slip", trend=trend()))
    assert "data_visualization" in kinds(reply.blocks)
    assert "data_visualization" not in kinds(reply.classic)
    assert "First contact resolution by week" in words_of(reply.classic)


def test_a_note_of_what_every_slack_draws_is_its_own_classic_form():
    assert note(letter("slip", feedback="")).classic is None


def test_the_classic_form_asks_whether_it_was_of_use_by_plain_buttons():
    found = {one["action_id"]: one["value"] for one in actions_of(note(letter()).classic)}
    assert found.keys() >= {"contacts:focus", "card", "settings"}
    assert (found["feedback:good"], found["feedback:bad"]) == ("good:ref-note", "bad:ref-note")


def test_what_can_be_done_is_offered_by_reference():
    found = {one["action_id"]: one["value"] for one in actions_of(note(letter()).blocks)}
    assert found == {
        "contacts:focus": "ref-focus",
        "card": "ref-card",
        "settings": "ref-settings",
    }


def test_the_scorecard_is_the_reader_s_own_or_the_team_s():
    for told, name in ((letter(), "My scorecard"), (manager_letter(), "The team's scorecard")):
        (button,) = [one for one in actions_of(note(told).blocks) if one["action_id"] == "card"]
        assert button["text"]["text"] == name


def test_what_is_not_offered_is_not_there():
    reply = note(Letter(letter().note))
    assert actions_of(reply.blocks) == []
    assert "context_actions" not in kinds(reply.blocks)


def test_a_long_section_goes_on_in_another_block():
    lines = tuple((Fact(str(number), "figure", None, "x" * 900),) for number in range(10))
    whole = Note("manager", "Billing", MONDAY, 9, "team", "Fine.", (Section("a", "A", lines),))
    reply = note(Letter(whole))
    assert kinds(reply.blocks).count("section") == 4
    assert words_of(reply.blocks).count("x" * 900) == 10


def test_what_customers_and_agents_are_called_is_data():
    fact = Fact("a", "person", None, "<!channel> & <@U1>")
    whole = Note("agent", "a", MONDAY, 9, "steady", "<!here>", (Section("a", "A", ((fact,),)),))
    assert check_reply(note(Letter(whole))) == []
