"""The set star_chats (chats by real people, 2020) in the records this project reads.

What stands in for what: the customer's "stayed calm and helpful" is the survey answer, 2 of 2 or 1
of 2; the agent's "the customer became aggressive or annoyed" is taken as the escalation, the one
column that, like it, is asked of completed chats only and is unknown where nobody answered.

177 chats have no spoken turn, hence no start and nobody who waited. The set's own reference leaves
them out, and so does this.
"""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

YES_NO = {"1": "yes", "0": "no", "": ""}
SOLVED = {"1": "resolved", "0": "unresolved", "": ""}
CALM = {"1": "2", "0": "1", "": ""}


def rows(folder: Path) -> Iterator[dict[str, str]]:
    """The set's own rows of chats with at least one turn."""
    with gzip.open(folder / "interactions_dev.csv.gz", "rt", encoding="utf-8") as file:
        yield from (row for row in csv.DictReader(file) if row["started_at"])


def chats(folder: Path) -> Iterator[dict[str, object]]:
    """The set's own chats with at least one turn, with what was said."""
    with gzip.open(folder / "chats_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from (chat for chat in map(json.loads, file) if chat["turns"])


def interaction(row: Mapping[str, str]) -> dict[str, str]:
    """One chat in the form of records.md. Every chat opens with the customer's first turn."""
    calm = CALM[row["agent_calm_and_helpful"]]
    return {
        "interaction_id": row["chat_id"],
        "agent": row["agent_id"],
        "customer_id": row["customer_id"],
        "channel": "chat",
        "issue_type": row["tasks"],
        "complexity": "hard" if "+" in row["tasks"] else "simple",
        "created_at": row["started_at"],
        "started_at": row["started_at"],
        "first_reply_at": _later(row["started_at"], row["first_response_seconds"]),
        "ended_at": row["ended_at"],
        "handle_seconds": row["handle_seconds"],
        "outcome": "abandoned" if row["abandoned"] == "1" else SOLVED[row["solved"]],
        "escalated": YES_NO[row["customer_annoyed"]],
        "csat": calm,
        "csat_scale": "2" if calm else "",
    }


def transcript(chat: Mapping[str, object]) -> dict[str, object]:
    """What was said in one chat, in the form of records.md."""
    return {
        "interaction_id": str(chat["chat_id"]),
        "messages": [
            {"at": _written(datetime.fromtimestamp(at, UTC)), "author": author, "text": text}
            for author, at, text in chat["turns"]
        ],
    }


def _later(start: str, seconds: str) -> str:
    if not seconds:
        return ""
    return _written(datetime.fromisoformat(start) + timedelta(seconds=int(seconds)))


def _written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
