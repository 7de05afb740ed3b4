"""KPIs of what no single contact tells: costs, customers, bots' conversations, automated tasks.

Figures are of a team or of the whole company; asked for by anything finer, they say nothing.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from scoring.asking import Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.credit import Credited
from scoring.estimate import Estimate, share
from scoring.kpis import Kpi
from scoring.period import Period
from scoring.records import Figure
from scoring.rows import Asked
from scoring.sums import read_sums

_f = table_of(Figure).c
# Counts at a moment, of which the first or the last of a period stands; all others add up.
_FIRST, _LAST = ("customers_at_start",), ("customers_at_end",)


def from_figures(reader: Reader, ask: Ask, kpi: Kpi) -> dict[Group, Estimate]:
    """Estimates of a KPI that divides figures by figures, or by the contacts handled."""
    upper, lower = kpi.operands
    if lower == "handled":
        return _per_contact(reader, ask, kpi)
    plus, _, minus = upper.partition(" - ")
    estimates = {}
    for group, sums in _figure_sums(reader, ask).items():
        if not {plus, lower, *([minus] if minus else [])} <= sums.keys():
            continue
        above, below = sums[plus] - (sums[minus] if minus else 0.0), sums[lower]
        if below and kpi.unit == "percent" and 0 <= above <= below:
            estimates[group] = share(below, above)
        elif below:
            estimates[group] = Estimate(above / below, None, None, below)
    return estimates


def _figure_sums(reader: Reader, ask: Ask) -> dict[Group, dict[str, float]]:
    """Figures by group: added up, or the first or the last of them."""
    found: dict[Group, dict[str, float]] = defaultdict(dict)
    for row in _standing(ask, _in_period(reader, ask)):
        sums = found[_group(ask, row)]
        if row.measure in _FIRST:
            sums.setdefault(row.measure, row.value)
        else:
            before = 0.0 if row.measure in _LAST else sums.get(row.measure, 0.0)
            sums[row.measure] = before + row.value
    return found


def _per_contact(reader: Reader, ask: Ask, kpi: Kpi) -> dict[Group, Estimate]:
    """Money over the contacts handled in the days that it paid for; no interval to an account."""
    one = Asked(Credited(kpi.operands[1], kpi.credit), kpi.counted)
    costs: dict[Group, float] = defaultdict(float)
    contacts: dict[Group, float] = defaultdict(float)
    for row in _standing(ask, _in_period(reader, ask)):
        if row.measure == kpi.measure:
            days = Period(date.fromordinal(row.first_day), date.fromordinal(row.last_day))
            scope = replace(ask.scope, teams=(row.team_id,)) if row.team_id else ask.scope
            paid_for = replace(ask, by=(), period=days, scope=scope)
            handled = read_sums(reader, paid_for, [one])[one].get((), Sums())
            costs[_group(ask, row)] += row.value
            contacts[_group(ask, row)] += handled.n
    return {
        group: Estimate(cost / contacts[group], None, None, contacts[group])
        for group, cost in costs.items()
        if contacts[group]
    }


def _in_period(reader: Reader, ask: Ask) -> list[Row[Any]]:
    """Figures whose whole span lies in the period, in the order of time, longer ones first."""
    if not {"team"}.issuperset(ask.by) or ask.scope.agents is not None or ask.scope.is_fine:
        return []
    columns: list[Any] = [_f.team_id, _f.measure, _f.value, _f.first_day, _f.last_day]
    first, last = ask.period.first.toordinal(), ask.period.last.toordinal()
    query = select(*columns).where(_f.first_day >= first, _f.last_day <= last)
    if ask.scope.teams is not None:
        query = query.where(_f.team_id.in_(ask.scope.teams))
    return list(reader.connection.execute(query.order_by(_f.first_day, _f.last_day.desc())))


def _standing(ask: Ask, rows: list[Row[Any]]) -> list[Row[Any]]:
    """Those that may be added up: the company's or its teams', and no day told twice."""
    companywide = {row.measure for row in rows if not row.team_id}
    told_until: dict[tuple[int, str], int] = {}
    standing = []
    for row in rows:
        wanted = row.team_id if ask.by else not row.team_id or row.measure not in companywide
        if wanted and row.first_day > told_until.get((row.team_id, row.measure), 0):
            told_until[row.team_id, row.measure] = row.last_day
            standing.append(row)
    return standing


def _group(ask: Ask, row: Row[Any]) -> Group:
    return (row.team_id,) if ask.by else ()
