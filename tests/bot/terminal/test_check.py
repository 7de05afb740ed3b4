"""`evenkeel check`: what works, what does not, and what to do."""

import pytest

from tests.factories import interactions

LOOKED_AT = [
    "settings",
    "working hours",
    "KPI catalogue",
    "customer key",
    "model",
    "Slack bot token",
    "Slack calls",
    "Slack clock",
    "database",
    "decided in Slack",
    "roster",
    "records",
    "kept sums",
    "moods",
]


def test_everything_that_is_looked_at_works(evenkeel):
    said = evenkeel("check")
    assert (said.status, said.err) == (0, "")
    assert [line.split(":")[0] for line in said.out.splitlines()] == [
        f"works  {name}" for name in LOOKED_AT
    ]


def test_a_program_gets_a_line_each(evenkeel):
    rows = evenkeel("check --json").rows
    assert [row["name"] for row in rows] == LOOKED_AT
    assert all(list(row) == ["name", "works", "said"] and row["works"] is True for row in rows)


def test_what_the_database_holds_is_counted(take_in, evenkeel):
    take_in(*interactions({"team": "Billing"}, {"agent": "ben"}))
    database = evenkeel("check --json").rows[LOOKED_AT.index("database")]["said"]
    assert database.endswith("2 interactions, 0 transcripts, 1 team, 2 agents")


@pytest.mark.parametrize(
    ("setting", "name"),
    [("EVENKEEL_WORKING_HOURS", "working hours"), ("EVENKEEL_KPIS", "KPI catalogue")],
)
def test_a_file_that_is_not_there_is_amiss_and_the_rest_is_looked_at(
    evenkeel, monkeypatch, setting, name
):
    monkeypatch.setenv(setting, "nowhere.toml")
    said = evenkeel("check --json")
    assert said.status == 1
    amiss = {row["name"] for row in said.rows if not row["works"]}
    assert name in amiss
    assert [row["name"] for row in said.rows][:4] == LOOKED_AT[:4]


def test_working_hours_are_told_by_team(evenkeel, monkeypatch, tmp_path):
    (tmp_path / "hours.toml").write_text(
        '[default]\nzone = "UTC"\nmonday = ["09:00-17:00"]\n[teams.Billing]\nzone = "Asia/Tokyo"\n'
    )
    monkeypatch.setenv("EVENKEEL_WORKING_HOURS", "hours.toml")
    assert "Billing, everybody else" in evenkeel("check").out


def test_sums_on_another_footing_are_amiss_and_the_remedy_is_told(take_in, evenkeel):
    take_in(*interactions({}))
    said = evenkeel("check --timezone Europe/London")
    assert said.status == 1
    assert "AMISS  kept sums: they rest on zone UTC" in said.out
    assert "evenkeel upgrade" in said.out


def test_a_database_that_cannot_be_reached_ends_with_three(evenkeel):
    said = evenkeel("check --json --database missing/evenkeel.db")
    assert said.status == 3
    assert said.rows[-1]["name"] == "database"
    assert said.rows[-1]["works"] is False


@pytest.mark.parametrize("key", ["set", "made"])
def test_where_the_customer_key_is_kept_is_told_and_not_the_key(
    take_in, evenkeel, monkeypatch, key
):
    if key == "made":
        monkeypatch.delenv("EVENKEEL_CUSTOMER_KEY")
        assert "none yet" in evenkeel("check").out
    take_in(*interactions({}))
    said = evenkeel("check --json").rows[3]["said"]
    assert said == ("set" if key == "set" else "in evenkeel.key; keep it safe and keep it")


def of(said, name):
    """Whether a thing works, and what was said of it."""
    (row,) = [row for row in said.rows if row["name"] == name]
    return row["works"], row["said"]


ANA, BEN = {"agent": "ana", "slack_user_id": "U0ANA"}, {"agent": "ben", "name": "Ben Sato"}


def test_how_many_people_are_linked_is_told(take_in, evenkeel):
    take_in(ANA, BEN, kind="roster")
    told = "1 of 2 people are linked to Slack; not Ben Sato"
    assert of(evenkeel("check --json"), "roster") == (True, told)


def test_a_token_without_anybody_linked_is_amiss(take_in, evenkeel, monkeypatch):
    take_in(BEN, kind="roster")
    monkeypatch.setenv("EVENKEEL_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("EVENKEEL_SLACK_API_URL", "http://127.0.0.1:9/")
    works, said = of(evenkeel("check --json"), "roster")
    assert not works
    assert "so nobody can ask anything" in said


@pytest.mark.parametrize(
    ("now", "told"), [("2026-11-17T12:00:00Z", False), ("2026-11-18T12:00:00Z", True)]
)
def test_records_that_last_week_is_not_in_are_told_and_are_no_fault(take_in, evenkeel, now, told):
    take_in(*interactions({"started_at": "2026-11-09T09:00:00Z"}))
    works, said = of(evenkeel(f"check --json --now {now}"), "records")
    assert works
    assert ("last week cannot be told of" in said) is told


def test_the_database_s_kind_is_told(evenkeel):
    assert "SQLite with a write-ahead log" in of(evenkeel("check --json"), "database")[1]
