"""A card that a button leads to, and one that its owner shows to a channel."""

from dataclasses import replace

import pytest

from bot.calls import call_of
from bot.references import read, written
from tests.bot.talking import Talking, elements, sent, talking
from tests.slack import command, company, press, running_slack, words_of


@pytest.fixture
def urls():
    with running_slack() as found:
        yield found


@pytest.fixture
def door(engine):
    company(engine)
    with talking(engine, Talking()) as door:
        yield door


def card(door, words="me last week", user="U0ANA"):
    name = next(one for one in door.desk.commands if one.name == "scorecard")
    reply = door.desk.answer(name, call_of(command("scorecard", words, user))).reply
    return elements(reply.blocks)


def pressed(door, urls, action, value, user="U0ANA"):
    sent(door, press(action, value, user, response_url=urls.response_url))
    return urls.posts.get(timeout=20)


def test_an_owner_s_card_is_shared_with_everybody_in_the_channel(door, urls):
    button = card(door)["share"]
    assert button["confirm"]["title"]["text"] == "Share your card?"
    shared = pressed(door, urls, "share", button["value"])
    assert shared["response_type"] == "in_channel"
    assert shared["text"].startswith("Ana Lima, 9\N{EN DASH}15 Nov 2026")
    assert elements(shared["blocks"]) == {}


def test_only_an_owner_has_a_button_to_share(door):
    assert "share" in card(door)
    assert "share" not in card(door, "Ana last week", "U0MAYA")
    assert "share" not in card(door, "team last week", "U0MAYA")


@pytest.mark.parametrize("user", ["U0BEN", "U0MAYA", "U0OTTO", "U0NOBODY"])
def test_nobody_shares_somebody_else_s_card(door, urls, user):
    answer = pressed(door, urls, "share", card(door)["share"]["value"], user)
    assert answer["response_type"] == "ephemeral"
    assert "5 min 00 s" not in words_of(answer)


def test_a_team_s_card_is_nobody_s_to_share(door, urls):
    reference = read(card(door)["share"]["value"])
    value = written(replace(reference, agent=None))
    answer = pressed(door, urls, "share", value, "U0MAYA")
    assert answer["response_type"] == "ephemeral"
    assert "nobody and no team" in answer["text"]


def test_a_card_comes_as_its_figures_are_now_to_whoever_pressed(door, urls):
    value = card(door)["share"]["value"]
    answer = pressed(door, urls, "card", value)
    assert answer["response_type"] == "ephemeral"
    assert "n 21" in answer["text"]
    assert "contacts:aht" in elements(answer["blocks"])


@pytest.mark.parametrize("user", ["U0BEN", "U0RITA"])
def test_a_card_is_shown_to_nobody_who_may_not_see_it(door, urls, user):
    answer = pressed(door, urls, "card", card(door)["share"]["value"], user)
    assert "nobody and no team of that name" in answer["text"]
