import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.constants import DEFAULT
from scoring.coaching.weekly import Weekly, mean_over, shape_over, weigh
from tests.scoring.coaching.crews import crew, monday


def analysed(found, weeks):
    return analyse(found, monday(weeks - 1), DEFAULT)


def slow_week(slices, agent, week, pool):
    """Deviation and its variance without the wobble, by the formulas of the method, in loops."""
    unit = slices.unit
    columns = (slices.agent, slices.week, slices.issue, slices.score, slices.information)
    rows = list(zip(*columns, strict=True))
    others = [row for row in rows if row[1] == week and row[0] != agent and pool[row[0]]]
    mine = [row for row in rows if row[1] == week and row[0] == agent]
    whole = sum(row[3] for row in others) / (sum(row[4] for row in others) + 50 * unit)
    total = sum(row[4] for row in mine)
    delta = variance = 0.0
    for _, _, issue, score, information in mine:
        alike = [row for row in others if row[2] == issue]
        known = sum(row[4] for row in alike) + 100 * unit
        effect = (sum(row[3] for row in alike) + 100 * unit * whole) / known
        delta += (score - information * effect) / total
        variance += (information / total) ** 2 / known
    by_agent = {}
    for row in others:
        by_agent[row[0]] = by_agent.get(row[0], 0.0) + row[4]
    sizes = np.array(list(by_agent.values()))
    return delta, 1 / total + variance, sizes.sum() ** 2 / (sizes**2).sum()


@pytest.mark.parametrize("metric", ["aht", "fcr", "csat"])
@pytest.mark.parametrize("out", [[], [0], [1, 2]])
def test_a_week_is_what_the_formulas_say(metric, out):
    fit = analysed(crew(agents=5, weeks=4, each=15), 4).fits[metric]
    pool = ~np.isin(np.arange(5), out)
    weekly = weigh(fit.slices, fit.n, pool, fit.own, DEFAULT)
    for agent in range(5):
        delta, variance, crowd = slow_week(fit.slices, agent, 2, pool)
        assert weekly.delta[agent, 2] == pytest.approx(delta)
        assert weekly.variance[agent, 2] == pytest.approx(variance + weekly.wobble / crowd)


def test_slices_add_up_to_the_scores_of_their_contacts():
    found = crew(agents=3, weeks=2, each=10)
    analysis = analysed(found, 2)
    fit, strata = analysis.fits["sentiment"], analysis.strata
    cell, agent = strata.cell[strata.of_row], strata.agent[strata.of_row]
    eta = fit.expected.cell[cell] + fit.expected.agent[agent]
    scores = (found.sentiment[strata.rows] - eta) / fit.expected.outcomes.variance
    week = strata.week[strata.of_row]
    issue = strata.cells.issue[cell]
    for place in range(fit.slices.agent.size):
        here = (
            (agent == fit.slices.agent[place])
            & (week == fit.slices.week[place])
            & (issue == fit.slices.issue[place])
        )
        assert fit.slices.score[place] == pytest.approx(scores[here].sum())


def test_an_outage_that_hits_everybody_is_nobodys_fault():
    everybody = [(agent, "aht", 9, 0.5) for agent in range(12)]
    quiet, hit = (
        analysed(crew(agents=12, weeks=10, each=60, shifts=shifts), 10).tested["aht"].weekly
        for shifts in ((), everybody)
    )
    assert np.abs(hit.delta[:, 9]).max() < np.abs(quiet.delta[:, 9]).max() + 0.1
    one = analysed(crew(agents=12, weeks=10, each=60, shifts=everybody[:1]), 10)
    assert one.tested["aht"].weekly.delta[0, 9] > 0.3


def test_a_single_agent_has_no_everybody_else():
    weekly = analysed(crew(agents=1, weeks=6, each=30), 6).tested["aht"].weekly
    assert np.isfinite(weekly.delta).all()
    assert np.isfinite(weekly.variance).all()


def test_a_week_without_contacts_is_not_filled_in():
    found = analysed(crew(agents=3, weeks=4, each=12), 6).tested["fcr"].weekly
    assert np.isinf(found.variance[:, 4:]).all()
    assert not found.delta[:, 4:].any()


