"""The set it_incidents (a ServiceNow audit log, 2016) in the records this project reads.

One record an incident: its counts and verdicts as its last row tells them, credited to whoever
resolved it. A resolver "?" (45 incidents) or category "?" (2) goes under the name "unknown": those
incidents too are in the reference, and are the repeats of others. There is no handle time.
"""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

UNKNOWN = "unknown"
CHANNELS = {"Phone": "phone", "Email": "email"}
PRIORITIES = {"1": "urgent", "2": "high", "3": "normal", "4": "low"}


def last_rows(folder: Path) -> Iterable[dict[str, str]]:
    """The last row of every incident, as the set has it."""
    with gzip.open(folder / "events_dev.csv.gz", "rt", encoding="utf-8") as file:
        return {row["number"]: row for row in csv.DictReader(file)}.values()


def interactions(folder: Path, *, own_answers: bool) -> Iterator[dict[str, str]]:
    """Every incident in the form of records.md.

    With `own_answers` the set says itself what was resolved at first contact: what was neither
    passed on nor reopened. Without, only of incidents with no time of resolution, after which
    alone a repeat contact could be looked for.
    """
    for row in last_rows(folder):
        resolved = _instant(row["resolved_at"])
        own = _at_first(row) if own_answers or not resolved else ""
        yield {**_interaction(row, resolved), "resolved_first_contact": own}


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
    """Day before month, unpadded, with no zone: "5/3/2016 12:00" is the fifth of March."""
    return datetime.strptime(cell, "%d/%m/%Y %H:%M").isoformat() if _known(cell) else ""  # noqa: DTZ007 - the zone is the importing one
