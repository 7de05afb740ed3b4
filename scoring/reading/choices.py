"""Whole questions to choose from, where one cannot be read as it stands."""

from collections.abc import Iterator, Mapping, Sequence

from scoring.reading.grammar import (
    AGAINST,
    ASKED,
    EACH,
    LABEL,
    ME,
    MINE,
    PERIOD,
    PERSON,
    TEAM,
    TENURE,
    VERSUS,
)
from scoring.reading.spans import Span
from scoring.reading.world import World

_KEPT = frozenset((PERSON, TEAM, LABEL, PERIOD, TENURE, ME, MINE, EACH))


def candidates(
    text: str, items: Sequence[Span], instead: Mapping[str, tuple[str, ...]], world: World
) -> Iterator[str]:
    """Questions that may be meant; each is still to be read before it is offered."""
    for said, others in instead.items():
        for other in others:
            if said:
                yield text.replace(said, other, 1)
                continue
            name = world.catalogue[other].name if other in world.catalogue else other
            yield f"{text.rstrip(' ?!.,')} on {name}"
            yield _plain(name, items)


def _plain(name: str, items: Sequence[Span]) -> str:
    """A KPI's figures of the people, values and times that a question names."""
    parts = [name]
    for one in items:
        said = one.said.removesuffix("'s")
        if one.kind == ME and any(other.kind == ASKED for other in items):
            continue
        if one.kind in _KEPT:
            parts.append(f"for {said}" if one.kind in {PERSON, TEAM} else said)
        elif one.kind == ASKED:
            parts.append(f"by {one.value.by.replace('_', ' ')}")
        elif one.kind in {VERSUS, AGAINST}:
            parts.append("compared with" if one.kind == VERSUS else one.said)
    return " ".join(dict.fromkeys(parts))