def wobbling(size, agents=60, weeks=20, step=0.0):
    """Contacts whose agents' handle times move from week to week by this much."""
    chance = np.random.default_rng(8)
    moves = chance.normal(0, size, (agents, weeks))
    moves[:, weeks // 2 :] += step * np.sign(chance.normal(size=(agents, 1)))
    found = crew(agents=agents, weeks=weeks, each=60)
    week = (found.week - found.week.min()) // 7
    seconds = found.handle_seconds * np.exp(moves[found.agent - 100, week])
    return analysed(type(found)(**{**vars(found), "handle_seconds": seconds}), weeks)


@pytest.mark.parametrize("size", [0.06, 0.12])
def test_the_wobble_of_weeks_is_found(size):
    assert wobbling(size).tested["aht"].weekly.wobble ** 0.5 == pytest.approx(size, rel=0.2)


def test_a_lasting_step_is_not_taken_for_wobble():
    still, stepped = (wobbling(0.05, step=step).tested["aht"].weekly.wobble for step in (0, 0.3))
    # Taken as plain variance, a step of 0.3 up or down half-way would add 0.15 squared.
    assert stepped - still < 0.15**2 / 8


def test_without_contacts_the_wobble_is_its_prior():
    found = analysed(crew(agents=2, weeks=1, each=5), 1)
    assert found.tested["aht"].weekly.wobble == pytest.approx(DEFAULT.metrics["aht"].omega ** 2)


def test_weeks_weigh_by_how_sure_they_are():
    weekly = Weekly(
        n=np.array([[10.0, 10, 0]]),
        delta=np.array([[1.0, 4.0, 0.0]]),
        variance=np.array([[0.5, 1.5, np.inf]]),
        third=np.zeros((1, 3)),
        wobble=0.5,
        others=np.zeros(0),
    )
    mean, variance = mean_over(weekly, np.ones((1, 3), dtype=bool))
    # Weights 1 and 1/2.
    assert (mean[0], variance[0]) == (pytest.approx(2), pytest.approx(2 / 3))


def test_the_shape_of_a_mean_is_that_of_its_weeks_to_the_third_and_fourth():
    weekly = Weekly(*np.full((4, 1, 4), 0.5), wobble=0.5, others=np.zeros(0))
    one, all_four, none = (
        np.ravel(shape_over(weekly, np.array([weeks], dtype=bool), DEFAULT))
        for weeks in ([1, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0])
    )
    assert one == pytest.approx([0.5, DEFAULT.wobble_kurtosis * 0.5**2])
    assert all_four == pytest.approx(one * [4 * 0.25**3, 4 * 0.25**4])
    assert none.tolist() == [0, 0]


@pytest.mark.parametrize("metric", ["escalation", "csat"])
def test_the_luck_of_a_week_leans_as_that_of_its_contacts_does(metric):
    found = crew(agents=4, weeks=3, each=40)
    analysis = analysed(found, 3)
    fit, strata = analysis.fits[metric], analysis.strata
    values = {"escalation": found.escalated, "csat": found.csat}[metric][strata.rows]
    agent, cell = strata.agent[strata.of_row], strata.cell[strata.of_row]
    known = np.isfinite(values) & (agent == 1) & (strata.week[strata.of_row] == 2)
    eta = (fit.expected.cell[cell] + fit.expected.agent[agent])[known]
    if metric == "escalation":
        p = 1 / (1 + np.exp(-eta))
        third, information = (p * (1 - p) * (1 - 2 * p)).sum(), (p * (1 - p)).sum()
    else:
        average = fit.expected.average(strata, np.arange(strata.n.size))[strata.of_row]
        residuals = (values - average - fit.expected.agent[agent])[np.isfinite(values)]
        variance = np.mean(residuals**2)
        third = known.sum() * np.mean(residuals**3) / variance**3
        information = known.sum() / variance
    weekly = analysis.tested[metric].weekly
    assert weekly.third[1, 2] == pytest.approx(third / information**3)


def test_a_lapse_where_none_was_expected_counts_for_so_much_and_no_more():
    found = crew(agents=6, weeks=6, each=40)
    resolved = np.ones(found.id.size)
    resolved[-1] = 0
    weekly = analysed(type(found)(**{**vars(found), "resolved": resolved}), 6).tested["fcr"].weekly
    assert weekly.delta.min() < -9
    means, _ = mean_over(weekly, np.eye(6, dtype=bool)[:, None])
    assert means.min() == -DEFAULT.largest_deviation
    assert weekly.variance[5, 5] > 20


def test_single_weeks_of_rare_hits_have_the_mean_that_they_should():
    # One agent is escalated from as often as the others: one contact in 250.
    found = crew(agents=6, weeks=8, each=50)
    rare = (np.arange(found.id.size) % 250 == 0).astype(float)
    weekly = analysed(type(found)(**{**vars(found), "escalated": rare}), 8)
    mean, _ = mean_over(weekly.tested["escalation"].weekly, np.ones((6, 8), dtype=bool))
    level = weekly.fits["escalation"].expected.agent + mean
    assert level.mean() == pytest.approx(0, abs=0.1)


def test_no_weeks_have_no_mean():
    weekly = Weekly(*np.ones((4, 1, 2)), wobble=0.1, others=np.zeros(0))
    mean, variance = mean_over(weekly, np.zeros((1, 2), dtype=bool))
    assert (mean[0], variance[0]) == (0, np.inf)
