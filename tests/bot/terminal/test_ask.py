"""`evenkeel ask`: the answer first, then the figures, then how the question was read."""

import json

import pytest

from tests.factories import interactions

ASK = "ask --now 2026-11-20T12:00:00Z --as maya"
TEAM = {"ana": "Ana Silva", "ben": "Ben Carter", "cleo": "Cleo Frank"}
ROSTER = [
    *(
        {"agent": key, "name": name, "team": "Billing", "manager": "maya"}
        for key, name in TEAM.items()
    ),
    {"agent": "zoe", "name": "Zoe Kline", "team": "Secret", "manager": "otto"},
    {"agent": "maya", "role": "manager"},
    {"agent": "otto", "role": "manager"},
]
KEYS = ["status", "reading", "assumptions", "rows", "choices", "text"]


def contacts(agent, seconds, count=12, day="2026-11-09", **cells):
    return [
        {
            "interaction_id": f"{agent}-{day}-{at}",
            "agent": agent,
            "started_at": f"{day}T{at % 24:02}:00:00Z",
            "handle_seconds": seconds + at % 2 * 2,
            **cells,
        }
        for at in range(count)
    ]


@pytest.fixture
def company(take_in):
    rows = [
        *contacts("ana", 300, day="2026-11-02"),
        *contacts("ana", 400),
        *contacts("ben", 500, day="2026-11-02"),
        *contacts("ben", 450),
        *contacts("cleo", 600, count=3),
        *contacts("zoe", 100, csat=5),
    ]
    take_in(*ROSTER, kind="roster")
    take_in(*interactions(*rows))


@pytest.fixture
def ask(evenkeel, company):  # noqa: ARG001 it is what is asked about
    """A call gives back what a question of Maya's is answered with, as JSON."""

    def ask(question, *more):
        said = evenkeel(*ASK.split(), question, "--json", *more)
        (row,) = said.rows
        assert list(row) == KEYS
        return row

    return ask


def test_an_answer_has_its_reading_and_rows_in_the_order_asked_for(ask):
    found = ask("slowest agents last week")
    assert found["status"] == "answered"
    assert found["reading"] == {
        "intent": "figures",
        "kpis": ["aht"],
        "group_by": ["agent"],
        "filters": {},
        "having": [],
        "first": "2026-11-09",
        "last": "2026-11-15",
        "compare": None,
        "order": {"kpi": "aht", "of": "value", "first": "worst"},
        "limit": None,
    }
    assert [(row["agent"], row["value"], row["n"]) for row in found["rows"]] == [
        ("ben", 451.0, 12),
        ("ana", 401.0, 12),
    ]


def test_a_comparison_has_both_values_and_the_change(ask):
    (row,) = ask("did ana's aht go up last week?")["rows"]
    assert (row["value"], row["before"], row["change"]) == (401.0, 301.0, 100.0)


def test_another_period_stands_in_the_reading_with_its_days(ask):
    found = ask("aht last week vs the week before")
    assert found["reading"]["compare"] == "2026-11-02..2026-11-08"


def test_filters_are_told_by_name(ask):
    found = ask("aht of ana and ben on phone for new hires last week")
    told = found["reading"]["filters"]
    assert told == {"channel": ["phone"], "agent": ["ana", "ben"], "tenure": [0, 90]}
    assert ask("aht billing team")["reading"]["filters"] == {"team": ["Billing"]}


def test_nobody_outside_is_in_an_answer_or_in_a_refusal(ask):
    assert "Zoe" not in json.dumps(ask("csat by agent last week"))
    refused = [ask(f"csat for {name} last week") for name in ("Zoe", "Xerxes")]
    assert refused[0] == refused[1]
    assert (refused[0]["status"], refused[0]["text"]) == ("refused", "I can show you Billing.")


def test_an_unclear_question_is_asked_back_with_choices(ask):
    found = ask("who is best last week")
    assert (found["status"], found["reading"], found["rows"]) == ("clarify", None, [])
    assert ask(found["choices"][0])["status"] == "answered"


