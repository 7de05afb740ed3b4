"""A figure by week, drawn and in words."""

from dataclasses import replace

import pytest

from bot.blockkit import check
from bot.trend import trend_chart, trend_words
from scoring.estimate import Estimate
from tests.bot.views.samples import trend


def drawn(told):
    return trend_chart(told)["chart"]


def lines(told):
    return {
        one["name"]: [point["value"] for point in one["data"]] for one in drawn(told)["series"]
    }


def test_shares_are_drawn_in_percent():
    assert lines(trend(values=(0.5, 0.255, 0.75))) == {"You": [50, 25.5, 75]}
    assert drawn(trend())["axis_config"]["y_label"] == "percent"


@pytest.mark.parametrize(
    ("seconds", "unit", "shown"),
    [(100, "seconds", 100), (120, "minutes", 2), (7199, "minutes", 119.9833), (7200, "hours", 2)],
)
def test_durations_are_drawn_in_the_unit_that_reads_well(seconds, unit, shown):
    told = trend("aht", (60, 60, seconds))
    assert drawn(told)["axis_config"]["y_label"] == unit
    assert lines(told)["You"][-1] == shown


def test_weeks_are_named_by_their_monday():
    assert drawn(trend(values=(0.5, 0.6, 0.7)))["axis_config"]["categories"] == [
        "26 Oct",
        "2 Nov",
        "9 Nov",
    ]


def test_a_week_that_cannot_be_told_is_left_out_of_the_line_but_not_of_the_words():
    told = trend(values=(0.5, None, 0.6, 0.7))
    assert lines(told) == {"You": [50, 60, 70]}
    assert "26 Oct too few to say (n 3)" in trend_words(told)


def test_the_words_hold_every_number_of_the_line():
    said = trend_words(trend(values=(0.5, 0.6, 0.7)))
    assert said == (
        "First contact resolution by week: 26 Oct 50.0 % (n 303), 2 Nov 60.0 % (n 304),"
        " 9 Nov 70.0 % (n 305)."
    )


def test_a_line_beside_it_has_the_same_weeks():
    told = trend(values=(0.5, 0.6, 0.7, 0.8), beside_name="Team", beside=(0.6, None, 0.6, 0.6))
    assert lines(told) == {"You": [50, 70, 80], "Team": [60, 60, 60]}


def test_the_words_hold_the_numbers_of_the_line_beside_it():
    said = trend_words(trend(values=(0.5, 0.6), beside_name="Team", beside=(0.7, None)))
    assert said.endswith(" Team: 2 Nov 70.0 %, 9 Nov not known.")


def test_two_weeks_are_told_and_not_drawn():
    assert trend_chart(trend(values=(0.5, 0.6))) is None


def test_a_week_of_too_few_is_not_drawn():
    told = trend(values=(0.5, 0.6, 0.7))
    few = [(week, Estimate(0.5, 0.1, 0.9, 4)) for week, _ in told.weeks[:1]]
    assert trend_chart(replace(told, weeks=[*few, *told.weeks[1:]])) is None


def test_no_more_weeks_are_drawn_than_slack_draws():
    told = trend(values=(0.5,) * 30)
    assert len(lines(told)["You"]) == 20
    assert check([trend_chart(told)]) == []
