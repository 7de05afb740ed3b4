"""Judges audit lines: what `evenkeel review --json` printed, or any program that prints alike.

    python -m bench.simulate --agents 200 --weeks 26 --seed 1 --out DIR
    evenkeel import interactions DIR/interactions.csv
    evenkeel review --weeks 2026-07-13..2026-11-15 --json > DIR/review.jsonl
    python -m bench.audit DIR/review.jsonl --agents 200 --weeks 26 --seed 1

The words after the file are those that the operation was simulated with.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from bench import naive
from bench.claims import NOBODY, RUSHING, Claims, no_claims
from bench.coaching import DIGESTS, case_of, report
from bench.scenario import AHT, METRICS, SCENARIOS
from bench.simulate import agent_email
from bench.world import World, simulate

DIRECTIONS = {"better": 1, "faster": 1, "worse": -1, "slower": -1}
ABOUT = {"": NOBODY, "rushing": RUSHING, **{name: place for place, name in enumerate(METRICS)}}
CHANGES = (*METRICS, "quality")


def audited(world: World, weeks: np.ndarray, lines: Iterable[str]) -> Claims:
    """The claims of the lines that are about these weeks of an operation.

    Raises:
        KeyError: a line has no agent of the operation, or a flag or metric that is none.
    """
    claims = no_claims(world.scenario.agents, weeks)
    agents = {agent_email(number): number for number in range(world.scenario.agents)}
    digests = {world.mondays[week].isoformat(): digest for digest, week in enumerate(weeks)}
    for line in map(json.loads, lines):
        if line["week"] in digests:
            _read(claims, (agents[line["agent"]], digests[line["week"]]), line)
    return claims


def _read(claims: Claims, at: tuple[int, int], line: dict[str, object]) -> None:
    metric, flag = line["metric"], line["flag"]
    claims.judged[at] = True
    claims.score[at] = np.nan if line["score"] is None else line["score"]
    if metric in CHANGES:
        claims.change[at][CHANGES.index(metric)] = 0 if flag == "none" else DIRECTIONS[flag]
    if metric in METRICS and line["estimate"] is not None:
        for name in ("estimate", "low", "high"):
            getattr(claims, name)[at][METRICS.index(metric)] = line[name]
    if metric == METRICS[AHT]:
        claims.praised[at] = flag == "better"
    if metric in ("focus", "strength"):
        getattr(claims, metric)[at] = ABOUT[flag]
    if metric in ("rushing", "overservicing"):
        flags = claims.rushing if metric == "rushing" else claims.overserving
        flags[at] = flag == "yes"


def main(words: list[str] | None = None) -> None:
    """Prints the report of one file of audit lines."""
    wanted = _arguments().parse_args(words)
    scenario = replace(SCENARIOS[wanted.scenario], agents=wanted.agents, weeks=wanted.weeks)
    world = simulate(scenario, wanted.seed)
    weeks = np.arange(max(1, wanted.weeks - wanted.digests), wanted.weeks)
    lines = wanted.file.read_text(encoding="utf-8").splitlines()
    judges = {
        wanted.file.name: partial(audited, lines=lines),
        "arrows": naive.arrows,
        "t-tests": naive.t_tests,
    }
    print(report({name: [case_of(world, weeks, judge)] for name, judge in judges.items()}))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("file", type=Path, help="JSON Lines")
    parser.add_argument("--scenario", choices=list(SCENARIOS), default="mixed")
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--digests", type=int, default=DIGESTS, help="the last so many weeks")
    return parser


if __name__ == "__main__":
    main()
