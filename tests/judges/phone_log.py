"""A phone system's log in the records this project reads: the commonest shape of such exports.

The columns are those of the sample that a known course on dashboards hands out. A call nobody took
still names the agent whose turn it was; "?" is missing; days come before months, unpadded.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from io import StringIO


def interactions(text: str) -> Iterator[dict[str, str]]:
    """Every call in the form of records.md."""
    for raw in csv.DictReader(StringIO(text)):
        row = {name.strip(): "" if cell == "?" else cell for name, cell in raw.items()}
        yield _call(row)


def _call(row: Mapping[str, str]) -> dict[str, str]:
    answered = row["Answered (Y/N)"] == "Y"
    rang = datetime.strptime(f"{row['Date']} {row['Time']}", "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007 - the zone is the importing one
    began = rang + timedelta(seconds=int(row["Speed of answer in seconds"] or 0))
    rating = row["Satisfaction rating"]
    return {
        "interaction_id": row["Call Id"],
        "agent": row["Agent"],
        "channel": "phone",
        "issue_type": row["Topic"],
        "created_at": rang.isoformat(),
        "started_at": began.isoformat(),
        "first_reply_at": began.isoformat() if answered else "",
        "talk_seconds": row["AvgTalkDuration"],
        "queue_seconds": row["Speed of answer in seconds"],
        "outcome": _outcome(answered=answered, resolved=row["Resolved"] == "Y"),
        "resolved_first_contact": row["Resolved"] if answered else "",
        "csat": rating,
        "csat_scale": "5" if rating else "",
    }


def _outcome(*, answered: bool, resolved: bool) -> str:
    if not answered:
        return "abandoned"
    return "resolved" if resolved else "unresolved"
