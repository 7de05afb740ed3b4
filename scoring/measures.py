"""The measures: each an expression over one interaction, or NULL where it cannot say.

The database works them out, wherever they are read: when a record is folded into the kept sums,
when a figure is read from the records, when its contacts are shown. There is no second definition.
A contact with several parts tells the same of itself on each of them; whom it counts for is the
KPI's ``credit`` and not known here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, case, func, or_

from scoring.columns import table_of
from scoring.facts import (
    Expression,
    answerable,
    base_day,
    begun,
    by_agent,
    created,
    customer_mood,
    ease,
    escalation,
    five_points,
    flag,
    handled,
    inbound,
    live,
    milliseconds,
    net_points,
    outcome,
    own_answer,
    passed_up,
    promise_met,
    rating,
    reopening,
    reply,
    resolution,
    resolution_due,
    resolution_dues,
    resolution_met,
    response_due,
    response_dues,
    response_met,
    scale,
    seconds_between,
    surveyed,
    traceable,
    verdict,
    window_start,
)
from scoring.records import Interaction

DAY_MS = 86_400_000

_i = table_of(Interaction).c


@dataclass(frozen=True)
class Rules:
    """What a workspace decides about its measures.

    ``repeat_days``: days without a repeat contact that make a first contact resolution, 1 to 30.
    """

    repeat_days: int = 7


@dataclass(frozen=True)
class Moment:
    """When somebody looks: the instant in milliseconds and the local day, as an ordinal."""

    ms: int
    day: int


@dataclass(frozen=True)
class Measure:
    """One number of one record.

    ``value`` gives the expression under a workspace's rules. ``pending`` says of a record that it
    is too early to count it at a given moment. ``matures`` is true where nothing that was made
    within the repeat window can count yet, but for what ``early`` names: a measure of the same
    that needs no window.
    """

    name: str
    about: str
    value: Callable[[Rules], Expression]
    pending: Callable[[Rules, Moment], ColumnElement[bool]] | None = None
    matures: bool = False
    early: str | None = None


def repeated(rules: Rules) -> ColumnElement[bool]:
    """Whether the same customer came back with the same matter within the repeat window."""
    window = rules.repeat_days * DAY_MS
    return and_(_i.next_at.is_not(None), milliseconds(_i.next_at) <= window_start + window)


def first_contact(rules: Rules) -> Expression:
    """The source's own answer, else settled with no escalation, reopening or repeat."""
    failed = or_(
        and_(outcome.is_not(None), outcome != "resolved"),
        func.coalesce(escalation, 0) == 1,
        func.coalesce(reopening, 0) > 0,
        repeated(rules),
    )
    return case(
        (and_(handled, own_answer.is_not(None)), own_answer),
        (and_(handled, own_answer.is_(None), traceable), flag(~failed)),
    )


def last_mature(rules: Rules, moment: Moment) -> int:
    """The last local day whose repeat window is over."""
    return moment.day - rules.repeat_days - 1


def window_open(rules: Rules, moment: Moment) -> ColumnElement[bool]:
    """Whether the days in which a customer may come back are not over yet."""
    return and_(own_answer.is_(None), repeat_open(rules, moment))


def repeat_open(rules: Rules, moment: Moment) -> ColumnElement[bool]:
    """Whether the repeat window is not over, whatever the source says of the contact."""
    return base_day > last_mature(rules, moment)


def response_awaited(_: Rules, moment: Moment) -> ColumnElement[bool]:
    """Whether a promised first response is still to come and not yet due."""
    return and_(_after(response_dues, moment), response_due > moment.ms, reply.is_(None))


def resolution_awaited(_: Rules, moment: Moment) -> ColumnElement[bool]:
    """Whether a promised resolution is still to come and not yet due."""
    return and_(_after(resolution_dues, moment), resolution_due > moment.ms, resolution.is_(None))


def _after(dues: Iterable[ColumnElement[int]], moment: Moment) -> ColumnElement[bool]:
    """What an index finds: any of the columns later than the moment."""
    return or_(*(due > moment.ms for due in dues))


