from dataclasses import replace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.change import Confirmed
from scoring.coaching.constants import DEFAULT
from scoring.coaching.levels import Basis, level_weeks, levels_of, newcomers, unsettled
from scoring.coaching.review import review
from scoring.coaching.spread import Spread
from scoring.coaching.weekly import Weekly
from tests.scoring.coaching.crews import crew, monday, some, strata_of
from tests.scoring.coaching.trials import trial

WEEKS = np.ones((1, 4), dtype=bool)


def rarely_escalated(chance, rate, agents=13, weeks=3, each=10):
    """Contacts of agents with the method's own spread around a rate, and their true rates."""
    found = crew(agents=agents, weeks=weeks, each=each, seed=int(chance.integers(1 << 30)))
    odds = rate / (1 - rate) * np.exp(chance.normal(0, DEFAULT.metrics["escalation"].tau, agents))
    true = odds / (1 + odds)
    escalated = chance.random(found.id.size) < true[found.agent - 100]
    return replace(found, escalated=escalated.astype(float)), true


@pytest.mark.parametrize("rate", [0.002, 0.01, 0.05, 0.3])
def test_intervals_of_a_few_contacts_hold_the_truth_though_nearly_all_are_alike(rate):
    chance, held = np.random.default_rng(11), []
    for _ in range(15):
        found, true = rarely_escalated(chance, rate)
        agents = review(found, monday(2), {}).agents
        for agent, one in agents.items():
            estimate = one.metrics["escalation"].estimate
            held.append(estimate.low <= true[agent - 100] <= estimate.high)
    # 95 in 100, as far as 195 agents can tell.
    assert np.mean(held) > 0.92


def one_agent(delta=0.3, variance=0.08, wobble=0.0):
    return Weekly(
        np.full((1, 4), 25.0),
        np.full((1, 4), delta),
        np.full((1, 4), variance),
        np.zeros((1, 4)),
        wobble,
        np.zeros(0),
    )


def levels(weekly, weeks=WEEKS, freedom=9.0, unsettled=0.0):
    found = analyse(crew(agents=1, weeks=1, each=2), monday(0), DEFAULT)
    expected = replace(found.fits["aht"].expected, agent=np.array([0.1]))
    spread = Spread(0.0, 0.06, 0.25, 0.01, freedom)
    basis = Basis(weeks, np.array([unsettled]))
    return levels_of(weekly, expected, spread, basis, DEFAULT)


def test_a_level_is_drawn_towards_the_mean_as_far_as_it_is_unsure():
    found = levels(one_agent())
    # Variance 0.08 / 4 = 0.02, reliability 0.06 / 0.08; own level 0.1 + 0.3.
    assert found.reliability[0] == pytest.approx(0.75)
    assert found.level[0] == pytest.approx(0.75 * 0.4)
    # How unsure the mean is, and the spread, of nine agents.
    unsure = 0.01 + 2 * 0.4**2 / 6
    assert found.variance[0] == pytest.approx(0.75 * 0.02 + 0.25**2 * unsure)


def test_a_level_pays_for_changes_that_are_not_yet_confirmed():
    calm, wobbling = levels(one_agent()), levels(one_agent(variance=0.04, wobble=0.04))
    more = wobbling.variance[0] - calm.variance[0]
    assert more == pytest.approx(0.2 * 0.75**2 * 0.04)


def test_without_data_a_level_is_that_of_everybody():
    found = levels(one_agent(), weeks=np.zeros((1, 4), dtype=bool))
    assert (found.level[0], found.reliability[0]) == (0, 0)
    assert found.variance[0] == pytest.approx(0.06 + 0.01)


def test_the_less_is_known_of_the_spread_the_wider_is_an_interval():
    many, few = (levels(one_agent(variance=1e-9), freedom=each) for each in (1e9, 9.0))
    # Quantiles of Student's t.
    assert many.high[0] - many.level[0] == pytest.approx(1.96 * many.variance[0] ** 0.5, rel=1e-3)
    assert few.high[0] - few.level[0] == pytest.approx(2.26 * few.variance[0] ** 0.5, rel=5e-3)
    assert few.level[0] - few.low[0] == pytest.approx(few.high[0] - few.level[0])


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


def doubt(change, p, window=2):
    """What an unconfirmed change in a window of three weeks may have left behind of eight."""
    one = trial(change, 0.1)
    four = {key: np.repeat(getattr(one, key), 4, axis=0) for key in ("change", "error")}
    found = replace(one, **four, p=np.array([p]), best=np.array([window]))
    none = np.zeros(1, dtype=bool)
    return unsettled(found, Confirmed(none, none, 0.0), np.ones((1, 8), dtype=bool), DEFAULT)[0]


def test_a_change_that_is_not_confirmed_makes_a_level_less_sure_by_how_probable_it_is():
    # Odds of no change at p = 0.01: -e p ln p = 0.1252, nine to one before; five of the eight
    # weeks are old, and 0.1 squared of the change's square is noise.
    changed = 0.1 / (0.1 + 0.9 * 0.1252)
    assert doubt(0.3, 0.01) == pytest.approx(changed * (0.09 - 0.01) * (5 / 8) ** 2, rel=1e-3)
    assert doubt(-0.3, 0.01) == doubt(0.3, 0.01) > doubt(0.3, 0.05) > doubt(0.3, 0.5) > 0


def test_no_test_a_confirmed_change_and_one_within_noise_leave_nothing_behind():
    assert doubt(0.3, np.nan) == doubt(0.09, 0.4) == 0
    held = Confirmed(np.ones(1, dtype=bool), np.ones(1, dtype=bool), 0.0)
    assert unsettled(trial(0.9, 0.1), held, np.ones((1, 8), dtype=bool), DEFAULT)[0] == 0


def test_a_level_pays_for_what_is_unsettled_as_far_as_it_is_believed():
    more = levels(one_agent(), unsettled=0.02).variance[0] - levels(one_agent()).variance[0]
    assert more == pytest.approx(0.75**2 * 0.02)
