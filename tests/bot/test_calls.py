"""Payloads of Slack's, read: who said or did what, where an answer may go, what is a copy."""

import pytest

from bot.calls import RETRIED, call_of, place_of
from tests.bot.talking import chosen, mentioned, wrote
from tests.slack import TEAM, command, happened, press, submitted


def test_a_command_tells_its_words_and_who_says_them():
    call = call_of(command("kpi", "aht", "U0ANA"))
    assert (call.words, call.user_id, call.team_id) == ("aht", "U0ANA", TEAM)
    assert (call.channel, call.thread) == ("", "")


def test_a_button_tells_its_value_and_what_tells_it_from_others():
    call = call_of(press("contacts:fcr", "ref", "U0ANA"))
    assert (call.words, call.about, call.user_id, call.team_id) == ("ref", "fcr", "U0ANA", TEAM)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"selected_option": {"value": "last_week"}}, "last_week"),
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, "a,b"),
        ({"selected_date": "2026-11-20"}, "2026-11-20"),
        ({"selected_time": "09:30"}, "09:30"),
        ({"selected_user": "U0ANA"}, "U0ANA"),
        ({"selected_option": None}, ""),
    ],
)
def test_what_is_chosen_is_told_by_its_value(more, words):
    payload = press("change:period", "")
    payload["actions"] = [{**payload["actions"][0], **more}]
    assert call_of(payload).words == words


def test_a_form_tells_what_stands_in_it_and_what_was_put_into_it():
    call = call_of(submitted("log", {"minutes": "7"}, about="ref"))
    assert (call.said, call.about, call.words) == ({"minutes": "7"}, "ref", "")


def test_a_message_is_known_by_its_first_in_the_thread():
    alone, below = call_of(wrote("hi", ts="1.1")), call_of(wrote("hi", ts="1.2", thread_ts="1.1"))
    assert alone.thread == below.thread == "1.1"
    assert place_of(wrote("hi", ts="1.2", thread_ts="1.1")).thread == "1.1"


def test_who_is_of_another_workspace_is_told_by_theirs():
    assert call_of(wrote("hi", user_team="T0OTHER")).team_id == "T0OTHER"
    assert call_of(wrote("hi", team="T0OTHER")).team_id == "T0OTHER"
    assert call_of(wrote("hi")).team_id == TEAM


@pytest.mark.parametrize(
    ("text", "bots", "words"),
    [
        ("<@U0BOT> csat", ["U0BOT"], "csat"),
        ("csat of <@U0ANA> <@U0BOT>", ["U0BOT"], "csat of <@U0ANA>"),
        ("<@U0BOT|evenkeel> csat", ["U0BOT"], "csat"),
        ("<@U0ANA> csat", ["U0BOT"], "<@U0ANA> csat"),
        ("<@U0BOT> csat of <@U0ANA>", [], "csat of <@U0ANA>"),
    ],
)
def test_the_mention_of_the_bot_is_no_part_of_what_was_asked(text, bots, words):
    event = {"type": "app_mention", "channel": "C0", "text": text, "ts": "1.1"}
    payload = happened(event, authorizations=[{"user_id": one} for one in bots])
    assert call_of(payload).words.split() == words.split()


def test_a_direct_message_keeps_every_mention():
    assert call_of(wrote("csat of <@U0ANA>")).words == "csat of <@U0ANA>"


def test_a_mention_is_answered_among_others_and_begins_no_thread():
    place = place_of(mentioned("csat"))
    assert (place.channel, place.thread, place.among) == ("C0", "", True)
    assert call_of(mentioned("csat")).thread == "5.5"


def test_what_was_pressed_in_a_window_or_in_home_is_answered_in_one():
    window = place_of(press("a", view={"id": "V1", "type": "modal", "state": {"values": {}}}))
    home = place_of(press("a", view={"id": "V2", "type": "home"}))
    assert (window.inside, window.window) == (True, "V1")
    assert (home.inside, home.window) == (True, "")
    assert not place_of(chosen("a", "b")).inside


def test_copies_of_one_call_are_known_and_others_are_others():
    payload = wrote("hi")
    assert call_of({**payload, RETRIED: True}).event == call_of(payload).event
    assert place_of({**payload, RETRIED: True}).retried
    assert not place_of(payload).retried
    assert call_of(wrote("hi")).event != call_of(payload).event


@pytest.mark.parametrize("body", [{}, {"event": {}}, {"actions": [{}]}, {"view": {}}])
def test_what_is_no_payload_is_nobody_s_call(body):
    assert call_of(body).user_id == ""
    assert place_of(body).url == ""


def test_what_is_pressed_in_a_thread_is_known_to_be_in_it():
    place = place_of(chosen("change:period", "last_week"))
    assert (place.channel, place.thread) == ("D0MAYA", "1.1")
    assert place_of(press("card", "ref")).thread == ""
