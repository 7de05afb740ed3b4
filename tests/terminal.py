"""The command line as a person has it: words in, an exit status and two texts out."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.cli import main

CHECKOUT = Path(__file__).parent.parent
# What the machine at hand may have set for the program.
OWN = ("EVENKEEL_", "SLACK_")


@dataclass(frozen=True)
class Said:
    """What a call gave back."""

    status: int
    out: str
    err: str

    @property
    def rows(self):
        """The objects of its JSON Lines; anything else on standard output is an error."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Terminal:
    """Runs calls in this process; ``capsys`` is pytest's own."""

    capsys: object

    def __call__(self, *words: str) -> Said:
        """What a call says; one word with spaces in it is taken apart as a shell does."""
        said = shlex.split(words[0]) if len(words) == 1 else [str(word) for word in words]
        self.capsys.readouterr()
        status = main(said)
        return Said(status, *self.capsys.readouterr())


def own_settings(monkeypatch, **settings):
    """Only these settings, whatever the machine at hand has."""
    for name in list(os.environ):
        if name.startswith(OWN) and "TEST" not in name:
            monkeypatch.delenv(name)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"EVENKEEL_CUSTOMER_KEY": "a key for tests", **settings}.items():
        monkeypatch.setenv(name, value)


def in_process(code, *words, cwd, **options):
    """A Python of its own that runs this code, with the checkout on its path."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )


def environment() -> Mapping[str, str]:
    """The environment of a process that finds the program, without the machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    path = os.pathsep.join(filter(None, (str(CHECKOUT), kept.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path, "EVENKEEL_CUSTOMER_KEY": "a key for tests"}
