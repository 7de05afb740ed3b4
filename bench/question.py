"""What is asked of every engine that is measured, and the shape of the answers."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

Answer = dict[str, dict[str, float | None]]
Reading = Callable[[Path, "Question"], Answer]

READINGS = ("agent_week", "agents_week", "team_weeks", "year_ranking", "year_fcr")

AGENT_WEEK = (
    "aht", "aht_median", "aht_p90", "n", "volume", "escalation_rate", "resolution_rate", "csat",
)  # fmt: skip
AGENTS_WEEK = ("aht", "aht_median", "aht_p90", "volume", "csat")
TEAM_WEEKS = ("aht", "escalation_rate", "volume", "resolution_rate", "csat")
YEAR_RANKING = ("aht", "aht_p90", "n")
YEAR_FCR = ("fcr", "n")
COUNTS = frozenset({"n", "volume"})


@dataclass(frozen=True)
class Question:
    """Local days, both included (the generated records live in UTC), and whom it is about."""

    first: date
    last: date
    agent: str = ""
    team: str = ""

    @property
    def start(self) -> datetime:
        """The first moment, without a zone, as the Parquet file keeps moments."""
        return datetime.combine(self.first, time())

    @property
    def end(self) -> datetime:
        """The first moment after."""
        return datetime.combine(self.last + timedelta(days=1), time())


def questions(last: date, agent: str, team: str) -> dict[str, Question]:
    """The five readings as they are measured: a week, 26 weeks and 52, all ending on one day."""
    week, half, year = (last - timedelta(days=7 * weeks - 1) for weeks in (1, 26, 52))
    return {
        "agent_week": Question(week, last, agent=agent),
        "agents_week": Question(week, last),
        "team_weeks": Question(half, last, team=team),
        "year_ranking": Question(year, last),
        "year_fcr": Question(year, last),
    }


def answer(rows: Iterable[Sequence[object]], figures: Sequence[str]) -> Answer:
    """Rows of a group's name and its figures, by name, in order; groups of nothing left out."""
    named = {
        str(name): {figure: _plain(cell) for figure, cell in zip(figures, cells, strict=True)}
        for name, *cells in rows
    }
    return {name: cells for name, cells in named.items() if _says_something(cells)}


def difference(one: Answer, other: Answer) -> float:
    """The largest difference between two answers, as a share of figures above 1.

    inf where a group or a figure stands in only one of them.
    """
    if one.keys() != other.keys():
        return math.inf
    return max((_apart(one[name], other[name]) for name in one), default=0.0)


def _apart(one: Mapping[str, float | None], other: Mapping[str, float | None]) -> float:
    pairs = [(one[figure], other.get(figure)) for figure in one]
    if any((mine is None) != (theirs is None) for mine, theirs in pairs):
        return math.inf
    known = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return max((abs(mine - theirs) / max(1.0, abs(mine)) for mine, theirs in known), default=0.0)


def _plain(cell: object) -> float | None:
    value = math.nan if cell is None else float(cell)  # type: ignore[arg-type]  # numpy's numbers too
    return None if math.isnan(value) else value


def _says_something(cells: Mapping[str, float | None]) -> bool:
    """Any figure at all, or a count above 0."""
    counts = [cells.get(count) for count in COUNTS]
    return any(counts) or any(cells[name] is not None for name in cells.keys() - COUNTS)
