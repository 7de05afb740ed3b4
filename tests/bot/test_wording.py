"""How a score is told in words."""

import pytest

from bot.wording import (
    change_words,
    figure_words,
    interval_words,
    score_words,
    target_words,
    unbroken,
    value_words,
    verdict_words,
)
from scoring.estimate import Estimate, count, nothing
from tests.bot.views.samples import KPIS, score

FCR = KPIS["fcr"]


def share(value, half=0.04, n=310):
    return Estimate(value, value - half, value + half, n)


def test_a_figure_has_its_interval_and_n():
    assert figure_words(Estimate(0.742, 0.701, 0.78, 412), FCR) == "74.2 % (70.1 to 78.0 %), n 412"


def test_a_count_is_its_own_n():
    # Garwood's interval, by scipy: chi2.ppf(0.025, 824) / 2 and chi2.ppf(0.975, 826) / 2.
    assert figure_words(count(412), KPIS["volume"]) == "412 (373 to 454)"


def test_n_may_be_a_part_of_an_answer():
    assert figure_words(Estimate(0.5, 0.3, 0.7, 12.5), FCR).endswith("n 12.5")


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (nothing("no_records"), "no data"),
        (nothing("too_few", 3), "too few to say"),
        (nothing("not_mature"), "too early to say"),
        (share(0.75, n=4), "too few to say"),
        (share(0.75, n=5), "75.0 %"),
    ],
)
def test_what_cannot_be_told_says_why(estimate, said):
    assert value_words(estimate, FCR) == said


def test_what_is_too_little_to_tell_has_no_interval_either():
    assert interval_words(share(0.75, n=4), FCR) == ""


# By hand: at ±4 points each, differences beyond √32 = 5.7 points are more than chance.
@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (0.74, 0.65, "↑ up +9.0 points, was 65.0 %"),
        (0.65, 0.74, "↓ down \N{MINUS SIGN}9.0 points, was 74.0 %"),
        (0.70, 0.65, "→ no clear change, was 65.0 %"),
    ],
)
def test_a_change_is_told_by_arrow_word_and_sign(now, before, said):
    assert change_words(score("fcr", share(now), share(before))) == said


def test_a_change_without_an_interval_is_not_judged():
    one = score("aht", Estimate(300, None, None, 9), Estimate(360, 350, 370, 9))
    assert change_words(one) == "→ \N{MINUS SIGN}1 min 00 s, cannot be judged, was 6 min 00 s"


def test_no_change_is_told_from_what_is_not_known():
    assert change_words(score("fcr", share(0.74), nothing("no_records"))) == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("fcr", "at least 75.0 %"),
        ("frt", "at most 1 h 00 min"),
        ("aht", "4 min 00 s to 7 min 00 s"),
        ("volume", ""),
    ],
)
def test_a_target_has_its_side(key, said):
    assert target_words(KPIS[key]) == said


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (share(0.9), "met"),
        (share(0.6), "below it"),
        (share(0.74), "too close to tell"),
        (share(0.9, n=19), "too few to compare"),
    ],
)
def test_the_target_says_as_much_as_the_interval_allows(estimate, said):
    assert verdict_words(score("fcr", estimate)) == f"at least 75.0 %: {said}"


def test_without_a_target_there_is_no_verdict():
    assert verdict_words(score("volume")) == ""


def test_a_score_in_one_line_says_all_of_it():
    one = score("fcr", Estimate(0.9, 0.86, 0.94, 310), share(0.65))
    assert score_words(one) == (
        "First contact resolution 90.0 % (86.0 to 94.0 %), n 310; ↑ up +25.0 points, was 65.0 %;"
        " target at least 75.0 %: met"
    )


def test_a_figure_and_its_unit_stay_together():
    assert unbroken("74.2 % of 8 min 32 s") == "74.2\xa0% of 8\xa0min\xa032\xa0s"


def test_a_score_with_nothing_to_compare_is_its_figure_alone():
    one = score("volume", count(412), nothing("no_records"))
    assert score_words(one) == "Contacts 412 (373 to 454)"
