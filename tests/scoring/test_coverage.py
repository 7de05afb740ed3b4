"""How often the 95 % intervals hold the truth, in seeded draws: what the small print rests on.

A simulated coverage is itself off by up to 0.01 at 4,000 draws; bounds leave that much room.
"""

from collections.abc import Iterable

import numpy as np
import pytest
from scipy import stats

from scoring.estimate import (
    Estimate,
    PairSums,
    count,
    mean_of_scores,
    mean_of_times,
    net_score,
    ratio,
    share,
)
from scoring.quantiles import quantiles_by_group

DRAWS = 4000


def draw() -> np.random.Generator:
    return np.random.default_rng(20261109)


def coverage(estimates: Iterable[Estimate], truth: float) -> float:
    held = [
        (estimate.low is None or estimate.low <= truth)
        and (estimate.high is None or truth <= estimate.high)
        for estimate in estimates
    ]
    return sum(held) / len(held)


def sums(values: np.ndarray) -> Iterable[tuple[float, float]]:
    """Total and total of squares of each row."""
    return zip(values.sum(1).tolist(), (values * values).sum(1).tolist(), strict=True)


@pytest.mark.parametrize("n", [5, 10, 20, 50, 300])
@pytest.mark.parametrize("p", [0.5, 0.7, 0.85, 0.9, 0.95])
def test_shares_are_covered_nine_times_in_ten_or_more(n, p):
    hits = draw().binomial(n, p, DRAWS).tolist()
    assert coverage((share(n, hit) for hit in hits), p) >= 0.905


# n, deviation on the log scale (handle times have 0.5 to 1), least coverage. Measured with 20,000
# draws, log-scale against plain t: 5 of 0.5: .938, .918; of 0.8: .911, .864; of 1.0: .891, .821.
# 20: .937, .931; .917, .898; .895, .866. 100: .948, .947; .939, .934; .924, .913.
TIMES = [
    (5, 0.5, 0.92),
    (5, 0.8, 0.89),
    (5, 1.0, 0.87),
    (20, 0.5, 0.92),
    (20, 0.8, 0.90),
    (20, 1.0, 0.88),
    (100, 0.5, 0.93),
    (100, 0.8, 0.92),
    (100, 1.0, 0.91),
]


@pytest.mark.parametrize(("n", "deviation", "least"), TIMES)
def test_mean_times_are_covered_better_than_by_plain_t(n, deviation, least):
    times = draw().lognormal(-(deviation**2) / 2, deviation, (DRAWS, n))  # with a mean of 1
    covered = coverage((mean_of_times(n, *pair) for pair in sums(times)), 1)
    off = abs(times.mean(1) - 1) / stats.sem(times, axis=1)
    assert covered >= least
    assert covered >= (off <= stats.t.ppf(0.975, n - 1)).mean()


@pytest.mark.parametrize("n", [5, 10, 50])
@pytest.mark.parametrize(
    ("promoters", "detractors"),
    [(0.5, 0.2), (0.34, 0.33), (0.9, 0.02), (0.98, 0.01), (0.02, 0.9), (0.1, 0), (1, 0), (0, 0)],
)
def test_net_scores_are_covered_whatever_the_mix(n, promoters, detractors):
    mixes = draw().multinomial(n, (promoters, detractors, 1 - promoters - detractors), DRAWS)
    estimates = (
        net_score(n, 100.0 * (liked - not_liked), 1e4 * (liked + not_liked))
        for liked, not_liked, _ in mixes.tolist()
    )
    assert coverage(estimates, 100 * (promoters - detractors)) >= 0.94


# Shares of the answers 1 to 5, n, least coverage. Most answers at 5 and a rare 1 is where t is
# weakest: a sample that holds no 1 cannot know of it. Below 20 Wilson's interval of the all-alike
# samples makes up for that; the worst found is 0.865, the last line here.
SCORES = [
    ((0.10, 0.10, 0.20, 0.30, 0.30), 5, 0.91),
    ((0.10, 0.10, 0.20, 0.30, 0.30), 20, 0.93),
    ((0.10, 0.10, 0.20, 0.30, 0.30), 100, 0.94),
    ((0.01, 0.01, 0.03, 0.10, 0.85), 5, 0.99),
    ((0.01, 0.01, 0.03, 0.10, 0.85), 10, 0.98),
    ((0.01, 0.01, 0.03, 0.10, 0.85), 20, 0.88),
    ((0.01, 0.01, 0.03, 0.10, 0.85), 50, 0.87),
    ((0.01, 0.01, 0.03, 0.10, 0.85), 100, 0.91),
    ((0.03, 0.00, 0.00, 0.02, 0.95), 20, 0.98),
    ((0.03, 0.00, 0.00, 0.02, 0.95), 50, 0.85),
]


@pytest.mark.parametrize(("mix", "n", "least"), SCORES)
def test_mean_scores_with_most_answers_at_the_top_are_covered_as_far_as_t_goes(mix, n, least):
    answers = draw().choice(np.arange(1, 6), (DRAWS, n), p=mix)
    truth = float(np.dot(mix, np.arange(1, 6)))
    assert coverage((mean_of_scores(n, *pair, 1, 5) for pair in sums(answers)), truth) >= least


@pytest.mark.parametrize("n", [2, 3, 5])
def test_mean_scores_of_a_happy_few_are_covered_where_t_would_claim_certainty(n):
    answers = draw().choice(np.arange(1, 6), (DRAWS, n), p=(0.01, 0.01, 0.03, 0.10, 0.85))
    alike = (answers == answers[:, :1]).all(1)
    assert alike.mean() > 0.4  # t would give these a width of 0
    assert coverage((mean_of_scores(n, *pair, 1, 5) for pair in sums(answers)), 4.77) >= 0.98


@pytest.mark.parametrize("n", [5, 10, 50])
def test_ratios_of_contacts_to_hours_are_covered(n):
    hours = draw().gamma(9, 8 / 9, (DRAWS, n))
    contacts = draw().poisson(6 * hours)
    columns = (contacts, hours, contacts**2, contacts * hours, hours**2)
    rows = zip(*(column.sum(1).tolist() for column in columns), strict=True)
    assert coverage((ratio(n, PairSums(*row)) for row in rows), 6) >= 0.935


@pytest.mark.parametrize("mean", [0.5, 3, 10, 30, 100])
def test_volumes_are_covered(mean):
    assert coverage(map(count, draw().poisson(mean, DRAWS).tolist()), mean) >= 0.94


@pytest.mark.parametrize("n", [5, 10, 20, 100])
@pytest.mark.parametrize("q", [0.5, 0.9])
def test_quantiles_are_covered_whatever_the_distribution(n, q):
    times = draw().lognormal(5, 0.8, DRAWS * n)
    found = quantiles_by_group(np.repeat(np.arange(DRAWS), n), times, q)
    truth = float(stats.lognorm.ppf(q, 0.8, scale=np.exp(5)))
    assert coverage(map(found.of, range(DRAWS)), truth) >= 0.945
