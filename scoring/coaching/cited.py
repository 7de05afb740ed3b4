"""The contacts that a finding cites: what happened in each, and the customer's last words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, case, func, select

from scoring.asking import Reader
from scoring.columns import from_ms, table_of
from scoring.driver import among, rows_of
from scoring.facts import flag, milliseconds, outcome, reopening, window_start
from scoring.measures import DAY_MS, MEASURES, Rules, repeated
from scoring.records import Agent, Interaction, Source, Transcript
from scoring.redaction.names import name_words
from scoring.redaction.redactor import Redactor

# What makes a hold worth a look: two minutes, and a quarter of the contact. A judgement of ours.
LONG_HOLD, LONG_PART = 120.0, 0.25
# Below it a customer's words count as strained; the same border as for a rating: 2 of 5 or less.
STRAINED, UNHAPPY = -0.25, 2.0
LONGEST_EXCERPT = 200
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "repeat": "the customer came back with the same matter",
        "escalated": "passed up",
        "resolved_elsewhere": "passed up, and resolved by somebody else",
        "reopened": "opened again after it was closed",
        "unresolved": "not resolved",
        "unsettled": "not settled at the first contact",
        "long_hold": "a long hold",
        "unhappy": "a low rating",
        "strained": "a strained customer",
    }
)
_interactions = table_of(Interaction)
_i = _interactions.c
_agents = table_of(Agent)
_sources = table_of(Source)
_transcripts = table_of(Transcript)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a contact is worth a look: one of REASONS.

    ``value``: days until a repeat contact, seconds of hold, a rating of 1 to 5, polarity, or how
    often it was opened again. ``who`` is the key of the agent who resolved it.
    """

    kind: str
    value: float | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited contact; ``excerpt`` is redacted, None where there is no transcript."""

    id: int
    source: str
    interaction: str
    at: datetime
    channel: str
    issue_type: str | None
    handle_seconds: float | None
    reasons: tuple[Reason, ...]
    excerpt: str | None


def cited(reader: Reader, ids: Sequence[int]) -> list[Cited]:
    """What there is to say of each contact, by its row id, in the order given.

    A contact that is gone from the records is left out.
    """
    found = rows_of(reader.connection, _query, reader.rules, given=sorted(set(ids)))
    rows = {row.id: row for row in map(_Row._make, found)}
    words = _last_words(reader.connection, ids)
    return [_cited(rows[one], words.get(one)) for one in ids if one in rows]


class _Row(NamedTuple):
    """What the query tells of one contact, in its order."""

    id: int
    interaction: str
    channel: str
    issue_type: str | None
    handle_seconds: float | None
    hold_seconds: float | None
    source: str
    at: int
    repeat_days: float | None
    escalated: int | None
    reopened: int | None
    rating: float | None
    sentiment: float | None
    settled: int | None
    unresolved: int | None
    resolver: str | None


def _cited(row: _Row, excerpt: str | None) -> Cited:
    return Cited(
        id=row.id,
        source=row.source,
        interaction=row.interaction,
        at=from_ms(row.at),
        channel=row.channel,
        issue_type=row.issue_type,
        handle_seconds=row.handle_seconds,
        reasons=tuple(_reasons(row)),
        excerpt=excerpt,
    )


def _reasons(row: _Row) -> Iterator[Reason]:
    """What speaks for a look, the weightiest first: what the customer had to do again."""
    why = list(_of_outcome(row))
    yield from why or ([Reason("unsettled")] if row.settled == 0 else [])
    yield from _of_handling(row)


def _of_outcome(row: _Row) -> Iterator[Reason]:
    if row.repeat_days is not None:
        yield Reason("repeat", float(row.repeat_days))
    if row.escalated:
        passed_on = "escalated" if row.resolver is None else "resolved_elsewhere"
        yield Reason(passed_on, who=row.resolver)
    if row.reopened:
        yield Reason("reopened", float(row.reopened))
    if row.unresolved:
        yield Reason("unresolved")


def _of_handling(row: _Row) -> Iterator[Reason]:
    if _is_long(row.hold_seconds, row.handle_seconds):
        yield Reason("long_hold", row.hold_seconds)
    if row.rating is not None and row.rating <= UNHAPPY:
        yield Reason("unhappy", float(row.rating))
    if row.sentiment is not None and row.sentiment < STRAINED:
        yield Reason("strained", row.sentiment)


def _is_long(hold: float | None, handle: float | None) -> bool:
    return hold is not None and hold >= max(LONG_HOLD, LONG_PART * (handle or 0.0))


def _query(rules: Rules) -> Select[Any]:
    came_back = (milliseconds(_i.next_at) - window_start) * 1.0 / DAY_MS
    columns = (
        *(_i.id, _i.external_id, _i.channel, _i.issue_type, _i.handle_seconds, _i.hold_seconds),
        _sources.c.name,
        milliseconds(_i.ended_at),
        case((repeated(rules), came_back)),
        MEASURES["escalated"].value(rules),
        reopening,
        MEASURES["rating"].value(rules),
        MEASURES["sentiment"].value(rules),
        MEASURES["first_contact"].value(rules),
        flag(func.coalesce(outcome, "") == "unresolved"),
        _resolver(),
    )
    joined = _interactions.join(_sources, _sources.c.id == _i.source_id)
    return select(*columns).select_from(joined).where(among(_i.id))


@cache
def _resolver() -> Any:
    """The agent of a resolved contact's last part, where it is another one."""
    last = _interactions.alias("last")
    key = func.coalesce(_i.contact_key, _i.external_id)
    return (
        select(_agents.c.name_key)
        .join(last, last.c.agent_id == _agents.c.id)
        .where(
            last.c.source_id == _i.source_id,
            last.c.contact_key == key,
            last.c.last_part == 1,
            last.c.agent_id != _i.agent_id,
            outcome == "resolved",
        )
        .limit(1)
        .scalar_subquery()
    )


def _last_words(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The last words of each contact's customer, redacted and cut short, where they are known."""
    told = rows_of(connection, _transcripts_of, given=sorted(set(ids)))
    found = {number: json.loads(messages) for number, messages in told}
    if not found:
        return {}
    names = connection.scalars(select(_agents.c.name).where(_agents.c.name.is_not(None)))
    redactor = Redactor(name_words(names))
    words = {number: _excerpt(messages, redactor) for number, messages in found.items()}
    return {number: said for number, said in words.items() if said}


def _transcripts_of() -> Select[Any]:
    t = _transcripts.c
    same = and_(t.source_id == _i.source_id, t.external_id == _i.external_id)
    joined = _interactions.join(_transcripts, same)
    return select(_i.id, t.messages).select_from(joined).where(among(_i.id))


def _excerpt(messages: Sequence[Mapping[str, Any]], redactor: Redactor) -> str:
    # What is kept is redacted already, but for what was taken in before there was a redaction.
    texts = redactor.redact([one["text"] for one in messages])
    said = [
        " ".join(text.split())
        for one, text in zip(messages, texts, strict=True)
        if one["author"] == "customer" and one["public"]
    ]
    last = next((text for text in reversed(said) if text), "")
    if len(last) <= LONGEST_EXCERPT:
        return last
    return last[:LONGEST_EXCERPT].rpartition(" ")[0] + " …"
