"""`evenkeel upgrade`: the tables up to date, the kept sums on today's footing."""

import sqlite3
from contextlib import closing

import pytest

from tests.factories import interactions

ASKED = "scorecard --by agent --period 2026-11-01..2026-11-19 --now 2026-11-20T12:00:00Z --json"
LATE = {"started_at": "2026-11-09T23:30:00Z", "customer_id": "4711"}


def test_a_new_database_is_made(evenkeel):
    said = evenkeel("upgrade --database new.db")
    assert said.status == 0
    assert "it was not there" in said.out
    assert evenkeel("check --database new.db").status == 0


def test_one_that_is_up_to_date_stays_as_it_is(evenkeel):
    said = evenkeel("upgrade")
    assert (said.status, said.err) == (0, "")
    assert said.out.endswith(", as it was.\n")


@pytest.mark.parametrize(
    "setting",
    [
        ("EVENKEEL_TIMEZONE", "Pacific/Auckland"),
        ("EVENKEEL_WEEK_STARTS", "sunday"),
        ("EVENKEEL_REPEAT_DAYS", "2"),
    ],
)
def test_another_footing_gives_the_same_figures_before_and_after(
    take_in, evenkeel, monkeypatch, setting
):
    take_in(*interactions(LATE, {**LATE, "started_at": "2026-11-13T09:00:00Z"}, {}))
    monkeypatch.setenv(*setting)
    before = evenkeel(ASKED)
    assert evenkeel("check").status == 1
    said = evenkeel("upgrade")
    assert "The kept sums rested on " in said.out
    assert "worked out again from 3 records" in said.out
    assert (evenkeel(ASKED), evenkeel("check").status) == (before, 0)


def test_kept_sums_are_worked_out_again_where_asked_for(take_in, evenkeel, sqlite_file):
    take_in(*interactions({}, {}))
    before = evenkeel(ASKED)
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("DELETE FROM kept_sums")
        database.commit()
    assert evenkeel(ASKED) != before
    assert evenkeel("upgrade --rebuild").status == 0
    assert evenkeel(ASKED) == before


def test_new_working_hours_reach_old_records(take_in, evenkeel, monkeypatch, tmp_path):
    take_in(
        *interactions(
            {"created_at": "2026-11-09T08:00:00Z", "first_reply_at": "2026-11-09T09:10:00Z"}
        )
    )
    (tmp_path / "hours.toml").write_text('[default]\nzone = "UTC"\nmonday = ["09:00-17:00"]\n')
    monkeypatch.setenv("EVENKEEL_WORKING_HOURS", "hours.toml")
    assert evenkeel("upgrade --rebuild").status == 0
    (row,) = evenkeel("scorecard --period 2026-11-09 --kpi frt_business --json").rows
    assert row["value"] == 600


def test_a_database_of_a_newer_program_is_left_alone(evenkeel, sqlite_file):
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    said = evenkeel("upgrade")
    assert (said.status, said.out) == (3, "")
    assert "made by a newer Evenkeel" in said.err
    assert evenkeel("scorecard").status == 3
