"""`/team`: the people of a team with the figures of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access import Sight, sight
from bot.command import Answer, Command, Request
from bot.led import Led, led_by, people_of
from bot.references import Reference, written
from bot.words import period_of, whom
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.kpis import Kpi
    from scoring.period import Period
    from scoring.scorecard import Score

# What tells of one person, and fits beside each other.
FIGURES = ("volume", "aht", "fcr", "csat", "escalation_rate")
LEFT_OUT = (
    "Left out: {} of your people, who are to see this week of theirs first, in their own notes."
)
_PAGE = re.compile(r"(?:^|\s)page (\d{1,3})\s*$", re.IGNORECASE)


def run(request: Request, services: "Services") -> Answer:
    """The people of the team that is named, or of the asker's own, a page at a time.

    Raises:
        AccessError: the asker leads nobody; WordsError: words that cannot be read, or a team is to
            be named first.
    """
    from bot.views.team import ON_A_PAGE

    words, page = _paged(request.words)
    with sight(request, services) as seeing:
        subject, rest = whom(words, seeing.named, seeing.viewer.agent_id)
        led = led_by(seeing, subject)
        period = period_of(rest, subject, request.now, services.workspace.calendar)
        found = listed(seeing, led, period)
        return shown(seeing, services, found, _skip(page, len(found.people), ON_A_PAGE))


COMMAND = Command(
    "team",
    "The people of a team you lead, with the figures of each",
    "[name] [period] [page N]",
    ("/team", "/team last month"),
    run,
)


@dataclass(frozen=True)
class Listed:
    """The people of a team over a period, by id and name, in the order of the alphabet.

    ``hidden`` is how many more there are, who are to see a new week of theirs first.
    """

    led: Led
    period: "Period"
    people: Mapping[int, str]
    hidden: int = 0


def listed(seeing: Sight, led: Led, period: "Period") -> Listed:
    """The people whom a list is about.

    Raises:
        AccessError: nobody's week is the viewer's to see by now.
    """
    whole = people_of(seeing, led, period)
    mine = seeing.open_now(whole, period)
    order = sorted(mine, key=lambda one: (whole[one].casefold(), whole[one]))
    return Listed(led, period, {one: whole[one] for one in order}, len(whole) - len(mine))


def shown(seeing: Sight, services: "Services", found: Listed, skip: int) -> Answer:
    """The page of a list after so many people; the first where there are not so many."""
    from bot.views.team import ON_A_PAGE, Table, team

    kpis = [services.catalogue[key] for key in FIGURES if key in services.catalogue]
    scores = _scores(seeing, found.people, found.period, kpis)
    order = [one for one in found.people if one in scores]
    skip = skip if skip < len(order) else 0
    page = order[skip : skip + ON_A_PAGE]
    told = Table(
        found.led.name,
        found.period.written(services.workspace.calendar),
        [(found.people[one], scores[one]) for one in order],
        skip,
        _people(found, skip - ON_A_PAGE) if skip else "",
        _people(found, skip + ON_A_PAGE) if skip + ON_A_PAGE < len(order) else "",
        [LEFT_OUT.format(found.hidden)] if found.hidden else [],
        card=written(Reference("card", found.period, team=found.led.team)),
        cards=[(found.people[one], _card(found, one)) for one in page],
    )
    return Answer(team(told), frozenset(page))


def _people(found: Listed, skip: int) -> str:
    return written(Reference("team", found.period, team=found.led.team, skip=max(0, skip)))


def _card(found: Listed, agent: int) -> str:
    return written(Reference("card", found.period, agent=agent))


def _paged(words: str) -> tuple[str, int]:
    """The words without the page at their end, and its number."""
    found = _PAGE.search(words)
    return (words, 1) if found is None else (words[: found.start()], int(found[1]))


def _skip(page: int, people: int, on_a_page: int) -> int:
    pages = max(1, -(-people // on_a_page))
    if not 1 <= page <= pages:
        raise WordsError(
            f"There is no page {page}: there {'is one' if pages == 1 else 'are'}"
            f"{'' if pages == 1 else f' {pages}'}."
        )
    return (page - 1) * on_a_page


def _scores(
    seeing: Sight, people: Mapping[int, str], period: "Period", kpis: Sequence["Kpi"]
) -> Mapping[int, Sequence["Score"]]:
    """The scores of each person, in the order of the KPIs."""
    from scoring.asking import Ask, Scope
    from scoring.scorecard import score

    if not people:
        return {}
    ask = Ask(("agent",), period, seeing.narrowed(Scope(agents=tuple(sorted(people)))))
    found: dict[int, list[Score]] = {}
    for one in score(seeing.reader, ask, kpis):
        found.setdefault(int(str(one.group[0])), []).append(one)
    return found
