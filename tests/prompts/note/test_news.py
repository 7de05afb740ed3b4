"""What kind of week it was, and whether quality is in doubt."""

from dataclasses import replace

import pytest

from prompts.note.news import is_doubtful, situation
from tests.prompts.note.weeks import (
    AHT_DOWN,
    AHT_UP,
    ESCALATION_UP,
    FCR_DOWN,
    FCR_UP,
    LEVELS,
    QUALITY_DOWN,
    SITUATIONS,
    metric,
    moved,
    quiet,
    statement,
    week,
)

KINDS = {
    "gain_still": "still_up",
    "faster_held": "held",
    "faster_too_early": "faster",
    "slower_fair_trade": "slower",
    "focus_by_level": "focus",
    "same_focus": "focus",
    "slow_where_quality_is_low": "focus",
    "queue_changed": "restart",
    "small_team": "steady",
    "promise": "focus",
    "records_to_check": "steady",
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_is_told_apart(name):
    review, _ = SITUATIONS[name]
    assert situation(review) == KINDS.get(name, name)


def test_a_slip_told_before_is_no_news():
    still = replace(FCR_DOWN, still=True)
    assert situation(week(metrics={"fcr": moved("fcr", "worse", still)})) == "still_down"


def test_a_new_slip_goes_before_an_old_gain():
    metrics = {
        "fcr": moved("fcr", "better", replace(FCR_UP, still=True)),
        "escalation": moved("escalation", "worse", ESCALATION_UP),
    }
    assert situation(week(metrics=metrics)) == "slip"


def test_a_new_gain_beside_an_old_slip_is_both():
    metrics = {
        "fcr": moved("fcr", "better", FCR_UP),
        "escalation": moved("escalation", "worse", replace(ESCALATION_UP, still=True)),
    }
    assert situation(week(metrics=metrics)) == "mixed"


def test_a_slip_of_the_index_alone_is_a_slip():
    assert situation(week(quality=QUALITY_DOWN, quality_flag="worse")) == "slip"


def test_longer_contacts_alone_are_no_slip():
    assert situation(week(metrics={"aht": moved("aht", "worse", AHT_UP)})) == "longer"


def test_some_metrics_too_few_and_others_compared_is_a_steady_week():
    assert situation(week(metrics={"csat": metric("csat", why_quiet="too_few")})) == "steady"


def test_some_too_few_and_the_rest_restarted_is_a_restart():
    metrics = quiet("queue_changed") | {"csat": metric("csat", why_quiet="too_few")}
    assert situation(week(metrics=metrics)) == "restart"


def test_quality_within_normal_variation_is_not_in_doubt():
    assert not is_doubtful(week())


@pytest.mark.parametrize(
    "doubtful",
    [
        week(rushing=True),
        week(quality=QUALITY_DOWN, quality_flag="worse"),
        week(metrics={"fcr": moved("fcr", "worse", FCR_DOWN)}),
        week(metrics={"csat": metric("csat", expectation="below")}),
        week(metrics={"escalation": metric("escalation", expectation="above")}),
        week(metrics={"aht": moved("aht", "faster", AHT_DOWN)}),
        week(metrics={name: metric(name, n=0) for name in LEVELS if name != "aht"}),
    ],
)
def test_quality_is_in_doubt_where_it_slipped_is_low_or_unknown(doubtful):
    assert is_doubtful(doubtful)


@pytest.mark.parametrize(
    "fine",
    [
        week(metrics={"fcr": metric("fcr", expectation="above")}),
        week(metrics={"escalation": metric("escalation", expectation="below")}),
        week(metrics={"aht": metric("aht", expectation="above")}),
        week(focus=statement("aht", "level")),
    ],
)
def test_good_quality_and_long_contacts_are_no_doubt(fine):
    assert not is_doubtful(fine)
