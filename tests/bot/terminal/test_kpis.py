"""`evenkeel kpis`: the catalogue, for people and for programs."""

import pytest

from scoring.kpis import load_catalogue

KEYS = [
    *("key", "name", "unit", "family", "better", "target", "level", "formula"),
    *("counted", "credit", "at_least", "guards", "words", "about", "watch", "source"),
]


def test_all_kpis_are_listed(evenkeel):
    said = evenkeel("kpis")
    assert (said.status, said.err) == (0, "")
    assert [line.split()[0] for line in said.out.splitlines()[2:-2]] == list(load_catalogue())


@pytest.mark.parametrize("width", ["80", "100", "160"])
def test_the_list_keeps_to_the_terminal(evenkeel, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    said = evenkeel("kpis")
    assert max(map(len, said.out.splitlines())) <= int(width)
    assert "4 min 00 s to 7 min 00 s" in said.out


def test_a_program_gets_a_line_each_with_all_keys(evenkeel):
    said = evenkeel("kpis --json")
    assert [row["key"] for row in said.rows] == list(load_catalogue())
    assert all(list(row) == KEYS for row in said.rows)


def test_one_kpi_is_told_to_a_program_as_the_catalogue_has_it(evenkeel):
    (row,) = evenkeel("kpis aht --json").rows
    assert (row["name"], row["unit"], row["target"]) == (
        "Average handle time",
        "seconds",
        [240, 420],
    )
    assert (row["better"], row["level"], row["guards"][0]) == ("within", "coaching", "fcr")


def test_a_target_that_is_not_there_is_null(evenkeel):
    (row,) = evenkeel("kpis volume --json").rows
    assert row["target"] is None


@pytest.mark.parametrize(
    "told",
    [
        "First contact resolution (fcr)",
        "Formula ",
        "target 75.0 %",
        "Counted    in the period in which the contact was made",
        "Credit     the first agent of the contact",
        "never ranked",
        "from n = 20 on",
        "Beware: ",
        "Source: SQM Group",
        "Also called: fcr, first contact resolution",
    ],
)
def test_one_kpi_is_told_with_its_formula_source_and_traps(evenkeel, told):
    assert told in evenkeel("kpis fcr").out


def test_what_guards_a_kpi_of_speed_is_told(evenkeel):
    assert "Guarded by fcr, csat, reopen_rate" in evenkeel("kpis aht").out


@pytest.mark.parametrize("words", ["csat", "CSAT", "ratings", "'customer satisfaction'"])
def test_a_kpi_goes_by_all_its_names(evenkeel, words):
    assert evenkeel(f"kpis {words} --json").rows[0]["key"] == "csat"


def test_of_an_unknown_key_the_nearest_are_named(evenkeel):
    said = evenkeel("kpis escalation_rat")
    assert said.status == 2
    assert "Did you mean escalation_rate" in said.err


def test_a_company_s_own_kpis_are_among_them(evenkeel, monkeypatch, tmp_path):
    (tmp_path / "own.toml").write_text(
        '[holds]\nlike = "aht"\nname = "Holds"\nmean = "queue_seconds"\nwords = ["holds"]\n'
    )
    monkeypatch.setenv("EVENKEEL_KPIS", "own.toml")
    assert evenkeel("kpis holds --json").rows[0]["guards"] == ["fcr", "csat", "reopen_rate"]


def test_the_catalogue_needs_no_database(evenkeel, sqlite_file):
    sqlite_file.write_text("broken\n" * 100)
    assert evenkeel("kpis aht").status == 0
