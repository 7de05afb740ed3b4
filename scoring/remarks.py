"""Private remarks: a manager's words to an agent and the agent's answer, for these two alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from scoring.columns import table_of
from scoring.errors import AccessError, RemarkError
from scoring.leaders import Act, name_of, see_leads
from scoring.loop_records import RemarkRow

MOST_CHARACTERS = 3000
_remarks = table_of(RemarkRow)
_r = _remarks.c


@dataclass(frozen=True)
class Remark:
    """What a manager said to an agent, and what the agent answered; None where nothing yet."""

    id: int
    manager: int
    agent: int
    said: str
    said_at: datetime
    answer: str | None
    answered_at: datetime | None


def write(connection: Connection, agent: int, said: str, act: Act, event: str) -> Remark:
    """Keeps a remark to an agent; the same event again is the same remark.

    Args:
        connection: a writing one.
        agent: whom it is to.
        said: its words.
        act: who writes it, and when.
        event: what made it be written, unique for whoever writes.

    Raises:
        AccessError: whoever writes it does not lead the agent.
        RemarkError: it is empty or too long, or the event wrote other words before.
    """
    see_leads(connection, act.by, agent, "write a private remark to")
    said = _worded(said)
    query = select(_remarks).where(_r.manager_id == act.by, _r.event == event)
    there = connection.execute(query).first()
    if there is None:
        row = {"manager_id": act.by, "agent_id": agent, "event": event, "said": said}
        done = connection.execute(insert(_remarks).values(**row, said_at=act.at))
        return _find(connection, int(done.inserted_primary_key[0]), act.by)  # type: ignore[index]  # one row
    if (there.agent_id, there.said) != (agent, said):
        raise RemarkError("A remark stays as it was written. Write another one.")
    return _remark(there)


def answer(connection: Connection, remark_id: int, said: str, act: Act) -> Remark:
    """Keeps the agent's answer to a remark; the same again changes nothing.

    Raises:
        AccessError: there is no such remark to whoever answers.
        RemarkError: it is empty or too long, or another answer was given before.
    """
    remark = _find(connection, remark_id, act.by)
    if remark.agent != act.by:
        raise AccessError(
            f"Only {name_of(connection, remark.agent)} may answer this remark. Write another one."
        )
    said = _worded(said)
    if remark.answer is None:
        told = {"answer": said, "answered_at": act.at}
        connection.execute(update(_remarks).where(_r.id == remark_id).values(**told))
    elif remark.answer != said:
        raise RemarkError("This remark has your answer already, and an answer stays as it is.")
    return _find(connection, remark_id, act.by)


def remarks(connection: Connection, viewer: int) -> list[Remark]:
    """What the viewer wrote or was written to, newest first; nobody else's, whatever the role."""
    query = select(_remarks).where(_between(viewer)).order_by(_r.said_at.desc(), _r.id.desc())
    return [_remark(row) for row in connection.execute(query).all()]


def _find(connection: Connection, remark_id: int, viewer: int) -> Remark:
    """A remark of the viewer's; that another one exists is not told."""
    query = select(_remarks).where(_r.id == remark_id, _between(viewer))
    row = connection.execute(query).first()
    if row is None:
        raise AccessError(f"There is no remark {remark_id} by you or to you.")
    return _remark(row)


def _between(viewer: int) -> Any:
    return or_(_r.manager_id == viewer, _r.agent_id == viewer)


def _worded(said: str) -> str:
    said = said.strip()
    if not said or len(said) > MOST_CHARACTERS:
        raise RemarkError(f"Write something, of at most {MOST_CHARACTERS:,} characters.")
    return said


def _remark(row: Row[Any]) -> Remark:
    names = ("id", "said", "said_at", "answer", "answered_at")
    return Remark(
        manager=row.manager_id, agent=row.agent_id, **{name: getattr(row, name) for name in names}
    )
