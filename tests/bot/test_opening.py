"""Working hours between a form and what they are kept as."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.opening import faults, hours_of, shown
from bot.views.admin import Hours
from scoring.working_hours import WorkingHours

HOUR = 3600
SAID = {
    "days": "0,1,2,3,4",
    "opens": "09:00",
    "closes": "17:30",
    "lunch_from": "12:00",
    "lunch_to": "13:00",
    "zone": "Europe/Madrid",
    "holidays": "2026-12-25, 2027-01-06\n2027-05-01",
}
HOLIDAYS = {date(2026, 12, 25), date(2027, 1, 6), date(2027, 5, 1)}
WITH_LUNCH = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR + 1800))


def said(**more):
    return {**SAID, **more}


def test_a_form_says_the_same_hours_for_each_working_day():
    found = hours_of(SAID)
    assert found.zone == ZoneInfo("Europe/Madrid")
    assert found.week == (*[WITH_LUNCH] * 5, (), ())
    assert found.holidays == HOLIDAYS


def test_hours_past_midnight_go_on_to_the_next_day():
    night = said(days="6", opens="22:00", closes="06:00", lunch_from="", lunch_to="")
    week = hours_of(night).week
    assert (week[6], week[0]) == (((22 * HOUR, 24 * HOUR),), ((0, 6 * HOUR),))


def test_what_a_form_said_is_shown_in_it_again():
    again = shown(hours_of(SAID), "UTC")
    lunch = time(12), time(13)
    assert again == Hours(
        (0, 1, 2, 3, 4), time(9), time(17, 30), lunch, again.holidays, SAID["zone"]
    )
    assert set(again.holidays) == HOLIDAYS


def test_where_no_hours_are_set_the_form_has_usual_ones_in_the_workspace_s_zone():
    assert shown(None, "Asia/Tokyo") == Hours(zone="Asia/Tokyo")


CLOSED = (datetime(2026, 12, 24, 12, tzinfo=ZoneInfo("UTC")),) * 2
WEEK = (((9 * HOUR, 17 * HOUR),),) * 5
OTHERS = {
    "another on Friday": WorkingHours(
        ZoneInfo("UTC"), (*WEEK[:4], ((9 * HOUR, 13 * HOUR),), (), ())
    ),
    "three spans": WorkingHours(ZoneInfo("UTC"), (((0, 1), (2, 3), (4, 5)),) + ((),) * 6),
    "a night": hours_of(said(opens="22:00", closes="06:00", lunch_from="", lunch_to="")),
    "a closure": WorkingHours(ZoneInfo("UTC"), (*WEEK, (), ()), pauses=(CLOSED,)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_hours_that_the_form_cannot_show_are_said_to_be_so(name):
    assert "cannot show" in shown(OTHERS[name], "UTC").other


def test_a_form_without_mistakes_has_none():
    assert faults(SAID) == {}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"days": ""}, "days"),
        ({"closes": "09:00"}, "closes"),
        ({"zone": "Madrid"}, "zone"),
        ({"zone": "../etc"}, "zone"),
        ({"lunch_to": ""}, "lunch_to"),
        ({"lunch_from": ""}, "lunch_from"),
        ({"lunch_to": "18:00"}, "lunch_to"),
        ({"lunch_from": "14:00"}, "lunch_to"),
        ({"holidays": "Christmas"}, "holidays"),
        ({"holidays": "2026-02-30"}, "holidays"),
    ],
)
def test_a_mistake_is_told_at_its_input(more, where):
    assert where in faults(said(**more))
