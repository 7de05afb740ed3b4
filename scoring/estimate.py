"""A figure with its 95 % interval and what it rests on, from sums because the database sums.

Answers shared between agents count by their share, so ``n`` may be a fraction: the sum of weights,
which for weights up to 1 never exceeds Kish's effective sample size, so that intervals err wide.
An end of an interval is None where nothing can be said on that side; nothing is NaN or infinite.
Sums that cannot be, such as n below 0 or more hits than records, raise ValueError. Quantiles,
which need the values themselves, are in ``scoring.quantiles``.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
DUST = 1e-12  # weights below this, and spreads below this part of the squares, are rounding
NEAR = 1e-6  # a step this small, of a method that squares its error, was the last one needed
FARTHEST = 100.0  # an interval e^100 times its value wide says nothing
LARGEST = 1e75  # beyond it squares of sums overflow
SPREAD_FROM = 2  # records below which nothing is known of how they spread
PROMOTER_POINTS = 100.0
EXPANSION_ABOVE = 100  # degrees of freedom from which the expansion below is right to 1e-10
CORNISH_FISHER = (  # Abramowitz and Stegun 26.7.5: t is the sum of these over rising powers of df
    Z,
    (Z**3 + Z) / 4,
    (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
    (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92160,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, its 95 % interval and n; or None and why: no_records, too_few or not_mature."""

    value: float | None
    low: float | None
    high: float | None
    n: float
    why_none: str | None = None


@dataclass(frozen=True, slots=True)
class PairSums:
    """Sums over records of two amounts a and b, of their squares and of their product."""

    a: float
    b: float
    aa: float
    ab: float
    bb: float


def nothing(why: str, n: float = 0) -> Estimate:
    """No value, and why: no_records, too_few or not_mature."""
    return Estimate(None, None, None, n, why)


def share(n: float, hits: float) -> Estimate:
    """The share of hits, 0 to 1, with the Wilson score interval.

    ``(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)``

    Source: Wilson 1927, JASA 22:209; recommended for small n by Brown, Cai and DasGupta 2001,
    Statistical Science 16:101, section 4.
    """
    _refuse_impossible(n, hits)
    if not -_slack(n) <= hits <= n + _slack(n):
        raise ValueError(f"{hits} hits in {n} records")
    if n < DUST:
        return nothing("no_records")
    p = min(max(hits / n, 0.0), 1.0)
    middle = (p * n + Z * Z / 2) / (n + Z * Z)
    half = Z * math.sqrt(p * (1 - p) * n + Z * Z / 4) / (n + Z * Z)
    return _between(p, max(middle - half, 0.0), min(middle + half, 1.0), n)


def mean_of_times(n: float, total: float, squares: float) -> Estimate:
    """The mean of durations that are never negative, in the unit of ``total``.

    ``mean · exp(±t se/mean)``, the t interval of the mean's logarithm by the delta method: it
    cannot go below 0 and leans to the long side as durations do. Five log-normal times with a
    deviation of 0.8 on the log scale: plain t covers the mean in 86 % of draws and goes below 0
    in 31 %, this covers it in 91 %; it covers more than plain t wherever tried, n from 5 to 100
    (tests/scoring/test_coverage.py). No interval below n = 2, or where all are alike: one record,
    or two rounded to the same minute, do not tell how far the next may lie.

    Source: Oehlert 1992, The American Statistician 46:27, delta method.
    """
    _refuse_impossible(n, total, squares)
    if min(total, squares) < 0:
        raise ValueError(f"durations that add up to {total}, their squares to {squares}")
    if n < DUST:
        return nothing("no_records")
    mean, error = total / n, _standard_error(n, total, squares)
    if not error:
        return Estimate(mean, None, None, n)
    stretch = student_t(n - 1) * error / mean
    if stretch > FARTHEST:
        return Estimate(mean, 0.0, None, n)
    return _between(mean, mean * math.exp(-stretch), mean * math.exp(stretch), n)


def mean_of_scores(
    n: float, total: float, squares: float, lowest: float, highest: float
) -> Estimate:
    """The mean of answers on a scale, with the t interval clipped to the scale.

    Where all answers are alike, or n is below 2, t would claim to be certain. The interval is then
    Wilson's of the mean taken as a share of the scale: no answers within the scale vary more than
    the all-or-nothing ones of a share with that mean, so it errs wide.

    Source: Student 1908, Biometrika 6:1; Wilson 1927, see ``share``.
    """
    width = highest - lowest
    if not width > 0:
        raise ValueError(f"a scale from {lowest} to {highest}")
    on_scale = share(n, (total - n * lowest) / width)
    if on_scale.value is None or on_scale.low is None or on_scale.high is None:
        return on_scale
    mean, error = lowest + width * on_scale.value, _standard_error(n, total, squares)
    if not error:
        return _between(mean, lowest + width * on_scale.low, lowest + width * on_scale.high, n)
    half = student_t(n - 1) * error
    return _between(mean, max(mean - half, lowest), min(mean + half, highest), n)


def net_score(n: float, total: float, squares: float) -> Estimate:
    """The net promoter score, -100 to 100 points, from answers of +100, 0 and -100 points each.

    The value is the plain figure; the interval is the adjusted Wald interval for a difference of
    paired proportions, which adds one promoter and one detractor:
    ``d ± z √((s - d²)/(n + 2))`` with ``d = (P - D)/(n + 2)`` and ``s = (P + D + 2)/(n + 2)``.

    Source: Bonett and Price 2012, J. Educational and Behavioral Statistics 37:479.
    """
    _refuse_impossible(n, total, squares)
    difference, outspoken = total / PROMOTER_POINTS, squares / PROMOTER_POINTS**2
    if not abs(difference) - _slack(n) <= outspoken <= n + _slack(n):
        raise ValueError(f"{n} answers of ±{PROMOTER_POINTS:g} or 0 cannot add up to {total}")
    if n < DUST:
        return nothing("no_records")
    middle = difference / (n + 2)
    half = Z * math.sqrt(((outspoken + 2) / (n + 2) - middle * middle) / (n + 2))
    low, value, high = (
        PROMOTER_POINTS * min(max(part, -1.0), 1.0)
        for part in (middle - half, difference / n, middle + half)
    )
    return _between(value, low, high, n)


