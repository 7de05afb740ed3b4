"""Somebody's own settings: the form as it stands, and what is kept of it."""

import json
from datetime import date, time

import pytest

from scoring.database import noting, reading
from scoring.people import find_agent
from scoring.preferences import Preferences, keep_preferences, preferences
from tests.bot.at_home import read, standing
from tests.bot.talking import Talking, sent, talking
from tests.bot.views.seen import words_of
from tests.factories import NOW
from tests.slack import company, submitted

SAID = {
    "digest": "on",
    "weekday": "2",
    "at": "07:45",
    "zone": "Europe/Madrid",
    "quiet_from": "2026-12-24",
    "quiet_to": "2027-01-04",
    "comparison": "off",
}
LEAVE, PAST, LATER = (
    (date(2026, 12, 24), date(2027, 1, 4)),
    (date(2026, 10, 1), date(2026, 10, 9)),
    (date(2027, 4, 1), date(2027, 4, 9)),
)
WANTED = Preferences(
    weekday=2, at=time(7, 45), zone="Europe/Madrid", quiet=(LEAVE,), comparison=False
)


def kept(engine):
    with reading(engine) as connection:
        ana = find_agent(connection, "ana@example.com")
        return preferences(connection, [ana])[ana]


def wish(engine, wanted):
    with noting(engine) as connection:
        keep_preferences(connection, find_agent(connection, "ana@example.com"), wanted, NOW)


def test_what_the_form_says_is_kept(home, engine):
    answer = home.sent("settings", SAID)
    assert kept(engine) == WANTED
    assert "Your settings are saved." in read(answer)
    # Wednesday, a quarter to eight, in the zone that was said.
    assert "|Wednesday 25 November 07:45, Europe/Madrid>" in read(answer)


@pytest.mark.parametrize("way", ["button", "command"])
def test_the_form_opens_as_what_holds(home, way):
    home.sent("settings", SAID)
    opened = home.pressed("settings") if way == "button" else home.asked("evenkeel", "settings")
    assert standing(opened) == SAID


def test_whoever_said_nothing_sees_the_defaults(home):
    found = standing(home.pressed("settings"))
    assert (found["digest"], found["weekday"], found["at"]) == ("on", "0", "09:00")
    assert (found["zone"], found["quiet_from"], found["comparison"]) == ("", "", "on")


def test_no_zone_is_the_one_that_slack_knows(home, engine):
    home.sent("settings", {**SAID, "zone": ""})
    assert kept(engine).zone is None


def test_leave_that_is_over_goes_and_later_leave_stays(home, engine):
    wish(engine, Preferences(quiet=(PAST, LEAVE, LATER)))
    assert "Later leave stays: 2027-04-01 to 2027-04-09." in read(home.pressed("settings"))
    home.sent("settings", {**SAID, "quiet_from": "", "quiet_to": ""})
    assert kept(engine).quiet == (LATER,)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"zone": "Madrid"}, "zone"),
        ({"zone": "/etc/passwd"}, "zone"),
        ({"quiet_to": ""}, "quiet_to"),
        ({"quiet_from": ""}, "quiet_from"),
        ({"quiet_to": "2026-12-01"}, "quiet_to"),
    ],
)
def test_a_mistake_is_told_at_its_input_and_nothing_is_kept(home, engine, more, where):
    assert list(home.sent("settings", {**SAID, **more}).wrong) == [where]
    assert kept(engine) == Preferences()


def test_an_unlinked_person_has_no_settings(home):
    assert "not linked" in home.pressed("settings", user="U0NEW").reply.text
    assert "not linked" in home.sent("settings", SAID, "U0NEW").reply.text


def test_home_is_drawn_anew_once_the_form_is_gone(engine):
    slack = Talking()
    with talking(company(engine), slack) as door:
        answer = sent(door, submitted("settings", SAID))
    assert (answer.status, answer.body) == (200, "")
    (given,) = slack.told("views.publish")
    assert "Your settings are saved." in words_of(given["view"]["blocks"])


def test_a_mistake_keeps_the_form_open(engine):
    with talking(company(engine), Talking()) as door:
        answer = sent(door, submitted("settings", {**SAID, "zone": "Madrid"}))
    told = json.loads(answer.body)
    assert told == {"response_action": "errors", "errors": {"zone": told["errors"]["zone"]}}


@pytest.mark.parametrize(
    ("more", "told"), [({}, "Done."), ({"zone": "Madrid"}, "That is no time zone.")]
)
def test_a_form_that_takes_its_time_tells_in_its_window_what_came_of_it(engine, more, told):
    slack = Talking()
    with talking(company(engine), slack, ack_seconds=0) as door:
        waiting = json.loads(sent(door, submitted("settings", {**SAID, **more})).body)
    assert "One moment" in words_of(waiting["view"]["blocks"])
    (given,) = slack.told("views.update")
    assert given["view_id"] == "V0"
    assert told in words_of(given["view"]["blocks"])
