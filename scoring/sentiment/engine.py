"""What every engine of sentiment takes and gives, and the engines by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

# What is added to the evidence for negative and for positive, as fitted to a workspace's answers.
Biases = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: who wrote it (customer, agent, bot, system) and what."""

    text: str
    author: str = "customer"


@dataclass(frozen=True, slots=True)
class Mood:
    """The mood of one turn; no signal is None, which is not neutral.

    ``polarity`` is -1 to 1, ``label`` negative, neutral or positive, ``because`` the phrases of
    the text that fired, as they stand in it.
    """

    polarity: float | None
    label: str | None
    because: tuple[str, ...] = ()


class Engine(Protocol):
    """Reads the mood of turns; its name and version are kept with every score."""

    @property
    def name(self) -> str:
        """The name in settings and beside every score."""
        ...

    @property
    def version(self) -> str:
        """What changes whenever the same text may get another score."""
        ...

    def moods(self, turns: Sequence[Turn]) -> list[Mood]:
        """The mood of each turn, in order, each on its own."""
        ...


def label_of(polarity: float) -> str:
    """The label of a polarity by its sign."""
    return "positive" if polarity > 0 else "negative" if polarity < 0 else "neutral"
