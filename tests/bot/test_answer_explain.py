"""Why a figure moved: what went together with it, said as that and no more."""

import pytest

from tests.factories import interactions

ASK = "ask --now 2026-11-20T12:00:00Z --as maya"
ROSTER = [
    *({"agent": one, "name": one.title(), "team": "Billing", "manager": "maya"} for one in "ab"),
    {"agent": "maya", "role": "manager"},
]


def contacts(agent, day, seconds, count=20, **cells):
    return [
        {
            "interaction_id": f"{agent}-{day}-{at}-{seconds}",
            "agent": agent,
            "started_at": f"{day}T{at % 24:02}:00:00Z",
            "handle_seconds": seconds + at % 2 * 2,
            **cells,
        }
        for at in range(count)
    ]


@pytest.fixture
def ask(evenkeel, take_in):
    """A call gives back what a question of Maya's is answered with, as JSON."""
    rows = [
        *contacts("a", "2026-11-02", 300),
        *contacts("a", "2026-11-09", 300),
        *contacts("b", "2026-11-02", 300),
        *contacts("b", "2026-11-09", 500, issue_type=None),
    ]
    take_in(*ROSTER, kind="roster")
    take_in(*interactions(*rows))
    return lambda question: evenkeel(*ASK.split(), question, "--json").rows[0]


def test_a_rise_is_told_with_the_parts_that_went_together_with_it(ask):
    found = ask("why did aht go up last week")
    assert (found["status"], found["reading"]["intent"]) == ("answered", "explain")
    assert "It rose by more than chance." in found["text"]
    assert "Went together with B: +1 min 40 s with its own figure" in found["text"]
    assert "because" not in found["text"]
    assert "not why it came about" in found["text"]
    assert "Of 50 % of the contacts the issue type or channel is not known." in found["text"]


def test_its_rows_have_both_figures_both_parts_and_n(ask):
    rows = [row for row in ask("why did aht go up last week")["rows"] if "agent" in row]
    (one, other) = rows
    assert (one["agent"], one["value"], one["before"], one["change"]) == ("b", 501.0, 301.0, 200.0)
    assert (one["mix"], one["rate"], one["noise"]) == (0.0, 100.0, False)
    assert (one["n"], one["n_before"]) == (20, 20)
    assert (other["agent"], other["rate"], other["noise"]) == ("a", 0.0, True)


def test_what_moved_no_more_than_chance_is_called_so(ask):
    text = ask("why did the volume rise last week")["text"]
    assert "It did not move." in text
    assert "within noise" in text


def test_the_other_way_is_said_whatever_was_asked(ask):
    assert "It rose by more than chance." in ask("why did aht drop last week")["text"]


def test_it_is_split_by_what_is_asked_for(ask):
    rows = ask("why did aht go up last week by channel and agent")["rows"]
    assert {(row["channel"], row["agent"]) for row in rows} == {("phone", "a"), ("phone", "b")}


def test_what_has_no_figure_or_no_sum_cannot_be_split(ask):
    found = ask("why did csat drop last week")
    assert (found["status"], found["rows"]) == ("answered", [])
    assert "Why it moved cannot be told" in found["text"]
    assert "cannot be split" in ask("why did median handle time rise last week")["text"]


def test_several_figures_are_told_one_at_a_time(ask):
    assert "ask for one figure at a time" in ask("why did aht and volume rise last week")["text"]


def test_people_see_it_in_lines(ask, evenkeel):
    assert ask("aht last week")["status"] == "answered"
    said = evenkeel(*ASK.split(), "why did aht go up last week")
    assert (said.status, "By issue type and channel" in said.out) == (0, True)
