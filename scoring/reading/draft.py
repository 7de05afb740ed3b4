"""A question while it is being read: what was found so far, and what had to be assumed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.kpis import Kpi
from scoring.query import Condition
from scoring.reading.reading import Unclear
from scoring.reading.world import World

# What "everything" and "how is she doing" are answered with.
HEADLINE = ("volume", "aht", "frt", "fcr", "resolution_rate", "csat", "escalation_rate")


class AskBackError(Exception):
    """The question cannot be read as it stands; ``back`` is what to ask, with no choices yet."""

    def __init__(
        self, question: str, instead: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """``instead`` are words to put in place of words of the question; "" adds at its end."""
        super().__init__(question)
        self.back = Unclear(question)
        self.instead = dict(instead or {})


@dataclass
class Draft:
    """What is known so far; conditions on a change are apart, as who is asked decides of them."""

    world: World
    kpis: list[str] = field(default_factory=list)
    having: list[Condition] = field(default_factory=list)
    moves: list[Condition] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    def assume(self, sentence: str) -> None:
        """Notes what has to be said beside the answer, once."""
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)

    def shows(self, *keys: str) -> None:
        """Adds KPIs to those shown, in the order in which they come."""
        self.kpis += [key for key in dict.fromkeys(keys) if key not in self.kpis]

    def kpi(self, key: str) -> Kpi:
        """The catalogue's entry."""
        return self.world.catalogue[key]

    def on_scale(self, key: str) -> str:
        """The KPI or, where a condition has put it on another scale, the one on that scale."""
        others = {one.kpi for one in [*self.having, *self.moves]}
        return "csat_mean" if key == "csat" and "csat_mean" in others else key

    def name(self, key: str) -> str:
        """What a KPI is called within a sentence."""
        name = self.kpi(key).name
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def good_end(kpi: Kpi) -> str:
    """Which end of a KPI is its good one: "high", "low" or, for loads, neither."""
    return {"higher": "high", "lower": "low", "within": "low"}.get(kpi.better, "")
