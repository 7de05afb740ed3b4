"""A simulated operation as files: what `evenkeel import` takes in, and the truth beside it.

    python -m bench.simulate --agents 200 --weeks 26 --seed 1 --out DIR

writes interactions.csv, roster.csv and truth.csv, which nobody but a judge should read. The same
words give the same files, byte for byte.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.nature import CELL_CHANNEL, CELL_ISSUE, CELL_PRIORITY, CHANNELS, ISSUES, PRIORITIES
from bench.scenario import METRICS, SCENARIOS
from bench.truth import Truth, truth_of
from bench.world import World, simulate

INTERACTIONS = (
    "interaction_id", "agent", "team", "started_at", "ended_at", "channel", "issue_type",
    "priority", "handle_seconds", "outcome", "escalated", "resolved_first_contact", "csat",
    "sentiment",
)  # fmt: skip
CHUNK = 50_000


def main(words: list[str] | None = None) -> None:
    """Writes the three files."""
    wanted = _arguments().parse_args(words)
    scenario = replace(SCENARIOS[wanted.scenario], agents=wanted.agents, weeks=wanted.weeks)
    world = simulate(scenario, wanted.seed)
    wanted.out.mkdir(parents=True, exist_ok=True)
    for line in write(world, wanted.out):
        print(line)


def write(world: World, folder: Path) -> Iterator[str]:
    """Writes the three files; a line for each says what is in it."""
    for name, header, rows in (
        ("interactions.csv", INTERACTIONS, interactions(world)),
        ("roster.csv", ("agent", "name", "team", "started_on"), roster(world)),
        ("truth.csv", truth_header(), truth_rows(world)),
    ):
        yield f"{name}: {_write(folder / name, header, rows):,} rows"


def agent_email(number: int) -> str:
    """The id under which an agent stands in the records."""
    return f"agent{number:04d}@example.com"


def team_name(number: int) -> str:
    """The name under which a team stands in the records."""
    return f"Team {number + 1:02d}"


def interactions(world: World) -> Iterator[Sequence[object]]:
    """The contacts in the form of docs/records.md; what is not known is an empty cell."""
    columns, count = world.contacts, len(world.contacts["agent"])
    for first in range(0, count, CHUNK):
        part = {name: cells[first : first + CHUNK] for name, cells in columns.items()}
        yield from zip(*_columns(world, part, first), strict=True)


def _columns(world: World, part: dict[str, np.ndarray], first: int) -> list[Sequence[object]]:
    agent, cell, started_at = part["agent"], part["cell"], part["started_at"]
    handle = np.nan_to_num(part["handle_seconds"], nan=300.0)
    emails = np.array([agent_email(one) for one in range(world.scenario.agents)])
    teams = np.array([team_name(one) for one in range(world.lives.team.max() + 1)])
    escalated, solved = part["escalated"] == 1, part["resolved"] == 1
    outcome = np.where(escalated, "escalated", np.where(solved, "resolved", "unresolved"))
    unclear = np.isnan(part["resolved"]) & ~escalated
    return [
        [f"s{number}" for number in range(first, first + len(agent))],
        emails[agent],
        teams[world.lives.team[agent]],
        _instants(started_at),
        _instants(started_at + handle),
        np.array(CHANNELS)[CELL_CHANNEL[cell]],
        np.array(ISSUES)[CELL_ISSUE[cell]],
        np.array(PRIORITIES)[CELL_PRIORITY[cell]],
        _whole(part["handle_seconds"]),
        np.where(unclear, "", outcome),
        np.where(escalated, "true", "false"),
        _words(part["resolved"]),
        _whole(part["csat"]),
        ["" if np.isnan(one) else f"{one:.3f}" for one in part["sentiment"]],
    ]


def roster(world: World) -> Iterator[Sequence[object]]:
    """Every agent with team and, where it lies within the span, first day."""
    begun = (world.lives.contacts > 0).argmax(1)
    for agent, team in enumerate(world.lives.team):
        first = world.mondays[begun[agent]].isoformat() if begun[agent] else ""
        yield agent_email(agent), f"Agent {agent:04d}", team_name(team), first


def truth_header() -> list[str]:
    """Names of the columns of truth.csv."""
    moves = [f"{name}_moved" for name in (*METRICS, "quality")]
    last = ("rushing", "overservicing", "unchanged")
    return ["agent", "week", "kind", "contacts", *METRICS, *moves, *last]


def truth_rows(world: World) -> Iterator[Sequence[object]]:
    """A row for each agent and week: levels on the standard mix and which claims are true."""
    truth = truth_of(world)
    for agent in range(world.scenario.agents):
        for week, monday in enumerate(world.mondays):
            yield (
                agent_email(agent), monday.isoformat(), truth.kind[agent],
                world.lives.contacts[agent, week],
                *(f"{level:.5f}" for level in truth.levels[agent, week]),
                *_moves(truth, agent, week),
                *(_yes(flag[agent, week]) for flag in (truth.rushing, truth.overserving)),
                _yes(truth.unchanged[agent]),
            )  # fmt: skip


def _moves(truth: Truth, agent: int, week: int) -> Iterator[str]:
    pairs = zip(truth.better[agent, week], truth.worse[agent, week], strict=True)
    for better, worse in pairs:
        yield (
            "either" if better and worse else "better" if better else "worse" if worse else "none"
        )


def _yes(flag: bool) -> str:  # noqa: FBT001 - it is the value that is written
    return "yes" if flag else "none"


def _instants(seconds: np.ndarray) -> list[str]:
    return [
        datetime.fromtimestamp(int(one), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for one in seconds
    ]


def _whole(values: np.ndarray) -> list[str]:
    return ["" if np.isnan(one) else f"{one:.0f}" for one in values]


def _words(values: np.ndarray) -> list[str]:
    return ["" if np.isnan(one) else "true" if one else "false" for one in values]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__)
    parser.add_argument("--scenario", choices=list(SCENARIOS), default="mixed")
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    return parser


if __name__ == "__main__":
    main()
