"""Meanings made of several neighbours: tests, and spans in the place of spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from scoring.reading.amounts import Amount
from scoring.reading.spans import Span

Some: TypeAlias = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Test:
    """What must hold of a value or a change; ``kpis`` where the words themselves say of what.

    ``test`` may be "met" and "missed", of a target, and "not_up" and "not_down", of a change.
    """

    of: str
    test: str
    bound: Amount | str | None = None
    upper: Amount | None = None
    kpis: tuple[str, ...] = ()


def joined(some: Some, kind: str, value: Any) -> Span:
    """One meaning in place of several neighbours."""
    said = " ".join(one.said for one in some)
    return Span(kind, value, some[0].first, some[-1].after, any(s.loose for s in some), said)
