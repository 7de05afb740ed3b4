"""A question that is kept, put anew: in another period, about others, of another KPI."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.access import NOBODY
from bot.references import OLD, Turn
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.services import Services
    from scoring.query import Query

PERIOD, WHOSE, KPI, ROWS = "period", "whose", "kpi", "rows"
# What can be chosen, and the words that it is read from.
PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "this_week": "this week",
        "last_week": "last week",
        "last_4_weeks": "last 4 weeks",
        "last_8_weeks": "last 8 weeks",
        "last_12_weeks": "last 12 weeks",
        "this_month": "this month",
        "last_month": "last month",
        "this_quarter": "this quarter",
        "last_quarter": "last quarter",
    }
)
ALL = "all"


def put_anew(query: "Query", turn: Turn, seeing: "Sight", services: "Services") -> "Query":
    """The question with one part put anew; as it is, where none is.

    Raises:
        AccessError: the viewer may not see whom it is to be about.
        WordsError: the button is of another version.
    """
    from scoring import altered

    if turn.part == PERIOD and turn.to in PERIODS:
        from scoring.reading.periods import read_period

        period = read_period(PERIODS[turn.to], seeing.now, seeing.reader.calendar)
        return altered.in_period(query, period)
    if turn.part == KPI and turn.to in services.catalogue:
        return altered.of_kpi(query, turn.to)
    if turn.part == WHOSE:
        return _about(query, turn.to, seeing)
    if turn.part in {"", ROWS}:
        return query
    raise WordsError(OLD)


def _about(query: "Query", whose: str, seeing: "Sight") -> "Query":
    from scoring import altered

    kind, number = whose[:1], whose[1:]
    if whose == ALL:
        return altered.about(query)
    if not number.isdecimal():
        raise WordsError(OLD)
    if kind == "a" and int(number) in seeing.named.people:
        return altered.about(query, agent=int(number))
    if kind == "t" and int(number) in seeing.named.teams:
        return altered.about(query, team=int(number))
    raise AccessError(NOBODY)
