from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import logit
from scipy.stats import binomtest

from scoring.coaching.constants import DEFAULT
from scoring.coaching.expected import expect
from scoring.coaching.natural import natural
from scoring.coaching.outcomes import robust_deviation
from tests.scoring.coaching.crews import TAU, contacts, crew, part, some, strata_of

# The spread between agents held at its prior, and rounds enough for the last digit.
SETTLED = replace(DEFAULT, phantom_agents=1e15, rounds=400)


def fitted(found, metric, constants=DEFAULT):
    strata = strata_of(found)
    return strata, expect(found, strata, metric, constants)


def blocks(strata):
    """The model's columns of 0 and 1, block by block, for every row."""
    rows, cell = strata.rows, strata.cell[strata.of_row]
    week, issue = strata.week[strata.of_row], strata.cells.issue[cell]
    agent = strata.agent[strata.of_row]
    codes = [np.zeros_like(cell), issue, strata.cells.pair[cell], cell, week]
    codes += [week * strata.cells.labels.size + issue, agent]
    return [np.eye(int(code.max()) + 1)[code] for code in codes], rows


def penalties(design, unit, tau):
    """How strongly each column is pulled towards 0."""
    phantoms = [0, 10, 10, 10, 50, 100]
    pulls = [k * unit for k in phantoms] + [1 / tau**2]
    return np.concatenate(
        [np.full(block.shape[1], pull) for block, pull in zip(design, pulls, strict=True)]
    )


def effects(design, solution):
    """The solution block by block."""
    return np.split(solution, np.cumsum([block.shape[1] for block in design])[:-1])


def test_a_number_settles_at_the_ridge_solution():
    found = crew(agents=5, weeks=3, each=15)
    strata, expected = fitted(found, "sentiment", SETTLED)
    design, rows = blocks(strata)
    unit = 1 / expected.outcomes.variance
    x = np.hstack(design)
    pull = penalties(design, unit, TAU["sentiment"])
    solution = np.linalg.solve(unit * x.T @ x + np.diag(pull), unit * x.T @ found.sentiment[rows])
    parts = effects(design, solution)
    cells = strata.cells
    mix = parts[0][0] + parts[1][cells.issue] + parts[2][cells.pair] + parts[3]
    assert expected.cell == pytest.approx(mix, abs=1e-7)
    assert expected.week == pytest.approx(parts[4], abs=1e-7)
    assert expected.agent == pytest.approx(parts[6], abs=1e-7)


def test_the_variance_of_a_number_is_that_of_its_residuals():
    found = crew(agents=5, weeks=3, each=15)
    strata, expected = fitted(found, "sentiment", SETTLED)
    at = strata.of_row
    eta = expected.average(strata, np.arange(strata.n.size)) + expected.agent[strata.agent]
    residuals = found.sentiment[strata.rows] - eta[at]
    assert expected.outcomes.variance == pytest.approx(np.mean(residuals**2), rel=1e-9)


def test_a_share_settles_where_the_penalised_likelihood_is_highest():
    found = crew(agents=4, weeks=3, each=25)
    strata, expected = fitted(found, "fcr", SETTLED)
    design, rows = blocks(strata)
    x, y = np.hstack(design), found.resolved[rows]
    pull = penalties(design, expected.unit, TAU["fcr"])

    def loss(b):
        eta = x @ b
        # The phantom contact, half a hit: each contact has its part of it.
        phantom = (np.logaddexp(0, eta) - eta / 2).mean()
        return (np.logaddexp(0, eta) - y * eta).sum() + phantom + (pull * b**2).sum() / 2

    def slope(b):
        p = 1 / (1 + np.exp(-x @ b))
        return x.T @ (p - y + (p - 0.5) / y.size) + pull * b

    best = minimize(loss, np.zeros(x.shape[1]), jac=slope, method="BFGS", options={"gtol": 1e-9})
    parts = effects(design, best.x)
    assert expected.agent == pytest.approx(parts[6], abs=1e-5)
    cells = strata.cells
    mix = parts[0][0] + parts[1][cells.issue] + parts[2][cells.pair] + parts[3]
    assert expected.cell == pytest.approx(mix, abs=1e-5)


