"""A company whose people open their Home."""

import pytest

from tests.bot.at_home import house
from tests.slack import company


@pytest.fixture
def home(engine):
    """What people do, over a roster and a fortnight of contacts."""
    with house(company(engine)) as found:
        yield found


@pytest.fixture
def home_of_file(evenkeel, engine):
    """The same, over the database that the terminal finds in its folder."""
    del evenkeel
    with house(company(engine)) as found:
        yield found
