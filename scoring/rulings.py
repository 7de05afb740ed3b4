"""Rulings: a dispute is decided by whoever leads the agent, and the figures follow."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, update

from scoring.columns import table_of
from scoring.disputes import ANSWERED, FACTS, Dispute, Found, find, read_value, reasoned, record_of
from scoring.errors import DisputeError
from scoring.facts import EXCUSED
from scoring.leaders import Act, see_leads
from scoring.loop_records import Decision, DisputeRow
from scoring.overrides import Cell, lay, lift
from scoring.people import Directory, find_agent
from scoring.workspace import Workspace, as_kept

_decisions = table_of(Decision)
_disputes = table_of(DisputeRow)


@dataclass(frozen=True)
class Ruling:
    """What is decided and why; ``value`` goes before what the agent proposed."""

    accepted: bool
    reason: str
    value: str | None = None


def decide(
    connection: Connection, dispute_id: int, ruling: Ruling, act: Act, workspace: Workspace
) -> Dispute:
    """Decides a dispute, and the figures follow; the same again changes nothing.

    A decision may be changed by another one: then what the source says holds again, or the new
    value. Every decision is kept with its reason.

    Raises:
        AccessError: whoever decides does not lead the agent.
        DisputeError: it cannot be decided so; what is missing.
    """
    dispute = find(connection, dispute_id)
    see_leads(connection, act.by, dispute.agent, "decide a dispute of")
    value = _amended(connection, dispute, ruling)
    ruling = Ruling(ruling.accepted, reasoned(ruling.reason), value)
    state = "accepted" if ruling.accepted else "declined"
    if (dispute.state, dispute.value) == (state, ruling.value):
        return dispute
    kept = as_kept(connection, workspace)
    if dispute.state == "accepted":
        lift(connection, dispute_id, kept)
    if ruling.accepted:
        cell = _cell(connection, dispute, ruling.value)
        lay(connection, (dispute.interaction_id, FACTS[dispute.fact], cell), dispute_id, kept)
    told = {"accepted": int(ruling.accepted), "value": ruling.value, "reason": ruling.reason}
    who = {"decided_by": act.by, "decided_at": act.at}
    connection.execute(insert(_decisions).values(dispute_id=dispute_id, **told, **who))
    connection.execute(update(_disputes).where(_disputes.c.id == dispute_id).values(state=state))
    return find(connection, dispute_id)


def _amended(connection: Connection, dispute: Dispute, ruling: Ruling) -> str | None:
    """The value that an acceptance gives the fact; None where it needs none."""
    if not ruling.accepted or dispute.fact not in ("category", "not_mine"):
        return None
    if ruling.value is None:
        return dispute.proposed
    return read_value(connection, dispute.fact, ruling.value.strip())


def _cell(connection: Connection, dispute: Dispute, value: str | None) -> Cell:
    """What is written into the record."""
    record = record_of(connection, dispute.interaction_id)
    if dispute.fact == "category":
        return value
    if dispute.fact == "not_mine":
        return _whose(connection, record, value)
    if record.excluded is not None:
        raise DisputeError(
            f"Contact {record.external_id} is excluded already ({record.excluded}): decline the"
            " dispute, it counts in no operational figure."
        )
    return EXCUSED[dispute.fact]


def _whose(connection: Connection, record: Found, value: str | None) -> int:
    if value is not None:
        agent = find_agent(connection, value)
        if agent == record.agent_id:
            raise DisputeError("It counts for that agent already: name another one, or decline.")
        return agent
    if any(getattr(record, name) is not None for name in ANSWERED):
        raise DisputeError(
            f"A customer answered a survey about contact {record.external_id}, and an answer"
            " cannot be taken from everybody: name the agent whose contact it was."
        )
    return Directory(connection).nobody([record.team])[record.team]
