"""Every figure that an independent script worked out of star_chats, by agent and week."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.judges import star_chats
from tests.judges.outside import outside
from tests.judges.plain_files import csv_file, json_lines_file
from tests.judges.program import Groups, Program, Scorecard, unequal

pytestmark = pytest.mark.outside_data

KPIS = (
    *("volume", "aht", "aht_median", "frt", "abandonment_rate", "resolution_rate"),
    *("csat", "escalation_rate", "repeat_contact_rate", "sentiment"),
)
FIGURES = (
    ("chats", "volume", "value"),
    ("completed", "aht", "n"),
    ("aht_seconds_completed", "aht", "value"),
    ("frt_seconds_mean", "frt", "value"),
    ("abandonment_rate", "abandonment_rate", "value"),
    ("solved_asked", "resolution_rate", "n"),
    ("solved_rate", "resolution_rate", "value"),
    ("calm_asked", "csat", "n"),
    ("calm_rate", "csat", "value"),
    ("annoyed_rate", "escalation_rate", "value"),
)
# The README of the set, to the digits it gives.
WHOLE = (
    *(("volume", 2912, 0), ("aht", 457.1, 0.05), ("frt", 29.2, 0.05)),
    *(("abandonment_rate", 0.049, 5e-4), ("resolution_rate", 0.730, 5e-4)),
    *(("csat", 0.970, 5e-4), ("escalation_rate", 0.042, 5e-4)),
    ("repeat_contact_rate", 0.333, 5e-4),
    # Over a thousand contacts a median may come from a histogram, true to one in a hundred.
    ("aht_median", 385, 3.85),
)
WEEKS = ("--period", "2020-05-11..2020-05-31")


@pytest.fixture(scope="module")
def folder() -> Path:
    return outside("star_chats")


@pytest.fixture(scope="module")
def program(
    folder: Path, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Program:
    room = tmp_path_factory.mktemp("star")
    days = {"EVENKEEL_REPEAT_DAYS": "1"}
    program = Program(new_database(), room, "2020-07-01T00:00:00Z", days)
    records = map(star_chats.interaction, star_chats.rows(folder))
    program.take_in("interactions", csv_file(records, room / "star.csv"), "star")
    return program


@pytest.fixture(scope="module")
def said(folder: Path, program: Program, whole: Scorecard) -> Program:
    assert whole.lines, "the figures before anything was said are read first"
    spoken = map(star_chats.transcript, star_chats.chats(folder))
    transcripts = json_lines_file(spoken, program.workplace / "star.jsonl")
    program.take_in("transcripts", transcripts, "star")
    return program


@pytest.fixture(scope="module")
def scorecard(program: Program) -> Scorecard:
    return program.scorecard("--by", "agent", "--by", "week", *WEEKS, kpis=KPIS)


@pytest.fixture(scope="module")
def whole(program: Program) -> Scorecard:
    return program.scorecard("--by", "all", *WEEKS, kpis=KPIS)


@pytest.mark.parametrize(("column", "kpi", "cell"), FIGURES)
def test_an_agent_s_week_has_the_reference_s_figure(
    folder: Path, scorecard: Scorecard, column: str, kpi: str, cell: str
) -> None:
    found = scorecard.figures(kpi, cell, by=("agent", "week"))
    wanted = reference(folder, column)
    # A group with nothing to count may be left out, or be there with an n of 0.
    gaps = dict.fromkeys(wanted, 0) if cell == "n" else {}
    assert unequal({**gaps, **found}, wanted) == []


def test_a_repeat_within_a_day_fails_the_earlier_chat(folder: Path, scorecard: Scorecard) -> None:
    found = scorecard.figures("repeat_contact_rate", by=("agent", "week"))
    assert unequal(found, repeats(folder, answered_only=True)) == []


def test_repeats_are_reckoned_here_as_in_the_reference(folder: Path) -> None:
    wanted = reference(folder, "repeat_24h_rate")
    assert unequal(repeats(folder, answered_only=False), wanted) == []


@pytest.mark.parametrize(("kpi", "value", "within"), WHOLE)
def test_the_whole_set_has_the_figures_of_its_description(
    whole: Scorecard, kpi: str, value: float, within: float
) -> None:
    assert whole.line(kpi)["value"] == pytest.approx(value, abs=within)


def test_unanswered_chats_count_for_the_whole(folder: Path, whole: Scorecard) -> None:
    again = [again for _, again in repeated(folder)]
    assert whole.line("repeat_contact_rate")["value"] == pytest.approx(sum(again) / len(again))


def test_every_chat_opens_with_the_customer(folder: Path) -> None:
    assert {chat["turns"][0][0] for chat in star_chats.chats(folder)} == {"customer"}


def test_what_was_said_moves_no_figure_but_the_mood(said: Program, whole: Scorecard) -> None:
    after = said.scorecard("--by", "all", *WEEKS, kpis=KPIS)
    others = [kpi for kpi in KPIS if kpi != "sentiment"]
    assert [after.line(kpi) for kpi in others] == [whole.line(kpi) for kpi in others]
    assert whole.line("sentiment")["value"] is None
    mood = after.line("sentiment")
    assert -1 < mood["low"] < mood["value"] < mood["high"] < 1
    assert mood["n"] <= after.line("volume")["n"]


def reference(folder: Path, column: str) -> Groups:
    """A column of the set's own reference by agent and week; what it leaves empty is None."""
    with (folder / "kpi_reference_dev.csv").open(encoding="utf-8") as file:
        return {
            (row["agent_id"], row["week"]): float(row[column]) if row[column] else None
            for row in csv.DictReader(file)
        }


def repeats(folder: Path, *, answered_only: bool) -> Groups:
    """The share of an agent's week that was followed by the same customer and tasks."""
    groups = defaultdict(list)
    for row, again in repeated(folder):
        monday = began(row).date() - timedelta(days=began(row).weekday())
        counted = row["first_response_seconds"] or not answered_only
        groups[row["agent_id"], monday.isoformat()] += [again] if counted else []
    return {
        group: sum(shares) / len(shares) if shares else None for group, shares in groups.items()
    }


def repeated(folder: Path) -> Iterator[tuple[dict[str, str], bool]]:
    """Each chat, and whether another of its customer and tasks began within a day of its start."""
    chains = defaultdict(list)
    for row in star_chats.rows(folder):
        chains[row["customer_id"], row["tasks"]].append(row)
    for chain in chains.values():
        chain.sort(key=lambda row: (row["started_at"], int(row["chat_id"])))
        for row, later in zip_longest(chain, chain[1:]):
            yield row, later is not None and began(later) - began(row) <= timedelta(days=1)


def began(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["started_at"])
