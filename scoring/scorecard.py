"""All KPIs of any group over a period: each with its interval, n and the period before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Select, select

from scoring.asking import Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.credit import Credited
from scoring.driver import among, rows_of
from scoring.estimate import (
    Estimate,
    count,
    mean_of_scores,
    mean_of_times,
    net_score,
    nothing,
    share,
)
from scoring.kpis import FROM_RECORDS, Kpi
from scoring.measures import MEASURES, last_mature
from scoring.on_roster import on_roster
from scoring.outside import estimate_outside
from scoring.records import Agent, Team
from scoring.rows import Asked
from scoring.sums import Found, read_sums

Estimates: TypeAlias = dict[Group, Estimate]

_agents = table_of(Agent)
_teams = table_of(Team)
WEEK = 7
POINTS: Mapping[str, float] = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True)
class Score:
    """One KPI of one group: its estimate, the one before, and what the target says of it.

    ``verdict``: ``too_few`` where n is too small to compare; ``in_band``, ``above_band``,
    ``below_band`` where the interval allows it, else ``unclear``; None without target or value.
    ``excluded`` counts the records of the period that no KPI counts; None where that says nothing.
    """

    group: Group
    kpi: Kpi
    estimate: Estimate
    before: Estimate
    excluded: int | None
    verdict: str | None

    @property
    def change(self) -> float | None:
        """The value less the one before, where both are known."""
        if self.estimate.value is None or self.before.value is None:
            return None
        return self.estimate.value - self.before.value


def score(reader: Reader, ask: Ask, kpis: Sequence[Kpi]) -> list[Score]:
    """The scores of every group that has any record, in the order of the groups' names."""
    left_out = _left_out(kpis)
    found = _found(reader, ask, kpis, left_out.values())
    now = dict(zip((kpi.key for kpi in kpis), _estimates(reader, ask, kpis, found), strict=True))
    excluded = {anchor: found[one] for anchor, one in left_out.items()}
    before = _before(reader, ask, kpis)
    groups = groups_of(reader, ask, now.values())
    return [
        _score(reader, ask, kpi, group, (now[kpi.key], before[kpi.key], excluded))
        for group in ordered(reader, ask, groups)
        for kpi in kpis
    ]


def groups_of(reader: Reader, ask: Ask, found: Iterable[Estimates]) -> set[Group]:
    """All groups that figures speak of, and those on the roster that have none."""
    if not ask.by:
        return {()}
    groups = {group for one in found for group in one}
    return groups | on_roster(reader, ask) if ask.by in (("agent",), ("team",)) else groups


def _before(reader: Reader, ask: Ask, kpis: Sequence[Kpi]) -> dict[str, Estimates]:
    """The estimates to compare with: of the period before, or of each week's week before."""
    if "week" not in ask.by:
        earlier = replace(ask, period=ask.period.before(reader.calendar))
        return dict(zip((kpi.key for kpi in kpis), estimates(reader, earlier, kpis), strict=True))
    place = ask.by.index("week")
    earlier = replace(ask, period=ask.period.week_earlier(reader.calendar))
    found = zip(kpis, estimates(reader, earlier, kpis), strict=True)
    return {
        kpi.key: {_a_week_on(group, place): one for group, one in some.items()}
        for kpi, some in found
    }


def _a_week_on(group: Group, place: int) -> Group:
    return (*group[:place], int(str(group[place])) + WEEK, *group[place + 1 :])


def _score(
    reader: Reader,
    ask: Ask,
    kpi: Kpi,
    group: Group,
    found: tuple[Estimates, Estimates, Mapping[str, dict[Group, Sums]]],
) -> Score:
    now, before, excluded = found
    estimate = now.get(group) or nothing(_why(reader, ask, kpi, group))
    left_out = excluded.get(kpi.counted)
    counted = None if left_out is None else int(left_out.get(group, Sums()).n)
    earlier = before.get(group) or nothing("no_records")
    return Score(group, kpi, estimate, earlier, counted, judge(kpi, estimate))


def _why(reader: Reader, ask: Ask, kpi: Kpi, group: Group) -> str:
    last = ask.period.last.toordinal()
    if "week" in ask.by:
        last = min(last, int(str(group[ask.by.index("week")])) + WEEK - 1)
    young = last > last_mature(reader.rules, reader.moment)
    return "not_mature" if matures(kpi) and young else "no_records"


def matures(kpi: Kpi) -> bool:
    """Whether a KPI counts a contact only once its customer has had the days to come back."""
    return kpi.kind in FROM_RECORDS and kpi.measure in MEASURES and MEASURES[kpi.measure].matures


def judge(kpi: Kpi, estimate: Estimate) -> str | None:
    """What a KPI's target says of an estimate, as far as its interval goes."""
    if estimate.value is None:
        return None
    if estimate.n < kpi.at_least:
        return "too_few"
    if kpi.band is None:
        return None
    lowest, highest = kpi.band
    if lowest <= estimate.value <= highest:
        return "in_band"
    return _beside(lowest, highest, estimate)


def _beside(lowest: float, highest: float, estimate: Estimate) -> str:
    """On which side of a band the whole interval of an estimate lies, if it does."""
    if estimate.low is None or estimate.high is None:
        return "unclear"
    if estimate.high < lowest:
        return "below_band"
    return "above_band" if estimate.low > highest else "unclear"


def estimates(reader: Reader, ask: Ask, kpis: Sequence[Kpi]) -> list[Estimates]:
    """Estimates of each KPI by group, in the order asked; a group with no records is left out."""
    return _estimates(reader, ask, kpis, _found(reader, ask, kpis))


