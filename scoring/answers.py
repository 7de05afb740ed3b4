"""Answers a question with the scorecards' own figures, within what the asker may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scoring.asking import Ask, Group, Reader
from scoring.beside import (
    Comparing,
    Figures,
    Medians,
    figures,
    is_few,
    medians,
    other_period,
    targets,
    team_medians,
    the_rest,
)
from scoring.estimate import Estimate, count, differs, nothing
from scoring.first_sight import early
from scoring.kpis import Kpi
from scoring.query import Condition, Order, Query, check
from scoring.scorecard import groups_of, ordered
from scoring.seen import hidden, may_see, periods, seen
from scoring.viewers import Viewer

MISSES = 2
NOBODY = Medians({}, {}, {})


@dataclass(frozen=True, slots=True)
class Figure:
    """One KPI of one row, and what it is compared with.

    ``moved`` is 1 or -1 where the two differ by more than chance would have it, else 0; None where
    that cannot be told.
    """

    kpi: Kpi
    estimate: Estimate
    compared: Estimate | None
    moved: int | None

    @property
    def change(self) -> float | None:
        """The value less the one compared with, where both are known."""
        if self.compared is None or self.estimate.value is None or self.compared.value is None:
            return None
        return self.estimate.value - self.compared.value

    @property
    def is_few(self) -> bool:
        """Whether there are too few records to rank it or to hold it against others."""
        return is_few(self.kpi, self.estimate.n)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group, by KPI."""

    group: Group
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Answer:
    """Rows in the order asked for.

    ``few`` are rows that rest on too little to be listed among them; ``misses`` those that come
    nearest where nothing meets the conditions; ``left`` how many more the limit cut off. ``alike``
    says of each row but the last whether it and the next cannot be told apart by what they are
    ordered by. ``medians`` are those that figures were held against. ``hidden`` is how many people
    are left out because they are to see a week of theirs first.
    """

    ask: Ask
    query: Query
    rows: Sequence[Row]
    few: Sequence[Row] = ()
    misses: Sequence[Row] = ()
    left: int = 0
    alike: Sequence[bool] = ()
    medians: Medians = NOBODY
    hidden: int = 0


def answer(reader: Reader, query: Query, viewer: Viewer, catalogue: Mapping[str, Kpi]) -> Answer:
    """The answer to a question about figures.

    Raises:
        QueryError: it makes no sense, or the asker may see nothing of what is asked.
    """
    check(query, catalogue)
    new = early(reader, viewer, *periods(reader, query))
    scope = seen(query.scope, viewer, new)
    ask = Ask(query.by, query.period, scope)
    on = Comparing(reader, ask, query, viewer, [catalogue[key] for key in query.told])
    now = figures(reader, ask, on.kpis)
    known = medians(on) if _wants_medians(query) else NOBODY
    beside = _compared(on, known)
    groups = ordered(reader, ask, groups_of(reader, ask, now.values()))
    open_to = [group for group in groups if may_see(query, group, viewer, new)]
    rows = [
        Row(group, {kpi.key: _figure(kpi, group, now, beside) for kpi in on.kpis})
        for group in open_to
    ]
    told = Answer(ask, query, rows, medians=known, hidden=hidden(query, groups, new))
    return _arranged(told)


def _wants_medians(query: Query) -> bool:
    against = None if query.compare is None else query.compare.against
    return "team_median" in {against, *(one.bound for one in query.having)}


def _compared(on: Comparing, known: Medians) -> Figures | None:
    if on.query.compare is None:
        return None
    against = on.query.compare.against
    if against == "team_median":
        return team_medians(on, known)
    return {"rest": the_rest, "target": targets}.get(against, other_period)(on)


def _figure(kpi: Kpi, group: Group, now: Figures, beside: Figures | None) -> Figure:
    estimate = _found(kpi, group, now)
    if beside is None:
        return Figure(kpi, estimate, None, None)
    compared = _found(kpi, group, beside)
    return Figure(kpi, estimate, compared, differs(estimate, compared))


def _found(kpi: Kpi, group: Group, found: Figures) -> Estimate:
    none = count(0) if kpi.kind == "count" else nothing("no_records")
    return found[kpi.key].get(group, none)


def _arranged(told: Answer) -> Answer:
    """Rows that meet the conditions, in order, as many as are wanted; the others by the side."""
    query, rows = told.query, list(told.rows)
    judged = query.having or query.order is not None
    few = [row for row in rows if judged and _rests_on_little(query, row)]
    rest = [row for row in rows if row not in few]
    good = [row for row in rest if all(_meets(told, row, one) for one in query.having)]
    good = _in_order(query.order, good)
    misses = [] if good or not query.having else _nearest(told, rest)
    shown = good if query.limit is None else good[: query.limit]
    return replace(
        told,
        rows=shown,
        few=few,
        misses=misses,
        left=len(good) - len(shown),
        alike=_alike(query.order, shown),
    )


