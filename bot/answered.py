"""A question that was read, answered: figures, definitions, why, who needs coaching, contacts."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answering import Asker, Reply, defined

if TYPE_CHECKING:
    from scoring.query import Query

Answering = Callable[["Query", Asker, Sequence[str]], Reply]


def answered(query: "Query", asker: Asker, assumptions: Sequence[str] = ()) -> Reply:
    """The reply to a question of any intent, within what the asker may see."""
    from scoring.errors import EvidenceError, QueryError, ReviewError

    try:
        return _ways()[query.intent](query, asker, assumptions)
    except (EvidenceError, QueryError, ReviewError) as error:
        return Reply("clarify", str(error), assumptions=assumptions)


def _ways() -> Mapping[str, Answering]:
    from bot.answer_coaching import coaching
    from bot.answer_examples import shown
    from bot.answer_explain import explain

    return {
        "figures": _figures,
        "definition": _definition,
        "coaching": coaching,
        "explain": explain,
        "examples": shown,
    }


def _definition(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    kpi = asker.world.catalogue[query.kpis[0]]
    return Reply("answered", defined(kpi), query, assumptions=assumptions)


def _figures(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    from bot.answer_words import caveats, lead
    from scoring.answers import answer
    from scoring.scorecard import names

    found = answer(asker.reader, query, asker.viewer, asker.world.catalogue)
    groups = [row.group for row in (*found.rows, *found.few, *found.misses)]
    known = names(asker.reader, groups, found.ask.by)
    told = lead(found, known, asker)
    return Reply(
        "answered", told, query, found, known, assumptions, (), caveats(found, known, asker)
    )
