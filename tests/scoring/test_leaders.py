"""Who leads whom, by the roster."""

import pytest

from scoring.database import reading
from scoring.errors import AccessError
from scoring.leaders import leads, name_of, see_leads
from tests.factories import taken
from tests.scoring.loop import ANA, BEN, SOL, number_of, people


@pytest.fixture
def desk(database):
    """A database with a roster."""
    people(database)
    return database


@pytest.mark.parametrize(
    ("viewer", "agent", "expected"),
    [
        pytest.param("mia", ANA, True, id="named as the manager"),
        pytest.param("mia", BEN, True, id="a manager of the team"),
        pytest.param("mia", SOL, False, id="of another team"),
        pytest.param("ada", SOL, True, id="an admin"),
        pytest.param("ada", "mia", True, id="a manager has a manager"),
        pytest.param("ada", "ada", False, id="an admin does not lead themself"),
        pytest.param("mia", "mia", False, id="nor does a manager"),
        pytest.param(ANA, BEN, False, id="a colleague"),
        pytest.param(ANA, "mia", False, id="the other way round"),
        pytest.param("max", "ada", False, id="no team in common"),
    ],
)
def test_who_leads(desk, viewer, agent, expected):
    with reading(desk) as connection:
        assert leads(connection, number_of(desk, viewer), number_of(desk, agent)) is expected


def test_two_without_a_team_have_none_in_common(desk):
    teamless = [{"agent": one, "role": role} for one, role in (("kim", "manager"), ("lee", None))]
    taken(desk, teamless, "roster")
    with reading(desk) as connection:
        assert not leads(connection, number_of(desk, "kim"), number_of(desk, "lee"))


def test_a_refusal_says_who_may(desk):
    with reading(desk) as connection:
        ana, ben = number_of(desk, ANA), number_of(desk, BEN)
        assert name_of(connection, ana) == "Ana"
        see_leads(connection, number_of(desk, "mia"), ana, "decide for")
        with pytest.raises(AccessError, match="Ana may not decide for Ben: that is for a manager"):
            see_leads(connection, ana, ben, "decide for")
