"""Starts the engine `service` and reads 100,000 chat turns; `bench.sentiment` times it.

    python -m bench.many_turns DATA

A module of its own, so that what it is compared with is not loaded.
"""

import gzip
import json
import sys
from itertools import cycle, islice
from pathlib import Path

from scoring.sentiment.engine import Turn
from scoring.sentiment.engines import engine

MANY = 100_000


def chat_turns(folder: Path) -> list[str]:
    """What was said in star_chats, either side."""
    path = folder / "star_chats" / "chats_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [text for line in file for _author, _at, text in json.loads(line)["turns"]]


if __name__ == "__main__":
    turns = [Turn(text) for text in chat_turns(Path(sys.argv[1]))]
    engine().moods(list(islice(cycle(turns), MANY)))
