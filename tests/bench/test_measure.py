import sys

import pytest

from bench.measure import Timing, child, milliseconds, paired, table, timed

MEGABYTE = 10**6


def test_a_timing_gives_the_middle_and_the_slow_end():
    timing = Timing(tuple(float(n) for n in range(101)))
    assert (timing.fastest, timing.median, timing.p99) == (0, 50, 99)


def test_work_is_done_as_often_as_asked_after_the_warm_up():
    calls = []
    assert len(timed(lambda: calls.append(1), 3, warm=2).seconds) == 3
    assert len(calls) == 5


def test_a_pair_takes_turns():
    turns = []
    paired(lambda: turns.append("ours"), lambda: turns.append("theirs"), 2)
    assert turns == ["ours", "theirs"] * 3


def test_a_child_reports_its_own_peak_and_not_its_parents():
    ballast = bytearray(200 * MEGABYTE)
    small = child([sys.executable, "-c", "pass"])
    large = child([sys.executable, "-c", "bytearray(90_000_000).count(1)"])
    assert small.peak_bytes < 60 * MEGABYTE < 90 * MEGABYTE < large.peak_bytes < len(ballast)


def test_a_child_reports_its_exit_status():
    assert child([sys.executable, "-c", "raise SystemExit(3)"]).status == 3


def test_a_table_lines_its_columns_up():
    assert table(["what", "ms"], [["a week", "0.3"], ["a year", "158"]]).splitlines() == [
        "| what   |  ms |",
        "| ------ | --: |",
        "| a week | 0.3 |",
        "| a year | 158 |",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.00031, "0.31"), (0.0042, "4.2"), (0.0874, "87"), (1.4, "1,400")]
)
def test_milliseconds_are_written_with_the_digits_that_matter(seconds, text):
    assert milliseconds(seconds) == text
