import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.constants import DEFAULT
from scoring.coaching.shared import shared_effects
from tests.scoring.coaching.crews import contacts, crew, monday, part


def effects(found, weeks):
    return shared_effects(analyse(found, monday(weeks - 1), DEFAULT), found.issues, DEFAULT)


def test_what_happened_to_everybody_is_the_teams():
    everybody = [(agent, "aht", 9, 0.4) for agent in range(12)]
    found = effects(crew(agents=12, weeks=10, each=60, shifts=everybody), 10)
    whole = [each for each in found if each.metric == "aht" and each.issue_type is None]
    # By half of the usual time: exp(0.4) = 1.49; ten weeks' mean has a tenth of it.
    assert len(whole) == 1
    # No kind of contact was any other than the rest.
    assert {each.issue_type for each in found if each.metric == "aht"} == {None}
    assert whole[0].size.low < whole[0].size.value < whole[0].size.high
    assert 150 < whole[0].size.value < 350


def bad_logins(agents=10, weeks=8):
    chance = np.random.default_rng(6)
    return contacts(
        [
            part(
                agent=agent,
                week=week,
                issue=issue,
                resolved=float(
                    chance.random() < (0.5 if issue == "login" and week == weeks - 1 else 0.8)
                ),
            )
            for agent in range(agents)
            for week in range(weeks)
            for issue in ("billing", "login", "refund", "sales")
            for _ in range(30)
        ]
    )


def test_what_happened_to_one_issue_is_named():
    found = effects(bad_logins(), 8)
    login = [each for each in found if each.issue_type == "login"]
    assert [each.metric for each in login] == ["fcr"]
    assert login[0].size.value == pytest.approx(-0.2, abs=0.12)
    assert {each.issue_type for each in found} <= {None, "login"}


def test_an_ordinary_week_says_nothing_of_the_team():
    assert effects(crew(agents=12, weeks=10, each=60), 10) == ()


def test_few_agents_are_no_team():
    assert effects(bad_logins(agents=4), 8) == ()
