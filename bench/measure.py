"""What every measurement here shares: times, ratios in the same run, peak memory, tables."""

import os
import platform
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

KIBIBYTE = 1024

# The peak that a process reports starts at that of whoever forked it. So a small interpreter
# stands between, and what it writes is the peak of its one child alone.
_WATCH = """
import resource, subprocess, sys, time
started = time.perf_counter()
status = subprocess.run(sys.argv[2:]).returncode
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(int(sys.argv[1]), "w").write(f"{status} {seconds} {peak}")
"""


@dataclass(frozen=True)
class Timing:
    """The times of the same thing done again and again, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def p99(self) -> float:
        """The 99th of 100, linearly between two; of fewer than 100 it is close to the slowest."""
        if len(self.seconds) == 1:
            return self.seconds[0]
        return quantiles(self.seconds, n=100, method="inclusive")[98]

    @property
    def fastest(self) -> float:
        """The least disturbed one."""
        return min(self.seconds)


@dataclass(frozen=True)
class Child:
    """What a finished child process took."""

    status: int
    seconds: float
    peak_bytes: int


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """How long one call takes by the clock, and of that how long this process was at work.

    Where others share the machine the second says more.
    """
    cpu = time.process_time()
    seconds = seconds_of(work)
    return seconds, time.process_time() - cpu


def timed(work: Callable[[], object], times: int, *, warm: int = 1) -> Timing:
    """The times of so many calls, after some that do not count."""
    for _ in range(warm):
        work()
    return Timing(tuple(seconds_of(work) for _ in range(times)))


def paired(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[Timing, Timing, float]:
    """Both timed in turns, so that a busy machine slows both; last the median of ours / theirs."""
    ours(), theirs()
    pairs = [(seconds_of(ours), seconds_of(theirs)) for _ in range(times)]
    our_seconds, their_seconds = zip(*pairs, strict=True)
    ratio = median(our / their for our, their in pairs)
    return Timing(our_seconds), Timing(their_seconds), ratio


def child(command: Sequence[str]) -> Child:
    """What a command takes as a process of its own, from a cold start; its output is dropped."""
    reading, writing = os.pipe()
    watch = [sys.executable, "-c", _WATCH, str(writing), *command]
    subprocess.run(watch, check=True, pass_fds=[writing], stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    os.close(writing)
    with os.fdopen(reading) as report:
        status, seconds, peak = report.read().split()
    return Child(int(status), float(seconds), int(peak) * KIBIBYTE)


def own_peak_bytes() -> int:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE


def machine() -> str:
    """The line under a table: cores and versions, and nothing that names the machine."""
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores, {versions}"


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; every column but the first stands to the right."""
    lines = [headers, *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headers))]
    rule = ["-" * widths[0], *["-" * (width - 1) + ":" for width in widths[1:]]]
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def milliseconds(seconds: float) -> str:
    """Three figures where there are so many: 0.31, 4.2, 87, 1,400."""
    value = seconds * 1000
    return f"{value:,.{0 if value >= 10 else 1 if value >= 1 else 2}f}"  # noqa: PLR2004 - digits


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join([first, *rest])} |"
