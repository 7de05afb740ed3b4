"""What a figure is asked for: grouped how, in which period, of whom; and who asks, when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import Connection

from scoring.measures import Moment, Rules
from scoring.period import Calendar, Period
from scoring.workspace import Workspace, footing

PEOPLE = ("agent", "team", "week")
LABELS = ("channel", "issue_type", "priority", "complexity", "customer_tier", "language")
GROUPINGS = (*PEOPLE, *LABELS, "cohort")
# Who has been in the job how long, in days at the contact's date: from, and up to without.
COHORTS: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {"under 90 days": (0, 90), "90 days to a year": (90, 365), "over a year": (365, None)}
)
# What an unanswered contact counts for, even for the agent that it names.
UNANSWERED_TOO = ("contact", "abandoned", "excluded")

Group: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Scope:
    """Whose contacts, and which: None is everybody's; ``labels`` are wanted values by column.

    ``tenure`` are days in the job at the contact's date: from, and up to without; those whose
    start is not known have none.
    """

    agents: tuple[int, ...] | None = None
    teams: tuple[int, ...] | None = None
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tenure: tuple[int, int | None] | None = None

    @property
    def is_fine(self) -> bool:
        """Whether it picks contacts by what only the records themselves tell."""
        return bool(self.labels) or self.tenure is not None


@dataclass(frozen=True)
class Ask:
    """One reading: the groups it is divided into, its period, its scope.

    Groups are tuples in the order of ``by``: an agent's or a team's id, a week's first day as an
    ordinal, a label or None where it is not known.
    """

    by: tuple[str, ...]
    period: Period
    scope: Scope = Scope()

    @property
    def personal(self) -> bool:
        """Whether figures are shown as those of single agents."""
        return "agent" in self.by or self.scope.agents is not None


@dataclass(frozen=True)
class Sums:
    """What a figure is made of: n, the total and the total of squares."""

    n: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(self.n - other.n, self.total - other.total, self.squares - other.squares)


@dataclass(frozen=True)
class Reader:
    """Who reads: the connection, the workspace's decisions, the moment of reading.

    ``kept`` says which of the kept sums rest on the same decisions: "days", "weeks" and "window".
    """

    connection: Connection
    workspace: Workspace
    moment: Moment
    kept: frozenset[str]

    @property
    def calendar(self) -> Calendar:
        """The workspace's calendar."""
        return self.workspace.calendar

    @property
    def rules(self) -> Rules:
        """The workspace's rules."""
        return self.workspace.rules


def reader(connection: Connection, workspace: Workspace, moment: Moment) -> Reader:
    """A reader, knowing which kept sums it may use."""
    known, wanted = footing(connection), workspace.footing()
    kept = set()
    if known.get("zone") == wanted["zone"]:
        kept.add("days")
        if known["week_starts"] == wanted["week_starts"]:
            kept.add("weeks")
    if known.get("repeat_days") == wanted["repeat_days"]:
        kept.add("window")
    return Reader(connection, workspace, moment, frozenset(kept))
