"""A world holds the asker's own people, teams and words, and takes no longer the more records."""

import pytest

from scoring.asking import reader
from scoring.database import reading
from scoring.kpis import load_catalogue
from scoring.reading import world
from scoring.reading.world import world_of
from scoring.viewers import viewer_of
from tests.factories import NOW, interactions, taken, workspace_of

ROSTER = [
    {"agent": "ana", "name": "Ana Silva", "team": "Billing", "manager": "maya"},
    {"agent": "zoe", "name": "Zoe Kline", "team": "Secret", "manager": "otto"},
    {"agent": "maya", "role": "manager"},
    {"agent": "otto", "role": "manager"},
    {"agent": "root", "role": "admin"},
]


@pytest.fixture
def company(database):
    taken(database, ROSTER, "roster")
    rows = interactions(
        {"agent": "ana", "issue_type": "refund", "channel": "chat"},
        {"agent": "zoe", "issue_type": "merger", "channel": "phone"},
        {"agent": "ana", "issue_type": "fax", "started_at": "2026-05-01T09:00:00Z"},
    )
    taken(database, rows)
    return database


def seen(engine, who):
    with reading(engine) as connection:
        workspace = workspace_of()
        view = reader(connection, workspace, workspace.moment(NOW))
        return world_of(view, viewer_of(connection, who), load_catalogue(), NOW)


def test_it_holds_who_may_be_seen_and_nobody_else(company):
    found = seen(company, "maya")
    assert [person.key for person in found.people] == ["ana", "maya"]
    assert list(found.teams.values()) == ["Billing"]
    assert found.labels["issue_type"] == ("refund",)
    assert found.labels["channel"] == ("chat",)


def test_an_admin_sees_all_of_it(company):
    found = seen(company, "root")
    assert sorted(found.teams.values()) == ["Billing", "Secret"]
    assert found.labels["issue_type"] == ("merger", "refund")


def test_somebody_who_leads_nobody_sees_themselves(company):
    found = seen(company, "ana")
    assert ([person.key for person in found.people], dict(found.teams)) == (["ana"], {})


def test_values_long_out_of_use_are_no_words(company):
    assert "fax" not in seen(company, "maya").labels["issue_type"]


def test_only_so_many_of_the_latest_contacts_are_looked_at(company, monkeypatch):
    later = interactions({"agent": "ana", "issue_type": "new", "started_at": "2026-11-19T09:00Z"})
    taken(company, [{**later[0], "interaction_id": "late"}])
    monkeypatch.setattr(world, "MOST_CONTACTS", 1)
    assert seen(company, "maya").labels["issue_type"] == ("new",)


def test_old_records_have_words_too_where_there_are_no_newer(database):
    taken(database, ROSTER, "roster")
    taken(database, interactions({"agent": "ana", "started_at": "2020-05-18T09:00:00Z"}))
    assert seen(database, "maya").labels["issue_type"] == ("billing",)
