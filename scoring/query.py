"""A question as data: which figures, of whom, when, compared with what, under which conditions.

It holds no words but those of the catalogue, ids that were found within what the asker may see,
and dates; so whatever read it, code can check it and answer it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from scoring.asking import GROUPINGS, Scope
from scoring.errors import QueryError
from scoring.kpis import Kpi
from scoring.period import Period

Intent: TypeAlias = Literal["figures", "coaching", "explain", "examples", "definition"]
Of: TypeAlias = Literal["value", "change"]
# What a value may be beside a bound, and how a value may have changed. Better and worse go by the
# KPI's good direction; "not_worse" allows what is within its noise.
Beside: TypeAlias = Literal["below", "at_most", "above", "at_least", "equal"]
Moved: TypeAlias = Literal["up", "down", "better", "worse", "not_better", "not_worse", "same"]
Bound: TypeAlias = Literal["team_median", "target"]
Against: TypeAlias = Literal["before", "period", "team_median", "rest", "target"]
End: TypeAlias = Literal["high", "low", "best", "worst"]

MOST_KPIS, MOST_CONDITIONS, MOST_ROWS = 60, 6, 100


@dataclass(frozen=True, slots=True)
class Compare:
    """What figures are held against.

    The period before, another one, the median of the person's team, everybody else, the target.
    """

    against: Against
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a KPI of each row: of its value, or of its change."""

    kpi: str
    of: Of
    test: Beside | Moved
    bound: float | Bound | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """By which KPI rows stand, by its value or its change, and which end comes first."""

    kpi: str
    first: End
    of: Of = "value"


@dataclass(frozen=True)
class Query:
    """A question. ``by`` are groupings, ``week`` among them; ``having`` must hold all together."""

    period: Period
    intent: Intent = "figures"
    kpis: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    compare: Compare | None = None
    having: tuple[Condition, ...] = ()
    order: Order | None = None
    limit: int | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The KPIs that the answer works out: those asked for, and those of conditions."""
        others = [one.kpi for one in self.having] + ([self.order.kpi] if self.order else [])
        return tuple(dict.fromkeys([*self.kpis, *others]))


def check(query: Query, catalogue: Mapping[str, Kpi]) -> None:
    """Checks a question against the catalogue and against itself.

    Raises:
        QueryError: why it cannot be answered, all reasons at once.
    """
    faults = [*_names(query, catalogue), *_sizes(query), *_sense(query)]
    if faults:
        raise QueryError("That cannot be answered: " + "; ".join(faults) + ".")


def _names(query: Query, catalogue: Mapping[str, Kpi]) -> Iterator[str]:
    for key in query.told:
        if key not in catalogue:
            yield f"there is no KPI “{key}”"
    for name in query.by:
        if name not in GROUPINGS:
            yield f"figures are not kept by “{name}”"
    if not query.kpis and query.intent != "coaching":
        yield "it names no KPI"


def _sizes(query: Query) -> Iterator[str]:
    if len(query.told) > MOST_KPIS:
        yield f"more than {MOST_KPIS} KPIs at a time"
    if len(query.having) > MOST_CONDITIONS:
        yield f"more than {MOST_CONDITIONS} conditions at a time"
    if query.limit is not None and not 1 <= query.limit <= MOST_ROWS:
        yield f"a list has 1 to {MOST_ROWS} rows"


def _sense(query: Query) -> Iterator[str]:
    compare, order = query.compare, query.order
    if _wants_changes(query) and (compare is None or compare.against not in {"before", "period"}):
        yield "a change needs a period to compare with"
    if compare is not None and (compare.against == "period") != (compare.period is not None):
        yield "another period is compared with if, and only if, it is named"
    if order is not None and not query.by:
        yield "an order needs rows to stand in it"
    if query.scope.tenure is not None and not _is_open(*query.scope.tenure):
        yield "time in the job is less than so many days, or so many and more"
    yield from _tests(query.having)


def _tests(having: Iterable[Condition]) -> Iterator[str]:
    for one in having:
        if one.test not in get_args(Moved if one.of == "change" else Beside):
            yield f"a {one.of} cannot be “{one.test}”"
        elif one.of == "value" and one.bound is None:
            yield "a value must be beside something"


def _wants_changes(query: Query) -> bool:
    order = query.order
    return "change" in {one.of for one in query.having} | ({order.of} if order else set())


def _is_open(first: int, after: int | None) -> bool:
    return (first == 0) != (after is None)
