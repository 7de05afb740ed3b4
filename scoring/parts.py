"""What counts of each part of a contact with several agents, and what is known of the whole.

A part is a row of an interaction's own columns, its agent's ``team`` among them; instants are in
milliseconds. Nothing here knows of the database.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from scoring.facts import EXCUSED
from scoring.workspace import Workspace

Part: TypeAlias = Any  # a row with the columns named above
Facts: TypeAlias = dict[str, Any]
TOLD = (
    "contact_created_at",
    "contact_reply_at",
    "contact_resolved_at",
    "contact_outcome",
    "contact_escalated",
    "contact_reopened",
    "contact_first",
    "contact_csat",
    "contact_scale",
    "contact_nps",
    "contact_ces",
    "contact_surveyed",
    "contact_response_due_at",
    "contact_resolution_due_at",
    "contact_sla_met",
)


def whole(parts: Sequence[Part], workspace: Workspace) -> list[Facts]:
    """What counts of each part of a contact, and what is known of the whole, in their order."""
    live = sorted(
        (part for part in parts if _counts(part)),
        key=lambda part: (part.started_at, part.external_id),
    )
    if len(live) <= 1:
        return [_alone(part, workspace) for part in parts]
    together = {**_together(live), **_closing(live, workspace)}
    roles = _roles(live)
    return [
        _alone(part, workspace)
        if not _counts(part)
        else {
            **together,
            **roles[part.id],
            "reply_business": business_seconds(workspace, part, together["contact_reply_at"]),
        }
        for part in parts
    ]


def _counts(part: Part) -> bool:
    """Whether a part says something of its contact: an excused one does, as it did before."""
    return part.excluded is None or part.excluded in EXCUSED.values()


def _alone(part: Part, workspace: Workspace) -> Facts:
    return {
        **dict.fromkeys(TOLD),
        "contact_parts": 1,
        **_closing([part], workspace),
        "part": 1,
        "last_part": 1,
        "share": 1.0,
        "reply_business": business_seconds(workspace, part, part.first_reply_at),
    }


def _together(parts: Sequence[Part]) -> Facts:
    """What is known of the whole contact, from its parts in the order of time."""
    rated = next((part for part in reversed(parts) if part.csat is not None), None)
    return {
        "contact_parts": len(parts),
        "contact_created_at": _least(part.created_at for part in parts),
        # The first public reply by a person: a bot's words are none.
        "contact_reply_at": _least(
            part.first_reply_at for part in parts if part.handled_by == "agent"
        ),
        "contact_resolved_at": _most(part.resolved_at for part in parts),
        "contact_outcome": _told(reversed(parts), "outcome"),
        "contact_escalated": _most(_escalated(part) for part in parts),
        "contact_reopened": _most(part.reopened for part in parts),
        "contact_first": _least(part.resolved_first_contact for part in parts),
        "contact_csat": getattr(rated, "csat", None),
        "contact_scale": getattr(rated, "csat_scale", None),
        "contact_nps": _told(reversed(parts), "nps"),
        "contact_ces": _told(reversed(parts), "ces"),
        "contact_surveyed": _most(_surveyed(part) for part in parts),
        # The promise that the customer was first given; and the one now in force.
        "contact_response_due_at": _told(parts, "first_response_due_at"),
        "contact_resolution_due_at": _told(reversed(parts), "resolution_due_at"),
        "contact_sla_met": _told(reversed(parts), "sla_met"),
    }


def _roles(parts: Sequence[Part]) -> dict[int, Facts]:
    """Which part is first and last, and the share of each in the handling, by id."""
    people = [one for one in parts if one.handled_by == "agent" and one.outcome != "abandoned"]
    first = (people or parts)[0]
    credited = people or [first]
    times = [part.handle_seconds or 0.0 for part in credited]
    known = all(times)
    shares = {
        part.id: time / sum(times) if known else 1 / len(credited)
        for part, time in zip(credited, times, strict=True)
    }
    return {
        part.id: {
            "part": int(part is first),
            "last_part": int(part is parts[-1]),
            "share": shares.get(part.id, 0.0),
        }
        for part in parts
    }


def _closing(parts: Sequence[Part], workspace: Workspace) -> Facts:
    resolved = _most(part.resolved_at for part in parts)
    closed = _most(part.ended_at for part in parts) if resolved is None else resolved
    closed_day, resolved_day = workspace.calendar.local_days([closed, resolved])
    first = min(parts, key=lambda part: part.created_at)
    return {
        "closed_at": closed,
        "closed_day": closed_day,
        "resolved_day": resolved_day,
        "resolution_business": business_seconds(workspace, first, resolved),
    }


def business_seconds(workspace: Workspace, part: Part, end: int | None) -> float | None:
    """Business seconds from a part's creation to an instant, where working hours are set."""
    hours = workspace.hours_of(part.team)
    if hours is None or end is None or end < part.created_at:
        return None
    return hours.seconds_between(part.created_at, end)


def _escalated(part: Part) -> int | None:
    if part.escalated is not None:
        return int(part.escalated)
    return None if part.outcome is None else int(part.outcome == "escalated")


def _surveyed(part: Part) -> int | None:
    answers = (part.survey_answered_at, part.csat, part.nps, part.ces)
    if part.survey_sent_at is None:
        return None
    return int(any(answer is not None for answer in answers))


def _told(parts: Iterable[Part], name: str) -> Any:
    """The first of what parts say, in the order given."""
    said = (getattr(part, name) for part in parts)
    return next((value for value in said if value is not None), None)


def _most(values: Iterable[Any]) -> Any:
    return max((value for value in values if value is not None), default=None)


def _least(values: Iterable[Any]) -> Any:
    return min((value for value in values if value is not None), default=None)
