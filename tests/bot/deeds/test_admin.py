"""What admins decide in Slack, who else may not, and where it shows."""

from datetime import date

import pytest

from bot.access import NOBODY
from scoring.database import reading
from scoring.decided import decisions
from scoring.viewers import viewer_in_slack
from scoring.workspace import differs
from tests.bot.at_home import house, read, standing
from tests.factories import taken
from tests.slack import company

OTTO = "U0OTTO"
TARGET = {"by": "here", "kpi": "fcr", "low": "99.9 %", "high": ""}
HOURS = {
    "by": "here",
    "days": "0,1,2,3,4",
    "opens": "09:00",
    "closes": "17:00",
    "lunch_from": "",
    "lunch_to": "",
    "zone": "Europe/Madrid",
    "holidays": "2026-12-25",
}
WEEK = {"by": "here", "starts": "6"}
LINK = {"agent": "Rita Roy", "user": "U0NEW"}
FORMS = {"links": LINK, "targets": TARGET, "hours": HOURS, "week": WEEK}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("user", ["U0ANA", "U0MAYA"])
def test_whoever_is_no_admin_is_told_what_is_told_of_nothing(home, engine, name, user):
    for answer in (home.pressed(name, user=user), home.sent(name, FORMS[name], user)):
        assert NOBODY in answer.reply.text
        assert (answer.modal, answer.home) == (None, ())
    with reading(engine) as connection:
        assert decisions(connection) == {}


@pytest.mark.parametrize("name", FORMS)
def test_an_admin_s_form_has_every_input_that_is_read(home, name):
    assert standing(home.pressed(name, user=OTTO)).keys() == FORMS[name].keys()


def test_a_target_is_everybody_s_at_once(home):
    assert "at least 75.0 %" in home.asked("scorecard", "me").reply.text
    answer = home.sent("targets", TARGET, OTTO)
    assert "The target of First contact resolution is saved." in read(answer)
    assert "Target of First contact resolution: decided here by Otto Ek on 20 Nov 2026." in read(
        answer
    )
    assert "at least 99.9 %" in home.asked("scorecard", "me").reply.text


def test_a_target_is_the_terminal_s_too(evenkeel, home_of_file):
    home_of_file.sent("targets", TARGET, OTTO)
    assert "target 99.9 %" in evenkeel("kpis fcr").out


def test_a_target_that_is_taken_back_is_the_catalogue_s(home):
    home.sent("targets", TARGET, OTTO)
    answer = home.sent("targets", {**TARGET, "by": "settings", "low": "no number"}, OTTO)
    assert home.services.catalogue["fcr"].target == 0.75
    assert "decided here" not in read(answer)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"low": "soon"}, "low"),
        ({"low": "", "high": "200 %"}, "high"),
        ({"low": "", "high": "80 %"}, "high"),
        ({"low": "80 %", "high": "70 %"}, "high"),
    ],
)
def test_a_target_that_cannot_be_is_told_at_its_input(home, more, where):
    assert list(home.sent("targets", {**TARGET, **more}, OTTO).wrong) == [where]
    assert home.services.catalogue["fcr"].target == 0.75


def test_working_hours_hold_at_once_and_the_sums_rest_on_them(home, engine):
    answer = home.sent("hours", HOURS, OTTO)
    assert "Working hours are saved." in read(answer)
    assert "The figures rest on it already." in read(answer)
    found = home.services.workspace.hours[None]
    assert (found.zone.key, found.holidays) == ("Europe/Madrid", {date(2026, 12, 25)})
    assert differs(engine, home.services.workspace) == {}


def test_the_form_of_working_hours_opens_as_what_holds(home):
    home.sent("hours", HOURS, OTTO)
    assert standing(home.pressed("hours", user=OTTO)) == HOURS


def test_working_hours_that_are_taken_back_are_the_settings(home):
    home.sent("hours", HOURS, OTTO)
    home.sent("hours", {**HOURS, "by": "settings", "opens": "", "zone": "nowhere"}, OTTO)
    assert home.services.workspace.hours == {}


def test_working_hours_that_cannot_be_are_told_at_their_input(home):
    assert list(home.sent("hours", {**HOURS, "closes": "09:00"}, OTTO).wrong) == ["closes"]
    assert home.services.workspace.hours == {}


def test_the_first_day_of_a_week_holds_at_once(home, engine):
    answer = home.sent("week", WEEK, OTTO)
    assert "The first day of the week is saved." in read(answer)
    assert home.services.workspace.calendar.week_starts == 6
    assert differs(engine, home.services.workspace) == {}
    # The last week that is over, from a Sunday.
    assert "8\N{EN DASH}14 Nov 2026" in home.asked("scorecard", "me last week").reply.text


def test_the_week_of_a_call_s_own_flag_goes_before_what_was_decided(evenkeel, home_of_file):
    home_of_file.sent("week", WEEK, OTTO)
    assert "decided in Slack: weeks from Sunday" in evenkeel("check").out
    assert "works  kept sums" in evenkeel("check").out
    assert "kept sums: they rest on week_starts 6" in evenkeel("check --week-starts monday").out


def test_somebody_who_is_linked_sees_their_figures(home, engine):
    assert "not linked" in home.asked("scorecard", user="U0NEW").reply.text
    answer = home.sent("links", {"agent": "rita@example.com", "user": "U0NEW"}, OTTO)
    assert "rita@example.com is linked." in read(answer)
    assert home.asked("scorecard", user="U0NEW").reply.text.startswith("Rita Roy")
    with reading(engine) as connection:
        assert decisions(connection)["link:rita@example.com"].by == "Otto Ek"


def test_somebody_who_is_unlinked_sees_nothing_more(home, engine):
    home.sent("links", {"agent": "Ana Lima", "user": ""}, OTTO)
    with reading(engine) as connection:
        assert viewer_in_slack(connection, "U0ANA") is None


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"agent": "Nobody", "user": "U0NEW"}, "agent"),
        ({"agent": "Rita Roy", "user": "U0BEN"}, "user"),
        ({"agent": "Otto Ek", "user": ""}, "user"),
        ({"agent": "Otto Ek", "user": "U0NEW"}, "user"),
    ],
)
def test_a_link_that_cannot_be_is_told_at_its_input(home, said, where):
    assert list(home.sent("links", said, OTTO).wrong) == [where]


def test_a_name_of_two_people_is_told_at_its_input(engine):
    taken(engine, [{"agent": "r2@example.com", "name": "Rita Roy"}], "roster")
    with house(company(engine)) as home:
        assert "may be any of" in home.sent("links", LINK, OTTO).wrong["agent"]
