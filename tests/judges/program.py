"""The product as another program sees it: its command line, its exit status and its JSON Lines."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.judges.outside import CHECKOUT

Groups = Mapping[tuple[str | None, ...], float | None]


@dataclass(frozen=True)
class Program:
    """`python -m bot` on one database, with the clock standing still at `now`."""

    database: str
    workplace: Path
    now: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """What a call gives back; settings of the machine at hand do not reach it."""
        shared = ("--database", self.database, "--now", self.now, "--timezone", "UTC")
        return subprocess.run(
            [sys.executable, "-m", "bot", *words, *shared],
            cwd=self.workplace,
            env=_environment(self.settings),
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    def take_in(self, kind: str, path: Path, source: str) -> None:
        """Import a file of which no row may be refused."""
        done = self.run("import", kind, str(path), "--source", source)
        assert done.returncode == 0, done.stdout + done.stderr

    def scorecard(self, *words: str, kpis: Iterable[str]) -> "Scorecard":
        """The figures of a call of `scorecard --json`."""
        asked = [word for kpi in kpis for word in ("--kpi", kpi)]
        done = self.run("scorecard", *words, *asked, "--json")
        assert done.returncode == 0, done.stderr
        return Scorecard(tuple(json.loads(line) for line in done.stdout.splitlines()))


@dataclass(frozen=True)
class Scorecard:
    """The lines of one call."""

    lines: tuple[Mapping[str, object], ...]

    def line(self, kpi: str, **group: str) -> Mapping[str, object]:
        """The one line of a KPI and group."""
        (found,) = [
            line
            for line in self.lines
            if line["kpi"] == kpi and all(line[key] == name for key, name in group.items())
        ]
        return found

    def figures(self, kpi: str, cell: str = "value", *, by: tuple[str, ...]) -> Groups:
        """A KPI's value, or its n, for each group."""
        return {
            tuple(line[key] for key in by): line[cell] for line in self.lines if line["kpi"] == kpi
        }


def unequal(found: Groups, wanted: Groups, within: float = 1e-4) -> list[str]:
    """Every group whose figure is not the one wanted, in words; a group left out has no figure."""
    groups = sorted({*found, *wanted}, key=str)
    pairs = ((group, found.get(group), wanted.get(group)) for group in groups)
    return [
        f"{group}: {is_} for {ought}" for group, is_, ought in pairs if _differ(is_, ought, within)
    ]


def _differ(is_: float | None, ought: float | None, within: float) -> bool:
    if is_ is None or ought is None:
        return is_ is not ought
    return abs(is_ - ought) > within


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENKEEL_")}
    path = os.pathsep.join(filter(None, (str(CHECKOUT), kept.get("PYTHONPATH"))))
    return {**kept, **settings, "PYTHONPATH": path}
