"""A company of three agents, a manager and an admin, and what each of them is offered."""

import shutil

import pytest

from bot.services import Services
from bot.settings import read_settings
from bot.tools.offering import offer_for
from scoring.database import connect
from tests.slack import company


@pytest.fixture(scope="session")
def _company_file(_sqlite_template, tmp_path_factory):
    """The company's database, taken in once for all tests."""
    path = shutil.copy(_sqlite_template, tmp_path_factory.mktemp("company") / "evenkeel.db")
    engine = connect(str(path))
    company(engine)
    engine.dispose()
    return path


@pytest.fixture
def services(_company_file, tmp_path):
    """The services of a run on the Friday after the company's fortnight of contacts."""
    path = shutil.copy(_company_file, tmp_path / "evenkeel.db")
    return Services(
        read_settings(
            {
                "EVENKEEL_DATABASE": str(path),
                "EVENKEEL_NOW": "2026-11-20T12:00:00Z",
                "EVENKEEL_CUSTOMER_KEY": "a key for tests",
            }
        )
    )


@pytest.fixture
def offer(services):
    """What somebody is offered, by first name."""
    return lambda who: offer_for(f"{who}@example.com", services)


@pytest.fixture
def call(offer):
    """What a tool answers to somebody."""

    def call(who, name, **given):
        tools = {one.name: one for one in offer(who).tools}
        return tools[name].answer(given)

    return call
