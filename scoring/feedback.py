"""What people thought of answers and notes: good or not, by whom, when; never why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from scoring.columns import to_ms

_SAY = text(
    "INSERT INTO feedback (agent_id, about, kind, good, at)"
    " VALUES (:agent, :about, :kind, :good, :at)"
    " ON CONFLICT (agent_id, about) DO UPDATE SET good = excluded.good, at = excluded.at"
)


@dataclass(frozen=True)
class Feedback:
    """A person's word on an answer or a note; ``about`` tells which, by a reference."""

    agent: int
    about: str
    kind: str
    good: bool


def say(connection: Connection, told: Feedback, now: datetime) -> None:
    """Keeps what somebody thought, in place of what they thought of the same before."""
    row = {"agent": told.agent, "about": told.about, "kind": told.kind, "good": int(told.good)}
    connection.execute(_SAY, {**row, "at": to_ms(now)})
