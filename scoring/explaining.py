"""Why a figure moved, as far as figures tell: what came with other contacts, what within them.

The two parts add up to the change exactly. They say what went together with it, never its cause.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose

from scoring.answers import Answer, answer
from scoring.asking import Ask, Reader
from scoring.beside import is_few
from scoring.errors import QueryError
from scoring.first_sight import Early, early
from scoring.kpis import FROM_RECORDS, Kpi
from scoring.measures import MEASURES
from scoring.period import Period
from scoring.query import Query
from scoring.scorecard import asked_of
from scoring.splitting import Cell, Split, split
from scoring.sums import read_sums
from scoring.viewers import Viewer

KINDS = ("issue_type", "channel")
SPLIT = frozenset(("mean", "share", "net", "count"))
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Explained:
    """How a figure moved, and what went together with it; ``why_not`` where it is not split."""

    told: Answer
    splits: Sequence[Split] = ()
    why_not: str = ""


def explained(
    reader: Reader, query: Query, viewer: Viewer, catalogue: Mapping[str, Kpi]
) -> Explained:
    """A change of one KPI between two periods, split by kinds of contacts and, of several, agents.

    Raises:
        QueryError: it makes no sense, or the asker may see nothing of what is asked.
    """
    compare = query.compare
    if compare is None or compare.against not in {"before", "period"}:
        raise QueryError("A change over time can be split. Name two periods.")
    told = answer(reader, replace(query, intent="figures", by=()), viewer, catalogue)
    figure = told.rows[0].figures[query.kpis[0]]
    kpi, compared = figure.kpi, figure.compared
    if figure.change is None or compared is None:
        return Explained(told, why_not="one of the two periods has no figure")
    if kpi.kind not in SPLIT & FROM_RECORDS or kpi.measure not in MEASURES:
        return Explained(told, why_not=f"{kpi.name} is not a sum over contacts")
    if is_few(kpi, figure.estimate.n) or is_few(kpi, compared.n):
        return Explained(told, why_not="there are too few records to split it")
    other = compare.period or told.ask.period.before(reader.calendar)
    new = early(reader, viewer, told.ask.period, other)
    found = [_split(reader, replace(told.ask, by=by), other, kpi) for by in _ways(query, viewer)]
    found = [one for one in found if all(_open(one, cell, viewer, new) for cell in one.cells)]
    # Where agents are told apart, what nobody answered is in no part: only a full sum is told.
    whole = [one for one in found if isclose(_sum(one), figure.change, abs_tol=_NEAR)]
    return Explained(
        told, whole, "" if whole else "its parts are not yours to see, or do not add up"
    )


def _ways(query: Query, viewer: Viewer) -> list[tuple[str, ...]]:
    """The groupings by which a change is split."""
    if query.by:
        return [query.by]
    fixed = [name for name, values in query.scope.labels.items() if len(values) == 1]
    kinds = tuple(name for name in KINDS if name not in fixed)
    people = query.scope.agents
    several = viewer.leads if people is None else len(people) > 1
    return [*([kinds] if kinds else []), *([("agent",)] if several else [])]


def _open(told: Split, cell: Cell, viewer: Viewer, new: Early | None) -> bool:
    """Whether the viewer may see a part by now: of one person it may be of nobody of theirs."""
    if "agent" not in told.by:
        return True
    agent = cell.group[told.by.index("agent")]
    return isinstance(agent, int) and viewer.may_see(agent) and not (new and new.hides(agent))


def _sum(split: Split) -> float:
    return split.mix.value + split.rate.value


def _split(reader: Reader, ask: Ask, other: Period, kpi: Kpi) -> Split:
    one = asked_of(kpi)
    now = read_sums(reader, ask, [one])[one]
    before = read_sums(reader, replace(ask, period=other), [one])[one]
    return split(kpi, ask.by, now, before)
