"""Disputes: an agent's word against an operational fact of a contact of theirs.

What customers answered is no such fact. A contact that is excused counts in no operational figure
of anybody, but its survey answers go on counting for whom they counted before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Select, insert, select

from scoring.columns import table_of
from scoring.errors import AccessError, DisputeError, UnknownNameError
from scoring.leaders import Act, leads, name_of
from scoring.loop_records import Decision, DisputeRow
from scoring.people import find_agent
from scoring.records import Agent, Interaction, Source, Team

Found: TypeAlias = Row[Any]

# What may be disputed, and the column of the record that a decision is written to.
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "category": "issue_type",
        "not_mine": "agent_id",
        "outage": "excluded",
        "abuse": "excluded",
        "duplicate": "excluded",
    }
)
ANSWERS = ("csat", "nps", "ces", "survey", "sentiment", "rating")
MOST_CHARACTERS = 1000
ANSWERED = ("csat", "nps", "ces", "contact_csat", "contact_nps", "contact_ces")
_interactions = table_of(Interaction)
_disputes = table_of(DisputeRow)
_decisions = table_of(Decision)
_i, _d = _interactions.c, _disputes.c


@dataclass(frozen=True)
class Claim:
    """What an agent disputes of which contact, and why.

    ``proposed`` is the right category, whose contact it was, or the contact that is repeated.
    """

    interaction_id: int
    fact: str
    reason: str
    proposed: str | None = None


@dataclass(frozen=True)
class Dispute:
    """A dispute with the decision that holds; ``decided_by`` and the rest None while it is open.

    ``state`` is open, accepted or declined.
    """

    id: int
    interaction_id: int
    source: str
    contact: str
    agent: int
    fact: str
    proposed: str | None
    reason: str
    filed_at: datetime
    state: str
    value: str | None = None
    why: str | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None


def find_interaction(connection: Connection, external_id: str, source: str | None = None) -> int:
    """The record with this id.

    Raises:
        UnknownNameError: there is none, or several sources have one.
    """
    sources = table_of(Source)
    query = (
        select(_i.id, sources.c.name)
        .join(sources, sources.c.id == _i.source_id)
        .where(_i.external_id == external_id)
    )
    rows = connection.execute(query.where(sources.c.name == source) if source else query).all()
    if not rows:
        raise UnknownNameError(f"There is no contact “{external_id}”. Give its id as imported.")
    if len(rows) > 1:
        names = ", ".join(sorted(row.name for row in rows))
        raise UnknownNameError(f"“{external_id}” is in several sources: {names}. Name one.")
    return int(rows[0].id)


def file(connection: Connection, claim: Claim, act: Act) -> Dispute:
    """Files a dispute; the same again is the same dispute.

    Raises:
        AccessError: the contact is not theirs.
        DisputeError: it cannot be disputed, or not so; what to do instead.
    """
    claim = _checked(connection, claim)
    there = _filed(connection, claim, act.by)
    if there is not None:
        return _same(there, claim)
    record = record_of(connection, claim.interaction_id)
    if record.agent_id != act.by:
        raise AccessError(
            f"Contact {record.external_id} is not {name_of(connection, act.by)}'s:"
            " only whom it counts for may dispute it."
        )
    _see_news(record, claim)
    row = {"agent_id": act.by, "filed_at": act.at, "state": "open", **vars(claim)}
    done = connection.execute(insert(_disputes).values(**row))
    return find(connection, int(done.inserted_primary_key[0]))  # type: ignore[index]  # one row


def _checked(connection: Connection, claim: Claim) -> Claim:
    """The claim as it is kept."""
    if claim.fact in ANSWERS:
        raise DisputeError(
            "What a customer answered or felt cannot be disputed. If the contact should not"
            f" count, dispute that: {', '.join(FACTS)}."
        )
    if claim.fact not in FACTS:
        raise DisputeError(f"“{claim.fact}” cannot be disputed. Say one of: {', '.join(FACTS)}.")
    proposed = (claim.proposed or "").strip() or None
    if claim.fact == "category" and proposed is None:
        raise DisputeError("Say which category is the right one.")
    reason = reasoned(claim.reason)
    if claim.fact in ("category", "not_mine"):
        proposed = read_value(connection, claim.fact, proposed)
    return Claim(claim.interaction_id, claim.fact, reason, proposed)


def reasoned(said: str) -> str:
    """A reason as it is kept.

    Raises:
        DisputeError: it is empty or too long.
    """
    reason = said.strip()
    if not reason:
        raise DisputeError("Say why, in a sentence: the reason is kept with it.")
    if len(reason) > MOST_CHARACTERS:
        raise DisputeError(f"The reason is longer than {MOST_CHARACTERS} characters: shorten it.")
    return reason


def read_value(connection: Connection, fact: str, said: str | None) -> str | None:
    """A category as the records have it; an agent by the id that the records use.

    Raises:
        DisputeError: no contact has that category.
        UnknownNameError: nobody is called that.
    """
    if said is None:
        return None
    if fact == "category":
        there = select(_i.id).where(_i.issue_type == said).limit(1)
        if connection.scalar(there) is None:
            raise DisputeError(f"No contact has the category “{said}”. Give one that is in use.")
        return said
    a = table_of(Agent).c
    key = select(a.name_key).where(a.id == find_agent(connection, said))
    return str(connection.scalar(key))


def _filed(connection: Connection, claim: Claim, agent: int) -> Dispute | None:
    query = _all().where(
        _d.interaction_id == claim.interaction_id, _d.agent_id == agent, _d.fact == claim.fact
    )
    row = connection.execute(query).first()
    return None if row is None else _dispute(connection, row)


def _same(there: Dispute, claim: Claim) -> Dispute:
    """A dispute that was filed before, if this is the same; a decided one is not filed again."""
    if (there.proposed, there.reason) == (claim.proposed, claim.reason):
        return there
    told = "is still to be decided" if there.state == "open" else f"was {there.state}: {there.why}"
    raise DisputeError(
        f"This is disputed already (number {there.id}) and {told}."
        " Your manager can decide it otherwise: talk to them."
    )


def _see_news(record: Found, claim: Claim) -> None:
    """Refuses what would change nothing."""
    if FACTS[claim.fact] == "excluded" and record.excluded is not None:
        raise DisputeError(
            f"Contact {record.external_id} is excluded already ({record.excluded}):"
            " it counts in no operational figure."
        )
    if claim.fact == "category" and claim.proposed == record.issue_type:
        raise DisputeError(f"Contact {record.external_id} has that category already.")
    if claim.fact == "not_mine" and claim.proposed == record.name_key:
        raise DisputeError(f"Contact {record.external_id} counts for that agent already.")
    if claim.fact == "duplicate" and claim.proposed == record.external_id:
        raise DisputeError("A contact is no duplicate of itself. Name the other one, or none.")


def record_of(connection: Connection, number: int) -> Found:
    """A record as it stands: what disputes look at, with its agent's key and team."""
    a, t = table_of(Agent), table_of(Team)
    query = (
        select(
            *(_i.external_id, _i.agent_id, _i.issue_type, _i.excluded),
            *(a.c.name_key, t.c.name.label("team"), *(_i[name] for name in ANSWERED)),
        )
        .join_from(_interactions, a, a.c.id == _i.agent_id)
        .outerjoin(t, t.c.id == a.c.team_id)
        .where(_i.id == number)
    )
    return connection.execute(query).one()


