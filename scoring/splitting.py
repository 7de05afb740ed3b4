"""A change as the exact sum of two parts: another mix of contacts, other figures of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from statistics import NormalDist

from scoring.asking import Group, Sums
from scoring.beside import FEWEST
from scoring.estimate import Estimate, Z, nothing
from scoring.kpis import Kpi
from scoring.scorecard import estimate


@dataclass(frozen=True, slots=True)
class Part:
    """An amount of a change with its interval; it is noise where the interval holds 0."""

    value: float
    low: float
    high: float

    @property
    def is_noise(self) -> bool:
        """Whether chance alone could give as much."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of contacts, or one agent: its figure in both periods, and its part of the change.

    ``mix`` is what came with more or fewer of these contacts, ``rate`` with another figure of
    them; ``share`` and ``share_before`` are their part of all contacts. ``is_few``: both periods
    have too few of them to say anything.
    """

    group: Group
    now: Estimate
    before: Estimate
    share: float
    share_before: float
    mix: Part
    rate: Part
    is_few: bool

    @property
    def stands_out(self) -> bool:
        """Whether either part is more than chance, though so many cells were looked at."""
        return not self.is_few and not (self.mix.is_noise and self.rate.is_noise)


@dataclass(frozen=True, slots=True)
class Split:
    """A change as the sum of its parts, with the cells, the largest part first."""

    by: tuple[str, ...]
    mix: Part
    rate: Part
    cells: Sequence[Cell]


def split(
    kpi: Kpi, by: tuple[str, ...], now: Mapping[Group, Sums], before: Mapping[Group, Sums]
) -> Split:
    """The change between two periods as the sum of mix and rate, whole and cell by cell.

    With shares ``w`` and figures ``r``: mix is the sum of ``(w1 - w0) ((r1 + r0)/2 - R)``, where R
    is the mean of the two whole figures, rate that of ``(w1 + w0)/2 (r1 - r0)``. Where a kind of
    contacts is in one period only, all of it is mix. Intervals are 95 % ones by the delta method;
    those of cells are as wide as so many of them need (Bonferroni).

    Source: Kitagawa 1955, Journal of the American Statistical Association 50:1168, equation 3.
    """
    groups = sorted(now.keys() | before.keys(), key=str)
    pairs = [_Pair(*(_known(kpi, one.get(group)) for one in (now, before))) for group in groups]
    sides = _Sides(pairs, is_count=kpi.kind == "count")
    wide = NormalDist().inv_cdf(1 - 0.025 / max(len(groups), 1))
    cells = [
        _cell(kpi, group, pair, sides, wide) for group, pair in zip(groups, pairs, strict=True)
    ]
    cells.sort(key=lambda one: -max(abs(one.mix.value), abs(one.rate.value)))
    return Split(by, sides.whole_mix(), sides.whole_rate(), cells)


def _known(kpi: Kpi, sums: Sums | None) -> Sums:
    """The sums of a cell; of shares, whose squares are not always kept, they are the hits."""
    if sums is None:
        return Sums()
    return replace(sums, squares=sums.total) if kpi.kind == "share" else sums


def _cell(kpi: Kpi, group: Group, pair: "_Pair", sides: "_Sides", wide: float) -> Cell:
    now, before = (
        estimate(kpi, sums) if sums.n > 0 else nothing("no_records")
        for sums in (pair.now, pair.before)
    )
    return Cell(
        group,
        now,
        before,
        sides.weights(pair)[0],
        sides.weights(pair)[1],
        _part(*sides.mix(pair), wide),
        _part(*sides.rate(pair), wide),
        is_few=max(pair.now.n, pair.before.n) < FEWEST,
    )


def _part(value: float, variance: float, wide: float = Z) -> Part:
    half = wide * sqrt(variance)
    return Part(value, value - half, value + half)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The sums of a cell in both periods."""

    now: Sums
    before: Sums

    @property
    def figures(self) -> tuple[float, float]:
        """The means of both periods; of a cell that is in one only, the same twice."""
        first, last = (_mean(self.now), _mean(self.before))
        return (first if self.now.n else last), (last if self.before.n else first)


def _mean(sums: Sums) -> float:
    return sums.total / sums.n if sums.n else 0.0


def _spread(sums: Sums) -> float:
    """The sum of squared distances from the mean."""
    return max(sums.squares - sums.total**2 / sums.n, 0.0) if sums.n else 0.0


