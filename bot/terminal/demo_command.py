"""`evenkeel demo`: real chats in; scorecards, moods, a note and answers out, in a scratch file."""

import argparse
import gzip
import json
import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import scoring
from bot.cli import DONE, main
from bot.paper import say, wrapped

FILES = MappingProxyType(
    {
        "roster": "roster.csv",
        "interactions": "interactions.csv.gz",
        "transcripts": "transcripts.jsonl.gz",
    }
)
# A fortnight after the last chat, so that every repeat window is over.
NOW = "2020-06-10T09:00:00Z"
# Chats for a closer look: a customer who gives up, one who cheers up, and one like most.
CHATS = ("star-851", "star-4604", "star-7")
STEPS = (
    "scorecard --by team --period 2020-05-11..2020-05-31",
    "scorecard --by agent --period 2020-05-11..2020-05-31 --kpi aht,frt,resolution_rate,fcr,csat",
    "scorecard --by team --period 2020-05-11..2020-05-31 --kpi csat,sentiment",
    "sentiment chats.jsonl",
    "scorecard --agent Freya --period 2020-05-18..2020-05-24",
    "note Bruno --week 2020-05-18",
    "ask 'Who slowed down in the week of 18 May but kept CSAT up?' --as yuki@example.com",
    "ask 'Compare Chloe to the team median on handle time in May' --as yuki@example.com",
    "ask 'Solved rate by agent in May, lowest first' --as yuki@example.com",
    "kpis fcr",
)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command: none of its own."""
    del parser


def run(asked: argparse.Namespace) -> int:
    """Takes in the samples and shows what the commands say of them."""
    del asked
    samples = _near(Path(scoring.__file__).with_name("samples"))
    say(
        wrapped(
            "Real chats between people, from the STAR data set (see scoring/samples/README.md);"
            " agents' names are made up. Every step is a command, on a throw-away database and"
            f" with the clock at {NOW}: --database and --now are left out below."
        )
    )
    with tempfile.TemporaryDirectory(prefix="evenkeel-demo-") as scratch, _own_key():
        shared = ("--database", str(Path(scratch, "demo.db")), "--now", NOW, "--timezone", "UTC")
        steps = [["import", kind, str(samples / name)] for kind, name in FILES.items()]
        steps += [shlex.split(step) for step in STEPS]
        _write_chats(samples, Path(scratch, "chats.jsonl"))
        for step in steps:
            say("", f"$ evenkeel {shlex.join(step)}", "")
            status = main([*(_found(word, scratch) for word in step), *shared])
            if status != DONE:
                return status
    say(
        "",
        "Next: `evenkeel import interactions YOUR.csv`. What a file may hold: docs/records.md.",
    )
    return DONE


def _write_chats(samples: Path, path: Path) -> None:
    """A file of some chats, as `evenkeel sentiment` reads it."""
    with gzip.open(samples / "transcripts.jsonl.gz", "rt", encoding="utf-8") as lines:
        chats = {chat["interaction_id"]: chat["messages"] for chat in map(json.loads, lines)}
    told = [json.dumps({"id": name, "messages": chats[name]}) for name in CHATS]
    path.write_text("\n".join(told), encoding="utf-8")


def _found(word: str, scratch: str) -> str:
    """A word of a call; the path of a file that only the demonstration has."""
    path = Path(scratch, word)
    return str(path) if path.is_file() else word


def _near(path: Path) -> Path:
    """The path as it is said from where we are."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


@contextmanager
def _own_key() -> Iterator[None]:
    """A key of the demo's own, so that none is left behind."""
    name = "EVENKEEL_CUSTOMER_KEY"
    before = os.environ.get(name)
    os.environ[name] = "demo"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
