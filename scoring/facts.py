"""What is known of a contact: the expressions over one of its parts that measures are made of.

What all parts of a contact say together goes before the cell of the part itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, literal, or_, type_coerce

from scoring.columns import table_of
from scoring.records import Interaction

Expression: TypeAlias = ColumnElement[float]

# Excluded by a decided dispute: in no operational figure, while survey answers go on counting.
EXCUSED: Mapping[str, str] = MappingProxyType(
    {
        "outage": "disputed: outage",
        "abuse": "disputed: abusive customer",
        "duplicate": "disputed: duplicate",
    }
)

# Net promoter score: Reichheld, The One Number You Need to Grow, Harvard Business Review 12/2003.
PROMOTER, DETRACTOR = 9, 6

_i = table_of(Interaction).c


def milliseconds(column: ColumnElement[object]) -> ColumnElement[int]:
    """An instant as the whole number that the database holds."""
    return type_coerce(column, BigInteger)


def flag(condition: ColumnElement[bool]) -> Expression:
    """1 where a condition holds, 0 where it does not."""
    return case((condition, 1), else_=0)


def seconds_between(
    first: ColumnElement[int], later: ColumnElement[int], *, only: ColumnElement[bool]
) -> Expression:
    """Seconds from one instant to a later one; NULL where it came before."""
    return case((and_(only, later >= first), (later - first) / literal(1000.0)))


live = _i.excluded.is_(None)
excused = _i.excluded.in_(EXCUSED.values())
answerable = or_(live, excused)
inbound = _i.direction == "inbound"
served = and_(_i.handled_by == "agent", or_(_i.outcome.is_(None), _i.outcome != "abandoned"))
handled = and_(live, served)
outcome = func.coalesce(_i.contact_outcome, _i.outcome)
created = milliseconds(_i.created_at)
begun = func.coalesce(milliseconds(_i.contact_created_at), created)
by_agent = _i.handled_by == "agent"
reply = func.coalesce(
    milliseconds(_i.contact_reply_at), case((by_agent, milliseconds(_i.first_reply_at)))
)
resolution = func.coalesce(milliseconds(_i.contact_resolved_at), milliseconds(_i.resolved_at))
# Where the repeat window begins; a resolution before the contact was made tells nothing.
base_day = case((_i.resolved_day > _i.created_day, _i.resolved_day), else_=_i.created_day)
window_start = case((resolution > created, resolution), else_=created)
passed_up = func.coalesce(
    _i.escalated, case((_i.outcome.is_not(None), flag(_i.outcome == "escalated")))
)
escalation = func.coalesce(_i.contact_escalated, passed_up)
reopening = func.coalesce(_i.contact_reopened, _i.reopened)
own_answer = func.coalesce(_i.contact_first, _i.resolved_first_contact)
rating = func.coalesce(_i.contact_csat, _i.csat)
scale = func.coalesce(_i.contact_scale, _i.csat_scale)
# The source's own, else what its transcript was found to have.
customer_mood = func.coalesce(_i.sentiment, _i.mood)
recommends = func.coalesce(_i.contact_nps, _i.nps)
ease = func.coalesce(_i.contact_ces, _i.ces)
surveyed = func.coalesce(
    _i.contact_surveyed,
    case(
        (
            _i.survey_sent_at.is_not(None),
            flag(
                or_(
                    _i.survey_answered_at.is_not(None),
                    _i.csat.is_not(None),
                    _i.nps.is_not(None),
                    _i.ces.is_not(None),
                )
            ),
        )
    ),
)
traceable = and_(
    _i.customer_hash.is_not(None),
    or_(_i.issue_type.is_not(None), _i.issue_key.is_not(None)),
    inbound,
)
given_up = and_(func.coalesce(outcome, "") == "abandoned", reply.is_(None))
# A promise told of one part is the contact's; each side has an index of its own.
response_dues = (
    milliseconds(_i.contact_response_due_at),
    milliseconds(_i.first_response_due_at),
)
resolution_dues = (
    milliseconds(_i.contact_resolution_due_at),
    milliseconds(_i.resolution_due_at),
)
response_due = func.coalesce(*response_dues)
resolution_due = func.coalesce(*resolution_dues)
verdict = func.coalesce(_i.contact_sla_met, _i.sla_met)
response_met = case(
    (
        and_(live, response_due.is_not(None), ~given_up),
        flag(func.coalesce(reply <= response_due, False)),
    )
)
resolution_met = case(
    (
        and_(live, resolution_due.is_not(None), ~given_up),
        flag(func.coalesce(resolution <= resolution_due, False)),
    )
)
# The source's own verdict, else whether every promise made for the contact was kept.
promise_met = case(
    (and_(live, verdict.is_not(None)), verdict),
    else_=case(
        (response_met.is_(None), resolution_met),
        (resolution_met.is_(None), response_met),
        else_=response_met * resolution_met,
    ),
)
# An answer on any scale, moved in a straight line to 1 to 5; yes and no are 1 and 0 of 1.
_lowest = case((scale == 1, 0.0), else_=1.0)
_moved = 1.0 + (rating - _lowest) * 4.0 / (scale - _lowest)
five_points = case(
    (and_(answerable, rating.is_not(None)), case((_moved < 1.0, 1.0), else_=_moved))
)
net_points = case(
    (and_(answerable, recommends >= PROMOTER), 100),
    (and_(answerable, recommends <= DETRACTOR), -100),
    (and_(answerable, recommends.is_not(None)), 0),
)
