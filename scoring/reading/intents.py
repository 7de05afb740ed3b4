"""Questions that ask for no figures: who needs coaching, why a figure moved, single contacts."""

from dataclasses import replace

from scoring.query import Compare, Query
from scoring.reading.attaching import VOLUME
from scoring.reading.draft import AskBackError, Draft
from scoring.reading.grammar import END, LIMIT, RANKED_MOVE, WEEKLY
from scoring.reading.heard import Heard
from scoring.reading.ordering import limit_asked

# What a contact that is shown as an example came to.
_OUTCOMES = {
    "escalation_rate": "escalated",
    "transfer_rate": "transferred",
    "resolution_rate": "resolved",
    "abandonment_rate": "abandoned",
}


def coached(heard: Heard, query: Query, draft: Draft) -> Query:
    """Who needs coaching: reviews judge it, so that nothing else can be asked of people with it.

    Raises:
        AskBackError: something else is asked of them.
    """
    if draft.having or draft.moves or query.compare or heard.has(WEEKLY, RANKED_MOVE):
        raise AskBackError("Do you want to know who needs coaching, or of whom figures hold?")
    if query.by not in {(), ("agent",)}:
        raise AskBackError("Reviews are of agents. Do you want to know who needs coaching?")
    return replace(query, by=("agent",), limit=limit_asked(heard, None))


def explained(heard: Heard, query: Query, draft: Draft) -> Query:
    """Why a figure moved.

    Raises:
        AskBackError: why it is where it is, or who moved most, is asked instead.
    """
    if draft.having or heard.has(END, RANKED_MOVE, LIMIT, WEEKLY):
        raise AskBackError("I can split a change of a figure. Which figure, and since when?")
    if not over_time(query.compare or Compare("before")):
        raise AskBackError("I can split a change over time. Against which period?")
    return replace(query, compare=query.compare or Compare("before"))


def examples(heard: Heard, base: Query, draft: Draft) -> Query:
    """Single contacts: their outcome, and how many of them.

    Raises:
        AskBackError: figures are asked for at the same time.
    """
    limits = heard.all(LIMIT)
    outcomes = tuple(_OUTCOMES[key] for key in base.kpis if key in _OUTCOMES)
    rest = tuple(key for key in base.kpis if key not in _OUTCOMES)
    if draft.having or draft.moves or heard.has(END, RANKED_MOVE) or len(outcomes) > 1:
        raise AskBackError("Which contacts do you want to see?")
    labels = {**base.scope.labels, **({"outcome": outcomes} if outcomes else {})}
    return replace(
        base,
        kpis=rest or (VOLUME,),
        scope=replace(base.scope, labels=labels),
        limit=limits[0].value if limits else None,
    )


def over_time(compare: Compare | None) -> bool:
    """Whether a comparison is with another period."""
    return compare is not None and compare.against in {"before", "period"}
