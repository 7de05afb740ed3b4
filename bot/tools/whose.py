"""Whom arguments are about, among those the viewer may see; nobody else exists for a tool."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.access import NOBODY, Sight
from bot.words import ME
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from scoring.asking import Scope
    from scoring.period import Period


def person(seeing: Sight, said: str) -> int:
    """The id of the person who is called that.

    Raises:
        AccessError: there is nobody to see; WordsError: it may be any of several.
    """
    if said.strip().casefold() in ME:
        return seeing.viewer.agent_id
    return _one(seeing.named.people_called(said))


def team(seeing: Sight, said: str) -> int:
    """The id of the team that is called that.

    Raises:
        AccessError: there is none to see; WordsError: it may be any of several.
    """
    return _one(seeing.named.team_called(said))


def _one(found: Sequence[int]) -> int:
    if not found:
        raise AccessError(NOBODY)
    if len(found) > 1:
        raise WordsError("That name may be any of several. Say an e-mail address or an id.")
    return found[0]


def scope_of(
    seeing: Sight, people: Sequence[str], teams: Sequence[str], *periods: "Period"
) -> "Scope":
    """The people and teams that are named; all whom the viewer sees, where none are.

    ``periods`` are those that figures of single people will be told of.

    Raises:
        AccessError: one of them is nobody to see; WordsError: one may be any of several.
    """
    from scoring.asking import Scope

    agents = tuple(sorted({person(seeing, said) for said in people}))
    wholes = tuple(sorted({team(seeing, said) for said in teams}))
    scope = seeing.narrowed(Scope(agents or None, wholes or None))
    if scope.agents is None:
        return scope
    return replace(scope, agents=tuple(seeing.open_now(scope.agents, *periods)))


def period_of(seeing: Sight, said: str) -> "Period":
    """The period that words name; the last four complete weeks where there are none.

    Raises:
        PeriodError: they name none.
    """
    from scoring.reading.periods import default_period, read_period

    calendar = seeing.reader.calendar
    return (
        read_period(said, seeing.now, calendar)
        if said.strip()
        else default_period(seeing.now, calendar)
    )


def week_of(seeing: Sight, said: str) -> date:
    """The Monday of the week that words name; of the last that is over where there are none.

    Raises:
        PeriodError: they name none.
    """
    from scoring.coaching.reviews import last_complete_week, monday_of
    from scoring.reading.periods import read_week

    # Weeks that are reviewed begin on Monday, wherever others do.
    calendar = replace(seeing.reader.calendar, week_starts=0)
    if not said.strip():
        return last_complete_week(seeing.now, calendar)
    return monday_of(read_week(said, seeing.now, calendar).first)


def page_of(number: int, total: int, size: int) -> tuple[int, int]:
    """How many come before a page, and how many pages there are.

    Raises:
        WordsError: there is no such page.
    """
    pages = max(1, -(-total // size))
    if number > pages:
        are = "is one page" if pages == 1 else f"are {pages} pages"
        raise WordsError(f"There {are}, and no page {number}.")
    return (number - 1) * size, pages
