"""How readings are judged: exact, silently wrong, asked back, refused; time and tokens."""

import json
from datetime import date

from prompts.filling import Filler
from prompts.golden import Golden, GoldenSet, load_golden
from prompts.judging import Judged, Watched, judge, summary
from prompts.spending import Ledger
from scoring.kpis import load_catalogue
from tests.prompts.filled import fields
from tests.prompts.stub import completion, fault, stub_server

CATALOGUE = load_catalogue()
COMPANY = load_golden().company
SNAPPY = {
    "ask": "snappiness of leila last week",
    "is": {"kpis": ["aht"], "people": ["Leila Haddad"], "period": "2026-03-02..2026-03-08"},
}
RIGHT = fields(["aht", "snappiness"], people=["leila"], period="last week")


def golden(*questions):
    return GoldenSet(
        company=COMPANY, periods={}, question=[Golden.model_validate(one) for one in questions]
    )


def verdicts(*questions, answers=None):
    if answers is None:
        return [one.verdict for one in judge(golden(*questions), CATALOGUE)]
    with stub_server(*answers) as stub:
        ledger = Ledger(90_000, 90_000, lambda: date(2026, 11, 22))
        watched = Watched(Filler(stub.server(retries=0), ledger))
        found = list(judge(golden(*questions), CATALOGUE, watched))
    return found, watched


def told(answer):
    return completion(json.dumps(answer), usage=500)


def test_each_verdict_is_given():
    csat = {"ask": "csat for Iris last week"}
    assert verdicts(
        {
            **csat,
            "is": {"kpis": ["csat"], "people": ["Iris Novak"], "period": "2026-03-02..2026-03-08"},
        },
        {**csat, "is": {"kpis": ["csat"], "period": "2026-03-02..2026-03-08"}},
        {**csat, "back": True},
        {"ask": "quality of Iris", "is": {"kpis": ["csat"]}},
        {"ask": "salary of Iris", "is": {"kpis": ["csat"]}},
        {"ask": "salary of Iris", "refuse": True},
        {"ask": "quality of Iris", "back": True},
    ) == ["exact", "silently wrong", "silently wrong", "asked back", "refused", "exact", "exact"]


def test_a_model_reads_what_rules_ask_back_about_and_its_tokens_are_counted():
    found, watched = verdicts(SNAPPY, answers=[told(RIGHT)])
    assert [(one.verdict, one.tokens) for one in found] == [("exact", 500)]
    assert (watched.calls, watched.failures) == (1, {})


def test_a_model_that_fails_asks_back_and_is_counted_by_why():
    found, watched = verdicts(SNAPPY, answers=[fault(401)])
    assert (found[0].verdict, watched.failures) == ("asked back", {"unreachable": 1})


def test_a_follow_up_is_read_after_the_question_before():
    once = {"before": "CSAT for Iris last week", "ask": "and jonas?"}
    is_ = {"kpis": ["csat"], "people": ["Jonas Weber"], "period": "2026-03-02..2026-03-08"}
    assert verdicts({**once, "is": is_}) == ["exact"]


def judged(ms, verdict="exact", tokens=0):
    return Judged(Golden(ask="?", back=True), verdict, "", "", ms, tokens)


def test_the_middle_and_the_slow_questions_are_told_apart():
    told = summary([judged(ms, tokens=2) for ms in range(1, 101)])
    assert (told.p50_ms, told.p95_ms, told.tokens) == (50, 95, 200)
    assert summary([judged(7)]).p95_ms == 7


def test_verdicts_are_counted():
    told = summary([judged(1), judged(1, "silently wrong"), judged(1, "asked back")])
    assert (told.questions, told.exact, told.silently_wrong, told.asked_back) == (3, 1, 1, 1)
