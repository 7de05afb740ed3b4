"""Whom a note is about, and which of several wordings it takes: the same for the same week."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Voice:
    """Chooses wordings for one reader and week.

    ``about`` is the key of whom a note is about. The wordings of one person take turns from week
    to week; two people do not start with the same one.
    """

    about: str
    week: date
    whose: str = "your"

    def choose(self, slot: str, wordings: Sequence[str]) -> str:
        """One of the wordings for a place in the note."""
        return wordings[self.turn(slot, len(wordings))]

    def turn(self, slot: str, number: int) -> int:
        """Whose turn it is, 0 to ``number`` - 1: another one every week."""
        # Python's own hash differs from run to run.
        seed = hashlib.sha256(f"{self.about}\n{slot}".encode()).digest()
        return (int.from_bytes(seed[:6]) + self.week.toordinal() // 7) % number
