"""The golden questions: what the file must be, and that the rules agree with what it expects."""

import pytest

from prompts.golden import SHIPPED, load_golden, slots_of
from prompts.judging import judge
from scoring.errors import QueryError
from scoring.kpis import load_catalogue
from scoring.reading.questions import read_question
from tests.prompts.filled import fields
from tests.prompts.ideal import FORMS

CATALOGUE = load_catalogue()
GOLDEN = load_golden()
WORLD = GOLDEN.company.world(CATALOGUE)


def test_rules_alone_are_silently_wrong_about_none_of_them():
    wrong = [one for one in judge(GOLDEN, CATALOGUE) if one.verdict == "silently wrong"]
    assert not wrong


def test_questions_of_each_kind_are_there():
    kinds = [GOLDEN.expected(one) for one in GOLDEN.question]
    assert sum(isinstance(one, dict) for one in kinds) >= 20
    assert min(kinds.count("asked back"), kinds.count("refused")) >= 5


def test_some_questions_are_only_for_a_model_and_all_of_these_would_reach_it():
    missed = [one for one in judge(GOLDEN, CATALOGUE) if one.verdict != "exact"]
    assert len(missed) >= 8
    assert {one.verdict for one in missed} == {"asked back"}


def test_a_model_that_understands_them_reads_each_of_those():
    judged = judge(GOLDEN, CATALOGUE, Ideal())
    # What no form can be right about, such a model leaves unclear.
    assert [one.golden.ask for one in judged if one.verdict != "exact"] == []


class Ideal:
    """A model that understands every golden question, and costs nothing."""

    tokens = 0

    def fill(self, task, form):
        return form.model_validate(FORMS.get(task.said, fields(intent="unclear")))


def test_every_kpi_that_is_expected_is_in_the_catalogue():
    named = {key for one in GOLDEN.question if one.reading for key in one.reading.kpis}
    assert named <= set(CATALOGUE)


def test_the_company_is_read_as_a_world_of_its_own():
    assert [one.name for one in WORLD.people][-1] == "Nadia Okafor"
    assert WORLD.teams == {1: "Orders", 2: "Returns"}
    assert str(WORLD.today) == "2026-03-14"


def test_a_query_is_told_in_the_words_of_the_file():
    query = read_question("top 3 agents on returns by csat on chat in january", WORLD).query
    assert slots_of(query, WORLD) == {
        "intent": "figures",
        "kpis": ["csat"],
        "by": ["agent"],
        "people": [],
        "teams": ["Returns"],
        "values": {"channel": ["chat"]},
        "tenure": None,
        "period": "2026-01-01..2026-01-31",
        "against": "",
        "must": [],
        "order": "csat value best",
        "limit": 3,
    }


def test_a_file_of_ones_own_is_read(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        """
        periods = {}
        [company]
        now = 2026-03-14T10:00:00
        asker = "Zoe"
        teams = { Alpha = ["Yan"] }
        [[question]]
        ask = "csat for Yan"
        is = { kpis = ["csat"], people = ["Yan"], period = "2026-02-09..2026-03-08" }
        """,
        encoding="utf-8",
    )
    judged = list(judge(load_golden(path), CATALOGUE))
    assert [one.verdict for one in judged] == ["exact"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("question = [", "no TOML"),
        ("periods = {}", "company"),
        (SHIPPED.read_text(encoding="utf-8") + "bak = true\n", "question"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text, told, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=told):
        load_golden(path)
