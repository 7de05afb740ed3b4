import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.coaching.balance import (
    Score,
    Standing,
    balance,
    counted_speed,
    good_news,
    published,
    quality_of,
    quality_weights,
    score_of,
    standing,
)
from scoring.coaching.constants import DEFAULT
from scoring.coaching.findings import QUALITY, State
from scoring.coaching.levels import Levels
from scoring.coaching.spread import Spread
from scoring.coaching.trade import Trade
from scoring.coaching.weekly import Weekly

WEIGHTS = {metric: DEFAULT.metrics[metric].weight for metric in QUALITY}
Z = st.floats(-6, 6)
QUALITIES = st.fixed_dictionaries(dict.fromkeys(QUALITY, Z))
# Quality and speed now, and before.
SITUATIONS = st.tuples(QUALITIES, Z, QUALITIES, Z)
# Quality z down, speed z across; quality confirmed, baseline speed the same, Q_base 0.
TABLE = {
    -2: (11.9, 11.9, 11.9, 11.9, 11.9),
    -1: (21.9, 26.9, 26.9, 26.9, 26.9),
    0: (34.9, 42.8, 50.0, 50.0, 50.0),
    1: (46.5, 56.9, 66.5, 73.1, 73.1),
    2: (53.4, 65.5, 76.5, 84.1, 84.1),
}
FLAGS = {name: np.array([False]) for name in Trade.__dataclass_fields__}


def trade(**flags):
    return Trade(**FLAGS | {name: np.array([value]) for name, value in flags.items()})


def scored(quality, speed, before=None, speed_before=0.0, *, held=False):
    """The score of one agent whose quality z are these, and were those before."""
    before = before or quality
    z = {metric: (quality[metric], before[metric]) for metric in QUALITY}
    standings = {
        metric: Standing(*(np.array([x]) for x in (now, 0.1, then)), np.array([8]))
        for metric, (now, then) in (z | {"aht": (speed, speed_before)}).items()
    }
    return float(score_of(standings, WEIGHTS, trade(held=held), DEFAULT).score[0])


def all_at(z):
    return dict.fromkeys(QUALITY, float(z))


@pytest.mark.parametrize(("quality", "row"), TABLE.items())
def test_scores_are_those_of_the_table(quality, row):
    found = [scored(all_at(quality), speed, speed_before=speed) for speed in range(-2, 3)]
    assert found == pytest.approx(row, abs=0.05)


def test_all_as_expected_is_fifty():
    assert scored(all_at(0), 0.0) == pytest.approx(50)


@given(QUALITIES, Z, QUALITIES, Z, st.booleans())
def test_a_score_is_at_most_what_quality_alone_would_give(quality, speed, before, then, held):
    found = scored(quality, speed, before, then, held=held)
    alone = quality_of({metric: np.array(z) for metric, z in quality.items()}, WEIGHTS)
    assert 0 <= found <= 100 * alone * (1 + 1e-12) <= 100 * (1 + 1e-12)


@given(SITUATIONS, st.sampled_from(QUALITY), st.floats(0, 3), st.booleans())
def test_a_score_never_falls_as_quality_rises(situation, metric, more, held):
    quality, *rest = situation
    better = quality | {metric: quality[metric] + more}
    assert scored(better, *rest, held=held) >= scored(quality, *rest, held=held) - 1e-9


@given(SITUATIONS, st.floats(0, 3), st.booleans())
def test_a_score_never_falls_as_speed_rises(situation, more, held):
    quality, speed, *rest = situation
    now = scored(quality, speed, *rest, held=held)
    assert scored(quality, speed + more, *rest, held=held) >= now - 1e-9


@given(QUALITIES, Z, QUALITIES, Z)
def test_a_score_never_falls_as_quality_is_confirmed(quality, speed, before, then):
    unsure, sure = (scored(quality, speed, before, then, held=held) for held in (False, True))
    assert sure >= unsure


@given(QUALITIES, Z, QUALITIES, Z, st.booleans())
def test_no_speed_buys_off_quality(quality, speed, before, then, held):
    q, q_before = (
        quality_of({metric: np.array(z) for metric, z in each.items()}, WEIGHTS)
        for each in (quality, before)
    )
    if q < q_before:
        at_baseline = float(balance(q_before, np.array(then), DEFAULT))
        assert scored(quality, speed, before, then, held=held) <= at_baseline + 1e-9


@given(QUALITIES, st.floats(1, 9), Z)
def test_beyond_one_spread_faster_there_is_nothing_to_gain(quality, speed, then):
    found = [scored(quality, z, None, then, held=True) for z in (1.0, speed)]
    assert found[0] == found[1]


def test_speed_counts_once_quality_is_shown_to_have_held():
    speed, before = np.array([0.8, 0.8, -0.5]), np.array([0.2, 0.2, 0.2])
    credited = np.array([True, False, False])
    assert counted_speed(speed, before, credited).tolist() == [0.8, 0.2, -0.5]


