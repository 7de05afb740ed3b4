"""From notes and lists of people on to contacts, cards and settings: what is drawn is pressed."""

import pytest

from bot.blockkit import check_reply
from bot.calls import call_of
from scoring.database import connect, prepare
from tests.bot.talking import Talking, chosen, elements, option, sent, talking
from tests.bot.views.seen import words_of
from tests.bot.weekly import weekly
from tests.factories import taken
from tests.slack import command, company, press, running_slack


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Seven agents led by Lea, of whom Ana has something to look at; Billing, led by Maya."""
    engine = connect(str(tmp_path_factory.mktemp("ways") / "evenkeel.db"))
    prepare(engine)
    many = [{"agent": f"x{one:02}", "team": "Night", "manager": "otto"} for one in range(45)]
    taken(company(weekly(engine)), many, kind="roster")
    yield engine
    engine.dispose()


@pytest.fixture
def door(engine):
    with talking(engine, Talking()) as door:
        yield door


@pytest.fixture
def urls():
    with running_slack() as found:
        yield found


def asked(door, said, user):
    name, _, text = said.partition(" ")
    one = next(one for one in door.desk.commands if one.name == name)
    reply = door.desk.answer(one, call_of(command(name, text, user))).reply
    assert check_reply(reply) == []
    return reply


def drawn(door, said, user):
    return elements(asked(door, said, user).blocks)


def pressed(door, urls, button, user):
    payload = press(button["action_id"], button["value"], user, response_url=urls.response_url)
    sent(door, payload)
    return urls.posts.get(timeout=20)


def picked(door, urls, menu, text, user):
    value = option(menu, text)
    sent(door, chosen(menu["action_id"], value, user, response_url=urls.response_url))
    return urls.posts.get(timeout=20)


def test_a_note_that_is_asked_for_leads_on_like_one_that_is_sent(door, urls):
    found = drawn(door, "coach", "UANA")
    assert found.keys() == {"contacts:focus", "card", "settings", "feedback"}
    focus = pressed(door, urls, found["contacts:focus"], "UANA")["text"]
    assert focus.startswith("Focus: first contact resolution. Ana, week of 9 Nov 2026")
    card = pressed(door, urls, found["card"], "UANA")["text"]
    assert card.startswith("Ana, 9\N{EN DASH}15 Nov 2026")


def test_the_note_of_somebody_else_says_whose_and_has_no_settings(door):
    reply = asked(door, "coach Ana", "ULEA")
    for said in (reply.text, words_of(reply.blocks)):
        assert "The note to *Ana*, in the words that they read." in said
    found = elements(reply.blocks)
    assert "settings" not in found
    assert found["card"]["text"]["text"] == "Their scorecard"


def test_a_note_of_no_contacts_leads_to_no_empty_card(door):
    assert drawn(door, "coach me", "ULEA").keys() == {"settings"}


def test_a_team_s_note_leads_to_the_contacts_behind_each_one_s_focus(door, urls):
    found = drawn(door, "coach", "ULEA")
    assert found.keys() == {"contacts:person", "card", "settings", "feedback"}
    focus = picked(door, urls, found["contacts:person"], "Ana", "ULEA")["text"]
    assert "Ana, week of 9 Nov 2026" in focus
    assert pressed(door, urls, found["card"], "ULEA")["text"].startswith("Crew, 9")


def test_weeks_without_records_are_told_in_words_for_slack(door):
    text = asked(door, "coach 2020-W01", "UANA").text
    assert "Name another week" in text
    assert "evenkeel import" not in text


def test_a_list_of_people_leads_to_each_one_s_card_and_that_of_all(door, urls):
    found = drawn(door, "team last week", "ULEA")
    ana = picked(door, urls, found["card:person"], "Ana", "ULEA")
    assert ana["text"].startswith("Ana, 9\N{EN DASH}15 Nov 2026")
    assert "contacts:fcr" in elements(ana["blocks"])
    assert pressed(door, urls, found["card:team"], "ULEA")["text"].startswith("Crew, 9")


def test_pages_of_a_team_turn_both_ways_in_the_same_team_and_period(door, urls):
    first = drawn(door, "team night last month", "U0OTTO")
    assert "people:earlier" not in first
    second = pressed(door, urls, first["people:later"], "U0OTTO")
    assert second["replace_original"] is True
    assert "Night, 1\N{EN DASH}31 Oct 2026. " in second["text"]
    assert "21 to 40 of 45 people" in second["text"]
    third = pressed(door, urls, elements(second["blocks"])["people:later"], "U0OTTO")
    assert "people:later" not in elements(third["blocks"])
    again = pressed(door, urls, elements(third["blocks"])["people:earlier"], "U0OTTO")
    assert again["text"] == second["text"]


@pytest.mark.parametrize(
    ("user", "told"), [("UANA", "lead nobody"), ("ULEA", "nobody and no team"), ("U0X", "linked")]
)
def test_a_page_of_a_team_is_shown_to_nobody_else(door, urls, user, told):
    later = drawn(door, "team night", "U0OTTO")["people:later"]
    answer = pressed(door, urls, later, user)["text"]
    assert told in answer
    assert "x2" not in answer


def test_a_page_button_of_another_kind_says_it_is_old(door, urls):
    card = drawn(door, "team night", "U0OTTO")["card:team"]
    answer = pressed(door, urls, {**card, "action_id": "people:later"}, "U0OTTO")
    assert "another version" in answer["text"]
