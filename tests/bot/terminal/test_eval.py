"""`evenkeel eval`: what became of the questions, by rules and by the model beside them."""

import json

import pytest

from tests.prompts.filled import fields
from tests.prompts.stub import completion, fault, stub_server

OWN = """
periods = {}
[company]
now = 2026-03-14T10:00:00
asker = "Zoe"
teams = { Alpha = ["Yan Lin"] }
[[question]]
ask = "csat for Yan last week"
is = { kpis = ["csat"], people = ["Yan Lin"], period = "2026-03-02..2026-03-08" }
[[question]]
ask = "snappiness of yan last week"
is = { kpis = ["aht"], people = ["Yan Lin"], period = "2026-03-02..2026-03-08" }
"""
RIGHT = fields(["aht", "snappiness"], people=["yan"], period="last week")


@pytest.fixture
def own(evenkeel, tmp_path):  # noqa: ARG001 the settings are cleared
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def with_model(monkeypatch):
    """A call answers so, as the model that is set."""

    def with_model(stub):
        monkeypatch.setenv("EVENKEEL_MODEL", "a-model")
        monkeypatch.setenv("EVENKEEL_MODEL_URL", f"{stub.url}/v1")
        monkeypatch.setenv("EVENKEEL_MODEL_RETRIES", "0")

    return with_model


def test_without_a_model_rules_are_judged_alone_on_the_questions_that_come_with_it(evenkeel):
    said = evenkeel("eval")
    assert said.status == 0
    assert "rules alone" in said.out
    assert "No model is set" in said.out
    assert "snappiness of leila" in said.out


def test_rules_and_model_stand_side_by_side(evenkeel, own, with_model):
    with stub_server(completion(json.dumps(RIGHT), usage=500)) as stub:
        with_model(stub)
        said = evenkeel("eval", own)
    assert "1 of 2" in said.out
    assert "2 of 2" in said.out
    assert "500" in said.out
    assert "The model a-model was asked 1 times." in said.out


def test_as_json_each_question_is_a_line_and_then_each_reader(evenkeel, own, with_model):
    with stub_server(completion(json.dumps(RIGHT), usage=500)) as stub:
        with_model(stub)
        rows = evenkeel("eval", own, "--json").rows
    verdicts = [row.get("verdict") for row in rows]
    assert verdicts == ["exact", "asked back", None, "exact", "exact", None]
    assert (rows[2]["exact"], rows[5]["exact"], rows[5]["tokens"]) == (1, 2, 500)
    assert {"p50_ms", "p95_ms", "silently_wrong", "asked_back"} < set(rows[5])


def test_a_model_that_does_not_answer_is_told(evenkeel, own, with_model):
    with stub_server(fault(401)) as stub:
        with_model(stub)
        said = evenkeel("eval", own)
    assert "It gave no form 1 times: unreachable 1." in said.out
    assert "asked back, not answered" in said.out


def test_a_wrong_reading_is_told_by_where_it_differs(evenkeel, own):
    own.write_text(OWN.replace('kpis = ["csat"]', 'kpis = ["fcr"]'), encoding="utf-8")
    said = evenkeel("eval", own)
    assert "silently wrong" in said.out
    assert "kpis: ['csat'], not ['fcr']" in said.out


def test_a_file_that_cannot_be_used_is_a_mistake_of_the_call(evenkeel, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("periods = {}", encoding="utf-8")
    said = evenkeel("eval", path)
    assert said.status == 2
    assert "company" in said.err
