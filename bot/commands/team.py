"""`/team`: the people of a team with the figures of each."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.access import Sight, sight
from bot.command import Answer, Command, Request
from bot.led import led_by, people_of
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
    from bot.views.team import ON_A_PAGE, Table, team

    words, page = _paged(request.words)
    calendar = services.workspace.calendar
    with sight(request, services) as seeing:
        subject, rest = whom(words, seeing.named, seeing.viewer.agent_id)
        led = led_by(seeing, subject)
        period = period_of(rest, subject, request.now, calendar)
        whole = people_of(seeing, led, period)
        people = {one: whole[one] for one in seeing.open_now(whole, period)}
        kpis = [services.catalogue[key] for key in FIGURES if key in services.catalogue]
        scores = _scores(seeing, people, period, kpis)
    skip = _skip(page, len(people), ON_A_PAGE)
    order = sorted(people, key=lambda one: (people[one].casefold(), people[one]))
    rows = [(people[one], scores[one]) for one in order if one in scores]
    remarks = [] if len(rows) <= ON_A_PAGE else ["Another page: `/team page 2`."]
    if len(people) < len(whole):
        remarks.append(LEFT_OUT.format(len(whole) - len(people)))
    told = Table(led.name, period.written(calendar), rows, skip, remarks=remarks)
    return Answer(team(told), frozenset(order[skip : skip + ON_A_PAGE]))


COMMAND = Command(
    "team",
    "The people of a team you lead, with the figures of each",
    "[name] [period] [page N]",
    ("/team", "/team last month"),
    run,
)


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