def _rests_on_little(query: Query, row: Row) -> bool:
    keys = {one.kpi for one in query.having} | ({query.order.kpi} if query.order else set())
    return any(row.figures[key].is_few for key in keys)


def _meets(told: Answer, row: Row, wanted: Condition) -> bool:
    one = row.figures[wanted.kpi]
    if wanted.of == "change":
        return _has_moved(one, wanted.test)
    bound, value = _bound(told, row, wanted), one.estimate.value
    if bound is None or value is None:
        return False
    return {
        "below": value < bound,
        "at_most": value <= bound,
        "above": value > bound,
        "at_least": value >= bound,
        "equal": value == bound,
    }[wanted.test]


def _bound(told: Answer, row: Row, wanted: Condition) -> float | None:
    """What a value is held against: a number, the person's team's median, or the target."""
    if wanted.bound == "team_median":
        team = told.medians.team_of_row(told.query.by, row.group)
        return None if team is None else told.medians.values[wanted.kpi].get(team)
    if wanted.bound == "target":
        band = row.figures[wanted.kpi].kpi.band
        return None if band is None else _edge_meant(band, wanted.test)
    return None if wanted.bound is None or isinstance(wanted.bound, str) else wanted.bound


def _edge_meant(band: tuple[float, float], test: str) -> float | None:
    """The edge of a target that "above" and "below" speak of; None where it has none there."""
    lowest, highest = band
    edges = (lowest, highest) if test in {"below", "at_least"} else (highest, lowest)
    return next((edge for edge in edges if abs(edge) != float("inf")), None)


def good_direction(kpi: Kpi) -> int:
    """1 where more is better, -1 where less is; what has a band is better short, as speed is."""
    return -1 if kpi.better in {"lower", "within"} else 1


def _has_moved(one: Figure, test: str) -> bool:
    change = one.change
    if change is None:
        return False
    better = change * good_direction(one.kpi)
    clearly = (one.moved or 0) * good_direction(one.kpi)
    return {
        "up": change > 0,
        "down": change < 0,
        "better": better > 0,
        "worse": better < 0,
        "not_better": clearly <= 0,
        "not_worse": clearly >= 0,
        "same": clearly == 0,
    }[test]


def _in_order(order: Order | None, rows: Sequence[Row]) -> list[Row]:
    if order is None:
        return list(rows)
    known = [row for row in rows if _placed(order, row) is not None]
    unknown = [row for row in rows if _placed(order, row) is None]
    return (
        sorted(known, key=lambda row: _sign(order, row) * (_placed(order, row) or 0.0)) + unknown
    )


def _placed(order: Order, row: Row) -> float | None:
    one = row.figures[order.kpi]
    return one.change if order.of == "change" else one.estimate.value


def _sign(order: Order, row: Row) -> int:
    """-1 where high values come first."""
    if order.first in {"high", "low"}:
        return -1 if order.first == "high" else 1
    best_first = 1 if order.first == "best" else -1
    return -best_first * good_direction(row.figures[order.kpi].kpi)


def _alike(order: Order | None, rows: Sequence[Row]) -> list[bool]:
    """Whether neighbours cannot be told apart; rows ordered by a change never can."""
    if order is None:
        return []
    estimates = [row.figures[order.kpi].estimate for row in rows]
    return [order.of == "change" or not differs(one, after) for one, after in pairwise(estimates)]


def _nearest(told: Answer, rows: Sequence[Row]) -> list[Row]:
    """The rows that meet most of the conditions and come nearest to the others."""
    having = told.query.having

    def distance(row: Row) -> tuple[int, float]:
        missed = [one for one in having if not _meets(told, row, one)]
        return len(missed), sum(_short(told, row, one) for one in missed)

    known = [
        row
        for row in rows
        if all(row.figures[one.kpi].estimate.value is not None for one in having)
    ]
    return sorted(known, key=distance)[:MISSES]


def _short(told: Answer, row: Row, wanted: Condition) -> float:
    """How far a figure is from meeting a condition, in halves of its interval."""
    one = row.figures[wanted.kpi]
    bound = _bound(told, row, wanted)
    gap = one.change if wanted.of == "change" else bound and (one.estimate.value or 0.0) - bound
    low, high = one.estimate.low, one.estimate.high
    half = (high - low) / 2 if low is not None and high is not None and high > low else 1.0
    return float("inf") if gap is None else abs(gap) / half