def test_ten_rounds_come_close_to_the_settled_figures():
    found = crew()
    ten, settled = (fitted(found, "aht", replace(DEFAULT, rounds=n))[1] for n in (10, 300))
    assert ten.cell == pytest.approx(settled.cell, abs=0.01)


def test_a_strong_agent_on_a_hard_queue_does_not_make_it_easy():
    chance = np.random.default_rng(5)
    parts = [
        part(
            agent=agent,
            week=week,
            issue=issue,
            sentiment=0.3 * (agent == 0) - 0.3 * (issue == "hard") + chance.normal(0, 0.1),
        )
        # The strong agent has nine hard contacts of ten, the others one of ten.
        for agent in range(6)
        for week in range(6)
        for number in range(40)
        for issue in ["hard" if (number % 10 == 0) == (agent > 0) else "easy"]
    ]
    _, expected = fitted(contacts(parts), "sentiment")
    easy, hard = expected.cell
    assert easy - hard == pytest.approx(0.3, abs=0.05)
    assert expected.agent[0] - expected.agent[1:].mean() == pytest.approx(0.3, abs=0.05)


def test_an_issue_that_is_always_escalated_is_expected_to_be():
    always = [
        part(agent=n % 5, issue="fraud" if n % 10 == 0 else "login", escalated=float(n % 10 == 0))
        for n in range(2000)
    ]
    _, expected = fitted(contacts(always), "escalation")
    fraud, login = 1 / (1 + np.exp(-expected.cell))
    assert (fraud, login) == (pytest.approx(1, abs=0.05), pytest.approx(0, abs=0.05))
    assert np.isfinite(expected.agent).all()


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_outcomes_that_are_all_alike_keep_every_figure_finite(outcome):
    found = contacts([part(agent=n % 3, resolved=outcome) for n in range(60)])
    _, expected = fitted(found, "fcr")
    own = DEFAULT.metrics["fcr"]
    assert natural(expected, own, np.zeros(1))[0] == pytest.approx(outcome, abs=0.02)
    assert expected.agent == pytest.approx([expected.agent[0]] * 3)
    assert expected.agent == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_cells_that_nobody_knows_are_like_those_that_are_known_and_all_alike(outcome):
    known = [
        part(agent=n % 3, issue=f"known{n % 7}", resolved=outcome, week=n % 5) for n in range(200)
    ]
    unknown = [part(agent=n % 3, issue=f"new{n % 9}", resolved=None) for n in range(300)]
    _, expected = fitted(contacts(known + unknown), "fcr")
    own = DEFAULT.metrics["fcr"]
    assert natural(expected, own, np.zeros(1))[0] == pytest.approx(outcome, abs=0.01)


def leaning(hits, n):
    """How far a share of so many hits may lie below and above, in log-odds."""
    found = contacts([part(agent=one % 3, escalated=float(one < hits)) for one in range(n)])
    _, expected = fitted(found, "escalation")
    outcomes = expected.outcomes
    usual = 1.959964 / np.sqrt(n * outcomes.unit)
    return outcomes.start, [each * usual for each in outcomes.lean]


@pytest.mark.parametrize(("hits", "n"), [(1, 40), (3, 40), (20, 40), (39, 40)])
def test_a_share_leans_as_wilsons_interval_does(hits, n):
    start, (down, up) = leaning(hits, n)
    limits = binomtest(hits, n).proportion_ci(method="wilson")
    assert [start - down, start + up] == pytest.approx(logit([limits.low, limits.high]))


def test_without_a_hit_there_is_no_telling_how_low_a_share_is():
    start, (down, up) = leaning(0, 40)
    assert down == np.inf
    assert start + up == pytest.approx(logit(binomtest(0, 40).proportion_ci(method="wilson").high))
    assert leaning(40, 40)[1][1] == np.inf


