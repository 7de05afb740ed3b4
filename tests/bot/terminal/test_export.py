"""`evenkeel export`: what went in comes out, in the form that goes in."""

import csv
import io

import pytest

from scoring import export
from scoring.intake.columns import KINDS
from scoring.intake.plain import KIND_NAMES
from tests.factories import figure, interactions, message, shift, transcript

ROWS = {
    "interactions": interactions(
        {
            "customer_id": "4711",
            "escalated": "yes",
            "csat": 4,
            "survey_comment": "Good, “quick”\nand kind",
            "resolved_at": "2026-11-10T09:00:00.250Z",
        },
        {"outcome": "abandoned", "agent": None, "team": "Billing", "handle_seconds": None},
        {"excluded": "spam", "reopened": 2, "nps": 0},
    ),
    "transcripts": [transcript(message("Hi", at="2026-11-09T09:00:00Z"), message("Bye"))],
    "roster": [
        {"agent": "ana@example.com", "name": "Ana", "team": "Billing", "started_on": "2026-01-02"},
        {"agent": "b2", "role": "manager", "timezone": "Europe/London"},
    ],
    "shifts": [shift(absent="ill", on_queue_seconds=100.5), shift(date="2026-11-10")],
    "figures": [figure(), figure(measure="customers_new", team="Billing", value=7.25)],
}


@pytest.mark.parametrize("kind", ROWS)
def test_what_is_taken_out_can_be_taken_in_and_is_the_same(take_in, evenkeel, tmp_path, kind):
    take_in(*ROWS[kind], kind=kind)
    first = evenkeel("export", kind, "--out", "out.txt")
    assert (first.status, first.out, first.err) == (0, "", "")
    again = evenkeel("import", kind, "out.txt", "--database", "other.db")
    assert f"{len(ROWS[kind])} added" in again.out
    second = evenkeel("export", kind, "--database", "other.db")
    assert second.out == (tmp_path / "out.txt").read_text()


@pytest.mark.parametrize("kind", ROWS)
def test_a_second_import_of_it_changes_nothing(take_in, evenkeel, kind):
    take_in(*ROWS[kind], kind=kind)
    evenkeel("export", kind, "--out", "out.txt")
    (receipt,) = evenkeel("import", kind, "out.txt", "--json").rows
    assert (receipt["added"], receipt["corrected"], receipt["refused"]) == (0, 0, 0)


def test_a_customer_stays_a_hash_that_leads_to_the_same_figures(take_in, evenkeel):
    take_in(*ROWS["interactions"])
    said = evenkeel("export interactions")
    assert "4711" not in said.out
    (first, *_) = csv.DictReader(io.StringIO(said.out))
    assert first["customer_id"].startswith("hash:")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_nothing_has_its_header(evenkeel, kind):
    assert evenkeel("export", kind).out == ",".join(KINDS[kind].names) + "\n"


def test_all_kinds_that_go_in_come_out(evenkeel):
    assert set(export.KINDS) == set(KIND_NAMES) == set(ROWS)
    assert all(evenkeel("export", kind).status == 0 for kind in KIND_NAMES)


def test_rows_are_json_lines_where_asked_for(take_in, evenkeel):
    take_in(*ROWS["shifts"], kind="shifts")
    rows = evenkeel("export shifts --json").rows
    assert rows[0] == {
        "agent": "ana@example.com",
        "date": "2026-11-09",
        "paid_seconds": 28800.0,
        "available_seconds": None,
        "productive_seconds": None,
        "on_queue_seconds": 100.5,
        "absent": "ill",
    }


def test_only_one_source_comes_out_where_one_is_named(take_in, evenkeel):
    take_in(*interactions({}), source="one")
    take_in(*interactions({"interaction_id": "other"}), source="two")
    rows = evenkeel("export interactions --source two --json").rows
    assert [row["interaction_id"] for row in rows] == ["other"]
