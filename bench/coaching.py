"""How well coaching judges agents whose truth is known, beside what other tools show.

    python -m bench.coaching --seeds 2

simulates operations (bench.world), replays 18 weekly reviews of each with their states carried,
and prints every goal with ours and the naive claims. What each figure is exactly: bench.verdicts.
`--seeds` asks for more operations, `--scenario` for others.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench import accuracy, naive, verdicts
from bench.claims import Claims
from bench.judging import Case, Cases, Figure
from bench.measure import machine, table
from bench.nature import levels
from bench.replay import replay
from bench.scenario import AHT, CSAT, ESCALATION, FCR, METRICS, SCENARIOS, SENTIMENT
from bench.truth import truth_of, usual_levels
from bench.verdicts import LARGE, LARGE_FCR, MIDDLING
from bench.world import World, simulate
from scoring.coaching.review import review

Judge = Callable[[World, np.ndarray], Claims]
DIGESTS = 18
PERCENT = 100.0


@dataclass(frozen=True)
class Line:
    """A line of the report: what is measured, what is to be reached, and how to read it.

    ``least`` and ``most`` are the goal, None where there is none; ``scale`` turns the figure into
    the unit in which it is printed.
    """

    words: str
    measure: Callable[[Cases], Figure]
    least: float | None = None
    most: float | None = None
    scale: float = PERCENT
    digits: int = 1
    unit: str = " %"

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g}-{self.most:g}{self.unit}"
        if self.least is not None:
            return f"≥ {self.least:g}{self.unit}"
        return "" if self.most is None else f"≤ {self.most:g}{self.unit}"

    def shown(self, figure: Figure) -> str:
        """Value and error as they are printed."""
        if not figure.count:
            return "-"
        value, error = self.scale * figure.value, self.scale * figure.error
        return f"{value:.{self.digits}f} ± {error:.{self.digits}f}"

    def reached(self, figure: Figure) -> str:
        """Yes, no, or open: a miss by less than two errors is not proven."""
        if not figure.count or (self.least is None and self.most is None):
            return ""
        value, slack = self.scale * figure.value, 2 * self.scale * figure.error
        short = max(
            (self.least if self.least is not None else -np.inf) - value,
            value - (self.most if self.most is not None else np.inf),
        )
        return "yes" if short <= 0 else "open" if short <= slack else "NO"


def _rank(metric: int, goal: float) -> Line:
    words = f"rank correlation with the truth: {METRICS[metric]}"
    return Line(words, accuracy.rank_correlation(metric), goal, None, 1, 3, "")


LINES = (
    Line("false discovery rate of change claims", verdicts.false_discovery_rate, None, 5),
    Line("digests with any claim, nobody changed", verdicts.quiet_digests(), None, 5),
    Line("  … or any warning of rushing", verdicts.quiet_digests(warnings=True)),
    Line("false claims in 100 weeks of the unchanged", verdicts.false_claims_of_the_unchanged,
         None, 1, 1, 2, ""),
    Line("AHT by 26 % or more noticed in 3 weeks", verdicts.noticed(AHT, LARGE, np.inf, 3), 95),
    Line("AHT by 17 to 26 % noticed in 6 weeks", verdicts.noticed(AHT, MIDDLING, LARGE, 6), 90),
    Line("FCR by 15 points or more noticed in 3 weeks",
         verdicts.noticed(FCR, LARGE_FCR, np.inf, 3), 80),
    Line("FCR by 15 points or more noticed in 6 weeks",
         verdicts.noticed(FCR, LARGE_FCR, np.inf, 6), 97),
    _rank(AHT, 0.95),
    _rank(FCR, 0.92),
    _rank(ESCALATION, 0.87),
    _rank(CSAT, 0.82),
    _rank(SENTIMENT, 0.95),
    Line("penalty for hard queues: AHT", accuracy.penalty(AHT), None, 15, 1, 1, " s"),
    Line("penalty for hard queues: FCR", accuracy.penalty(FCR), None, 2, 1, 2, " points"),
    Line("coverage of 95 % intervals", accuracy.coverage(range(5)), 93, 98.5),
    *(Line(f"  … {METRICS[metric]}", accuracy.coverage([metric])) for metric in range(5)),
    Line("  … of agents who never change", accuracy.coverage(range(5), only_unchanged=True)),
    Line("rushing, yet praised or shown a higher score", verdicts.rush_rewarded, None, 1),
    Line("  … any rise of the score while rushing", verdicts.rush_raised),
    Line("rushing (AHT -23 %, FCR -11 points) noticed in 3 weeks", verdicts.rush_noticed, 80),
    Line("rushing warnings that are wrong", verdicts.wrong_warnings, None, 5),
    Line("honestly faster, called rushing in 8 weeks", verdicts.honest_called_rushing, None, 10),
    Line("  … praised in 8 weeks", verdicts.honest_praised),
    Line("over-servicing flags that are wrong", verdicts.overserving_wrong),
    Line("unchanged agents' scores that move in a week", accuracy.score_moves, None, 2),
    Line("  … digests with a score", accuracy.scores_shown),
    Line("focus on the truly right side", accuracy.focus_right, 95),
    Line("  … digests with a focus", accuracy.given("focus")),
    Line("strength on the truly right side", accuracy.strength_right, 95),
    Line("  … digests with a strength", accuracy.given("strength")),
)  # fmt: skip


def evenkeel(world: World, weeks: np.ndarray) -> Claims:
    """Our own claims."""
    return replay(world, weeks, review)


JUDGES: dict[str, Judge] = {
    "evenkeel": evenkeel,
    "arrows": naive.arrows,
    "t-tests": naive.t_tests,
}


def case_of(world: World, weeks: np.ndarray, judge: Judge) -> Case:
    """A judge's claims about an operation beside its truth."""
    usual = np.stack([usual_levels(world, week) for week in weeks], axis=1)
    by_row = np.concatenate(
        [levels(world.nature, mix, np.zeros((1, 5))) for mix in world.lives.mixes]
    )
    hardness = by_row[world.lives.row[:, weeks]][..., [AHT, FCR]]
    return Case(truth_of(world), judge(world, weeks), usual, hardness)


