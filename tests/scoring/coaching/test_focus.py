from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.change import Confirmed
from scoring.coaching.constants import DEFAULT
from scoring.coaching.findings import METRICS, QUALITY
from scoring.coaching.focus import Choice, Grounds, focus_of, grounds_of, strength_of
from scoring.coaching.trade import Trade
from tests.scoring.coaching.crews import crew, monday, some

WEIGHTS = {"aht": 0.25} | {m: 0.75 * DEFAULT.metrics[m].weight for m in QUALITY}
YES, NO = np.array([True]), np.array([False])


def situation(quality=0.6, flags=(), **confirmed):
    """What is known of one agent: flags of the trade, and what is confirmed up or down."""
    trade = Trade(**{n: np.array([n in flags]) for n in Trade.__dataclass_fields__})
    found = dict.fromkeys((*METRICS, "quality"), Confirmed(NO, NO, 0.0))
    found |= {m: Confirmed(YES, np.array([word == "up"]), 0.01) for m, word in confirmed.items()}
    return SimpleNamespace(
        changes=SimpleNamespace(trade=trade, confirmed=found),
        score=SimpleNamespace(quality=np.array([quality])),
    )


def grounds(*, may_blame=True, may_compare=True, **leads):
    """Each lead in spreads, with how likely it is to be below 0."""
    nothing = dict.fromkeys(METRICS, (0.0, 0.5)) | leads
    lead = {metric: np.array([pair[0]]) for metric, pair in nothing.items()}
    below = {metric: np.array([pair[1]]) for metric, pair in nothing.items()}
    return Grounds(WEIGHTS, lead, below, np.array([may_compare]), np.array([may_blame]))


def focus(found, ground):
    return focus_of(found, ground, 0, DEFAULT)


def strength(found, ground, about=None):
    return strength_of(found, ground, 0, Choice(about, "level") if about else None, DEFAULT)


def test_rushing_comes_before_everything():
    found = situation(flags=["rushing"], fcr="down")
    assert focus(found, grounds(csat=(-3, 0.99))) == Choice("rushing", "rushing")


def test_the_slip_that_weighs_most_comes_before_any_level():
    found = situation(escalation="down", csat="down")
    assert focus(found, grounds(fcr=(-3, 0.99))) == Choice("csat", "changed")


def test_slower_is_no_slip_of_quality():
    assert focus(situation(aht="down"), grounds()) is None


def test_a_level_is_a_focus_where_it_is_surely_below_and_weighs_most():
    # 0.30 * 0.5 against 0.15 * 1.2 and 0.25 * 0.6.
    found = grounds(fcr=(-0.5, 0.95), sentiment=(-1.2, 0.99), aht=(-0.6, 0.95))
    assert focus(situation(), found) == Choice("sentiment", "level")
    assert focus(situation(), grounds(fcr=(-2.0, 0.89))) is None


def test_nobody_is_told_to_be_below_who_may_not_be():
    assert focus(situation(), grounds(may_blame=False, fcr=(-2.0, 0.99))) is None


def test_what_got_better_is_the_strength_whatever_the_level():
    found = situation(csat="up", escalation="up")
    assert strength(found, grounds(fcr=(3, 0.001))) == Choice("csat", "changed")


def test_a_level_is_a_strength_where_it_is_surely_above():
    assert strength(situation(), grounds(fcr=(0.5, 0.05))) == Choice("fcr", "level")
    assert strength(situation(), grounds(fcr=(0.5, 0.11))) is None


def test_the_strength_is_never_the_focus_nor_what_slipped():
    assert strength(situation(fcr="up"), grounds(), "fcr") is None
    assert strength(situation(fcr="down"), grounds(fcr=(2, 0.01))) is None


@pytest.mark.parametrize("flag", ["rushing", "bad", "faster"])
def test_speed_is_no_strength_where_quality_may_have_paid(flag):
    fast = grounds(aht=(2.0, 0.01))
    assert strength(situation(), fast) == Choice("aht", "level")
    assert strength(situation(flags=[flag]), fast) is None
    assert strength(situation(quality=0.49), fast) is None


def test_speed_is_no_strength_where_nobodys_quality_is_known():
    fast = grounds(aht=(2.0, 0.01))
    assert strength(situation(), fast) == Choice("aht", "level")
    assert strength(situation(), replace(fast, weights={"aht": 0.25})) is None


def test_few_agents_are_not_held_against_what_is_expected():
    apart = grounds(may_compare=False, may_blame=False, fcr=(2, 0.01), csat=(-2, 0.99))
    assert strength(situation(), apart) is None
    assert focus(situation(), apart) is None
    assert strength(situation(fcr="up"), apart) == Choice("fcr", "changed")


def grounds_from(found, weeks):
    return grounds_of(analyse(found, monday(weeks - 1), DEFAULT), DEFAULT)


def test_four_agents_are_too_few_to_compare():
    assert not grounds_from(crew(agents=4, weeks=6), 6).may_compare.any()
    assert grounds_from(crew(agents=5, weeks=6), 6).may_compare.all()


def test_a_newcomer_is_not_blamed_for_four_weeks():
    found = crew(agents=6, weeks=10, each=20)
    for weeks_ago, blamed in ((3, False), (4, True)):
        late = (found.agent == 100) & (found.week < monday(9 - weeks_ago).toordinal())
        of = grounds_from(some(found, ~late), 10)
        assert of.may_compare.all()
        assert of.may_blame.sum() == 5 + blamed


def test_who_is_below_is_told_by_the_sign_of_the_metric():
    slow = [(0, "aht", 0, 0.8), (0, "fcr", 0, 2.0)]
    of = grounds_from(crew(agents=10, weeks=9, each=60, shifts=slow), 9)
    assert of.below["aht"][0] > 0.99
    assert of.below["fcr"][0] < 0.01