@dataclass(frozen=True)
class _Sides:
    """Both periods: how large parts of them are, and how far chance moves these."""

    pairs: Sequence[_Pair]
    is_count: bool

    @cached_property
    def sizes(self) -> tuple[float, float]:
        """How many records each period has."""
        return sum(one.now.n for one in self.pairs), sum(one.before.n for one in self.pairs)

    def weights(self, pair: _Pair) -> tuple[float, float]:
        """A cell's part of each period."""
        now, before = self.sizes
        return pair.now.n / now, pair.before.n / before

    @cached_property
    def middle(self) -> float:
        """The mean of the two whole figures."""
        now, before = self.sizes
        totals = [(one.now.total / now, one.before.total / before) for one in self.pairs]
        return sum(map(sum, totals)) / 2

    @cached_property
    def pooled(self) -> float:
        """The variance of records within cells, for cells too small to have one of their own."""
        every = [sums for one in self.pairs for sums in (one.now, one.before) if sums.n]
        return sum(map(_spread, every)) / max(sum(one.n for one in every) - len(every), 1.0)

    def mix(self, pair: _Pair) -> tuple[float, float]:
        """What came with more or fewer contacts of a cell, and its variance."""
        if self.is_count:
            return pair.now.n - pair.before.n, pair.now.n + pair.before.n
        moved = self.weights(pair)[0] - self.weights(pair)[1]
        away = self._away(pair)
        return moved * away, away**2 * self._of_weights(pair) + moved**2 * self._of_means(pair) / 4

    def rate(self, pair: _Pair) -> tuple[float, float]:
        """What came with another figure of the same contacts, and its variance."""
        if self.is_count:
            return 0.0, 0.0
        now, before = pair.figures
        weight = sum(self.weights(pair)) / 2
        variance = (
            weight**2 * self._of_means(pair) + (now - before) ** 2 * self._of_weights(pair) / 4
        )
        return weight * (now - before), variance if pair.now.n and pair.before.n else 0.0

    def whole_mix(self) -> Part:
        """What came with other contacts altogether."""
        found = [self.mix(one) for one in self.pairs]
        value = sum(one for one, _ in found)
        if self.is_count:
            return _part(value, sum(variance for _, variance in found))
        moved = [self.weights(one)[0] - self.weights(one)[1] for one in self.pairs]
        means = sum(
            m**2 * self._of_means(one) / 4 for m, one in zip(moved, self.pairs, strict=True)
        )
        return _part(value, means + self._among([self._away(one) for one in self.pairs]))

    def whole_rate(self) -> Part:
        """What came within the same contacts altogether."""
        value = sum(self.rate(one)[0] for one in self.pairs)
        if self.is_count:
            return _part(value, 0.0)
        both = [one for one in self.pairs if one.now.n and one.before.n]
        means = sum((sum(self.weights(one)) / 2) ** 2 * self._of_means(one) for one in both)
        steps = [one.figures[0] - one.figures[1] for one in self.pairs]
        return _part(value, means + self._among(steps) / 4)

    def _away(self, pair: _Pair) -> float:
        return sum(pair.figures) / 2 - self.middle

    def _of_weights(self, pair: _Pair) -> float:
        """The variance of the difference of a cell's two parts."""
        sizes = zip(self.weights(pair), self.sizes, strict=True)
        return sum(weight * (1 - weight) / size for weight, size in sizes)

    def _of_means(self, pair: _Pair) -> float:
        """The variance of the difference of a cell's two figures."""
        return sum(self._of_mean(sums) for sums in (pair.now, pair.before) if sums.n)

    def _of_mean(self, sums: Sums) -> float:
        own = _spread(sums) / (sums.n - 1) if sums.n >= FEWEST else 0.0
        return (own or self.pooled) / sums.n

    def _among(self, amounts: Sequence[float]) -> float:
        """The variance of weighted sums of amounts, as weights are drawn (multinomially)."""
        found = 0.0
        for side, size in enumerate(self.sizes):
            weights = [self.weights(one)[side] for one in self.pairs]
            mean = sum(w * a for w, a in zip(weights, amounts, strict=True))
            squares = sum(w * a**2 for w, a in zip(weights, amounts, strict=True))
            found += max(squares - mean**2, 0.0) / size
        return found
