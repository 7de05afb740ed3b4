"""The columns that each kind of file may have, and what their cells mean."""

import difflib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from scoring.columns import EPOCH
from scoring.errors import IntakeError
from scoring.intake.cells import (
    Instants,
    Parse,
    boolean,
    choice,
    duration,
    label,
    local_date,
    number,
    remark,
    times,
    words,
)

OUTCOMES = ("resolved", "unresolved", "escalated", "transferred", "abandoned")
CHANNELS = ("phone", "chat", "email", "social", "sms", "other")
PRIORITIES = ("low", "normal", "high", "urgent")
SCALES = (*range(1, 12), 100)
FIGURES = (
    "operating_cost",
    "customers_at_start",
    "customers_at_end",
    "customers_new",
    "help_centre_sessions",
    "ticket_submitters",
    "bot_conversations",
    "bot_deflected",
    "bot_contained",
    "bot_resolved",
    "tasks_attempted",
    "tasks_succeeded",
)


@dataclass(frozen=True)
class Kind:
    """One kind of file: its columns by name, those it needs, the one that names a row."""

    name: str
    columns: Callable[[Instants], Mapping[str, Parse]]
    required: tuple[str, ...]
    key: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(self.columns(Instants(ZoneInfo("UTC"), EPOCH)))


def _interactions(instants: Instants) -> Mapping[str, Parse]:
    return {**_matter(instants), **_course(instants), **_upshot(instants)}


def _matter(instants: Instants) -> Mapping[str, Parse]:
    """Whose contact it is, and what it is about."""
    return {
        "interaction_id": words,
        "agent": words,
        "started_at": instants,
        "channel": label(*CHANNELS),
        "contact_id": words,
        "issue_id": words,
        "customer_id": words,
        "agent_name": words,
        "team": words,
        "issue_type": words,
        "priority": label(*PRIORITIES),
        "complexity": words,
        "customer_tier": words,
        "language": words,
        "direction": choice("inbound", "outbound"),
        "handled_by": choice("agent", "bot"),
    }


def _course(instants: Instants) -> Mapping[str, Parse]:
    """What happened when, and for how long."""
    return {
        "created_at": instants,
        "first_reply_at": instants,
        "ended_at": instants,
        "resolved_at": instants,
        "talk_seconds": duration,
        "hold_seconds": duration,
        "wrap_seconds": duration,
        "handle_seconds": duration,
        "queue_seconds": duration,
    }


def _upshot(instants: Instants) -> Mapping[str, Parse]:
    """What came of it, and what the customer said."""
    return {
        "outcome": choice(*OUTCOMES),
        "escalated": boolean,
        "escalation_kind": choice("skill", "authority", "policy"),
        "resolved_first_contact": boolean,
        "reopened": times,
        "first_response_due_at": instants.due,
        "resolution_due_at": instants.due,
        "sla_met": boolean,
        "csat": number(0, 100),
        "csat_scale": _scale,
        "nps": number(0, 10, whole=True),
        "ces": number(1, 7),
        "survey_sent_at": instants,
        "survey_answered_at": instants,
        "survey_comment": remark,
        "sentiment": number(-1, 1),
        "excluded": words,
    }


def _roster(_: Instants) -> Mapping[str, Parse]:
    return {
        "agent": words,
        "name": words,
        "team": words,
        "manager": words,
        "started_on": local_date,
        "ended_on": local_date,
        "slack_user_id": words,
        "timezone": _zone,
        "role": choice("agent", "manager", "admin"),
    }


def _shifts(_: Instants) -> Mapping[str, Parse]:
    return {
        "agent": words,
        "date": local_date,
        "paid_seconds": duration,
        "available_seconds": duration,
        "productive_seconds": duration,
        "on_queue_seconds": duration,
        "absent": words,
    }


def _figures(_: Instants) -> Mapping[str, Parse]:
    return {
        "period_start": local_date,
        "period_end": local_date,
        "measure": choice(*FIGURES),
        "value": number(0, 1e15),
        "team": words,
    }


def _scale(cell: str) -> float:
    top: float = number(1, 100)(cell)
    if top not in SCALES:
        raise ValueError("is not a known scale: give its top value, 1 to 11 or 100")
    return top


def _zone(cell: str) -> str:
    try:
        return ZoneInfo(cell).key
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(cell, available_timezones(), n=1)
        hint = f"; did you mean {near[0]}?" if near else "; write it as Europe/London"
        raise ValueError(f"is no time zone{hint}") from None


KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                "interactions", _interactions, ("interaction_id", "started_at"), "interaction_id"
            ),
            Kind("roster", _roster, ("agent",), "agent"),
            Kind("shifts", _shifts, ("agent", "date"), "agent"),
            Kind(
                "figures",
                _figures,
                ("period_start", "period_end", "measure", "value"),
                "measure",
            ),
        )
    }
)


def see_columns(path: Path, header: Sequence[str], kind: Kind, known: Sequence[str]) -> list[str]:
    """The header's names as this kind of file has them.

    Raises:
        IntakeError: a column is not known (the nearest known one is named), stands twice, or one
            that the rows cannot do without is missing.
    """
    names = [cell.strip().casefold() for cell in header]
    wrong = [
        unknown(cell, known) for cell, name in zip(header, names, strict=True) if name not in known
    ]
    wrong += [f"the column “{name}” stands twice" for name in known if names.count(name) > 1]
    missing = [name for name in kind.required if name not in names]
    if missing and not wrong:
        wrong.append(f"the column “{'” and “'.join(missing)}” is missing")
    if wrong:
        told = "; ".join(wrong)
        raise IntakeError(
            f"{path} cannot be taken in as {kind.name}: {told}. Nothing was taken in."
        )
    return names


def unknown(cell: str, known: Sequence[str]) -> str:
    """Says that there is no such column, and which known one may be meant."""
    plain = "_".join(cell.strip().casefold().replace("-", " ").split())
    likely = plain if plain in known else _also_called().get(plain)
    if likely not in known:
        near = difflib.get_close_matches(plain, known, n=1, cutoff=0.4)
        likely = near[0] if near else None
    hint = f" (did you mean {likely}?)" if likely else ""
    return f"there is no column “{cell.strip() or 'without a name'}”{hint}"


@cache
def _also_called() -> Mapping[str, str]:
    """Columns by the names that other systems give them."""
    text = Path(__file__).with_name("also_called.toml").read_text("utf-8")
    return {other: name for name, others in tomllib.loads(text).items() for other in others}
