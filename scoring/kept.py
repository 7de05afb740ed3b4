"""The kept sums: what is added up for every agent's day and week, to read a year in a moment.

A row is one agent's day (``d``) or week (``w``, by its first day). Each measure is added up under
the day that counts it. ``answered`` is 0 for contacts that name an agent but were never answered:
they count for the team and, in volume and abandonment only, for the agent.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sqlalchemy import Column, Float, Integer, SmallInteger, String, Table
from sqlmodel import SQLModel

from scoring.credit import Credited

ANCHORS = ("created", "ended", "closed", "resolved")
# Which sums a kind of measure needs: how many, how much, and how much it spreads.
_SUMS = MappingProxyType({"count": ("n",), "share": ("n", "sum"), "mean": ("n", "sum", "squares")})


@dataclass(frozen=True)
class Slot:
    """A measure whose sums are kept: as count, share or mean, under the day of one moment."""

    kind: str
    credited: Credited
    anchor: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns: n and, where kept, total and squares."""
        name = self.credited.measure
        if name == "excluded":
            name = f"{name}_{self.anchor}"
        return tuple(f"{name}_{one}" for one in _SUMS[self.kind])


def _slots(anchor: str, credit: str, **measures: str) -> tuple[Slot, ...]:
    return tuple(
        Slot(kind, Credited(name, credit), anchor)
        for kind, names in measures.items()
        for name in names.split()
    )


SLOTS: tuple[Slot, ...] = (
    *_slots(
        "created",
        "first",
        count="contact",
        share="abandoned first_contact said_first_contact repeated response_met",
        mean="reply_seconds reply_business queue_seconds",
    ),
    *_slots("created", "closer", share="resolved"),
    *_slots(
        "ended", "each", count="handled", share="transferred", mean="handle_seconds sentiment"
    ),
    *_slots("ended", "escalator", share="escalated"),
    *_slots("closed", "closer", share="promise_met resolution_met reopened"),
    *_slots(
        "closed",
        "frozen_share",
        share="satisfied survey_answered",
        mean="rating nps_points ease",
    ),
    *_slots("resolved", "closer", mean="resolution_seconds resolution_business"),
    *(slot for anchor in ANCHORS for slot in _slots(anchor, "each", count="excluded")),
)

# The durations that are kept whole, so that medians stay exact.
VALUES: tuple[Slot, ...] = tuple(
    slot
    for slot in SLOTS
    if slot.credited.measure in ("handle_seconds", "reply_seconds", "resolution_seconds")
)

KEPT = Table(
    "kept_sums",
    SQLModel.metadata,
    Column("grain", String, primary_key=True),
    Column("agent_id", Integer, primary_key=True, autoincrement=False),
    Column("answered", SmallInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    *(
        Column(name, Float, nullable=False, server_default="0")
        for slot in SLOTS
        for name in slot.columns
    ),
    sqlite_with_rowid=False,
)


@cache
def slot_for(credited: Credited, anchor: str) -> Slot | None:
    """The slot that keeps a measure under this credit and moment, if one does."""
    wanted = (credited, anchor)
    return next((one for one in SLOTS if (one.credited, one.anchor) == wanted), None)


def first_of_week(day: int, week_starts: int) -> int:
    """The ordinal of the first day of a day's week."""
    return day - (day - 1 - week_starts) % 7
