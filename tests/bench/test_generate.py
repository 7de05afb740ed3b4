import csv
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from pyarrow import parquet

from bench.changes import corrections
from bench.generate import main
from bench.operation import Operation
from bench.rows import BLOCK_ROWS, World, blocks
from tests.bench.conftest import SMALL

END = datetime(2026, 11, 16, tzinfo=UTC)
OUTCOMES = {"resolved", "unresolved", "escalated", "transferred", "abandoned", ""}
INSTANTS = ("created_at", "started_at", "first_reply_at", "ended_at", "resolved_at")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def rows(folder):
    return rows_of(folder / "interactions.csv")


def instants(row):
    known = {name: row[name] for name in INSTANTS if row[name]}
    return {name: datetime.fromisoformat(text) for name, text in known.items()}


def refusals(row):
    """The rules of refusal in records.md that one row breaks."""
    at, handle = instants(row), float(row["handle_seconds"] or 0)
    span = (at["ended_at"] - at["started_at"]).total_seconds()
    rules = {
        "an id": row["interaction_id"],
        "an agent, unless nobody answered": row["agent"] or row["outcome"] == "abandoned",
        "a known outcome": row["outcome"] in OUTCOMES,
        "no negative duration": handle >= 0 and float(row["queue_seconds"] or 0) >= 0,
        "no end before its start": span >= 0 and at.get("resolved_at", END) >= at["ended_at"],
        "no more handle time than the clock allows": handle <= span,
        "nothing in the future": max(at.values()) < END,
        "scales in their range": 1 <= int(row["csat"] or 1) <= 5
        and 0 <= int(row["nps"] or 0) <= 10,
    }
    return {rule for rule, kept in rules.items() if not kept}


def share(rows, keep):
    return sum(bool(keep(row)) for row in rows) / len(rows)


@pytest.mark.parametrize("name", ["interactions", "corrections", "late"])
def test_no_row_breaks_a_rule_of_refusal(folder, name):
    assert set().union(*map(refusals, rows_of(folder / f"{name}.csv"))) == set()


def test_there_are_as_many_rows_as_asked_for_each_with_its_own_id(rows):
    assert len({row["interaction_id"] for row in rows}) == 20_000


def test_rows_stand_in_the_order_in_which_they_started(rows):
    starts = [row["started_at"] for row in rows]
    assert starts == sorted(starts)


def test_the_weeks_end_on_the_last_day(rows):
    assert rows[0]["started_at"].startswith("2026-10-05")
    assert rows[-1]["started_at"].startswith("2026-11-15")


def test_contacts_start_within_opening_hours(rows):
    starts = [datetime.fromisoformat(row["started_at"]) for row in rows]
    assert all(8 <= start.hour < 20 for start in starts)
    assert max(start.hour for start in starts if start.weekday() == 6) == 15


def test_sunday_is_the_quietest_day(rows):
    weekdays = [datetime.fromisoformat(row["started_at"]).weekday() for row in rows]
    assert np.bincount(weekdays).argmin() == 6


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [("csat", 0.12, 0.18), ("nps", 0.04, 0.06), ("customer_id", 0.97, 0.99)],
)
def test_a_column_is_known_about_as_often_as_asked(rows, column, low, high):
    assert low < share(rows, lambda row: row[column]) < high


def test_about_five_in_a_hundred_are_abandoned_some_without_an_agent(rows):
    gone = [row for row in rows if row["outcome"] == "abandoned"]
    assert 0.04 < len(gone) / len(rows) < 0.06
    assert 0.4 < share(gone, lambda row: not row["agent"]) < 0.8
    assert all(row["team"] for row in gone)


def test_handle_times_lie_around_380_seconds(rows):
    handled = [int(row["handle_seconds"]) for row in rows if row["handle_seconds"]]
    assert 330 < np.mean(handled) < 430


def test_some_customers_come_back_with_the_same_matter_within_a_week(rows):
    last, again, week = {}, 0, timedelta(days=7)
    for row in rows:
        start, matter = instants(row)["started_at"], (row["customer_id"], row["issue_type"])
        again += "" not in matter and matter in last and start - last[matter] <= week
        last[matter] = start
    assert 0.1 < again / len(rows) < 0.3


def test_the_same_seed_gives_the_same_files(folder, tmp_path):
    main([*SMALL, "--csv", "--corrections", "500", "--late", "500", "--out", str(tmp_path)])
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_another_seed_gives_other_rows(folder, tmp_path):
    main([*SMALL, "--csv", "--seed", "2", "--out", str(tmp_path)])
    other = (tmp_path / "interactions.csv").read_bytes()
    assert other != (folder / "interactions.csv").read_bytes()


def test_the_parquet_file_holds_the_rows_of_the_csv_file(folder, rows):
    typed = parquet.read_table(folder / "interactions.parquet").to_pylist()
    for row, same in zip(rows, typed, strict=True):
        text = {name: as_text(cell) for name, cell in same.items()}
        assert text == row


def as_text(cell):
    if isinstance(cell, datetime):
        return f"{cell.isoformat()}Z"
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else f"{cell:.0f}" if isinstance(cell, float) else cell


def test_a_corrected_row_differs_from_the_row_with_its_id(folder, rows):
    before = {row["interaction_id"]: row for row in rows}
    after = rows_of(folder / "corrections.csv")
    assert len({row["interaction_id"] for row in after}) == 500
    assert all(
        row["handle_seconds"] != before[row["interaction_id"]]["handle_seconds"] for row in after
    )
    for column in ("outcome", "csat", "ended_at"):
        assert any(row[column] != before[row["interaction_id"]][column] for row in after)


def test_a_correction_keeps_who_asked_for_what_and_when(folder, rows):
    before = {row["interaction_id"]: row for row in rows}
    for row in rows_of(folder / "corrections.csv"):
        for column in ("customer_id", "issue_type", "created_at", "started_at", "team"):
            assert row[column] == before[row["interaction_id"]][column]


def test_late_rows_are_new_and_in_no_order_of_time(folder, rows):
    late = rows_of(folder / "late.csv")
    assert not {row["interaction_id"] for row in late} & {row["interaction_id"] for row in rows}
    starts = [row["started_at"] for row in late]
    assert starts != sorted(starts)


def test_some_late_rows_are_repeat_contacts(folder, rows):
    matters = {(row["customer_id"], row["issue_type"]) for row in rows}
    late = rows_of(folder / "late.csv")
    assert share(late, lambda row: (row["customer_id"], row["issue_type"]) in matters) > 0.25


def test_no_more_rows_are_corrected_than_there_are():
    with pytest.raises(ValueError, match="Only 10 rows"):
        next(corrections(World.of(Operation(rows=10, weeks=1)), 11, []))


def test_a_repeat_contact_may_follow_one_of_the_block_before():
    first, second = blocks(
        World.of(Operation(rows=BLOCK_ROWS + 2_000, weeks=1, agents=10, teams=2))
    )
    matters = set(zip(first["customer_id"], first["issue_type"], strict=True))
    again = [
        pair in matters for pair in zip(second["customer_id"], second["issue_type"], strict=True)
    ]
    assert np.mean(again) > 0.1
