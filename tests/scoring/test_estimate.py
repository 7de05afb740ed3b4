"""Estimates against statsmodels, scipy, published figures and sums done by hand."""

import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from scoring.estimate import (
    Estimate,
    PairSums,
    count,
    differs,
    mean_of_scores,
    mean_of_times,
    net_score,
    nothing,
    rate,
    ratio,
    share,
    student_t,
)

seconds = st.lists(st.integers(0, 7200), min_size=2, max_size=60)
answers = st.lists(st.integers(1, 5), min_size=2, max_size=60)
weights = st.floats(0.01, 1)


def sums(values: Sequence[float]) -> tuple[int, float, float]:
    return len(values), sum(values), sum(value * value for value in values)


def pair_sums(pairs: Sequence[tuple[float, float]]) -> PairSums:
    a, b = zip(*pairs, strict=True)
    return PairSums(sum(a), sum(b), sums(a)[2], sum(x * y for x, y in pairs), sums(b)[2])


def ends(estimate: Estimate) -> tuple[float | None, float | None]:
    return estimate.low, estimate.high


def assert_orderly(estimate: Estimate) -> None:
    parts = [part for part in (estimate.low, estimate.value, estimate.high) if part is not None]
    assert parts == sorted(parts)
    assert all(map(math.isfinite, parts))
    assert (estimate.value is None) == (estimate.why_none is not None)


# kpis.md, section 6: hits, n, and the interval in whole per cent.
PRINTED = [
    (4, 4, 51, 100),
    (8, 10, 49, 94),
    (9, 10, 60, 98),
    (17, 20, 64, 95),
    (45, 50, 79, 96),
    (246, 300, 77, 86),
]


@pytest.mark.parametrize(("hits", "n", "low", "high"), PRINTED)
def test_a_share_has_the_interval_that_the_kpi_reference_prints(hits, n, low, high):
    estimate = share(n, hits)
    assert (round(100 * estimate.low), round(100 * estimate.high)) == (low, high)


@given(st.floats(0.1, 1e6), st.floats(0, 1))
def test_a_share_of_records_or_of_weights_has_the_wilson_interval_of_statsmodels(n, part):
    wilson = proportion_confint(part * n, n, method="wilson")
    assert ends(share(n, part * n)) == pytest.approx(wilson, rel=1e-9, abs=1e-12)
    assert share(n, part * n).value == pytest.approx(part)


@given(seconds)
def test_a_mean_time_has_the_t_interval_of_its_logarithm(times):
    assume(len(set(times)) > 1)
    mean = sum(times) / len(times)
    stretch = math.exp(stats.t.ppf(0.975, len(times) - 1) * stats.sem(times) / mean)
    estimate = mean_of_times(*sums(times))
    assert estimate.value == pytest.approx(mean)
    assert ends(estimate) == pytest.approx((mean / stretch, mean * stretch), rel=1e-4)


def test_a_mean_time_by_hand():
    # 100, 200, 300: mean 200, deviation 100, error 57.735; t with 2 degrees 4.302653.
    stretch = math.exp(4.302653 * 57.735027 / 200)
    assert ends(mean_of_times(3, 600, 140_000)) == pytest.approx((200 / stretch, 200 * stretch))


@pytest.mark.parametrize("times", [[300], [300, 300], [0, 0, 0], [0.1] * 7])
def test_times_that_show_no_spread_have_a_mean_and_no_interval(times):
    assert mean_of_times(*sums(times)) == Estimate(pytest.approx(times[0]), None, None, len(times))


def test_a_mean_time_of_unequal_weights_that_could_be_anything_has_no_upper_end():
    # A weight of 1.9999999 at 0 s and one of 0.0000001 at 600 s.
    estimate = mean_of_times(2, 6e-5, 3.6e-2)
    assert ends(estimate) == (0, None)


@given(answers)
def test_a_mean_score_has_the_t_interval_of_statsmodels_clipped_to_the_scale(scores):
    assume(len(set(scores)) > 1)
    low, high = DescrStatsW(scores).tconfint_mean()
    estimate = mean_of_scores(*sums(scores), 1, 5)
    assert estimate.value == pytest.approx(sum(scores) / len(scores))
    assert ends(estimate) == pytest.approx((max(low, 1), min(high, 5)), rel=1e-6)


