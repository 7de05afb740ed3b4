"""What the rows of an answer are: agents, teams, weeks, values of a label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.asking import Scope
from scoring.reading.grammar import (
    ASKED,
    COMPARED,
    EACH,
    LABEL,
    LEFT_OUT,
    MINE,
    MOVE,
    PERSON,
    TEAM,
    VERSUS,
    WEEKLY,
)
from scoring.reading.spans import Span

# A name after "than" or "vs", and none before it.
_THAN_NAME = re.compile(r"[^PQ]*v[PQ].*")


@dataclass(frozen=True)
class Rows:
    """The groupings; ``chosen``: rows were asked for by what holds of them ("who", "agents").

    ``named``: people or teams are named, and so stand for themselves; ``beside``: values are held
    against each other ("on chat than on email").
    """

    by: tuple[str, ...]
    chosen: bool
    named: bool
    beside: bool = False


def rows_of(items: Sequence[Span], scope: Scope) -> Rows:
    """The rows that the words ask for, or that several names make."""
    asked = [one.value.by for one in items if one.kind == ASKED]
    each = [str(one.value) for one in items if one.kind == EACH]
    weekly = ["week" for one in items if one.kind == WEEKLY]
    named = any(one.kind in {PERSON, TEAM} for one in items)
    by = list(dict.fromkeys([*asked, *each, *weekly])) or _compared(items, scope)
    values = _beside(items)
    by += [column for column in values if column not in by]
    several = len(scope.agents or ()) > 1 and not _are_left(items)
    if several and "agent" not in by:
        by.insert(0, "agent")
    return Rows(tuple(by), bool(asked or each), named or bool(scope.agents), bool(values))


def chooses_beside(items: Sequence[Span]) -> bool:
    """Whether rows are to be chosen by another's figure ("who is slower than Dev").

    A name stands after "than" and none before it, or values stand on both sides of it.
    """
    kinds = "".join(one.kind for one in items)
    chosen = any(one.kind in {ASKED, EACH} for one in items)
    return chosen and bool(_THAN_NAME.fullmatch(kinds) or (MOVE in kinds and _beside(items)))


def _beside(items: Sequence[Span]) -> list[str]:
    """The columns of which one value is held against another: "chat vs email"."""
    found: dict[str, None] = {}
    for at, one in enumerate(items):
        if one.kind == VERSUS and 0 < at < len(items) - 1:
            sides = [
                {column for column, _, _ in side.value} if side.kind == LABEL else set()
                for side in (items[at - 1], items[at + 1])
            ]
            found |= dict.fromkeys(sorted(sides[0] & sides[1]))
    return list(found)


def _are_left(items: Sequence[Span]) -> bool:
    """Whether those of a scope are what is left of all: one figure, unless rows are asked for."""
    return any(one.kind == LEFT_OUT for one in items) and not any(
        one.kind in {PERSON, TEAM} for one in items
    )


def _compared(items: Sequence[Span], scope: Scope) -> list[str]:
    """Teams or values that are named to be held against each other."""
    if len(scope.teams or ()) > 1 and not _are_left(items):
        return ["team"]
    teams = any(one.kind == MINE and one.said.casefold().endswith("teams") for one in items)
    if teams and not scope.agents and any(one.kind == COMPARED for one in items):
        return ["team"]
    against = any(one.kind in {COMPARED, VERSUS} for one in items)
    several = [column for column, values in scope.labels.items() if len(values) > 1]
    several = [] if _are_left(items) else several
    return several[:1] if against else []
