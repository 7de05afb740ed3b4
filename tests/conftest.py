"""Databases that are ready and empty: one for all tests of each kind, or a file of its own."""

import os
import shutil
from pathlib import Path

import pytest

from scoring.database import connect, prepare
from tests.databases import empty, postgres_database
from tests.skips import POSTGRES

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def _prepared(address):
    engine = connect(address)
    prepare(engine)
    engine.dispose()
    return address


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory):
    return Path(_prepared(str(tmp_path_factory.mktemp("template") / "evenkeel.db")))


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory):
    engine = connect(_prepared(str(tmp_path_factory.mktemp("all") / "evenkeel.db")))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _postgres():
    with postgres_database(os.environ[POSTGRES]) as address:
        engine = connect(_prepared(address))
        yield engine
        engine.dispose()


@pytest.fixture
def sqlite_file(_sqlite_template, tmp_path):
    """The path of a SQLite database that is ready and empty."""
    return Path(shutil.copy(_sqlite_template, tmp_path / "evenkeel.db"))


@pytest.fixture
def engine(sqlite_file):
    """A SQLite database that is ready and empty."""
    engine = connect(str(sqlite_file))
    yield engine
    engine.dispose()


@pytest.fixture(params=KINDS)
def database(request):
    """A database of each kind that is ready and empty, as an engine.

    It is the same one for all tests: a new engine has to learn every statement again.
    """
    engine = request.getfixturevalue(f"_{request.param}")
    yield engine
    empty(engine)
