"""A question with one part of it put anew: its period, whom it is about, or its KPI.

What was held against another period that was named is then held against the one before.
"""

from dataclasses import replace

from scoring.period import Period
from scoring.query import Compare, Query


def in_period(query: Query, period: Period) -> Query:
    """The question of another period."""
    compare = query.compare
    if compare is not None and compare.against == "period":
        compare = Compare("before")
    return replace(query, period=period, compare=compare)


def about(query: Query, agent: int | None = None, team: int | None = None) -> Query:
    """The question of one person or team, or of everybody whom the asker sees."""
    agents = None if agent is None else (agent,)
    teams = None if team is None else (team,)
    if agents is not None and "agent" in query.by:
        # One person stands in no order, and is chosen by no condition.
        by = tuple(name for name in query.by if name != "agent")
        query = replace(query, by=by, order=None, limit=None, having=())
    return replace(query, scope=replace(query.scope, agents=agents, teams=teams))


def of_kpi(query: Query, key: str) -> Query:
    """The question of another KPI, and nothing else of the old ones."""
    order = query.order
    if order is not None and order.kpi != key:
        order = replace(order, kpi=key)
    having = tuple(one for one in query.having if one.kpi == key)
    return replace(query, kpis=(key,), order=order, having=having)
