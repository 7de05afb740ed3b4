"""A change of a figure is split for its asker, by kinds of contacts and by people."""

from dataclasses import replace

import pytest

from scoring.asking import Scope, reader
from scoring.database import reading
from scoring.errors import QueryError
from scoring.explaining import explained
from scoring.people import find_agent
from scoring.query import Compare, Query
from scoring.viewers import viewer_of
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.estimates import CATALOGUE, WEEK

BY = ("issue_type", "channel")
ROSTER = [
    *({"agent": one, "team": "Billing", "manager": "maya"} for one in ("ana", "ben")),
    {"agent": "zoe", "team": "Other", "manager": "otto"},
    {"agent": "maya", "role": "manager"},
]


def rows(agent, day, seconds, count=20, **cells):
    return [
        {
            "interaction_id": f"{agent}-{day}-{at}-{seconds}",
            "agent": agent,
            "started_at": f"{day}T{at % 24:02}:00:00Z",
            "handle_seconds": seconds + at % 2 * 2,
            **cells,
        }
        for at in range(count)
    ]


@pytest.fixture
def company(database):
    some = [
        *rows("ana", "2026-11-02", 300),
        *rows("ana", "2026-11-09", 300),
        *rows("ben", "2026-11-02", 300),
        *rows("ben", "2026-11-09", 500, issue_type="refund"),
        *rows("zoe", "2026-11-02", 100),
        *rows("zoe", "2026-11-09", 900, issue_type="secret"),
    ]
    taken(database, interactions(*some))
    taken(database, ROSTER, "roster")
    return database


def told(engine, kpi="aht", who="maya", of=None, **query):
    with reading(engine) as connection:
        workspace = workspace_of()
        view = reader(connection, workspace, workspace.moment(NOW))
        scope = (
            Scope((find_agent(connection, of),)) if of else Scope(labels=query.pop("labels", {}))
        )
        asked = {"compare": Compare("before"), "intent": "explain", **query}
        asked = Query(WEEK, kpis=(kpi,), scope=scope, **asked)
        return explained(view, asked, viewer_of(connection, who), CATALOGUE)


def test_a_team_s_change_is_split_by_kinds_of_contacts_and_by_agents(company):
    found = told(company)
    assert found.told.rows[0].figures["aht"].change == pytest.approx(100)
    kinds, agents = found.splits
    assert (kinds.by, agents.by) == (BY, ("agent",))
    assert (kinds.mix.value, kinds.rate.value) == pytest.approx((100, 0))
    assert (agents.mix.value, agents.rate.value) == pytest.approx((0, 100))
    assert [cell.stands_out for cell in agents.cells] == [True, False]


def test_nobody_outside_is_in_any_part(company):
    assert ("secret", "phone") not in [cell.group for cell in told(company).splits[0].cells]
    with pytest.raises(QueryError, match="nothing you may see"):
        told(company, of="zoe")


def test_one_person_is_not_split_by_person(company):
    assert [one.by for one in told(company, of="ben").splits] == [BY]


def test_what_is_fixed_or_named_decides_by_what_it_is_split(company):
    fixed = told(company, labels={"channel": ("phone",)})
    assert [one.by for one in fixed.splits] == [("issue_type",), ("agent",)]
    assert [one.by for one in told(company, by=("channel",)).splits] == [("channel",)]


def test_what_cannot_be_split_says_why(company):
    assert "not a sum" in told(company, "aht_median").why_not
    assert "no figure" in told(company, "csat").why_not
    few = replace(WEEK, first=WEEK.last, last=WEEK.last)
    assert told(company, compare=Compare("period", few)).why_not


def test_only_a_change_over_time_is_split(company):
    with pytest.raises(QueryError, match="two periods"):
        told(company, compare=Compare("rest"))
