"""KPIs that contacts alone do not tell: of shifts, costs, customers, bots, staff and the backlog.

Each gives estimates by group; a group with nothing to say is left out. Figures and the staff
survey know teams only, shifts know agents: asked for by anything finer, they say nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, func, select, union_all

from scoring.asking import Ask, Group, Reader
from scoring.columns import table_of, to_ms
from scoring.credit import Credited
from scoring.estimate import (
    Estimate,
    PairSums,
    mean_of_scores,
    nothing,
    rate,
    ratio,
)
from scoring.facts import live, milliseconds, outcome, resolution
from scoring.figures import from_figures
from scoring.kpis import Kpi
from scoring.measures import Moment, Rules
from scoring.records import Agent, Interaction, Pulse, Shift
from scoring.rows import Asked, row_sums, week_of, within
from scoring.shapes import Few

Estimates: TypeAlias = dict[Group, Estimate]
Handler: TypeAlias = Callable[[Reader, Ask, Kpi], Estimates]

_agents = table_of(Agent)
_shifts = table_of(Shift)
_pulse = table_of(Pulse)
_interactions = table_of(Interaction)
_i = _interactions.c

# Fewer answers of the staff survey than this are shown to nobody.
FEWEST_ANSWERS = 5
_HOUR = 3600.0
_BY_SHIFT = frozenset(("agent", "team", "week"))
_BY_TEAM = frozenset(("team",))


def estimate_outside(reader: Reader, ask: Ask, kpi: Kpi) -> Estimates:
    """Estimates of a KPI that rests on more than contacts, by group."""
    return _HANDLERS[kpi.kind](reader, ask, kpi)


def _shift_keys(reader: Reader, ask: Ask) -> list[ColumnElement[Any]]:
    keys: Mapping[str, ColumnElement[Any]] = {
        "agent": _shifts.c.agent_id,
        "team": _agents.c.team_id,
        "week": week_of(_shifts.c.day, reader.calendar.week_starts),
    }
    return [keys[name] for name in ask.by]


def _shift_where(ask: Ask) -> list[ColumnElement[bool]]:
    first, last = ask.period.first.toordinal(), ask.period.last.toordinal()
    conditions = [_shifts.c.day >= first, _shifts.c.day <= last]
    if ask.scope.agents is not None:
        conditions.append(_shifts.c.agent_id.in_(ask.scope.agents))
    if ask.scope.teams is not None:
        conditions.append(_agents.c.team_id.in_(ask.scope.teams))
    return conditions


def _shift_sums(reader: Reader, ask: Ask, *sums: ColumnElement[Any]) -> dict[Group, list[float]]:
    """Sums over the shifts of a period by group, after the number of shifts."""
    if not _BY_SHIFT.issuperset(ask.by) or ask.scope.is_fine:
        return {}
    keys = _shift_keys(reader, ask)
    joined = _shifts.join(_agents, _agents.c.id == _shifts.c.agent_id)
    query = select(*keys, *sums).select_from(joined).where(*_shift_where(ask)).group_by(*keys)
    rows = reader.connection.execute(query)
    return {
        tuple(row[: len(keys)]): [float(value or 0.0) for value in row[len(keys) :]]
        for row in rows
        if row[len(keys)]
    }


def _column(name: str) -> ColumnElement[Any]:
    return _shifts.c[name.removeprefix("shift.")]


def _pair(reader: Reader, ask: Ask, kpi: Kpi) -> Estimates:
    """A ratio of two amounts of a shift, or of the time with contacts in hand to a shift's."""
    if not kpi.measure.startswith("shift."):
        return _busy(reader, ask, kpi)
    a, b = (_column(name) for name in kpi.operands)
    both = and_(a.is_not(None), b.is_not(None))
    terms = [func.sum(one).filter(both) for one in (a, b, a * a, a * b, b * b)]
    found = _shift_sums(reader, ask, func.count().filter(both), *terms)
    return {group: ratio(sums[0], PairSums(*sums[1:])) for group, sums in found.items()}


def _rate(reader: Reader, ask: Ask, kpi: Kpi) -> Estimates:
    """Contacts for every hour on the queue, of the days whose hours are known."""
    hours = _shifts.c.on_queue_seconds
    found = _shift_sums(reader, ask, func.count(hours), func.sum(hours) / _HOUR)
    if not found:
        return {}
    one = Asked(Credited(kpi.measure, kpi.credit), kpi.counted)
    (contacts,) = row_sums(reader, ask, [one], Few(_on_a_shift))
    return {
        group: rate(contacts[group].n if group in contacts else 0.0, sums[1])
        for group, sums in found.items()
    }


def _busy(reader: Reader, ask: Ask, kpi: Kpi) -> Estimates:
    """Time with a contact in hand, overlaps counted once, over the time on the queue."""
    queue = _column(kpi.operands[1])
    found = _shift_sums(reader, ask, func.count(queue), func.sum(queue))
    if not found:
        return {}
    busy = _busy_seconds(reader, ask)
    return {
        group: Estimate(busy.get(group, 0.0) / sums[1], None, None, sums[0])
        if sums[1]
        else nothing("no_records", sums[0])
        for group, sums in found.items()
    }