@pytest.mark.parametrize("n", [1, 4, 20])
def test_scores_that_are_all_alike_are_not_certain_but_have_the_wilson_interval(n):
    low, high = proportion_confint(0.75 * n, n, method="wilson")
    assert ends(mean_of_scores(n, 4 * n, 16 * n, 1, 5)) == pytest.approx(
        (1 + 4 * low, 1 + 4 * high)
    )


def test_a_score_shared_between_agents_counts_for_less_than_a_whole_one():
    half, whole = mean_of_scores(0.5, 2, 8, 1, 5), mean_of_scores(1, 4, 16, 1, 5)
    assert half.value == whole.value == 4
    assert half.low < whole.low < whole.high < half.high


# Promoters, detractors, n, low, high: the examples of ci.prop.ps in R's statpsych and DGB.
BONETT_PRICE = [(26, 4, 48, 25.48067, 62.51933), (26, 4, 40, 31.26438, 73.49752)]


@pytest.mark.parametrize(("promoters", "detractors", "n", "low", "high"), BONETT_PRICE)
def test_a_net_score_has_the_published_adjusted_interval(promoters, detractors, n, low, high):
    difference, outspoken = promoters - detractors, promoters + detractors
    estimate = net_score(n, 100 * difference, 10_000 * outspoken)
    assert estimate.value == pytest.approx(100 * difference / n)
    assert ends(estimate) == pytest.approx((low, high), abs=1e-5)


@pytest.mark.parametrize(("total", "value"), [(300, 100), (-300, -100)])
def test_a_unanimous_net_score_stays_on_its_scale_and_is_not_certain(total, value):
    estimate = net_score(3, total, 30_000)
    assert estimate.value == value
    assert max(ends(estimate), key=abs) == value
    assert -100 <= estimate.low < estimate.high <= 100


def test_a_net_score_of_passives_alone_is_0_and_not_certain():
    assert ends(net_score(4, 0, 0)) == pytest.approx((-46.197, 46.197), abs=0.001)  # z √(2/6/6)


