"""Who is looked at when it is asked who needs coaching: the week, the people, what goes first."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import and_, or_, select

from scoring.asking import Reader, Scope
from scoring.coaching.findings import METRICS, AgentReview
from scoring.coaching.reviews import last_complete_week, monday_of
from scoring.columns import table_of
from scoring.period import Period
from scoring.records import Agent

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
# What reviews judge, by the KPIs that people ask for.
JUDGED: Mapping[str, str] = MappingProxyType(
    {
        **{metric: metric for metric in METRICS if metric != "escalation"},
        "escalation_rate": "escalation",
        "csat_mean": "csat",
        "aht_median": "aht",
    }
)
_a = table_of(Agent).c


def week_of(reader: Reader, period: Period, now: datetime) -> date:
    """The Monday of the last whole week that is over by the end of a period."""
    over = monday_of(period.last + DAY) - WEEK
    return min(over, last_complete_week(now, reader.calendar))


def people_of(reader: Reader, scope: Scope, week: date) -> dict[int, str]:
    """The names, or keys, of the agents of a scope who were there in a week, by id.

    Whoever leads is among them only where they are named.
    """
    first, last = week.toordinal(), (week + WEEK - DAY).toordinal()
    conditions = [
        _a.person == 1,
        or_(_a.started_on.is_(None), _a.started_on <= last),
        or_(_a.ended_on.is_(None), _a.ended_on >= first),
    ]
    if scope.agents is not None:
        conditions.append(_a.id.in_(scope.agents))
    else:
        conditions.append(_a.role == "agent")
    if scope.teams is not None:
        conditions.append(_a.team_id.in_(scope.teams))
    if scope.tenure is not None:
        newest, oldest = scope.tenure
        conditions.append(_a.started_on <= last - newest)
        conditions += [] if oldest is None else [_a.started_on > last - oldest]
    query = select(_a.id, _a.name_key, _a.name).where(and_(*conditions)).order_by(_a.id)
    return {row.id: row.name or row.name_key for row in reader.connection.execute(query)}


def urgency(review: AgentReview | None) -> int:
    """What goes first, 0 before 1 before 2 before 3; people of one number are not told apart.

    Speed bought with quality, then what customers newly feel, then what they still feel, then
    handle time that brings nothing. A judgement of ours: what customers get goes before what it
    takes, and what is new before what a manager was told already.
    """
    if review is None:
        return 4
    if review.rushing:
        return 0
    slipped = [one.change for name, one in review.metrics.items() if name != "aht" and one.change]
    worse = [one for one in [*slipped, review.quality] if one is not None and not one.better]
    if worse:
        return 1 if any(not one.still for one in worse) else 2
    return 3 if review.overservicing else 4
