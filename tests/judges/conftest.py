"""An empty database of every kind that the product keeps its records in."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.databases import postgres_database
from tests.skips import POSTGRES


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """A call gives the URL of an empty database; all of them are gone after the module's tests."""
    with ExitStack() as opened:
        if request.param == "sqlite":
            yield lambda: f"sqlite:///{tmp_path_factory.mktemp('judge') / 'evenkeel.db'}"
        else:
            yield lambda: opened.enter_context(postgres_database(os.environ[POSTGRES]))
