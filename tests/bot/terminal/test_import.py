"""`evenkeel import`: files in, a receipt out, refused rows on a file of their own."""

import gzip

import pytest

from tests.factories import csv_of, interactions, json_lines_of, transcript, write_csv

BAD = {"interaction_id": "bad", "ended_at": "2026-11-09T08:00:00Z"}


@pytest.fixture
def monday(tmp_path):
    """The path of a file with two good rows and one that is refused, on line 4."""
    return write_csv(tmp_path / "monday.csv", interactions({}, {}, BAD)).name


def test_a_receipt_says_what_became_of_the_rows(evenkeel, monday):
    said = evenkeel("import", "interactions", monday)
    assert (said.status, said.err) == (1, "")
    assert said.out.splitlines() == [
        "monday.csv: 2 added, 0 corrected, 0 already known, 1 refused.",
        "  Line 4, bad: it ends before it starts.",
        "  Refused rows are in monday.rejects.csv, their reasons in monday.rejects.csv.reasons.",
        "  Mend them there and take that file in.",
    ]


def test_a_program_gets_the_receipt_as_one_line(evenkeel, monday):
    said = evenkeel("import", "interactions", monday, "--json", "--source", "desk")
    assert said.rows == [
        {
            "file": "monday.csv",
            "kind": "interactions",
            "source": "desk",
            "added": 2,
            "corrected": 0,
            "known": 0,
            "refused": 1,
            "refusals": [{"line": 4, "id": "bad", "reason": "it ends before it starts"}],
            "notes": {},
            "rejects": "monday.rejects.csv",
            "broken": None,
        }
    ]


def test_refused_rows_are_mended_and_taken_in(evenkeel, monday, tmp_path):
    evenkeel("import", "interactions", monday)
    rejects = tmp_path / "monday.rejects.csv"
    rejects.write_text(rejects.read_text().replace("T08:00", "T10:00"))
    assert "1 added" in evenkeel("import", "interactions", rejects.name).out
    assert "2 already known" in evenkeel("import", "interactions", monday).out


def test_where_nothing_is_refused_no_file_is_left(evenkeel, tmp_path):
    write_csv(tmp_path / "good.csv", interactions({}))
    assert evenkeel("import interactions good.csv").status == 0
    assert not list(tmp_path.glob("*reject*"))


def test_refused_rows_go_where_they_are_told_to(evenkeel, monday, tmp_path):
    evenkeel("import", "interactions", monday, "--rejects", "elsewhere.txt")
    assert "bad" in (tmp_path / "elsewhere.txt").read_text()


def test_refused_rows_of_several_files_go_into_a_folder(evenkeel, monday, tmp_path):
    (tmp_path / "tuesday.csv").write_text(csv_of(interactions({"interaction_id": "t"}, BAD)))
    (tmp_path / "rejects").mkdir()
    said = evenkeel("import", "interactions", monday, "tuesday.csv", "--rejects", "rejects")
    assert said.status == 1
    names = {path.name for path in (tmp_path / "rejects").glob("*.csv")}
    assert names == {"monday.rejects.csv", "tuesday.rejects.csv"}


def test_a_file_is_never_its_own_rejects(evenkeel, monday, tmp_path):
    before = (tmp_path / monday).read_text()
    said = evenkeel("import", "interactions", monday, "--rejects", monday)
    assert (said.status, said.out) == (2, "")
    assert (tmp_path / monday).read_text() == before


def test_a_file_that_cannot_be_taken_in_does_not_stop_the_others(evenkeel, monday):
    said = evenkeel("import", "interactions", "missing.csv", monday)
    assert said.status == 1
    assert "missing.csv cannot be opened" in said.err
    assert "2 added" in said.out


def test_a_file_that_breaks_off_is_told(evenkeel, tmp_path):
    rows = interactions(*({"interaction_id": f"c{n}"} for n in range(2000)))
    whole = gzip.compress(csv_of(rows).encode())
    (tmp_path / "cut.csv.gz").write_bytes(whole[:-400])
    said = evenkeel("import interactions cut.csv.gz")
    assert said.status == 1
    assert "cut off on its way here" in said.err


def test_the_kinds_are_listed(evenkeel):
    said = evenkeel("import --list")
    assert (said.status, said.out.split()) == (
        0,
        ["interactions", "roster", "shifts", "figures", "transcripts"],
    )


def test_sources_have_ids_of_their_own(evenkeel, tmp_path):
    write_csv(tmp_path / "good.csv", interactions({}))
    evenkeel("import interactions good.csv --source one")
    assert "1 added" in evenkeel("import interactions good.csv --source two").out


def test_an_instant_without_offset_is_local_to_the_zone(evenkeel, tmp_path):
    write_csv(tmp_path / "local.csv", interactions({"started_at": "2026-11-09T09:00:00"}))
    evenkeel("import interactions local.csv --timezone America/New_York")
    (row,) = evenkeel("export interactions --json").rows
    assert row["started_at"] == "2026-11-09T14:00:00Z"


def test_transcripts_are_taken_in(evenkeel, tmp_path):
    (tmp_path / "said.jsonl").write_text(json_lines_of([transcript()]))
    assert "1 added" in evenkeel("import transcripts said.jsonl").out


def test_the_first_import_makes_a_key_and_says_so(evenkeel, monkeypatch, tmp_path):
    monkeypatch.delenv("EVENKEEL_CUSTOMER_KEY")
    write_csv(tmp_path / "good.csv", interactions({}))
    said = evenkeel("import interactions good.csv")
    assert (said.status, said.err.startswith("Made a key")) == (0, True)
    assert (tmp_path / "evenkeel.key").is_file()