def promise_awaited(rules: Rules, moment: Moment) -> ColumnElement[bool]:
    """Whether one promise is still running while none has been broken."""
    first, last = response_awaited(rules, moment), resolution_awaited(rules, moment)
    return and_(
        verdict.is_(None),
        or_(first, last),
        or_(response_due.is_(None), first, response_met == 1),
        or_(resolution_due.is_(None), last, resolution_met == 1),
    )


def _plain(name: str, about: str, value: Expression) -> Measure:
    return Measure(name, about, lambda _: value)


_known_outcome = and_(handled, outcome.is_not(None), outcome != "abandoned")
_top_answers = flag(rating * 5 >= scale * 4)

_ALL = (
    _plain("contact", "1 for every contact that is not excluded", case((live, 1))),
    _plain("handled", "1 for every part that an agent handled", case((handled, 1))),
    _plain(
        "abandoned",
        "whether the customer gave up before anybody answered",
        case((live, flag(func.coalesce(_i.outcome, "") == "abandoned"))),
    ),
    _plain(
        "handle_seconds",
        "talk, hold and after-contact work of a handled part",
        case((and_(handled, _i.handle_seconds > 0), _i.handle_seconds)),
    ),
    _plain(
        "queue_seconds",
        "how long the customer of a handled contact waited in the queue",
        case((and_(handled, inbound), _i.queue_seconds)),
    ),
    _plain(
        "reply_seconds",
        "from the customer's first word to the first public reply by a person",
        seconds_between(created, reply, only=and_(live, inbound)),
    ),
    _plain(
        "reply_business",
        "the same within the team's working hours",
        case((and_(live, inbound, by_agent), _i.reply_business)),
    ),
    _plain(
        "resolution_seconds",
        "from creation to the final resolution",
        seconds_between(begun, resolution, only=live),
    ),
    _plain(
        "resolution_business",
        "the same within the team's working hours",
        case((live, _i.resolution_business)),
    ),
    _plain(
        "resolved",
        "whether a handled contact ended resolved",
        case((_known_outcome, flag(outcome == "resolved"))),
    ),
    _plain(
        "escalated",
        "whether this agent passed the contact up",
        case((handled, passed_up)),
    ),
    _plain(
        "transferred",
        "whether this agent passed the contact sideways",
        case((and_(handled, _i.outcome.is_not(None)), flag(_i.outcome == "transferred"))),
    ),
    _plain(
        "reopened",
        "whether the issue was opened again after it was closed",
        case((and_(live, reopening.is_not(None)), flag(reopening > 0))),
    ),
    Measure(
        "first_contact",
        "whether the first contact settled the matter",
        first_contact,
        window_open,
        matures=True,
        early="said_first_contact",
    ),
    _plain(
        "said_first_contact",
        "the source's own answer to whether the first contact settled the matter",
        case((handled, own_answer)),
    ),
    Measure(
        "repeated",
        "whether the same customer came back with the same matter",
        lambda rules: case((and_(live, traceable), flag(repeated(rules)))),
        repeat_open,
        matures=True,
    ),
    Measure(
        "response_met",
        "whether the first response kept its promise",
        lambda _: response_met,
        response_awaited,
    ),
    Measure(
        "resolution_met",
        "whether the resolution kept its promise",
        lambda _: resolution_met,
        resolution_awaited,
    ),
    Measure(
        "promise_met",
        "whether every promise of the contact was kept",
        lambda _: promise_met,
        promise_awaited,
    ),
    _plain(
        "satisfied",
        "whether the answer is at four fifths of its scale or more",
        case((and_(answerable, rating.is_not(None)), _top_answers)),
    ),
    _plain("rating", "the satisfaction answer, moved to 1 to 5", five_points),
    _plain("nps_points", "100 for 9 or 10, 0 for 7 or 8, -100 for 0 to 6", net_points),
    _plain("ease", "the effort answer, 7 is easy", case((answerable, ease))),
    _plain(
        "survey_answered",
        "whether a survey that was sent was answered",
        case((answerable, surveyed)),
    ),
    _plain("sentiment", "the mood of the customer's words", case((live, customer_mood))),
    _plain("excluded", "1 for a record that no KPI counts", case((~live, 1))),
)

MEASURES: MappingProxyType[str, Measure] = MappingProxyType({one.name: one for one in _ALL})
