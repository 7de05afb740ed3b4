"""What was heard: meanings, words, and what the parts of a reading have found in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.reading.attaching import Attached
from scoring.reading.draft import Draft
from scoring.reading.rows import Rows
from scoring.reading.spans import Span
from scoring.reading.times import Times


@dataclass(frozen=True)
class Heard:
    """The meanings of a question, and the words it was said in."""

    items: Sequence[Span]
    words: tuple[str, ...]

    def has(self, *kinds: str) -> bool:
        """Whether any of these kinds is among the meanings."""
        return any(one.kind in kinds for one in self.items)

    def all(self, *kinds: str) -> list[Span]:
        """Those of these kinds, in their order."""
        return [one for one in self.items if one.kind in kinds]


@dataclass(frozen=True)
class Parts:
    """What was found of conditions, times and rows."""

    draft: Draft
    attached: Attached
    times: Times
    rows: Rows
