"""Reviews of one week after another, each from the records and what the one before left behind.

A review of a week depends on the records of its reference window, the constants and each agent's
state as the last review left it: nothing else, no clock and no chance. States come from the last
reviews that were published; where there are none, the first week asked for starts from nothing.
Looking changes nothing: only `scoring.coaching.publishing` keeps what was found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scoring.asking import Reader
from scoring.coaching.constants import DEFAULT, Constants
from scoring.coaching.findings import Review, State
from scoring.coaching.publishing import last_states
from scoring.coaching.reading import WEEK, Window, end_of
from scoring.coaching.review import review
from scoring.coaching.statements import Claim, claims
from scoring.errors import ReviewError
from scoring.period import Calendar


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A week's review, and every statement in it with what it rests on."""

    review: Review
    statements: tuple[Claim, ...]


def monday_of(day: date) -> date:
    """The Monday of a day's week: reviewed weeks are those of ISO 8601, wherever others start."""
    return day - timedelta(days=day.weekday())


def last_complete_week(now: datetime, calendar: Calendar) -> date:
    """The Monday of the last week that is over where the workspace is."""
    return monday_of(calendar.day_of(now)) - WEEK


def reviews(
    reader: Reader, first: date, last: date, constants: Constants = DEFAULT
) -> Iterator[Reviewed]:
    """The reviews of the weeks from one Monday to another, in their order.

    A week in which nobody had a contact has none. Each week sees the records up to its own end.

    Raises:
        ReviewError: the last week is not over, or no week has any contact.
    """
    _see_complete(reader, last)
    window = Window(reader, constants.weeks)
    states: Mapping[int, State] = last_states(reader.connection, first)
    nothing, week = True, first
    while week <= last:
        contacts = window.until(week)
        if len(contacts.id) and contacts.week[-1] == week.toordinal():
            found = review(contacts, week, states, constants)
            states = {**states, **{one: told.state for one, told in found.agents.items()}}
            nothing = False
            yield Reviewed(found, tuple(claims(found, contacts)))
        week += WEEK
    if nothing:
        raise ReviewError(_no_contacts(first, last))


def _see_complete(reader: Reader, week: date) -> None:
    if end_of(reader, week).ms <= reader.moment.ms:
        return
    today = date.fromordinal(reader.moment.day)
    over = f"is not over before {week + WEEK:%A %d %B %Y}" if week <= today else "has not begun"
    raise ReviewError(
        f"The week of {week} {over}, and only whole weeks are reviewed. The last one is that of"
        f" {monday_of(today) - WEEK}."
    )


def _no_contacts(first: date, last: date) -> str:
    said = f"the week of {first}" if first == last else f"the weeks of {first} to {last}"
    return (
        f"No agent handled a contact in {said}. Take records in with `evenkeel import`, or name"
        " other weeks."
    )