def test_a_metric_nobody_has_leans_to_no_side():
    _, expected = fitted(contacts([part(agent=n) for n in range(4)]), "fcr")
    assert expected.outcomes.lean == (1, 1)


def test_handle_times_that_are_all_alike_keep_every_figure_finite():
    found = contacts([part(agent=n % 3, handle_seconds=300) for n in range(60)])
    _, expected = fitted(found, "aht")
    assert natural(expected, DEFAULT.metrics["aht"], np.zeros(1))[0] == pytest.approx(300)


def test_a_metric_nobody_has_is_expected_to_be_nothing():
    _, expected = fitted(contacts([part(agent=n) for n in range(4)]), "csat")
    assert expected.agent.tolist() == [0, 0, 0, 0]
    assert np.isfinite(expected.cell).all()


def test_a_handle_time_left_open_over_night_is_clipped():
    found = crew(agents=4, weeks=4, each=20)
    seconds = found.handle_seconds.copy()
    seconds[5] = 1e7
    spoiled = replace(found, handle_seconds=seconds)
    sound, bad = (fitted(each, "aht")[1] for each in (found, spoiled))
    own = DEFAULT.metrics["aht"]
    before, after = (natural(each, own, np.zeros(1))[0] for each in (sound, bad))
    assert after == pytest.approx(before, rel=0.02)
    assert seconds.mean() > 10 * before


def test_no_handle_time_of_zero_or_less_counts():
    found = contacts([part(handle_seconds=each) for each in (0, -5, 100, 100)])
    _, expected = fitted(found, "aht")
    assert expected.outcomes.n.tolist() == [2]


def test_seconds_are_those_of_the_mean_contact():
    chance = np.random.default_rng(2)
    # The mean of a log-normal is exp(mu + sigma^2 / 2).
    seconds = np.exp(chance.normal(6, 0.5, 20_000))
    found = contacts([part(agent=n % 5, handle_seconds=each) for n, each in enumerate(seconds)])
    _, expected = fitted(found, "aht")
    level = natural(expected, DEFAULT.metrics["aht"], np.array([0.0, 0.1]))
    assert level[0] == pytest.approx(np.exp(6 + 0.125), rel=0.02)
    assert level[1] / level[0] == pytest.approx(np.exp(0.1))


def test_a_share_is_the_mean_of_the_cells_shares():
    found = crew(agents=2, weeks=1, each=10)
    _, expected = fitted(found, "fcr")
    two = replace(expected, cell=np.array([0.0, np.log(9)]), share=np.array([0.75, 0.25]))
    levels = natural(two, DEFAULT.metrics["fcr"], np.array([0.0, np.log(3)]))
    # Odds of 1 and 9 to 1, then of 3 and 27 to 1.
    assert levels == pytest.approx([0.75 * 0.5 + 0.25 * 0.9, 0.75 * 0.75 + 0.25 * 27 / 28])


def test_points_stay_on_their_scale():
    _, expected = fitted(crew(agents=2, weeks=1, each=30), "csat")
    assert natural(expected, DEFAULT.metrics["csat"], np.array([-9.0, 9.0])).tolist() == [1, 5]


def test_the_robust_deviation_of_normal_values_is_their_standard_deviation():
    values = np.random.default_rng(1).normal(3, 2, 50_000)
    assert robust_deviation(values) == pytest.approx(2, rel=0.02)


def test_a_blank_outcome_leaves_a_row_out_of_that_metric_only():
    found = crew(agents=2, weeks=2, each=10)
    surveyed = np.isfinite(found.csat)
    assert fitted(found, "csat")[1].outcomes.n.sum() == surveyed.sum()
    assert fitted(found, "fcr")[1].outcomes.n.sum() == found.id.size


def test_the_standard_mix_is_that_of_all_contacts():
    found = crew(agents=2, weeks=2, each=30)
    strata, whole = fitted(found, "csat")
    counts = np.bincount(strata.cell, strata.n)
    assert whole.share == pytest.approx(counts / counts.sum())
    assert some(found, np.isfinite(found.csat)).id.size < found.id.size