def test_a_metric_that_nobody_has_is_dropped_and_the_rest_count_more():
    known = {"fcr": True, "csat": False, "sentiment": True, "escalation": True}
    # 0.40, 0.20 and 0.15 of 0.75.
    found = quality_weights(known, DEFAULT)
    assert found == pytest.approx({"fcr": 0.4 / 0.75, "sentiment": 0.2 / 0.75, "escalation": 0.2})


def levels(level, recent, weeks):
    weeks = np.array([weeks], dtype=bool)
    one = np.ones(1)
    ends = (level - 0.4) * one, (level + 0.4) * one
    return Levels(level * one, 0.04 * one, *ends, 0.5 * one, recent * one, weeks, 9 * one)


def test_a_standing_is_in_spreads_and_good_is_up():
    weekly = Weekly(*np.full((4, 1, 6), 0.2), wobble=0.0, others=np.zeros(0))
    found = standing(
        levels(0.4, 0.6, [0, 0, 0, 0, 1, 1]),
        weekly,
        Spread(0.1, 0.04, 0.2),
        np.array([[1, 1, 0, 1, 1, 1]], dtype=bool),
        -1,
    )
    assert found.z[0] == pytest.approx(-(0.4 - 0.1) / 0.2)
    assert found.error[0] == pytest.approx(0.2 / 0.2)
    # The same reliability for the weeks before: half of the difference of means, 0.2 - 0.6.
    assert found.before[0] == pytest.approx(-1.5 - 0.5 * (0.2 - 0.6) / 0.2)
    assert found.earlier.tolist() == [3]


def test_without_weeks_before_the_baseline_is_today():
    weekly = Weekly(*np.full((4, 1, 2), 0.2), wobble=0.0, others=np.zeros(0))
    active = np.ones((1, 2), dtype=bool)
    found = standing(levels(0.4, 0.2, [1, 1]), weekly, Spread(0, 0.04, 0.2), active, 1)
    assert (found.before[0], found.earlier[0]) == (found.z[0], 0)


def test_the_error_of_a_score_is_that_of_small_changes_of_its_parts():
    standings = {
        metric: Standing(np.array([0.3]), np.array([0.2]), np.array([0.3]), np.array([8]))
        for metric in (*QUALITY, "aht")
    }
    # Where quality is no limit to speed, each part's slope is its weight times 1 - d(z).
    found = score_of(standings, WEIGHTS, trade(held=True), DEFAULT)
    parts = np.array([0.25, *(0.75 * np.array(list(WEIGHTS.values())))])
    slopes = found.score[0] * parts * (1 - 1 / (1 + np.exp(-0.3))) * 0.2
    expected = np.sqrt(0.7 * slopes @ slopes + 0.3 * slopes.sum() ** 2)
    assert found.error[0] == pytest.approx(expected)


def shown(new, old, *, good_before=False, **flags):
    """The published score after one of ``old``."""
    score = Score(np.array([new]), np.array([2.0]), np.array([0.5]))
    return published(score, 0, State(old, good_before), trade(**flags), DEFAULT)


@pytest.mark.parametrize(
    ("new", "flags", "expected"),
    [
        (54.0, {}, 50),  # A wiggle: 2 errors.
        (46.0, {}, 50),
        (55.3, {}, 55.3),  # 2.65 errors.
        (44.7, {}, 44.7),
        (48.0, {"bad": True}, 48),
        (48.0, {"rushing": True}, 48),
        (48.0, {"worse": True}, 48),
        (48.0, {"faster": True}, 50),
        (52.0, {"risen": True}, 50),
        (52.0, {"risen": True, "good_before": True}, 52),
        (52.0, {"praised": True, "good_before": True}, 52),
        (52.0, {"risen": True, "good_before": True, "worse": True}, 50),
        (60.0, {"risen": True}, 50),  # Good news one digest old.
        (60.0, {"risen": True, "good_before": True}, 60),
        (60.0, {"rushing": True}, 50),
        (60.0, {"bad": True}, 50),
        (60.0, {"faster": True}, 50),
        (60.0, {"faster": True, "risen": True, "good_before": True}, 60),
    ],
)
def test_a_published_score_moves_only_when_it_says_something(new, flags, expected):
    assert shown(new, 50.0, **flags) == expected


def test_a_first_score_is_shown_as_it_is():
    assert shown(63.0, None, rushing=True) == 63


@pytest.mark.parametrize(
    ("flags", "good"),
    [
        ({"risen": True}, True),
        ({"risen": True, "bad": True}, False),
        ({"risen": True, "rushing": True}, False),
        ({"praised": True}, True),
        ({"faster": True}, False),
    ],
)
def test_good_news_is_quality_that_rose_or_speed_that_is_praised(flags, good):
    assert good_news(trade(**flags))[0] == good
