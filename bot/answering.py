"""One question answered, for a terminal or a chat: read, worked out, and its reading told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from scoring.answers import Answer
    from scoring.asking import Reader
    from scoring.kpis import Kpi
    from scoring.query import Query
    from scoring.reading.world import World
    from scoring.scorecard import Names
    from scoring.viewers import Viewer

Status: TypeAlias = Literal["answered", "clarify", "refused"]
# What is read already, and which command tells it.
ELSEWHERE = {
    "coaching": (
        "Who needs coaching is judged week by week: `evenkeel review` tells it, with reasons, and"
        " `evenkeel note AGENT` words it for one person."
    ),
    "explain": (
        "Why a figure moved is not split up here yet: `evenkeel review` tells which changes are"
        " news, `evenkeel evidence` shows the contacts behind them."
    ),
    "examples": (
        "Single contacts are not listed here: `evenkeel evidence` shows those behind a figure."
    ),
}


@dataclass(frozen=True)
class Reply:
    """What became of a question.

    ``lead`` is the answer, the question back or the refusal, in a sentence; ``caveats`` are what
    to know beside the figures.
    """

    status: Status
    lead: str
    query: "Query | None" = None
    answer: "Answer | None" = None
    names: "Names | None" = None
    assumptions: Sequence[str] = ()
    choices: Sequence[str] = ()
    caveats: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Asker:
    """Who asks: what they may see, and the words that they may use."""

    reader: "Reader"
    viewer: "Viewer"
    world: "World"


def reply_to(words: str, asker: Asker, before: "Query | None" = None) -> Reply:
    """The reply to a question, perhaps a follow-up of the one before."""
    from scoring.reading.questions import read_question
    from scoring.reading.reading import Refused, Unclear

    reading = read_question(words, asker.world, before)
    if isinstance(reading, Refused):
        return Reply("refused", reading.why, choices=reading.choices)
    if isinstance(reading, Unclear):
        return Reply("clarify", reading.question, choices=reading.choices)
    query = reading.query
    if query.intent in ELSEWHERE:
        return Reply("clarify", ELSEWHERE[query.intent], assumptions=reading.assumptions)
    if query.intent == "definition":
        kpi = asker.world.catalogue[query.kpis[0]]
        return Reply("answered", defined(kpi), query, assumptions=reading.assumptions)
    return _answered(query, asker, reading.assumptions)


def _answered(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    from bot.answer_words import caveats, lead
    from scoring.answers import answer
    from scoring.errors import QueryError
    from scoring.scorecard import names

    try:
        found = answer(asker.reader, query, asker.viewer, asker.world.catalogue)
    except QueryError as error:
        return Reply("clarify", str(error), assumptions=assumptions)
    groups = [row.group for row in (*found.rows, *found.few, *found.misses)]
    known = names(asker.reader, groups, found.ask.by)
    told = lead(found, known, asker)
    return Reply(
        "answered", told, query, found, known, assumptions, (), caveats(found, known, asker)
    )


def defined(kpi: "Kpi") -> str:
    """What a KPI is, in a few sentences of the catalogue."""
    from scoring.kpi_pages import target

    aim = f" Target: {target(kpi)}." if target(kpi) else ""
    better = {"within": "within its band", "neither": "neither way"}.get(kpi.better, kpi.better)
    parts = (
        f"{kpi.name} ({kpi.key}): {kpi.about}",
        f"Formula: {kpi.formula}, in {kpi.unit}. Better: {better}.{aim}",
        kpi.watch,
    )
    return " ".join(filter(None, parts))
