"""Lines in, moods out: in their order, however many are heard together."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import said
from scoring.redaction.redactor import Redactor
from scoring.said import Unheard, hear
from scoring.sentiment.engine import Mood


class Echo:
    """An engine to which every text is its own phrase."""

    name = "echo"
    version = "1"

    def moods(self, turns):
        """As positive as a text is long, up to ten letters; no signal in none."""
        return [
            Mood(min(len(turn.text), 10) / 10, "positive", (f"{turn.author}: {turn.text}",))
            if turn.text
            else Mood(None, None)
            for turn in turns
        ]


def heard(*lines, fault=None):
    rows = [(number, json.dumps(line), None) for number, line in enumerate(lines, 1)]
    return list(hear([*rows, *([(0, "", fault)] if fault else [])], Echo(), Redactor()))


def conversation(number, *texts):
    messages = [{"author": "customer", "text": text} for text in texts]
    return {"id": number, "messages": messages}


@pytest.mark.parametrize("together", [1, 2, 1000])
@given(kinds=st.lists(st.sampled_from(["text", "conversation", "neither"]), max_size=7))
def test_every_line_is_told_in_its_order(together, kinds):
    lines = {
        "text": lambda n: {"id": n, "text": "a" * n},
        "conversation": lambda n: conversation(n, "b" * n),
        "neither": lambda n: {"id": n},
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(said, "TOGETHER", together)
        found = heard(*(lines[kind](n) for n, kind in enumerate(kinds, 1)))
    assert [one.line if isinstance(one, Unheard) else one["id"] for one in found] == list(
        range(1, len(kinds) + 1)
    )
    for number, (kind, one) in enumerate(zip(kinds, found, strict=True), 1):
        assert isinstance(one, Unheard) == (kind == "neither")
        if kind == "text":
            assert one["because"] == ["customer: " + "a" * number]
        if kind == "conversation":
            assert one["because"] == ["customer: " + "b" * number]


def test_what_is_heard_is_redacted_and_who_said_it_is_told():
    line = {"id": "x", "text": "call +1 977 625 2661, Kim", "author": "agent"}
    assert heard(line)[0]["because"] == ["agent: call 0, Kim"]
    whole = conversation("y", "kim@example.com", "ask kim@example.com")
    assert heard(whole)[0]["because"] == ["customer: ask "]


def test_a_line_that_could_not_even_be_read_is_told():
    assert heard(fault="holds a NUL character") == [Unheard(0, "it holds a NUL character")]
    assert list(hear([(1, " \n", None)], Echo(), Redactor())) == []
