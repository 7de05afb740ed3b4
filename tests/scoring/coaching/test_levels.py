from dataclasses import replace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.change import Confirmed
from scoring.coaching.constants import DEFAULT
from scoring.coaching.levels import level_weeks, levels_of, newcomers
from scoring.coaching.spread import Spread
from scoring.coaching.weekly import Weekly
from tests.scoring.coaching.crews import crew, monday, some, strata_of

WEEKS = np.ones((1, 4), dtype=bool)


def one_agent(delta=0.3, variance=0.08, wobble=0.0):
    return Weekly(
        np.full((1, 4), 25.0),
        np.full((1, 4), delta),
        np.full((1, 4), variance),
        wobble,
        np.zeros(0),
    )


def levels(weekly, effect=0.1, weeks=WEEKS):
    found = analyse(crew(agents=1, weeks=1, each=2), monday(0), DEFAULT)
    expected = replace(found.fits["aht"].expected, agent=np.array([effect]))
    return levels_of(weekly, expected, Spread(0.0, 0.06, 0.25), weeks, DEFAULT)


def test_a_level_is_drawn_towards_the_mean_as_far_as_it_is_unsure():
    found = levels(one_agent())
    # Variance 0.08 / 4 = 0.02, reliability 0.06 / 0.08; own level 0.1 + 0.3.
    assert found.reliability[0] == pytest.approx(0.75)
    assert found.level[0] == pytest.approx(0.75 * 0.4)
    # One agent and eight phantoms.
    unsure = 0.06 / 9 + 2 * 0.4**2 / 6
    assert found.variance[0] == pytest.approx(0.75 * 0.02 + 0.25**2 * unsure)


def test_a_level_pays_for_changes_that_are_not_yet_confirmed():
    calm, wobbling = levels(one_agent()), levels(one_agent(variance=0.04, wobble=0.04))
    more = wobbling.variance[0] - calm.variance[0]
    assert more == pytest.approx(0.2 * 0.75**2 * 0.04)


def test_without_data_a_level_is_that_of_everybody():
    found = levels(one_agent(), weeks=np.zeros((1, 4), dtype=bool))
    assert (found.level[0], found.reliability[0]) == (0, 0)
    assert found.variance[0] == pytest.approx(0.06)


def joined(week, agents=6, weeks=20):
    """A crew whose first agent joined in this week."""
    found = crew(agents=agents, weeks=weeks, each=20)
    late = (found.agent == 100) & (found.week < monday(week).toordinal())
    return some(found, ~late)


@pytest.mark.parametrize(("week", "new"), [(0, False), (5, False), (7, False), (8, True)])
def test_an_agent_first_seen_less_than_twelve_weeks_ago_is_new(week, new):
    strata = strata_of(joined(week))
    active = strata.by_week(strata.n) > 0
    number = strata.agents.tolist().index(100)
    assert newcomers(strata, active, 12)[number] == new


def test_nobody_is_new_in_the_first_week_of_the_data():
    strata = strata_of(crew(agents=2, weeks=3, each=5))
    assert not newcomers(strata, strata.by_week(strata.n) > 0, 12).any()


def weeks_behind(week, metric="aht", shifts=()):
    found = analyse(
        joined(week) if not shifts else crew(weeks=20, shifts=shifts), monday(19), DEFAULT
    )
    number = found.strata.agents.tolist().index(100)
    return int(found.levels[metric].weeks[number].sum())


def test_a_level_rests_on_eight_weeks_and_a_newcomers_on_four():
    assert (weeks_behind(0), weeks_behind(10)) == (8, 4)


def test_a_level_after_a_change_rests_on_the_weeks_since():
    assert weeks_behind(0, shifts=[(0, "aht", 18, 0.9)]) < 8
    assert weeks_behind(0, "csat", shifts=[(0, "aht", 18, 0.9)]) == 8


def test_weeks_of_absence_are_passed_over():
    found = crew(agents=3, weeks=14, each=20)
    gone = (found.agent == 100) & (found.week >= monday(4).toordinal())
    gone &= found.week < monday(12).toordinal()
    analysis = analyse(some(found, ~gone), monday(13), DEFAULT)
    number = analysis.strata.agents.tolist().index(100)
    weeks = np.flatnonzero(analysis.levels["aht"].weeks[number])
    assert weeks.tolist() == [0, 1, 2, 3, 12, 13]


def test_only_a_confirmed_change_shortens_a_level():
    found = analyse(crew(agents=2, weeks=20, each=20), monday(19), DEFAULT)
    trial = found.tested["aht"].trial
    none, new = np.zeros(2, dtype=bool), np.zeros(2, dtype=bool)
    quiet = level_weeks(found.windows, Confirmed(none, none, 0.0), trial, new, DEFAULT)
    assert quiet.sum(-1).tolist() == [8, 8]
    held = level_weeks(found.windows, Confirmed(~none, none, 0.0), trial, new, DEFAULT)
    assert held.sum(-1).tolist() == [DEFAULT.windows[window] for window in trial.best]