def test_a_definition_comes_from_the_catalogue(ask):
    found = ask("what is aht")
    assert found["status"] == "answered"
    assert "Talk, hold and after-contact work" in found["text"]


def test_the_text_holds_answer_reading_and_caveats(ask):
    text = ask("top 5 agents by aht this week")["text"]
    assert "How I read this:" in text
    assert "still running" in text
    text = ask("slowest agents last week")["text"]
    assert text.startswith("Ben Carter comes first by Average handle time")
    assert "rest on too little: Cleo Frank." in text


def test_an_empty_answer_names_the_nearest(ask):
    text = ask("agents with aht over 20 minutes last week")["text"]
    assert "It holds of nobody. Nearest: Ben Carter" in text


def test_neighbours_that_cannot_be_told_apart_are_named(ask, take_in):
    take_in(*interactions(*contacts("cleo", 451, day="2026-11-10")))
    assert "Cannot be told apart: " in ask("slowest agents last week")["text"]


def test_a_figure_that_may_still_change_says_so(ask):
    assert "may still change" in ask("fcr this week")["text"]


def test_the_share_of_satisfied_is_told_apart_from_the_mean(ask):
    assert "share of 4s and 5s" in ask("csat last week")["text"]


@pytest.mark.usefixtures("company")
def test_people_are_shown_a_sentence_a_table_and_the_reading(evenkeel):
    said = evenkeel(*ASK.split(), "aht by agent last week")
    assert said.status == 0
    first, *_ = said.out.splitlines()
    assert first == "Told of 3: Ana Silva, Ben Carter, Cleo Frank."
    assert "too few to say" in said.out
    assert "- whose: everybody you may see" in said.out


def test_weeks_and_unknown_values_are_named(ask):
    found = ask("aht by week and priority since 2 november")
    assert {(row["week"], row["priority"]) for row in found["rows"]} == {
        ("2026-11-02", "unknown"),
        ("2026-11-09", "unknown"),
    }


@pytest.mark.usefixtures("company")
def test_a_refusal_and_a_question_back_have_status_one(evenkeel):
    assert evenkeel(*ASK.split(), "what is ben's salary").status == 1
    said = evenkeel(*ASK.split(), "who is best")
    assert (said.status, "Ask one of these:" in said.out) == (1, True)


@pytest.mark.usefixtures("company")
def test_a_file_of_questions_is_answered_in_its_order(evenkeel, tmp_path):
    rows = [
        {"id": 7, "as": "maya", "question": "aht by agent last week"},
        {"id": "x", "as": "nobody", "question": "aht"},
        {"id": None, "as": "ana", "question": "my aht last week"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    said = evenkeel("ask", "--now", "2026-11-20T12:00:00Z", "--batch", path, "--json")
    assert [(row["id"], row["status"]) for row in said.rows] == [
        (7, "answered"),
        ("x", "refused"),
        (None, "answered"),
    ]
    assert all(list(row) == ["id", *KEYS] for row in said.rows)
    assert [row["value"] for row in said.rows[2]["rows"]] == [401.0]


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"as": "maya"}', '{"as": 1, "question": "x"}']
)
def test_a_file_with_a_line_that_is_no_question_is_refused_whole(evenkeel, tmp_path, line):
    path = tmp_path / "questions.jsonl"
    path.write_text(line, encoding="utf-8")
    said = evenkeel("ask", "--batch", path)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("Line 1 is no question.")


@pytest.mark.parametrize(
    "words", ["ask", "ask csat", "ask --as maya", "ask csat --as x --batch f"]
)
def test_a_call_without_question_or_asker_says_what_to_say(evenkeel, words):
    said = evenkeel(words)
    assert (said.status, "--as WHO" in said.err) == (2, True)


@pytest.mark.usefixtures("company")
def test_an_unknown_asker_is_told_so(evenkeel):
    said = evenkeel("ask csat --as nobody")
    assert (said.status, "nobody" in said.err) == (1, True)
