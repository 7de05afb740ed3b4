"""The plugin runs in a project of its own, so that its machine can lack or have each thing."""

import os
import shutil
import subprocess
import sys

import pytest

from tests import skips

POSTGRES_LINE = f"PostgreSQL: 3 tests; set {skips.POSTGRES} to the URL of a database"
OUTSIDE_LINE = "Outside data: 1 test; put it into ../shared/data"
VERDICT = "Failed: CI=true"
DATABASE = {skips.POSTGRES: "postgresql://somewhere"}
SPREAD = ("-p", "xdist", "-n", "2")
alone_and_spread = pytest.mark.parametrize("options", [(), SPREAD], ids=["alone", "spread"])
NEEDY_TESTS = """
import pytest

@pytest.mark.postgres
@pytest.mark.parametrize("n", range(3))
def test_store(n): pass

@pytest.mark.outside_data
def test_agreement(): pass

def test_plain(): pass
"""


@pytest.fixture
def project(tmp_path):
    tests = tmp_path / "project" / "tests"
    tests.mkdir(parents=True)
    (tests / "__init__.py").touch()
    shutil.copy(skips.__file__, tests)
    (tests / "test_needy.py").write_text(NEEDY_TESTS)
    return tests.parent


def run(project, *options, **environment):
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "--strict-markers", *options]
    # Other plugins would only make each start slower.
    alone = {"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, cwd=project, env=alone | environment, capture_output=True, text=True, check=False
    )


@alone_and_spread
def test_each_kind_is_told_once_with_its_remedy(project, options):
    done = run(project, *options)
    assert done.stdout.count(POSTGRES_LINE) == 1
    assert done.stdout.count(OUTSIDE_LINE) == 1
    assert done.returncode == 0


@alone_and_spread
def test_ci_fails_where_postgresql_tests_were_skipped(project, options):
    done = run(project, *options, CI="true")
    assert VERDICT in done.stdout
    assert done.returncode == 1


def test_ci_passes_where_only_outside_data_is_missing(project):
    done = run(project, CI="true", **DATABASE)
    assert OUTSIDE_LINE in done.stdout
    assert VERDICT not in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(("folder", "named"), [("shared", {}), ("far", {skips.SHARED: "../far"})])
def test_nothing_is_skipped_or_told_where_everything_is_there(project, folder, named):
    (project.parent / folder / "data").mkdir(parents=True)
    done = run(project, CI="true", **DATABASE, **named)
    assert "5 passed" in done.stdout
    assert "Skipped" not in done.stdout


@alone_and_spread
def test_a_module_that_skips_itself_fails_ci_with_its_reason(project, options):
    skip = "import pytest\npytest.skip('Node: install it', allow_module_level=True)\n"
    (project / "tests" / "test_cards.py").write_text(skip)
    done = run(project, *options, CI="true", **DATABASE)
    assert done.stdout.count("Node: 1 test; install it") == 1
    assert done.returncode == 1


def test_an_expected_failure_is_no_skip(project):
    source = "import pytest\n@pytest.mark.xfail\ndef test_later(): assert False\n"
    (project / "tests" / "test_later.py").write_text(source)
    done = run(project, CI="true", **DATABASE)
    assert "1 xfailed" in done.stdout
    assert done.returncode == 0


def test_a_failing_test_keeps_its_own_status(project):
    (project / "tests" / "test_wrong.py").write_text("def test_wrong(): assert False\n")
    assert run(project, CI="true").returncode == pytest.ExitCode.TESTS_FAILED
