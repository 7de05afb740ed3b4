"""The log: one JSON object a line, of ids, counts and durations; no name, no text, no figure."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

# What may stand in a line beside its moment, level, place and event.
ALLOWED = (
    *("token", "command", "user", "outcome", "why", "where", "milliseconds", "blocks", "retry"),
    *("address", "commands", "count", "status"),
)


class JsonLines(logging.Formatter):
    """A record as JSON: only what is allowed of it, and of an error its kind and its places.

    What an error says may hold names and texts, so it is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        ours = record.name.startswith(("bot", "scoring", "prompts"))
        if ours:
            told["event"] = record.getMessage()
        told |= {name: vars(record)[name] for name in ALLOWED if name in vars(record)}
        if record.exc_info and record.exc_info[1] is not None:
            told |= told_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def told_of(error: BaseException) -> dict[str, str]:
    """What may be told of an error: its kind, and the lines that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
    return {"why": type(error).__name__, "where": places}


def start_log(stream: TextIO | None = None) -> None:
    """Writes the log of this process to standard error, or to another stream."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # A request that waits for a thread is no news; how long it took is in its own line.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
