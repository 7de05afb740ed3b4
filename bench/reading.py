"""Evenkeel's own readings beside those of DuckDB, polars and pandas, answers compared.

evenkeel import interactions DIR/interactions.csv --database DIR/evenkeel.db
python -m bench.reading DIR/evenkeel.db DIR/interactions.parquet --times 7
"""

import argparse
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.measure import Timing, machine, milliseconds, own_peak_bytes, table, timed
from bench.operation import agent_email, team_name
from bench.peers import PEERS
from bench.question import (
    AGENT_WEEK,
    AGENTS_WEEK,
    READINGS,
    TEAM_WEEKS,
    YEAR_FCR,
    YEAR_RANKING,
    Answer,
    Question,
    answer,
    difference,
    questions,
)
from scoring.asking import Ask, Reader, Scope, reader
from scoring.database import connect, prepare, reading
from scoring.kpis import Catalogue, load_catalogue
from scoring.people import find_agent, find_team
from scoring.period import Calendar, Period
from scoring.scorecard import estimates, names
from scoring.workspace import Workspace

FIGURES = {
    "agent_week": AGENT_WEEK,
    "agents_week": AGENTS_WEEK,
    "team_weeks": TEAM_WEEKS,
    "year_ranking": YEAR_RANKING,
    "year_fcr": YEAR_FCR,
}


def main(words: list[str] | None = None) -> None:
    """Prints the table of times, ratios and differences."""
    wanted = _arguments().parse_args(words)
    asked = questions(wanted.last, wanted.agent, wanted.team)
    addresses = [wanted.database, *([wanted.also] if wanted.also else [])]
    with ExitStack() as stack:
        views = [_view(stack, address, wanted.last) for address in addresses]
        wishes = wanted.reading or READINGS
        lines = [_line(name, asked[name], views, wanted) for name in wishes]
    engines = [view.connection.dialect.name for view in views]
    print(table(["reading, ms", *engines, *wanted.peer, "differ by"], lines))
    print(f"\nMedian of {wanted.times} (fastest). {machine()};", end=" ")
    print(f"peak memory {own_peak_bytes() / 1e6:,.0f} MB")


def _view(stack: ExitStack, address: str, last: date) -> Reader:
    engine = connect(address)
    prepare(engine)
    workspace = Workspace(Calendar(ZoneInfo("UTC")))
    # Late enough that every repeat window is over, as the peers take it.
    now = datetime.combine(last + timedelta(days=60), time(9), UTC)
    connection = stack.enter_context(reading(engine))
    return reader(connection, workspace, workspace.moment(now))


def _line(
    name: str, question: Question, views: list[Reader], wanted: argparse.Namespace
) -> list[str]:
    catalogue = load_catalogue()
    cells, answers = [], []
    for view in views:
        ours = partial(own, name, question, view, catalogue)
        cells.append(_cell(timed(ours, wanted.times)))
        answers.append(ours())
    for peer in wanted.peer:
        read = PEERS[peer][name]
        answers.append(read(wanted.parquet, question))
        cells.append(_cell(timed(partial(read, wanted.parquet, question), wanted.times, warm=0)))
    apart = max((difference(answers[0], other) for other in answers[1:]), default=0.0)
    return [name, *cells, f"{apart:.0e}"]


def _cell(timing: Timing) -> str:
    return f"{milliseconds(timing.median)} ({milliseconds(timing.fastest)})"


def own(name: str, question: Question, view: Reader, catalogue: Catalogue) -> Answer:
    """One reading, by the same way as the scorecard of the command line."""
    figures = FIGURES[name]
    kpis = [catalogue["aht" if figure == "n" else figure] for figure in figures]
    if name == "year_fcr":
        kpis = [catalogue["fcr"]] * len(figures)
    by = ("week",) if question.team else ("agent",)
    ask = Ask(by, Period(question.first, question.last), _scope(view, question))
    found = estimates(view, ask, kpis)
    groups = {group for one in found for group in one}
    known = names(view, groups, by)
    pairs = list(zip(figures, found, strict=True))
    rows = [
        (_name(known.agents, by, group), *(_figure(*pair, group) for pair in pairs))
        for group in groups
    ]
    return answer(sorted(rows, key=lambda row: str(row[0])), figures)


def _scope(view: Reader, question: Question) -> Scope:
    agents = (find_agent(view.connection, question.agent),) if question.agent else None
    teams = (find_team(view.connection, question.team),) if question.team else None
    return Scope(agents, teams)


def _name(agents: object, by: tuple[str, ...], group: tuple[object, ...]) -> str:
    if by == ("week",):
        return date.fromordinal(int(str(group[0]))).isoformat()
    return agents[group[0]][0]  # type: ignore[index]  # agents' keys by id


def _figure(figure: str, found: object, group: tuple[object, ...]) -> float | None:
    estimate = found.get(group)  # type: ignore[attr-defined]  # estimates by group
    if estimate is None:
        return 0.0 if figure in ("n", "volume") else None
    return estimate.n if figure == "n" else estimate.value


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("database", help="a database that holds the same rows")
    parser.add_argument("parquet", type=Path, help="interactions.parquet, from bench.generate")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 11, 15))
    parser.add_argument("--agent", default=agent_email(0))
    parser.add_argument("--team", default=team_name(0))
    parser.add_argument("--reading", action="append", choices=READINGS)
    parser.add_argument("--peer", nargs="*", choices=tuple(PEERS), default=list(PEERS))
    parser.add_argument("--also", metavar="URL", help="another database with the same rows")
    return parser


if __name__ == "__main__":
    main()