def _on_a_shift(_: Rules, __: Moment) -> ColumnElement[bool]:
    """Whether a contact ended on a day that its agent is known to have spent on the queue."""
    s = _shifts.c
    same_day = and_(s.agent_id == _i.agent_id, s.day == _i.ended_day)
    return select(s.id).where(same_day, s.on_queue_seconds > 0).exists()


def _busy_seconds(reader: Reader, ask: Ask) -> dict[Group, float]:
    """Seconds with a contact in hand, by group, on the days of an agent's shifts on the queue."""
    end = milliseconds(_i.ended_at)
    begin = end - _i.handle_seconds * 1000
    days = (
        select(_agents.c.id, _agents.c.team_id, _shifts.c.day)
        .join(_shifts, _shifts.c.agent_id == _agents.c.id)
        .where(_shifts.c.on_queue_seconds > 0)
        .subquery()
    )
    earlier = func.max(end).over(
        partition_by=_i.agent_id, order_by=(begin, _i.id), rows=(None, -1)
    )
    spans = (
        select(
            _i.agent_id,
            days.c.team_id,
            week_of(_i.ended_day, reader.calendar.week_starts).label("week"),
            begin.label("begin"),
            end.label("end"),
            earlier.label("earlier"),
        )
        .join(days, and_(days.c.id == _i.agent_id, days.c.day == _i.ended_day))
        .where(live, _i.handle_seconds > 0, _i.handled_by == "agent", *_of_whom(ask, days))
        .where(*within(reader, ask.period, "ended"))
        .subquery()
    )
    names = {"agent": spans.c.agent_id, "team": spans.c.team_id, "week": spans.c.week}
    keys = [names[name] for name in ask.by]
    query = select(*keys, spans.c.agent_id, spans.c.begin, spans.c.end, spans.c.earlier)
    found: dict[Group, float] = defaultdict(float)
    for *group, _, start, stop, before in reader.connection.execute(query).all():
        begun = start if before is None else max(start, before)
        found[tuple(group)] += max(0.0, stop - begun) / 1000.0
    return found


def _of_whom(ask: Ask, agents: Any) -> list[ColumnElement[bool]]:
    conditions = []
    if ask.scope.agents is not None:
        conditions.append(agents.c.id.in_(ask.scope.agents))
    if ask.scope.teams is not None:
        conditions.append(agents.c.team_id.in_(ask.scope.teams))
    return conditions


def _pulse_mean(reader: Reader, ask: Ask, kpi: Kpi) -> Estimates:
    """The staff survey's mean by team; nothing for fewer than five answers, whoever asks."""
    if not _BY_TEAM.issuperset(ask.by) or ask.scope.agents is not None or ask.scope.is_fine:
        return {}
    p = _pulse.c
    keys = [p.team_id] if ask.by else []
    answer = p.satisfaction
    query = select(*keys, func.count(answer), func.sum(answer), func.sum(answer * answer)).where(
        p.day >= ask.period.first.toordinal(), p.day <= ask.period.last.toordinal()
    )
    if ask.scope.teams is not None:
        query = query.where(p.team_id.in_(ask.scope.teams))
    lowest, highest = kpi.scale or (1.0, 5.0)
    estimates = {}
    for *group, n, total, squares in reader.connection.execute(query.group_by(*keys)):
        if n >= FEWEST_ANSWERS:
            estimates[tuple(group)] = mean_of_scores(n, total, squares, lowest, highest)
        elif n:
            estimates[tuple(group)] = nothing("too_few")
    return estimates


def _open_age(reader: Reader, ask: Ask, _: Kpi) -> Estimates:
    """The median age, at the end of a period, of contacts that were open then."""
    # It brings numpy, a tenth of a second that few cards need.
    from scoring.quantiles import quantile  # noqa: PLC0415 only this needs it

    if {"week", "cohort"} & set(ask.by) or ask.scope.tenure is not None:
        return {}
    end = min(to_ms(ask.period.end(reader.calendar)), reader.moment.ms)
    last = ask.period.last.toordinal()
    created = milliseconds(_i.created_at)
    names = {"agent": _i.agent_id, "team": _agents.c.team_id}
    keys = [names[name] if name in names else _i[name] for name in ask.by]
    query = (
        select(*keys, (end - created) / 1000.0)
        .select_from(_interactions.join(_agents, _agents.c.id == _i.agent_id))
        .where(live, _i.last_part == 1, created <= end, *_of_whom(ask, _agents))
    )
    for name, wanted in ask.scope.labels.items():
        query = query.where(func.coalesce(_i[name], "unknown").in_(wanted))
    if "agent" in ask.by:
        query = query.where(_agents.c.person == 1)
    # Days in another zone are off by one at most; they lead to the index all the same.
    later = query.where(_i.resolved_day >= last - 1, resolution > end)
    never = query.where(_i.resolved_day.is_(None), outcome == "unresolved")
    ages: dict[Group, list[float]] = defaultdict(list)
    for *group, age in reader.connection.execute(union_all(later, never)):
        ages[tuple(group)].append(float(age))
    return {group: quantile(values, 0.5) for group, values in ages.items()}


_HANDLERS: MappingProxyType[str, Handler] = MappingProxyType(
    {
        "ratio": _pair,
        "rate": _rate,
        "figures": from_figures,
        "mean": _pulse_mean,
        "open_age": _open_age,
    }
)
