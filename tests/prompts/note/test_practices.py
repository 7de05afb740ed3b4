"""The practices: what is listed, what fits a finding, and what a company's file may do."""

from typing import get_args

import pytest

from prompts.note.practices import Finding, load_practices
from scoring.errors import PracticesError

SHIPPED = load_practices()
ANYWHERE = (None, None)
OWN = 'fits = ["fcr down"]\ndo = "Do this."\nsource = "Own"\n'


def load(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_practices(path)


def test_there_are_forty_and_more_each_with_a_source():
    assert len(SHIPPED) >= 40
    assert all(len(practice.source) > 20 for practice in SHIPPED.values())


def test_no_two_say_the_same():
    assert len({practice.to_do for practice in SHIPPED.values()}) == len(SHIPPED)


@pytest.mark.parametrize("finding", get_args(Finding))
@pytest.mark.parametrize("in_doubt", [True, False])
def test_every_finding_has_some_that_fit_anywhere(finding, in_doubt):
    """Three at least, so that a month brings something else each week but one."""
    found = SHIPPED.fitting(finding, ANYWHERE, in_doubt=in_doubt)
    assert len(found) >= 3
    assert all(finding in practice.fits for practice in found)
    assert not any(practice.is_special for practice in found)


def test_those_for_the_issue_and_channel_come_first():
    found = SHIPPED.fitting("fcr down", ("Refund request", "chat"), in_doubt=False)
    special = [practice.is_special for practice in found]
    assert special == sorted(special, reverse=True)
    assert found[0].issues or found[0].channels
    assert "money_dates" in [practice.key for practice in found]


@pytest.mark.parametrize("issue", [None, "delivery", "prefunded card"])
def test_one_for_certain_issues_is_for_no_others(issue):
    found = SHIPPED.fitting("fcr down", (issue, "chat"), in_doubt=False)
    assert "money_dates" not in [practice.key for practice in found]


def test_one_for_a_channel_is_not_for_another():
    keys = [one.key for one in SHIPPED.fitting("csat down", (None, "phone"), in_doubt=False)]
    assert "signpost" in keys
    assert "answer_first" not in keys


def test_where_quality_is_in_doubt_none_saves_time():
    sure = SHIPPED.fitting("aht up", ANYWHERE, in_doubt=False)
    unsure = SHIPPED.fitting("aht up", ANYWHERE, in_doubt=True)
    assert any(practice.saves_time for practice in sure)
    assert {one.key for one in unsure} == {one.key for one in sure if not one.saves_time}


def test_a_company_adds_a_practice_of_its_own(tmp_path):
    practices = load(tmp_path, f"[own]\n{OWN}")
    assert practices["own"].to_do == "Do this."
    assert len(practices) == len(SHIPPED) + 1


def test_a_company_changes_one_key_of_a_practice(tmp_path):
    practices = load(tmp_path, '[teach_back]\ndo = "Ask for the steps."\n')
    assert practices["teach_back"].to_do == "Ask for the steps."
    assert practices["teach_back"].source == SHIPPED["teach_back"].source


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[own]\nfits = ["fcr down"]\ndo = "Do this."\n', "own: source"),
        ('[own]\nfits = []\ndo = "Do this."\nsource = "x"\n', "own: fits"),
        (f"[own]\n{OWN}".replace("fcr down", "fcr up"), "own: fits"),
        (f"[own]\n{OWN}chanels = []\n", "unknown key “chanels” (did you mean channels?)"),
        (f"[own]\n{OWN}".replace("Do this.", "do this"), "own: do: is no whole sentence"),
        (f"[own]\n{OWN}".replace("Do this.", "Be quicker."), "asks for haste (“quicker”)"),
        (f"[own]\n{OWN}".replace("Do this.", "A " * 50 + "b."), "is longer than 45 words"),
        ("do = 1\n", "“do” is in no practice"),
        ("[own\n", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, text, named):
    with pytest.raises(PracticesError) as told:
        load(tmp_path, text)
    assert named in str(told.value)


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(PracticesError, match=r"one: .*; two: "):
        load(tmp_path, '[one]\ndo = "Do."\n[two]\ndo = "Do."\n')


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PracticesError, match=r"none\.toml"):
        load_practices(tmp_path / "none.toml")
