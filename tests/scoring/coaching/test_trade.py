import numpy as np
import pytest

from scoring.coaching.change import Confirmed
from scoring.coaching.constants import DEFAULT
from scoring.coaching.findings import QUALITY
from scoring.coaching.trade import weigh_trade
from tests.scoring.coaching.trials import trial


def trade(pace=(0.0, 0.1), index=(0.0, 0.2), *, known=True, **confirmed):
    """What speed and quality of one agent did together: change and error of each."""
    nothing = Confirmed(np.array([False]), np.array([False]), 0.0)
    up, down = (Confirmed(np.array([True]), np.array([better]), 0.01) for better in (True, False))
    words = {"up": up, "down": down}
    found = dict.fromkeys(("aht", *QUALITY, "quality"), nothing)
    found |= {metric: words[word] for metric, word in confirmed.items()}
    trials = {"aht": trial(*pace), "quality": trial(*index, tested=known)}
    return weigh_trade(trials, found, DEFAULT)


def said(found):
    """Which flags hold for the one agent."""
    flags = ("rushing", "overservicing", "praised", "faster", "slower", "worse")
    return {flag for flag in flags if getattr(found, flag)[0]}


def test_faster_with_quality_shown_to_have_held_is_praised():
    # The loss of half a spread is 2.5 errors away: p = 0.006.
    assert said(trade((-0.4, 0.1), (0.0, 0.2), aht="up")) == {"praised"}


@pytest.mark.parametrize(
    ("index", "confirmed"),
    [
        ((0.0, 0.3), {}),  # 1.7 errors away: not shown.
        ((-0.01, 0.1), {}),  # Surely not lost, but no better than before.
        ((0.2, 0.2), {"csat": "down"}),
        ((0.2, 0.2), {"quality": "down"}),
    ],
)
def test_faster_is_not_praised_where_quality_may_have_paid(index, confirmed):
    assert said(trade((-0.4, 0.1), index, aht="up", **confirmed)) == {"faster"}


def test_faster_is_not_praised_where_quality_is_not_known():
    assert said(trade((-0.4, 0.1), known=False, aht="up")) == {"faster"}


def test_faster_and_worse_is_rushing():
    found = trade((-0.4, 0.1), (-0.8, 0.2), aht="up")
    assert said(found) == {"rushing", "faster"}


@pytest.mark.parametrize(
    ("aht", "index"),
    [((-0.9, 0.1), (-0.3, 0.2)), ((-0.15, 0.1), (-2.0, 0.2)), ((0.4, 0.1), (-2.0, 0.2))],
)
def test_rushing_takes_both_halves(aht, index):
    # One half alone, however sure, is honest speed or a slip.
    assert "rushing" not in said(trade(aht, index))


def test_rushing_needs_no_confirmed_change_of_either_half():
    # 2.7 errors each: neither is confirmed alone, together they are 3.8.
    assert said(trade((-0.27, 0.1), (-0.54, 0.2))) == {"rushing"}


@pytest.mark.parametrize(
    ("pace", "index", "rushing"),
    [
        (-0.25, -2.0, False),  # 2.5 errors: p = 0.006, of 0.005.
        (-0.27, -2.0, True),  # p = 0.003
        (-0.9, -0.42, False),  # 2.1 errors: p = 0.018, of 0.015.
        (-0.9, -0.45, True),  # p = 0.012
    ],
)
def test_a_slip_takes_surer_speed_than_speed_takes_a_slip(pace, index, rushing):
    assert ("rushing" in said(trade((pace, 0.1), (index, 0.2)))) is rushing


def test_slower_with_better_quality_is_a_fair_trade():
    assert said(trade((0.4, 0.1), (0.4, 0.2), aht="down")) == {"slower"}


def test_slower_with_quality_surely_not_much_better_is_over_servicing():
    # A gain of 0.75 spreads is 3.75 errors away.
    assert said(trade((0.4, 0.1), (0.0, 0.2), aht="down")) == {"worse", "overservicing"}


def test_slower_where_a_gain_is_not_ruled_out_is_no_over_servicing():
    assert said(trade((0.4, 0.1), (0.2, 0.4), aht="down")) == {"worse"}


def test_slower_with_quality_confirmed_down_is_no_over_servicing():
    assert said(trade((0.4, 0.1), (-0.5, 0.2), aht="down", fcr="down")) == {"worse"}


def test_quality_is_held_only_where_it_is_known_and_nothing_slipped():
    assert trade(index=(0.1, 0.1)).held[0]
    assert not trade(index=(0.1, 0.1), known=False).held[0]
    assert not trade(index=(0.1, 0.1), sentiment="down").held[0]


def test_what_slipped_and_what_rose_is_told_apart_from_the_index():
    found = trade(csat="up", escalation="down")
    assert (found.risen[0], found.slipped[0], found.bad[0]) == (True, True, True)
    index = trade(quality="down")
    assert (index.risen[0], index.slipped[0], index.bad[0]) == (False, False, True)