def cases_of(name: str, seeds: Sequence[int], digests: int, judge: Judge) -> Iterator[Case]:
    """One case for every seed and copy of a scenario."""
    scenario = SCENARIOS[name]
    weeks = np.arange(scenario.weeks - digests, scenario.weeks)
    for seed in seeds:
        for copy in range(scenario.copies):
            yield case_of(simulate(scenario, seed, copy), weeks, judge)


def report(found: dict[str, list[Case]]) -> str:
    """The table: a line a figure, a column a judge; the first judge is held to the goals."""
    rows = []
    for line in LINES:
        figures = [line.measure(cases) for cases in found.values()]
        rows.append(
            [line.words, line.goal, line.shown(figures[0]), line.reached(figures[0])]
            + [line.shown(one) for one in figures[1:]]
            + [figures[0].count]
        )
    first, *others = found
    return table(["figure", "goal", first, "reached", *others, "rests on"], rows)


def main(words: list[str] | None = None) -> None:
    """Prints the report."""
    wanted = _arguments().parse_args(words)
    seeds = range(wanted.first_seed, wanted.first_seed + wanted.seeds)
    started = time.perf_counter()
    for group in wanted.scenario or ["mixed,quiet"]:
        found = {
            judge: [
                case
                for name in group.split(",")
                for case in cases_of(name, seeds, wanted.digests, JUDGES[judge])
            ]
            for judge in wanted.judge or JUDGES
        }
        print(f"\n{group}, seeds {seeds[0]} to {seeds[-1]}\n\n{report(found)}")
    print(f"\n{machine()}; {time.perf_counter() - started:,.0f} s")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.coaching", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many of each scenario")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--digests", type=int, default=DIGESTS, help="the last so many weeks")
    parser.add_argument("--scenario", action="append", metavar="NAME[,NAME…]",
                        help=f"pooled where joined by commas: {', '.join(SCENARIOS)}")  # fmt: skip
    parser.add_argument("--judge", action="append", choices=list(JUDGES))
    return parser


if __name__ == "__main__":
    main()
