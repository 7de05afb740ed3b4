"""`evenkeel check`: what works, what does not, and what to do."""

import pytest

from tests.factories import interactions

LOOKED_AT = [
    "settings",
    "working hours",
    "KPI catalogue",
    "customer key",
    "Slack bot token",
    "Slack calls",
    "database",
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