def _found(reader: Reader, ask: Ask, kpis: Sequence[Kpi], also: Iterable[Asked] = ()) -> Found:
    """The sums that KPIs are made of, and others read with them."""
    return read_sums(reader, ask, [*(asked_of(kpi) for kpi in kpis if _is_summed(kpi)), *also])


def _estimates(reader: Reader, ask: Ask, kpis: Sequence[Kpi], found: Found) -> list[Estimates]:
    quantiles = _quantiles(reader, ask, [kpi for kpi in kpis if kpi.kind in POINTS])
    return [
        _from_sums(ask, kpi, found, asked_of(kpi))
        if _is_summed(kpi)
        else quantiles[kpi.key]
        if kpi.key in quantiles
        else estimate_outside(reader, ask, kpi)
        for kpi in kpis
    ]


def asked_of(kpi: Kpi) -> Asked:
    """The measure of a KPI, with its credit and the moment that counts it."""
    return Asked(Credited(kpi.measure, kpi.credit), kpi.counted)


def _is_summed(kpi: Kpi) -> bool:
    return kpi.kind in FROM_RECORDS - POINTS.keys() and kpi.measure in MEASURES


def _quantiles(reader: Reader, ask: Ask, kpis: Sequence[Kpi]) -> dict[str, Estimates]:
    if not kpis:
        return {}
    # It brings numpy, a tenth of a second that cards without quantiles do not need.
    from scoring.durations import read_quantiles  # noqa: PLC0415 only this needs it

    together: dict[Asked, list[Kpi]] = defaultdict(list)
    for kpi in kpis:
        together[asked_of(kpi)].append(kpi)
    found: dict[str, Estimates] = {}
    for one, some in together.items():
        points = [POINTS[kpi.kind] for kpi in some]
        read = read_quantiles(reader, ask, one, points)
        found |= {kpi.key: read[POINTS[kpi.kind]] for kpi in some}
    return found


def _from_sums(ask: Ask, kpi: Kpi, found: Found, one: Asked) -> Estimates:
    if kpi.kind == "part_of":
        return _parts(ask, found[one])
    return {group: estimate(kpi, sums) for group, sums in found[one].items() if sums.n > 0}


def _parts(ask: Ask, found: Mapping[Group, Sums]) -> Estimates:
    """Each channel's share of its group's contacts; nothing where channels are not asked for."""
    if "channel" not in ask.by:
        return {}
    place = ask.by.index("channel")
    wholes: dict[Group, float] = defaultdict(float)
    for group, sums in found.items():
        wholes[group[:place] + group[place + 1 :]] += sums.n
    return {
        group: share(wholes[group[:place] + group[place + 1 :]], sums.n)
        for group, sums in found.items()
    }


def estimate(kpi: Kpi, sums: Sums) -> Estimate:
    """The estimate that sums make, by the kind of KPI."""
    # Kept squares may be off by the last digits of what was once in them; no sum can be smaller.
    squares = max(sums.squares, sums.total**2 / sums.n)
    if kpi.kind == "share":
        return share(sums.n, min(max(sums.total, 0.0), sums.n))
    if kpi.kind == "net":
        return net_score(sums.n, sums.total, squares)
    if kpi.kind == "count":
        return count(sums.n)
    if kpi.scale is not None:
        return mean_of_scores(sums.n, sums.total, squares, *kpi.scale)
    return mean_of_times(sums.n, max(sums.total, 0.0), squares)


def _left_out(kpis: Sequence[Kpi]) -> dict[str, Asked]:
    """What tells, for each moment that KPIs count by, how many records no KPI counts."""
    anchors = {kpi.counted for kpi in kpis} - {"day"}
    return {anchor: Asked(Credited("excluded", "each"), anchor) for anchor in sorted(anchors)}


@dataclass(frozen=True)
class Names:
    """What groups' ids stand for: agents' keys, names and teams, and teams' names."""

    agents: Mapping[int, tuple[str, str | None, str | None]]
    teams: Mapping[int, str]


def names(reader: Reader, groups: Iterable[Group], by: Sequence[str]) -> Names:
    """The names of all agents and teams that the groups speak of."""
    teams = dict(rows_of(reader.connection, _team_names))
    wanted: set[int] = set()
    if "agent" in by:
        place = list(by).index("agent")
        wanted = {int(str(group[place])) for group in groups}
    rows = rows_of(reader.connection, _agent_names, given=sorted(wanted))
    return Names({number: (key, name, teams.get(team)) for number, key, name, team in rows}, teams)


def _team_names() -> Select[Any]:
    return select(_teams.c.id, _teams.c.name)


def _agent_names() -> Select[Any]:
    a = _agents.c
    return select(a.id, a.name_key, a.name, a.team_id).where(among(a.id))


def ordered(reader: Reader, ask: Ask, groups: Iterable[Group]) -> list[Group]:
    """Groups in the order of their names; what is not known comes last."""
    groups = list(groups)
    if not ask.by:
        return groups
    known = names(reader, groups, ask.by)

    def order(group: Group) -> list[tuple[bool, str]]:
        return [
            (part is None, _written(known, name, part))
            for name, part in zip(ask.by, group, strict=True)
        ]

    return sorted(groups, key=order)


def _written(known: Names, name: str, part: object) -> str:
    if name == "agent" and isinstance(part, int):
        return known.agents[part][0]
    if name == "team" and isinstance(part, int):
        return known.teams[part]
    return f"{part:08d}" if isinstance(part, int) else str(part)