def ratio(n: float, sums: PairSums) -> Estimate:
    """The sum of a over the sum of b, amounts never negative, with its t interval from 0 up.

    ``r ± t √(n/(n-1) Σ(a - r b)²) / Σb``: the variance of what b does not explain, by the delta
    method. No interval below n = 2, or where a is everywhere r times b.

    Source: Cochran 1977, Sampling Techniques, 3rd edition, section 2.11 and chapter 6.
    """
    _refuse_impossible(n, sums.a, sums.b, sums.aa, sums.ab, sums.bb)
    if min(sums.a, sums.b) < 0:
        raise ValueError(f"a ratio of {sums.a} to {sums.b}")
    if n < DUST or sums.b < DUST:
        return nothing("no_records", n)
    r = sums.a / sums.b
    residuals = sums.aa - 2 * r * sums.ab + r * r * sums.bb
    if n < SPREAD_FROM or residuals <= DUST * (sums.aa + r * r * sums.bb):
        return Estimate(r, None, None, n)
    half = student_t(n - 1) * math.sqrt(n / (n - 1) * residuals) / sums.b
    return _between(r, max(r - half, 0.0), r + half, n)


def count(n: float) -> Estimate:
    """A volume with Byar's approximate Poisson interval; none at all is a volume of 0.

    Within 0.03 of the exact interval at any n. It takes contacts to come one by one; where an
    outage brings many, volumes vary more than this says.

    Source: Breslow and Day 1987, Statistical Methods in Cancer Research II, IARC, p. 69.
    """
    _refuse_impossible(n)
    return _between(n, _byar(n, -Z) if n > DUST else 0.0, _byar(n + 1, Z), n)


def rate(events: float, exposure: float) -> Estimate:
    """Events per unit of exposure, with the interval of ``count``; n is the events."""
    _refuse_impossible(exposure)
    whole = count(events)
    if exposure < DUST or whole.low is None or whole.high is None:
        return nothing("no_records", events)
    return _between(events / exposure, whole.low / exposure, whole.high / exposure, events)


def differs(one: Estimate, other: Estimate) -> int | None:
    """1 or -1 where the first is higher or lower by more than chance would have it, else 0.

    None where that cannot be told. The interval of the difference is made of the two intervals, by
    the method of variance estimates recovery: it leans where they lean.

    Source: Zou and Donner 2008, Statistics in Medicine 27:1693; Newcombe 1998, 17:873, for shares.
    """
    if one.value is None or one.low is None or one.high is None:
        return None
    if other.value is None or other.low is None or other.high is None:
        return None
    difference = one.value - other.value
    if difference > math.hypot(one.value - one.low, other.high - other.value):
        return 1
    return -1 if -difference > math.hypot(one.high - one.value, other.value - other.low) else 0


@lru_cache(maxsize=4096)
def student_t(df: float) -> float:
    """The 97.5 % quantile of Student's t with df degrees of freedom, 1 or more, whole or not.

    Above 100 the Cornish-Fisher expansion; up to 100 Newton's steps from there, on the series of
    the incomplete beta function. Relative error below 1e-10, on either side of the border, so
    that two sums that differ by rounding give one interval; scipy has it too, but takes 0.5 s to
    import.

    Source: Abramowitz and Stegun 1964, 26.7.5, 26.7.1 and 26.5.4.
    """
    if not 1 <= df <= LARGEST:
        raise ValueError(f"{df} degrees of freedom")
    t = sum(term / df**power for power, term in enumerate(CORNISH_FISHER))
    step = t if df <= EXPANSION_ABOVE else 0.0
    while abs(step) > NEAR * t:
        step = _newton_step(t, df)
        t += step
    return t


def _newton_step(t: float, df: float) -> float:
    a = df / 2
    x = df / (df + t * t)
    beta = math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)
    density = math.exp(a * math.log(x) - beta) / math.sqrt(df + t * t)
    series = term = 1.0
    k = 0
    while term > DUST * series:
        term *= x * (a + 0.5 + k) / (a + 1 + k)
        series += term
        k += 1
    return t * series / df - 0.025 / density  # (both tails - 0.05) / (2 density)


def _standard_error(n: float, total: float, squares: float) -> float:
    """The standard error of a mean; 0 below n = 2 and where all values are alike."""
    spread = squares - total * total / n
    if spread < -1e-6 * squares:
        raise ValueError(f"{n} values that add up to {total}, but their squares to {squares}")
    return math.sqrt(spread / (n - 1) / n) if n >= SPREAD_FROM and spread > DUST * squares else 0.0


def _byar(n: float, z: float) -> float:
    return n * max(1 - 1 / (9 * n) + z / (3 * math.sqrt(n)), 0.0) ** 3


def _between(value: float, low: float, high: float, n: float) -> Estimate:
    """An estimate whose value stands between the ends in spite of rounding."""
    return Estimate(value, min(low, value), max(high, value), n)


def _slack(n: float) -> float:
    return 1e-9 * max(n, 1.0)


def _refuse_impossible(n: float, *sums: float) -> None:
    if not 0 <= n <= LARGEST or not all(abs(amount) <= LARGEST for amount in sums):
        raise ValueError(f"{n} records with sums {sums}")
