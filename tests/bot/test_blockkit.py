"""Builders of blocks: whatever the text, what they build can be sent and calls nobody."""

import json
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blockkit import (
    LineChart,
    actions,
    button,
    chart,
    check,
    check_reply,
    code,
    confirm,
    context,
    divider,
    fallback,
    feedback,
    fields,
    header,
    joined,
    mark,
    plain_feedback,
    section,
    sections,
    table,
)
from bot.replies import Reply

EVIL = "https:" + "//evil.example"

NASTY = (
    *("<!channel>", "<!here|here>", "<@U012AB3CD>", "<!subteam^S1|all>", "<#C1|x>"),
    *(f"<{EVIL}|bank>", EVIL, "&lt;", "&", "*bold* _x_ `y`"),
    *("\0", "\ud800", "\u202e", "", " ", "\n\n", "\N{GRINNING FACE}" * 2000, "<" * 4000),
)
texts = st.one_of(
    st.text(max_size=50), st.sampled_from(NASTY), st.text().map(lambda one: one * 99)
)
unhurried = settings(deadline=None)
CALLS = re.compile(r"<(?!https?://[^<>|]+\|)[!@#]|<https?://evil")


def written(told):
    """Every text in markup of a block."""
    if isinstance(told, Mapping):
        if told.get("type") == "mrkdwn":
            yield told["text"]
        for inner in told.values():
            yield from written(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from written(inner)


def of_text(text):
    """A block of each kind, with a text wherever it takes one."""
    ask = {**button(text, "a1", label=text), "confirm": confirm(text, text, text)}
    return [
        header(text),
        section(text, button(text, "a0")),
        *sections(text, [text] * 5),
        fields(*[text] * 10),
        context(*[text] * 10),
        divider(),
        actions(ask),
        feedback("f", "note"),
        actions(*plain_feedback("p", "note")),
        table([text] * 4, [[text] * 4] * 30, "lcrl"),
        chart(LineChart(text, ["m", "n"], {text: [1, 2]}, text, text)),
        section(mark("*{}* {}", text, code(text))),
        section(joined([text, text])),
    ]


@unhurried
@given(texts)
def test_no_text_breaks_a_limit(text):
    assert check(of_text(text)) == []


@unhurried
@given(texts)
def test_no_text_calls_anybody_or_links_anywhere(text):
    assert not [one for block in of_text(text) for one in written(block) if CALLS.search(one)]


@unhurried
@given(texts)
def test_what_is_built_can_be_sent(text):
    assert json.dumps(of_text(text), ensure_ascii=False).encode()


@unhurried
@given(st.lists(texts))
def test_a_text_beside_blocks_can_be_sent_whatever_it_is_made_of(lines):
    assert check_reply(Reply((divider(),), fallback(*lines))) == []


@unhurried
@given(st.lists(texts, min_size=1, max_size=20))
def test_no_line_is_lost_between_sections(lines):
    short = [line[:200].replace("\n", " ") for line in lines]
    built = "\n".join(one["text"]["text"] for one in sections("Title", short))
    told = [mark("{}", line) for line in short]
    assert built == "\n".join(["*Title*", *(line for line in told if line)])


def test_a_section_is_not_cut_between_lines():
    first, second = sections("T", ["a" * 2000, "b" * 2000])
    assert first["text"]["text"] == "*T*\n" + "a" * 2000
    assert second["text"]["text"] == "b" * 2000


def test_markup_makes_no_links_by_itself():
    assert section("a")["text"]["verbatim"] is True


def test_a_header_is_one_line_that_is_shown_as_it_is():
    assert header("a\n<b>")["text"] == {"type": "plain_text", "text": "a <b>"}


def test_what_stands_beside_a_section_is_its_accessory():
    assert section("a", button("b", "c"))["accessory"]["action_id"] == "c"


def test_a_button_says_only_what_it_was_told():
    assert button("Go", "go") == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Go"},
        "action_id": "go",
    }


def test_a_button_has_a_value_a_label_and_a_style():
    told = button("Go", "go", "7", label="Go there", style="primary")
    assert (told["value"], told["accessibility_label"]) == ("7", "Go there")
    assert told["style"] == "primary"


def test_the_thumbs_say_good_and_bad():
    (thumbs,) = feedback("f", "7")["elements"]
    values = [thumbs[name]["value"] for name in ("positive_button", "negative_button")]
    assert values == ["good:7", "bad:7"]


def test_plain_buttons_say_what_the_thumbs_say():
    values = [one["value"] for one in plain_feedback("f", "7")]
    assert values == ["good:7", "bad:7"]


def test_an_empty_cell_has_a_dash():
    assert table(["a"], [[" "]], "l")["rows"][1] == [{"type": "raw_text", "text": "\N{EN DASH}"}]


def test_a_cell_keeps_its_lines():
    assert table(["a"], [["b\n\nc  d"]], "l")["rows"][1][0]["text"] == "b\nc d"


def test_columns_stand_where_their_letter_says():
    settings = table(["a", "b", "c"], [], "lcr")["column_settings"]
    assert [one["align"] for one in settings] == ["left", "center", "right"]


def test_a_chart_has_a_point_for_each_category():
    drawn = chart(LineChart("t", ["m", "n"], {"y": [1, 2]}, y_label="percent"))["chart"]
    assert drawn == {
        "type": "line",
        "series": [
            {"name": "y", "data": [{"label": "m", "value": 1}, {"label": "n", "value": 2}]}
        ],
        "axis_config": {"categories": ["m", "n"], "y_label": "percent"},
    }


WRONG = {
    "no fields": fields,
    "eleven fields": lambda: fields(*"abcdefghijk"),
    "eleven texts": lambda: context(*"abcdefghijk"),
    "no buttons": actions,
    "26 buttons": lambda: actions(*[divider()] * 26),
    "a value that would be cut": lambda: button("a", "b", "x" * 2001),
    "an action that would be cut": lambda: button("a", "x" * 256),
    "feedback that would be cut": lambda: feedback("a", "x" * 1996),
    "too many rows": lambda: table(["a"], [["b"]] * 100, "l"),
    "rows that are not alike": lambda: table(["a"], [["b", "c"]], "l"),
    "sides that are not alike": lambda: table(["a"], [["b"]], "lr"),
    "21 columns": lambda: table(["a"] * 21, [], "l" * 21),
    "no categories": lambda: chart(LineChart("t", [], {"y": []})),
    "no lines": lambda: chart(LineChart("t", ["m"], {})),
    "7 lines": lambda: chart(LineChart("t", ["m"], {key: [1] for key in "abcdefg"})),
    "categories of one name": lambda: chart(LineChart("t", ["m", "m"], {"y": [1, 2]})),
    "names alike once they are cut": lambda: chart(
        LineChart("t", ["m"], {"x" * 20 + "a": [1], "x" * 20 + "b": [1]})
    ),
    "a line that is too short": lambda: chart(LineChart("t", ["m", "n"], {"y": [1]})),
}


@pytest.mark.parametrize("build", WRONG.values(), ids=WRONG)
def test_what_a_program_gets_wrong_is_an_error(build):
    with pytest.raises(ValueError, match=r"."):
        build()
