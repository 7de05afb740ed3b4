"""`evenkeel demo`: real chats in, scorecards out, in a throw-away file; needs nothing else."""

import argparse
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
STEPS = (
    "scorecard --by team --period 2020-05-11..2020-05-31",
    "scorecard --by agent --period 2020-05-11..2020-05-31 --kpi aht,frt,resolution_rate,fcr,csat",
    "scorecard --agent Freya --period 2020-05-18..2020-05-24",
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
        for step in steps:
            say("", f"$ evenkeel {shlex.join(step)}", "")
            status = main([*step, *shared])
            if status != DONE:
                return status
    say(
        "",
        "Next: `evenkeel import interactions YOUR.csv`. What a file may hold: docs/records.md.",
    )
    return DONE


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
