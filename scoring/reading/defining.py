"""Questions about what a KPI is: "What does AHT include?", "How is FCR worked out?"."""

import re
from collections.abc import Sequence

from scoring.query import Query
from scoring.reading.grammar import AGAINST, DEFINITION, DOING, JOIN, KPI
from scoring.reading.periods import default_period
from scoring.reading.spans import Span
from scoring.reading.world import World

_WHAT = (("what", "is"), ("whats",), ("what", "are"), ("define",), ("explain",))
# A KPI, "count" or "include", and what may be counted: KPIs, contacts, values of records.
_WHETHER = re.compile(r"K[dq][K?kLJ]+")
_OF_DEFINITION = frozenset((KPI, DEFINITION, DOING, JOIN, AGAINST))


def definition(words: Sequence[str], items: Sequence[Span], world: World) -> Query | None:
    """The question for one KPI's definition; None where figures are asked for."""
    kinds = {one.kind for one in items}
    keys = dict.fromkeys(str(one.value) for one in items if one.kind == KPI)
    if _is_whether(words, items):
        period = default_period(world.now, world.calendar)
        return Query(period, "definition", (next(iter(keys)),))
    targets = [one for one in items if one.kind == AGAINST]
    if len(keys) != 1 or not kinds <= _OF_DEFINITION:
        return None
    if any(one.value != "target" for one in targets):
        return None
    if not (targets or DEFINITION in kinds or _is_what(words)):
        return None
    period = default_period(world.now, world.calendar)
    return Query(period, "definition", tuple(keys))


def _is_whether(words: Sequence[str], items: Sequence[Span]) -> bool:
    """Whether it is asked what counts: "does FCR count transfers?"."""
    kinds = "".join(one.kind for one in items)
    counts = len(items) > 1 and (items[1].kind == DEFINITION or items[1].said == "count")
    return words[:1] == ("does",) and counts and bool(_WHETHER.fullmatch(kinds))


def _is_what(words: Sequence[str]) -> bool:
    """Whether it is "what is AHT", not "what is our AHT", which asks for a figure."""
    figures = {"the", "our", "we", "us", "current"}
    said = tuple(words)
    return any(said[: len(one)] == one for one in _WHAT) and not figures & set(said)
