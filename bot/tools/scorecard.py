"""The tool `scorecard`: figures of people, teams or any group, each with n and interval."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.tools.desk import Desk, Shown
from bot.tools.lines import in_lines
from bot.tools.whose import page_of, period_of, scope_of
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.access import Sight
    from prompts.tools.forms import ScorecardForm
    from prompts.tools.offer import Told
    from scoring.asking import Ask, Group
    from scoring.kpis import Catalogue, Kpi
    from scoring.scorecard import Names, Score

# What a model reads of one answer: so many groups, and so many figures in all.
MOST_GROUPS, MOST_FIGURES = 50, 200
# What a program reads of the latest scorecards.
MOST_LATEST = 200
NO_TEAM = (
    "You lead no whole team in that, so it cannot be divided by team. Divide it by agent, or name"
    " a team that you lead."
)
NOTHING = "Nothing is known of that. Name another period, such as “last month”."


@dataclass(frozen=True)
class Card:
    """Figures by group, a page of them; ``people`` are the ids of those who were asked for."""

    ask: "Ask"
    scores: Sequence["Score"]
    page: int
    pages: int
    people: frozenset[int]
    remarks: Sequence[str] = ()


def scorecard(desk: Desk, form: "ScorecardForm") -> "Told":
    """The figures that are asked for.

    Raises:
        AccessError: whom the viewer may not see; WordsError, PeriodError: words that cannot be.
    """
    return _answered(desk, form)


def latest(desk: Desk) -> str:
    """Everybody's figures of the last complete week, as JSON; the first page of them."""
    from prompts.tools.forms import ScorecardForm

    form = ScorecardForm(by=["agent"], period="last week")
    return json.dumps(dict(_answered(desk, form, MOST_LATEST).facts), ensure_ascii=False)


def _answered(desk: Desk, form: "ScorecardForm", groups: int | None = None) -> "Told":
    catalogue = desk.services.catalogue

    def work(seeing: "Sight") -> Shown:
        return _shown(seeing, _card(seeing, form, catalogue, groups))

    return desk.answered("scorecard", work)


def _card(
    seeing: "Sight", form: "ScorecardForm", catalogue: "Catalogue", most: int | None
) -> Card:
    """The figures that are asked for; ``most`` is how many groups make a page, if that is said."""
    from scoring.asking import Ask
    from scoring.methods import fcr_method
    from scoring.scorecard import score

    period = period_of(seeing, form.period)
    told_of = (period, period.before(seeing.reader.calendar))
    scope = scope_of(seeing, form.people, form.teams, *told_of)
    ask = Ask(tuple(form.by), period, scope)
    if "team" in ask.by and seeing.viewer.teams is not None and not scope.teams:
        raise AccessError(NO_TEAM)
    kpis = kpis_of(catalogue, form.kpis, ask)
    scores = score(seeing.reader, ask, kpis)
    if "agent" in ask.by:
        # Not some who left a team of theirs, nor whoever is to see a week first.
        people = set(seeing.open_now({agent_of(ask, one.group) for one in scores}, *told_of))
        scores = [one for one in scores if agent_of(ask, one.group) in people]
    groups = list(dict.fromkeys(one.group for one in scores))
    size = most or max(1, min(MOST_GROUPS, MOST_FIGURES // max(1, len(kpis))))
    skip, pages = page_of(form.page, len(groups), size)
    shown = set(groups[skip : skip + size])
    return Card(
        ask,
        [one for one in scores if one.group in shown],
        form.page,
        pages,
        frozenset(scope.agents or () if form.people else ()),
        [fcr_method(seeing.reader, ask)] if any(kpi.key == "fcr" for kpi in kpis) else (),
    )


def kpis_of(catalogue: "Catalogue", keys: Sequence[str], ask: "Ask") -> list["Kpi"]:
    """The KPIs of these keys, or those of a first look; of single people, what tells of people.

    Raises:
        WordsError: a KPI of whole teams is asked of single people.
    """
    from bot.cards import FIGURES

    kpis = [catalogue[key] for key in keys or FIGURES if key in catalogue]
    # How many contacts somebody had is an account of work, and no judgement.
    personal = [kpi for kpi in kpis if kpi.level != "team" or kpi.kind == "count"]
    if not ask.personal or len(personal) == len(kpis):
        return kpis
    if keys:
        names = ", ".join(kpi.name for kpi in kpis if kpi not in personal)
        raise WordsError(f"{names}: told of teams and of the whole only, not of single people.")
    return personal


def agent_of(ask: "Ask", group: "Group") -> int:
    """The id of the agent whom a group of an ask by agents is of."""
    return int(str(group[ask.by.index("agent")]))


def _shown(seeing: "Sight", card: Card) -> Shown:
    from bot.json_lines import score_lines
    from prompts.tools.offer import Told
    from scoring.scorecard import names

    ask, calendar = card.ask, seeing.reader.calendar
    known = names(seeing.reader, [one.group for one in card.scores], ask.by)
    rows = list(score_lines(ask, card.scores, known))
    remarks = [one for one in card.remarks if one]
    facts = {
        "first": ask.period.first.isoformat(),
        "last": ask.period.last.isoformat(),
        "timezone": calendar.zone.key,
        "page": card.page,
        "pages": card.pages,
        "rows": rows,
        "remarks": remarks,
    }
    said = f"{ask.period.written(calendar)}, days in {calendar.zone.key}. Intervals are of 95 %."
    told = [said, *_groups(card, rows, known), *remarks]
    if card.pages > 1:
        told.append(f"Page {card.page} of {card.pages}.")
    by_agent = {agent_of(ask, one.group) for one in card.scores if "agent" in ask.by}
    return Shown(Told(in_lines(told), facts), card.people | by_agent)


def _groups(card: Card, rows: Sequence[dict[str, Any]], known: "Names") -> list[str]:
    """Each group's name, with a line for each of its figures below it."""
    from bot.wording import score_words

    told: list[str] = []
    title = None
    for one, row in zip(card.scores, rows, strict=True):
        called = _title(card.ask, one, row, known)
        told += [] if called == title else [called]
        title = called
        told.append(f"- {score_words(one)}")
    return told or [NOTHING]


def _title(ask: "Ask", one: "Score", row: dict[str, Any], known: "Names") -> str:
    if not ask.by:
        return "All together"
    parts = [str(row[name] if row[name] is not None else f"no {name}") for name in ask.by]
    if "agent" in ask.by:
        key, name, _ = known.agents[agent_of(ask, one.group)]
        parts[ask.by.index("agent")] = f"{name} ({key})" if name else key
    return " · ".join(parts)