def test_a_ratio_by_hand():
    # 1/2, 2/3, 3/5: ratio 0.6, residuals -0.2, 0.2, 0; error √(3/2 · 0.08)/10; t 4.302653.
    estimate = ratio(3, pair_sums([(1, 2), (2, 3), (3, 5)]))
    assert estimate.value == pytest.approx(0.6)
    assert ends(estimate) == pytest.approx((0.6 - 0.1490483, 0.6 + 0.1490483))


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=40))
def test_a_ratio_to_records_of_one_unit_each_is_the_mean_of_scipy(amounts):
    assume(len(set(amounts)) > 1)
    t = stats.t(len(amounts) - 1, sum(amounts) / len(amounts), stats.sem(amounts))
    low, high = t.interval(0.95)
    estimate = ratio(len(amounts), pair_sums([(amount, 1) for amount in amounts]))
    assert ends(estimate) == pytest.approx((max(low, 0), high), rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("pairs", [[(3, 2)], [(2, 1), (4, 2)]])
def test_a_ratio_that_shows_no_spread_has_no_interval(pairs):
    assert ends(ratio(len(pairs), pair_sums(pairs))) == (None, None)


@pytest.mark.parametrize("n", [0, 0.3, 1, 2.5, 4, 10, 33, 100, 1234, 1_000_000])
def test_a_volume_has_the_poisson_interval_of_scipy_within_byars_error(n):
    exact = stats.chi2.ppf(0.025, 2 * n) / 2 if n else 0, stats.chi2.ppf(0.975, 2 * n + 2) / 2
    assert ends(count(n)) == pytest.approx(exact, rel=1e-9, abs=0.021)


def test_a_rate_is_its_volume_over_the_exposure():
    # 10 events: 4.8 to 18.4 by the tables of Pearson and Hartley, over 4 hours.
    estimate = rate(10, 4)
    assert (estimate.value, estimate.n) == (2.5, 10)
    assert ends(estimate) == pytest.approx((4.8 / 4, 18.4 / 4), abs=0.01)


def test_no_events_in_a_known_exposure_are_a_rate_of_0():
    assert ends(rate(0, 2)) == pytest.approx((0, 3.689 / 2), abs=0.011)  # -ln 0.025 = 3.689


EMPTY = {
    "share": share(0, 0),
    "times": mean_of_times(0, 0, 0),
    "scores": mean_of_scores(0, 0, 0, 1, 5),
    "net score": net_score(0, 0, 0),
    "ratio": ratio(0, PairSums(0, 0, 0, 0, 0)),
    "rate": rate(0, 0),
}


@pytest.mark.parametrize("name", EMPTY)
def test_no_records_are_none_with_a_reason_and_not_0(name):
    assert EMPTY[name] == Estimate(None, None, None, 0, "no_records") == nothing("no_records")


def test_a_ratio_to_nothing_says_how_many_records_it_would_have_rested_on():
    assert ratio(3, PairSums(5, 0, 9, 0, 0)) == nothing("no_records", 3)


def test_no_contacts_are_a_volume_of_0():
    assert (count(0).value, count(0).low) == (0, 0)


@given(st.floats(1, 10_000))
def test_student_t_agrees_with_scipy_for_whole_and_broken_degrees(df):
    assert student_t(df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-9)


@pytest.mark.parametrize("df", [20, 100])
def test_an_interval_is_the_same_for_sums_that_differ_by_rounding(df):
    assert student_t(math.nextafter(df, math.inf)) == pytest.approx(student_t(df), rel=1e-9)


@given(st.data())
def test_two_shares_differ_where_newcombes_interval_leaves_out_none(data):
    counts = [data.draw(st.integers(2, 300)) for _ in range(2)]
    hits = [data.draw(st.integers(0, n)) for n in counts]
    low, high = confint_proportions_2indep(
        hits[0], counts[0], hits[1], counts[1], method="newcomb", compare="diff"
    )
    assume(min(abs(low), abs(high)) > 1e-9)
    one, other = (share(n, hit) for n, hit in zip(counts, hits, strict=True))
    assert differs(one, other) == int(low > 0) - int(high < 0)


def test_what_has_no_interval_cannot_be_told_apart():
    assert differs(mean_of_times(1, 5, 25), share(9, 3)) is None
    assert differs(share(9, 3), nothing("no_records")) is None


IMPOSSIBLE: dict[str, Callable[[], object]] = {
    "fewer than no records": lambda: share(-1, 0),
    "more hits than records": lambda: share(10, 10.001),
    "hits below 0": lambda: share(10, -1),
    "NaN": lambda: share(math.nan, 1),
    "infinite total": lambda: mean_of_times(2, math.inf, 1),
    "negative durations": lambda: mean_of_times(2, -3, 9),
    "squares too small": lambda: mean_of_times(2, 10, 1),
    "score off its scale": lambda: mean_of_scores(2, 11, 61, 1, 5),
    "scale upside down": lambda: mean_of_scores(2, 6, 20, 5, 1),
    "net score beyond 100": lambda: net_score(2, 300, 20_000),
    "more outspoken than asked": lambda: net_score(2, 0, 30_000),
    "negative exposure": lambda: rate(1, -1),
    "negative volume": lambda: count(-1),
    "negative amount": lambda: ratio(2, PairSums(-1, 2, 1, 1, 2)),
    "below one degree of freedom": lambda: student_t(0.5),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_sums_that_cannot_be_are_refused(what):
    with pytest.raises(ValueError, match=r"\d"):
        IMPOSSIBLE[what]()


@given(st.lists(st.tuples(weights, st.integers(1, 5)), min_size=1, max_size=30))
def test_weighted_answers_give_finite_ordered_estimates(weighted):
    n = sum(weight for weight, _ in weighted)
    total = sum(weight * score for weight, score in weighted)
    squares = sum(weight * score * score for weight, score in weighted)
    points = [(w, 100 * ((score > 4) - (score < 3))) for w, score in weighted]
    assert_orderly(share(n, sum(weight for weight, score in weighted if score > 3)))
    assert_orderly(mean_of_times(n, total, squares))
    assert_orderly(mean_of_scores(n, total, squares, 1, 5))
    assert_orderly(ratio(n, PairSums(total, n, squares, total, n)))
    assert_orderly(net_score(n, sum(w * p for w, p in points), sum(w * p * p for w, p in points)))


@given(st.floats(0, 1e12), st.floats(0, 1e6))
def test_volumes_and_rates_are_finite_and_ordered(events, exposure):
    assert_orderly(count(events))
    assert_orderly(rate(events, exposure))


def test_estimates_load_neither_numpy_nor_scipy():
    look = "import sys, scoring.estimate; print({'numpy', 'scipy'} & set(sys.modules))"
    root = Path(__file__).parents[2]
    seen = subprocess.run([sys.executable, "-c", look], cwd=root, capture_output=True, check=True)
    assert seen.stdout.strip() == b"set()"