def find(connection: Connection, dispute_id: int) -> Dispute:
    """A dispute by its number.

    Raises:
        DisputeError: there is none.
    """
    row = connection.execute(_all().where(_d.id == dispute_id)).first()
    if row is None:
        raise DisputeError(f"There is no dispute {dispute_id}. List them to see their numbers.")
    return _dispute(connection, row)


def disputes(connection: Connection, viewer: int, *, only_open: bool = False) -> list[Dispute]:
    """What the viewer may see: their own disputes and those that are theirs to decide, by age."""
    query = _all().order_by(_d.filed_at, _d.id)
    rows = connection.execute(query.where(_d.state == "open") if only_open else query).all()
    agents = {row.agent_id for row in rows}
    seen = {one for one in agents if one == viewer or leads(connection, viewer, one)}
    return [_dispute(connection, row) for row in rows if row.agent_id in seen]


def _all() -> Select[Any]:
    sources = table_of(Source)
    return (
        select(_disputes, _i.external_id.label("contact"), sources.c.name.label("source"))
        .join_from(_disputes, _interactions, _i.id == _d.interaction_id)
        .join(sources, sources.c.id == _i.source_id)
    )


def _dispute(connection: Connection, row: Found) -> Dispute:
    c = _decisions.c
    query = select(_decisions).where(c.dispute_id == row.id).order_by(c.id.desc()).limit(1)
    last = connection.execute(query).first()
    told = (
        {}
        if last is None
        else {
            "value": last.value,
            "why": last.reason,
            "decided_by": last.decided_by,
            "decided_at": last.decided_at,
        }
    )
    names = ("id", "interaction_id", "source", "contact", "fact", "proposed", "reason", "filed_at")
    plain = {name: getattr(row, name) for name in names}
    return Dispute(agent=row.agent_id, state=row.state, **plain, **told)
