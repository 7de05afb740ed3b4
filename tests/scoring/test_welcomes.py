"""The first opening of Home, which is one."""

from scoring.database import noting
from scoring.welcomes import first_time
from tests.factories import NOW


def test_the_first_time_is_told_once_for_each_person(database):
    with noting(database) as connection:
        found = [first_time(connection, user, NOW) for user in ("U0ANA", "U0ANA", "U0BEN")]
    assert found == [True, False, True]
