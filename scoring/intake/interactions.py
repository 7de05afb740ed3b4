"""Interactions: what a row must be to be kept, and what follows for the cells it leaves empty."""

import hmac
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from scoring.intake.columns import CHANNELS, PRIORITIES
from scoring.intake.receipt import SHOWN, shown
from scoring.intake.taking import Batch, Taking
from scoring.listening import redactor_of
from scoring.people import Directory, agent_key
from scoring.store import Keeping, Kept, keep

# Clocks that show whole seconds may be off by one between start and end.
SLACK_MS = 1000
_HASHED = re.compile(r"hash:([0-9a-f]{16})")
# Scales whose lowest answer is 0.
_FROM_ZERO = (1.0, 10.0, 11.0, 100.0)
_PARTS = ("talk_seconds", "hold_seconds", "wrap_seconds")
_CLOCK = ("started_at", "ended_at", "handle_seconds")


def keep_interactions(connection: Connection, taking: Taking, batch: Batch) -> Kept:
    """Checks and keeps a batch of interactions; rows that break a rule are refused in it."""
    _fill(batch.columns)
    batch.refuse(_wrong(batch.columns), batch.columns["interaction_id"])
    _note(taking, batch)
    columns = _as_kept(batch, taking.desk.secret)
    columns["survey_comment"] = _redacted(connection, taking, batch)
    directory = taking.seen.setdefault("directory", Directory(connection))
    directory.connection = connection
    keeping = Keeping(connection, directory, taking.source_id, taking.import_id, taking.workspace)
    return keep(keeping, columns)


def _fill(columns: dict[str, list[Any]]) -> None:
    """Works out what empty cells mean by the other cells of their row."""
    started = columns["started_at"]
    columns["created_at"] = [a or b for a, b in zip(columns["created_at"], started, strict=True)]
    columns["channel"] = [one or "unknown" for one in columns["channel"]]
    columns["direction"] = [one or "inbound" for one in columns["direction"]]
    columns["handled_by"] = [one or "agent" for one in columns["handled_by"]]
    columns["csat_scale"] = [
        None if rating is None else float(top or 5)
        for rating, top in zip(columns["csat"], columns["csat_scale"], strict=True)
    ]
    parts = zip(*(columns[name] for name in _PARTS), strict=True)
    columns["handle_seconds"] = [
        (whole if talk is None else talk + (hold or 0.0) + (wrap or 0.0)) or None
        for whole, (talk, hold, wrap) in zip(columns["handle_seconds"], parts, strict=True)
    ]


def _wrong(columns: Mapping[str, Sequence[Any]]) -> dict[int, str]:
    """Why rows cannot be kept, by position."""
    faults = chain(_against_clock(columns), _unanswered(columns), _off_scale(columns))
    return dict(faults)


def _against_clock(columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, str]]:
    cells = zip(*(columns[name] for name in _CLOCK), strict=True)
    for at, (start, end, handled) in enumerate(cells):
        if end is None or start is None:
            continue
        if end < start:
            yield at, "it ends before it starts"
        elif handled is not None and handled * 1000 >= end - start + SLACK_MS:
            yield at, "its handle time is longer than the clock between start and end"


def _unanswered(columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, str]]:
    cells = zip(columns["agent"], columns["outcome"], columns["handled_by"], strict=True)
    for at, (agent, outcome, by) in enumerate(cells):
        if agent is None and outcome != "abandoned" and by != "bot":
            yield at, "agent is missing, and it was not abandoned"


def _off_scale(columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, str]]:
    for at, (rating, top) in enumerate(zip(columns["csat"], columns["csat_scale"], strict=True)):
        if rating is not None and not (0 if top in _FROM_ZERO else 1) <= rating <= top:
            yield at, f"the csat {rating:g} is outside its scale of {top:g}"


def _note(taking: Taking, batch: Batch) -> None:
    """Counts what was kept as it stands although a reader may wonder."""
    notes, c = taking.receipt.notes, batch.columns
    for name, known in (("channel", (*CHANNELS, "unknown")), ("priority", (*PRIORITIES, None))):
        for other, times in Counter(c[name]).items():
            if other not in known:
                told = f"{name} “{shown(other)}” kept as it is"
                many = told not in notes and len(notes) >= SHOWN
                notes[f"other words for {name} kept as they are" if many else told] += times
    for name in ("first_reply_at", "resolved_at"):
        early = sum(
            later is not None and later < created
            for later, created in zip(c[name], c["created_at"], strict=True)
        )
        if early:
            notes[f"{name} before created_at: kept, but no time is worked out from it"] += early


def _as_kept(batch: Batch, secret: bytes) -> dict[str, Sequence[Any]]:
    """The columns as the store names them, with defaults filled in and customers hashed."""
    c = batch.columns
    renamed: dict[str, Sequence[Any]] = {
        "external_id": c["interaction_id"],
        "agent": _agents(c["agent"]),
        "issue_key": c["issue_id"],
        "contact_key": [
            None if contact == own else contact
            for contact, own in zip(c["contact_id"], c["interaction_id"], strict=True)
        ],
        "customer_hash": _hashed(c["customer_id"], secret),
        "ended_at": [
            start + round((handled or 0.0) * 1000) if end is None else end
            for start, end, handled in zip(
                c["started_at"], c["ended_at"], c["handle_seconds"], strict=True
            )
        ],
    }
    return {**c, **renamed}


def _redacted(connection: Connection, taking: Taking, batch: Batch) -> list[str | None]:
    """The comments without personal data; a batch's own agents are known before it is kept."""
    comments, names = batch.columns["survey_comment"], batch.columns["agent_name"]
    if not any(comments):
        return comments
    if "redactor" not in taking.seen:
        taking.seen["redactor"] = redactor_of(connection, taking.desk.listening)
    redactor = taking.seen["redactor"].knowing(name for name in set(names) if name)
    taking.seen["redactor"] = redactor
    return [
        None if said is None else redactor.redact([said], [one] if one else [])[0]
        for said, one in zip(comments, batch.columns["customer_id"], strict=True)
    ]


def _agents(names: Sequence[str | None]) -> list[str | None]:
    keys: Mapping[str | None, str | None] = {
        name: None if name is None else agent_key(name) for name in set(names)
    }
    return [keys[name] for name in names]


def _hashed(customers: Sequence[str | None], secret: bytes) -> list[int | None]:
    memo = {one: None if one is None else customer_hash(one, secret) for one in set(customers)}
    return [memo[one] for one in customers]


def customer_hash(customer: str, secret: bytes) -> int:
    """A customer's id as a keyed hash: the first 8 bytes of an HMAC-SHA256, as a signed number.

    An id of the form ``hash:`` and 16 digits is one already, of an export made with the same key.
    """
    if hashed := _HASHED.fullmatch(customer.strip()):
        return int.from_bytes(bytes.fromhex(hashed[1]), "big", signed=True)
    said = customer.strip().casefold() if "@" in customer else customer.strip()
    digest = hmac.digest(secret, b"customer:" + said.encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
