"""Follow-ups change the question before: "And only chat?", "What about Ben?", "By channel?"."""

from collections.abc import Sequence
from dataclasses import replace

from scoring.query import Compare, End, Order, Query
from scoring.reading.draft import HEADLINE, AskBackError, Draft
from scoring.reading.grammar import (
    AGAINST,
    ALL,
    COMPARED,
    END,
    EXPLAIN,
    JOIN,
    KPI,
    LABEL,
    LEFT_OUT,
    LIMIT,
    ME,
    ON,
    PERIOD,
    PERSON,
    TEAM,
    TENURE,
    THEY,
    VERSUS,
    grammar,
)
from scoring.reading.leaving_out import outs
from scoring.reading.rows import rows_of
from scoring.reading.spans import Span
from scoring.reading.times import UNITS, times_of, unit_before
from scoring.reading.whose import scope_of

_WHOSE = frozenset((PERSON, TEAM, LABEL, TENURE, ME, LEFT_OUT))
_ASKS = frozenset((KPI, ALL, "k", "i", "e", "x", "d", "Z", "M", "I", "C"))
_CHANGES = frozenset("PQLUDvbGWwE#KSJypYoVsF")


def opens(words: tuple[str, ...]) -> bool:
    """Whether a question begins as follow-ups do."""
    return any(words[: len(one)] == one for one in grammar().openers)


def follows(words: tuple[str, ...], items: Sequence[Span]) -> bool:
    """Whether a question can only be meant as a change of another."""
    kinds = {one.kind for one in items}
    return kinds - {JOIN} == {EXPLAIN} or not kinds & _ASKS or (opens(words) and kinds <= _CHANGES)


def followed(before: Query, items: Sequence[Span], draft: Draft) -> Query:
    """The question before, changed by what is said now.

    Raises:
        AskBackError: what is said changes nothing that could be told.
    """
    kinds = {one.kind for one in items}
    if kinds - {JOIN} == {EXPLAIN}:
        over_time = _over_time(before)
        return Query(before.period, "explain", before.kpis[:1], (), before.scope, over_time)
    if THEY in kinds and not kinds & {PERSON, TEAM} and before.scope.agents is None:
        raise AskBackError("Whom do you mean?")
    if not kinds - {JOIN} or not kinds <= _CHANGES:
        raise AskBackError("What should be changed in the question before?")
    if before.intent in {"coaching", "examples"} and kinds & set("GwE#"):
        raise AskBackError("Do you want figures? Then ask for them in whole.")
    query = _scoped(before, items, draft)
    query = _timed(query, items, draft)
    keys = [str(one.value) for one in items if one.kind == KPI]
    keys += HEADLINE if ALL in kinds else ()
    if keys:
        query = _of_kpis(query, keys)
    rows = rows_of([one for one in items if one.kind in "GWwcv"], query.scope)
    if set(rows.by) and kinds & set("GWw"):
        query = replace(query, by=rows.by)
        if "week" in rows.by:
            query = replace(query, order=None, limit=None)
    return _ordered(query, items)


def _over_time(before: Query) -> Compare:
    """What a change is against: the other period that was named, else the one before."""
    compare = before.compare
    named = compare is not None and compare.against == "period"
    return compare if compare is not None and named else Compare("before")


def _scoped(query: Query, items: Sequence[Span], draft: Draft) -> Query:
    """People and teams are put in the place of those before, values beside them."""
    some: list[Span] = [one for one in items if one.kind in _WHOSE]
    old, less = query.scope, bool(outs(items, PERSON))
    if less and old.agents is not None:
        raise AskBackError("Whom should be left out of whom? Name those whom you mean.")
    if less:
        some += [Span(TEAM, (team,), 0, 0) for team in old.teams or ()]
    new = scope_of(some, draft)
    if less:
        old = replace(old, agents=new.agents, teams=None)
    elif new.agents is not None or new.teams is not None:
        old = replace(old, agents=new.agents, teams=new.teams)
        if query.by == ("agent",) and new.agents is not None:
            by = ("agent",) if len(new.agents) > 1 else ()
            query = replace(query, by=by, order=None, limit=None, having=())
    tenure = old.tenure if new.tenure is None else new.tenure
    labels = {**old.labels, **new.labels}
    return replace(query, scope=replace(old, labels=labels, tenure=tenure))


def _timed(query: Query, items: Sequence[Span], draft: Draft) -> Query:
    kinds = {one.kind for one in items}
    if not kinds & {PERIOD, VERSUS, AGAINST, ON, "V", "~"}:
        return query
    units = [str(one.value) for one in items if one.kind == AGAINST and one.value in UNITS]
    if units and not kinds & {PERIOD, VERSUS, COMPARED}:
        return replace(query, period=unit_before(query.period, units[0], draft))
    alone = PERIOD not in kinds or _only_compared(items)
    own = [] if not alone else [Span(PERIOD, query.period, 0, 0)]
    times = times_of([*own, *items] if ON not in kinds else items, draft)
    kept = query.compare
    if kept is not None and kept.against == "period":
        kept = Compare("before")
    return replace(query, period=times.period, compare=times.compare or kept)


def _only_compared(items: Sequence[Span]) -> bool:
    places = [at for at, one in enumerate(items) if one.kind == PERIOD]
    return all(at > 0 and items[at - 1].kind == VERSUS for at in places)


def _of_kpis(query: Query, keys: Sequence[str]) -> Query:
    """Other KPIs; what was asked of the old ones is asked of the first new one."""
    order = query.order
    if order is not None and order.kpi not in keys:
        order = replace(order, kpi=keys[0])
    having = tuple(one for one in query.having if one.kpi in keys)
    return replace(query, kpis=tuple(dict.fromkeys(keys)), order=order, having=having)


def _ordered(query: Query, items: Sequence[Span]) -> Query:
    ends = [one for one in items if one.kind == END]
    limits = [one.value for one in items if one.kind == LIMIT]
    if ends:
        first = ends[0].value
        end: End = "best" if first.end == "ranked" else first.end
        key = first.kpi or query.kpis[0]
        query = replace(query, by=query.by or ("agent",), order=Order(key, end))
    if limits and query.order is None:
        raise AskBackError("In which order should they be chosen?")
    return replace(query, limit=limits[0]) if limits else query
