"""One question answered, for a terminal or a chat: read, worked out, and its reading told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from prompts.ask import Asking
    from scoring.answers import Answer
    from scoring.asking import Reader
    from scoring.kpis import Kpi
    from scoring.query import Query
    from scoring.reading.world import World
    from scoring.scorecard import Names
    from scoring.viewers import Viewer

Status: TypeAlias = Literal["answered", "clarify", "refused"]


@dataclass(frozen=True)
class Reply:
    """What became of a question.

    ``lead`` is the answer, the question back or the refusal, in a sentence; ``lines`` what else
    is told below it, and ``cells`` the same as rows of JSON, where it is no table of figures;
    ``caveats`` are what to know beside it.
    """

    status: Status
    lead: str
    query: "Query | None" = None
    answer: "Answer | None" = None
    names: "Names | None" = None
    assumptions: Sequence[str] = ()
    choices: Sequence[str] = ()
    caveats: Sequence[str] = field(default=())
    lines: Sequence[str] = ()
    cells: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Asker:
    """Who asks: what they may see, and the words that they may use.

    ``asking`` reads with a model what the rules could not, where there is one.
    """

    reader: "Reader"
    viewer: "Viewer"
    world: "World"
    asking: "Asking | None" = None


def reply_to(words: str, asker: Asker, before: "Query | None" = None) -> Reply:
    """The reply to a question, perhaps a follow-up of the one before."""
    from bot.answered import answered
    from scoring.reading.questions import read_question
    from scoring.reading.reading import Refused, Unclear

    reading = read_question(words, asker.world, before)
    if isinstance(reading, Unclear) and asker.asking is not None:
        from prompts.ask import Question

        reading = asker.asking.read(Question(words, asker.world, reading, before))
    if isinstance(reading, Refused):
        return Reply("refused", reading.why, choices=reading.choices)
    if isinstance(reading, Unclear):
        return Reply("clarify", reading.question, choices=reading.choices)
    return answered(reading.query, asker, reading.assumptions)


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
