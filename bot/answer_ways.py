"""A reply to a question as it is shown: its figures, how it was read, what leads on from it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.actions import CHANGE, action_id
from bot.answer_grid import ON_A_PAGE, Grid, grid_of, interval_of, remarks_of, trends_of
from bot.answer_reading import reading_of
from bot.command import Answer
from bot.menus import Menu
from bot.prompting import prompts_of
from bot.references import Reference, Turn, written, written_turn
from bot.turning import ALL, KPI, PERIOD, PERIODS, ROWS, WHOSE

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.answering import Asker, Reply
    from bot.views.answer import Ways
    from scoring.query import Query
    from scoring.talks import Talk, Thread

# More buttons than these for the contacts behind figures are no help.
MOST_CONTACTS = 4
EXAMPLES = 2
# What stands above the lines of an answer that is no table of figures.
TITLES = {
    "coaching": "By person",
    "explain": "What went together with it",
    "examples": "Contacts",
}


@dataclass(frozen=True)
class Keeping:
    """The questions of an answer that are to be kept, and where they were asked."""

    where: "Thread"
    talks: "list[Talk]" = field(default_factory=list)

    def keep(self, query: "Query", *, follows: bool) -> str:
        """The id that a question is kept under; ``follows`` where a follow-up may change it."""
        from scoring.talks import Talk

        name = secrets.token_hex(8)
        where = self.where if follows else replace(self.where, channel="", thread="")
        self.talks.append(Talk(name, query, where))
        return name


def shown(reply: "Reply", asker: "Asker", seeing: "Sight", kept: Keeping, skip: int = 0) -> Answer:
    """The answer, and whose own figures stand in it."""
    from bot.views.answer import Told, answer

    if reply.status != "answered":
        return _back(reply, asker, kept)
    query, remarks = reply.query, [*reply.assumptions, *reply.caveats]
    if query is None or query.intent == "definition":
        return Answer(answer(Told(reply.lead, remarks=remarks)))
    grid = grid_of(reply, skip)
    led = _Led(kept.keep(query, follows=True), seeing, asker)
    told = Told(
        reply.lead,
        grid,
        trends_of(reply),
        [*reading_of(query, seeing, asker), *interval_of(reply)],
        [*remarks, *remarks_of(reply)],
        _ways(reply, query, grid, led),
        TITLES.get(query.intent, ""),
        reply.lines,
    )
    return Answer(answer(told), _seen(reply, query, grid, asker))


def _seen(reply: "Reply", query: "Query", grid: Grid | None, asker: "Asker") -> frozenset[int]:
    """The ids of the agents whose own figures stand on the page."""
    agents, found = query.scope.agents, reply.answer
    if found is None:
        told = {one.get("agent") for one in reply.cells}
        listed = {one.id for one in asker.world.people if one.key in told}
        return frozenset(listed | set(agents or ()))
    if "agent" not in found.query.by:
        return frozenset(agents if agents is not None and len(agents) == 1 else ())
    at = found.query.by.index("agent")
    shown_rows = found.rows[grid.skip : grid.skip + ON_A_PAGE] if grid is not None else ()
    rows = [*shown_rows, *found.misses]
    return frozenset(int(str(row.group[at])) for row in rows if row.group[at] is not None)


def _back(reply: "Reply", asker: "Asker", kept: Keeping) -> Answer:
    from bot.views.answer import Back, back

    choices = [(text, _choice(text, asker, kept)) for text in reply.choices]
    examples = () if choices else [one.message for one in prompts_of(asker)[:EXAMPLES]]
    return Answer(back(Back(reply.lead, choices, examples)))


def _choice(text: str, asker: "Asker", kept: Keeping) -> str:
    """A reference to the question that a choice is; empty where it is not read as it stands."""
    from scoring.reading.questions import read_question
    from scoring.reading.reading import Read

    found = read_question(text, asker.world)
    if not isinstance(found, Read):
        return ""
    return written_turn(Turn(kept.keep(found.query, follows=False)))


@dataclass(frozen=True)
class _Led:
    """What ways on are made of: the id of the question, and what the viewer may choose among."""

    talk: str
    seeing: "Sight"
    asker: "Asker"

    def option(self, text: str, part: str, to: str) -> tuple[str, str]:
        """One option of a menu, with its value."""
        return text, written_turn(Turn(self.talk, part, to))


def _ways(reply: "Reply", query: "Query", grid: Grid | None, led: _Led) -> "Ways":
    from bot.views.answer import Ways

    skip = 0 if grid is None else grid.skip
    earlier, later = (
        written_turn(Turn(led.talk, ROWS, str(max(0, skip + lines))))
        for lines in (-ON_A_PAGE, ON_A_PAGE)
    )
    return Ways(
        list(_menus(query, led)),
        list(_contacts(reply, query, led)),
        earlier if skip else "",
        later if grid is not None and grid.has_more else "",
        written_turn(Turn(led.talk)),
    )


def _menus(query: "Query", led: _Led) -> Iterator[Menu]:
    words = ((text.capitalize(), key) for key, text in PERIODS.items())
    yield Menu(
        "Change period",
        action_id(CHANGE, PERIOD),
        [led.option(text, PERIOD, key) for text, key in words],
    )
    if led.seeing.viewer.leads:
        yield Menu("Change people", action_id(CHANGE, WHOSE), list(_whose(led)))
    if not query.told:
        return
    personal = "agent" in query.by or query.scope.agents is not None
    kpis = [one for one in led.asker.world.catalogue.values() if one.unit]
    kpis = [one for one in kpis if one.level != "team"] if personal else kpis
    yield Menu(
        "Change KPI",
        action_id(CHANGE, KPI),
        [led.option(one.name, KPI, one.key) for one in kpis],
    )


def _whose(led: _Led) -> Iterator[tuple[str, str]]:
    named = led.seeing.named
    yield led.option("Everybody you see", WHOSE, ALL)
    for team, name in named.teams.items():
        yield led.option(name, WHOSE, f"t{team}")
    for agent, name in sorted(named.people.items(), key=lambda one: one[1].casefold()):
        yield led.option(name, WHOSE, f"a{agent}")


def _contacts(reply: "Reply", query: "Query", led: _Led) -> Iterator[tuple[str, str, str]]:
    """What leads to the contacts behind each figure of what is one group."""
    from scoring.kpis import FROM_RECORDS

    found = reply.answer
    if found is None or query.by or not found.rows:
        return
    figures = (found.rows[0].figures[key] for key in query.told)
    some = [one for one in figures if one.estimate.n and one.kpi.kind in FROM_RECORDS]
    for one in some[:MOST_CONTACTS]:
        reference = _reference(query, one.kpi.key, led.talk)
        yield one.kpi.name, one.kpi.key, written(reference)


def _reference(query: "Query", key: str, talk: str) -> Reference:
    """Where the figure is of one person or team it says so; else it names the question."""
    scope = query.scope
    whose = [*(scope.agents or ()), *(scope.teams or ())]
    if scope.is_fine or len(whose) > 1:
        return Reference("figure", query.period, key, talk=talk)
    agent = next(iter(scope.agents or ()), None)
    team = next(iter(scope.teams or ()), None)
    return Reference("figure", query.period, key, agent, team)
