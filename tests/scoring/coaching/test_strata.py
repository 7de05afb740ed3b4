from datetime import timedelta

import numpy as np
import pytest

from scoring.coaching.strata import stratify
from tests.scoring.coaching.crews import contacts, crew, monday, part, some, strata_of


def test_contacts_of_one_agent_week_and_cell_are_counted_together():
    strata = strata_of(
        contacts(
            [
                part(agent=7, week=0, issue="login", channel="chat"),
                part(agent=7, week=0, issue="login", channel="chat"),
                part(agent=7, week=0, issue="login", channel="phone"),
                part(agent=7, week=2, issue="login", channel="chat"),
                part(agent=3, week=2, issue="login", channel="chat"),
            ]
        )
    )
    assert strata.n.tolist() == [2, 1, 1, 1]
    assert strata.agents.tolist() == [7, 3]
    assert strata.by_week(strata.n).tolist() == [[3, 0, 1], [0, 0, 1]]


def test_only_rows_of_the_reference_window_take_part():
    found = contacts([part(week=week) for week in range(10)])
    strata = stratify(found, monday(8), 3)
    assert strata.rows.tolist() == [6, 7, 8]
    assert [int(day) for day in strata.weeks] == [monday(w).toordinal() for w in (6, 7, 8)]


def test_weeks_begin_on_one_weekday():
    found = contacts([part(week=0)])
    with pytest.raises(ValueError, match="weekday of 2026-01-06"):
        stratify(found, monday(0) + timedelta(days=1), 26)


def test_a_cell_knows_its_issue_and_its_pair():
    strata = strata_of(
        contacts(
            [
                part(issue="billing", channel="chat", priority="high"),
                part(issue="billing", channel="chat", priority="low"),
                part(issue="billing", channel="phone", priority="low"),
                part(issue="login", channel="phone", priority="low"),
            ]
        )
    )
    assert strata.cells.issue.tolist() == [0, 0, 0, 1]
    assert strata.cells.pair.tolist() == [0, 0, 1, 2]
    assert strata.cells.pair_channel.tolist() == [0, 1, 1]


def test_labels_are_the_contacts_own_codes_where_some_do_not_occur():
    found = contacts([part(week=0, issue="billing"), part(week=1, issue="login")])
    strata = stratify(found, monday(1), 1)
    assert found.issues[strata.cells.labels[strata.cells.issue[0]]] == "login"


def test_the_order_of_rows_changes_nothing():
    found = crew(agents=3, weeks=2, each=9)
    shuffled = some(found, np.random.default_rng(3).permutation(found.id.size))
    one, other = strata_of(found), strata_of(shuffled)
    assert one.agents.tolist() == other.agents.tolist()
    assert found.id[one.rows].tolist() == shuffled.id[other.rows].tolist()
    assert one.of_row.tolist() == other.of_row.tolist()
