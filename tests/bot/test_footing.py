"""What becomes of kept sums once it is decided anew what they rest on."""

import pytest

import bot.footing
from bot.footing import DONE, put_on
from scoring.database import writing
from scoring.decided import decide_week
from scoring.leaders import Act
from scoring.people import find_agent
from scoring.workspace import differs
from tests.factories import NOW
from tests.slack import company, services_of


@pytest.fixture
def services(database):
    """Services after weeks were decided to begin on Sunday."""
    company(database)
    with writing(database) as connection:
        otto = find_agent(connection, "otto@example.com")
        decide_week(connection, Act(otto, NOW), 6)
    return services_of(database).current()


@pytest.fixture
def many(monkeypatch):
    """Makes 126 records too many to be worked out while somebody waits."""
    monkeypatch.setattr(bot.footing, "AT_ONCE", 100)


def test_few_records_are_put_on_it_at_once(services):
    assert differs(services.engine, services.workspace) == {"week_starts": "0"}
    assert put_on(services) == DONE
    assert differs(services.engine, services.workspace) == {}


def test_what_rests_on_it_already_is_left(services):
    put_on(services)
    assert put_on(services) == DONE


@pytest.mark.usefixtures("many")
def test_many_are_left_on_sqlite_to_a_quiet_hour_and_on_postgresql_done_beside(services):
    later = []
    told = put_on(services, later.append)
    assert "126 records" in told
    assert differs(services.engine, services.workspace)
    if services.engine.dialect.name == "sqlite":
        assert "`evenkeel upgrade`" in told
        assert later == []
    else:
        assert "a minute" in told
        later[0]()
        assert differs(services.engine, services.workspace) == {}
