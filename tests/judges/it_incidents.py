"""The set it_incidents (a ServiceNow audit log, 2016) in the records this project reads.

One record an incident: its counts and verdicts as its last row tells them, credited to whoever
resolved it. A resolver "?" (45 incidents) or category "?" (2) goes under the name "unknown": those
incidents too are in the reference, and are the repeats of others. There is no handle time.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

UNKNOWN = "unknown"
CHANNELS = {"Phone": "phone", "Email": "email"}
PRIORITIES = {"1": "urgent", "2": "high", "3": "normal", "4": "low"}


def last_rows(folder: Path) -> Iterable[dict[str, str]]:
    """The last row of every incident, as the set has it."""
    with gzip.open(folder / "events_dev.csv.gz", "rt", encoding="utf-8") as file:
        return {row["number"]: row for row in csv.DictReader(file)}.values()


def interactions(folder: Path, answered: str) -> Iterator[dict[str, str]]:
    """Every incident in the form of records.md.

    `answered` tells of which incidents the set says itself whether they were resolved at first
    contact, which is what was neither passed on nor reopened: "all", "none", or those "without" a
    time of resolution, after which alone the reference looks for a repeat contact.
    """
    for row in last_rows(folder):
        resolved = _instant(row["resolved_at"])
        own = answered == "all" or (answered == "without" and not resolved)
        yield {
            **_interaction(row, resolved),
            "resolved_first_contact": _at_first(row) if own else "",
        }


def at_first_contact(folder: Path) -> Iterator[tuple[str, bool, bool]]:
    """Resolver, whether it has a time of resolution, and whether first contact settled it.

    By the project's own rule, worked out by hand: neither passed on nor reopened, and no incident
    of the same caller in the same category opened later and within seven days of the resolution
    or, where there is none, of the opening.
    """
    rows = [row for row in last_rows(folder) if _known(row["caller_id"])]
    opened: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
    for row in rows:
        opened[row["caller_id"], row["category"]].append(
            (_day_first(row["opened_at"]), row["number"])
        )
    for row in rows:
        own = (_day_first(row["opened_at"]), row["number"])
        resolved = _known(row["resolved_at"])
        last = max(own[0], _day_first(resolved)) if resolved else own[0]
        back = any(
            one > own and one[0] <= last + timedelta(days=7)
            for one in opened[row["caller_id"], row["category"]]
        )
        settled = _at_first(row) == "yes" and not back
        yield _known(row["resolved_by"]) or UNKNOWN, bool(resolved), settled


def _interaction(row: Mapping[str, str], resolved: str) -> dict[str, str]:
    opened = _instant(row["opened_at"])
    return {
        "interaction_id": row["number"],
        "agent": _known(row["resolved_by"]) or UNKNOWN,
        "customer_id": _known(row["caller_id"]),
        "channel": CHANNELS.get(row["contact_type"], "other"),
        "issue_type": _known(row["category"]) or UNKNOWN,
        "priority": PRIORITIES[row["priority"]],
        "created_at": opened,
        "started_at": opened,
        "ended_at": resolved or _instant(row["closed_at"]),
        "resolved_at": resolved,
        "outcome": "resolved" if resolved else "",
        "escalated": "yes" if _count(row, "reassignment_count") else "no",
        "reopened": row["reopen_count"],
        "sla_met": row["made_sla"],
    }


def _at_first(row: Mapping[str, str]) -> str:
    again = _count(row, "reassignment_count") or _count(row, "reopen_count")
    return "no" if again else "yes"


def _count(row: Mapping[str, str], column: str) -> int:
    return int(row[column])


def _known(cell: str) -> str:
    return "" if cell == "?" else cell


def _instant(cell: str) -> str:
    return _day_first(cell).isoformat() if _known(cell) else ""


def _day_first(cell: str) -> datetime:
    """Day before month, unpadded, with no zone: "5/3/2016 12:00" is the fifth of March."""
    return datetime.strptime(cell, "%d/%m/%Y %H:%M")  # noqa: DTZ007 - the zone is the importing one
