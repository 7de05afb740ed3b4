"""The check of blocks: each limit at its edge, and each thing that Slack refuses."""

import math

import pytest

from bot.blocks.checking import SURFACES, check, check_reply, check_view
from bot.replies import Reply

SITE = "https:" + "//example.com"


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def marked(text="x"):
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(**more):
    return {"type": "section", "text": marked(), **more}


def button(number=0, **more):
    return {"type": "button", "text": plain(), "action_id": f"a{number}", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements or [button()])}


def option(text="x", value="x", **more):
    return {"text": plain(text), "value": value, **more}


def select(number=1, kind="static_select", **more):
    options = [option(value=str(one)) for one in range(number)]
    return {"type": kind, "action_id": "s", "options": options, **more}


def confirm(**more):
    return {name: plain(more.get(name, "x")) for name in ("title", "text", "confirm", "deny")}


def table(rows=1, columns=1, text="x"):
    cells = [[{"type": "raw_text", "text": text}] * columns] * rows
    return {"type": "table", "rows": cells}


def rows(*lengths):
    return [[{"type": "raw_text", "text": "x" * length}] for length in lengths]


def data_table(rows=2, columns=1, text="x", **more):
    return {**table(rows, columns, text), "type": "data_table", "caption": "x", **more}


def series(name="y", labels=("m",), value=1.0):
    return {"name": name, "data": [{"label": label, "value": value} for label in labels]}


def chart(title="x", lines=None, labels=("m",), **axes):
    lines = [series(labels=labels)] if lines is None else lines
    config = {"categories": list(labels), **axes}
    drawn = {"type": "line", "series": lines, "axis_config": config}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def pie(segments=1, value=1.0):
    parts = [{"label": f"s{number}", "value": value} for number in range(segments)]
    return {
        "type": "data_visualization",
        "title": "x",
        "chart": {"type": "pie", "segments": parts},
    }


def card(**more):
    return {"type": "card", "title": plain(), **more}


def container(number=1, title="x"):
    return {"type": "container", "title": plain(title), "child_blocks": [section()] * number}


def image(**more):
    return {"type": "image", "image_url": f"{SITE}/a.png", "alt_text": "x", **more}


def text_input(**more):
    return {"type": "plain_text_input", "action_id": "t", **more}


def written(**more):
    return {"type": "input", "label": plain(), "element": text_input(), **more}


def modal(**more):
    return {"type": "modal", "title": plain(), "blocks": [section()], **more}


def names(number):
    return tuple(f"m{one}" for one in range(number))


def lines(number):
    return [series(name) for name in names(number)]


# The name of a limit, the limit as Slack tells it, and a message with so many of it.
LIMITS = [
    ("blocks of a message", 50, lambda n: [section()] * n),
    ("text of a section", 3000, lambda n: [section(text=marked("x" * n))]),
    ("fields", 10, lambda n: [section(fields=[marked()] * n)]),
    ("text of a field", 2000, lambda n: [section(fields=[marked("x" * n)])]),
    ("header", 150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    ("context", 10, lambda n: [{"type": "context", "elements": [marked()] * n}]),
    ("actions", 25, lambda n: [actions(*map(button, range(n)))]),
    ("button's text", 75, lambda n: [actions(button(text=plain("x" * n)))]),
    ("button's value", 2000, lambda n: [actions(button(value="x" * n))]),
    ("button's label", 75, lambda n: [actions(button(accessibility_label="x" * n))]),
    ("button's url", 3000, lambda n: [actions(button(url="https:" + "//" + "x" * (n - 8)))]),
    ("action_id", 255, lambda n: [actions(button(action_id="x" * n))]),
    ("block_id", 255, lambda n: [section(block_id="x" * n)]),
    ("markdown", 12_000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    (
        "markdown of a message",
        12_000,
        lambda n: [{"type": "markdown", "text": "x" * one} for one in (6000, n - 6000)],
    ),
    ("tables", 1, lambda n: [table()] * n),
    ("rows", 100, lambda n: [table(rows=n)]),
    ("columns", 20, lambda n: [table(columns=n)]),
    ("text of a table", 10_000, lambda n: [table(text="x" * n)]),
    ("column settings", 20, lambda n: [{**table(), "column_settings": [{}] * n}]),
    ("rows of a data table", 100, lambda n: [data_table(rows=n)]),
    ("columns of a data table", 20, lambda n: [data_table(columns=n)]),
    ("page of a data table", 100, lambda n: [data_table(page_size=n)]),
    (
        "text of a data table",
        20_000,
        lambda n: [{**data_table(), "rows": rows(5000, 5000, 5000, n - 15_000)}],
    ),
    ("charts", 2, lambda n: [chart()] * n),
    ("title of a chart", 50, lambda n: [chart("x" * n)]),
    ("series", 6, lambda n: [chart(lines=lines(n))]),
    ("segments", 6, lambda n: [pie(n)]),
    ("categories", 20, lambda n: [chart(labels=names(n))]),
    ("category's label", 20, lambda n: [chart(labels=("x" * n,))]),
    ("series' name", 20, lambda n: [chart(lines=[series("x" * n)])]),
    ("axis' label", 50, lambda n: [chart(x_label="x" * n)]),
    ("card's title", 150, lambda n: [card(title=plain("x" * n))]),
    ("card's body", 200, lambda n: [card(body=plain("x" * n))]),
    ("card's buttons", 3, lambda n: [card(actions=list(map(button, range(n))))]),
    ("cards", 10, lambda n: [{"type": "carousel", "elements": [card()] * n}]),
    ("blocks of a container", 10, container),
    ("container's title", 150, lambda n: [container(title="x" * n)]),
    ("picture in words", 2000, lambda n: [image(alt_text="x" * n)]),
    ("picture's title", 2000, lambda n: [image(title=plain("x" * n))]),
    ("options", 100, lambda n: [actions(select(n))]),
    ("option's text", 75, lambda n: [actions(select(options=[option("x" * n)]))]),
    ("option's value", 75, lambda n: [actions(select(options=[option(value="x" * n)]))]),
    (
        "option's description",
        75,
        lambda n: [actions(select(options=[option(description=plain("x" * n))]))],
    ),
    ("placeholder", 150, lambda n: [actions(select(placeholder=plain("x" * n)))]),
    ("overflow", 5, lambda n: [actions(select(n, "overflow"))]),
    ("radio buttons", 10, lambda n: [actions(select(n, "radio_buttons"))]),
    ("checkboxes", 10, lambda n: [actions(select(n, "checkboxes"))]),
    ("confirm's title", 100, lambda n: [actions(button(confirm=confirm(title="x" * n)))]),
    ("confirm's text", 300, lambda n: [actions(button(confirm=confirm(text="x" * n)))]),
    ("confirm's button", 30, lambda n: [actions(button(confirm=confirm(deny="x" * n)))]),
]
OF_VIEWS = [
    ("blocks", 100, lambda n: modal(blocks=[section()] * n)),
    ("blocks of a Home", 100, lambda n: {"type": "home", "blocks": [section()] * n}),
    ("title", 24, lambda n: modal(title=plain("x" * n))),
    ("submit", 24, lambda n: modal(submit=plain("x" * n))),
    ("close", 24, lambda n: modal(close=plain("x" * n))),
    ("private_metadata", 3000, lambda n: modal(private_metadata="x" * n)),
    ("callback_id", 255, lambda n: modal(callback_id="x" * n)),
    ("alert", 200, lambda n: modal(blocks=[{"type": "alert", "text": plain("x" * n)}])),
    ("label", 2000, lambda n: modal(blocks=[written(label=plain("x" * n))], submit=plain())),
    (
        "text that may be written",
        3000,
        lambda n: modal(blocks=[written(element=text_input(max_length=n))], submit=plain()),
    ),
    ("hint", 2000, lambda n: modal(blocks=[written(hint=plain("x" * n))], submit=plain())),
]


def listed(blocks):
    return blocks if isinstance(blocks, list) else [blocks]


@pytest.mark.parametrize(
    ("limit", "make"), [one[1:] for one in LIMITS], ids=[o[0] for o in LIMITS]
)
def test_a_message_may_go_to_the_limit_and_no_further(limit, make):
    assert check(listed(make(limit))) == []
    assert check(listed(make(limit + 1)))


@pytest.mark.parametrize(
    ("limit", "make"), [one[1:] for one in OF_VIEWS], ids=[o[0] for o in OF_VIEWS]
)
def test_a_view_may_go_to_the_limit_and_no_further(limit, make):
    assert check_view(make(limit)) == []
    assert check_view(make(limit + 1))


REFUSED = {
    "no blocks": [],
    "an empty text": [section(text=marked(""))],
    "a section of nothing": [{"type": "section"}],
    "a header in markup": [{"type": "header", "text": marked()}],
    "a key that does not exist": [section(feilds=[])],
    "a block that is not known": [{"type": "video"}],
    "a block without a type": [{"text": plain()}],
    "a button that hands text to Slack's model": [actions(button(agent_prompt="x"))],
    "a button without a name": [actions({"type": "button", "text": plain()})],
    "an address that is none": [actions(button(url="javascript:alert(1)"))],
    "two of one block_id": [section(block_id="a"), section(block_id="a")],
    "two of one action_id": [actions(button()), actions(button())],
    "markup that makes links by itself": [section(text={"type": "mrkdwn", "text": "x"})],
    "an empty cell": [table(text="")],
    "a number in a cell": [{"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]}],
    "rows that are not alike": [{"type": "table", "rows": [*table()["rows"], []]}],
    "a data table of its header alone": [data_table(rows=1)],
    "a data table headed by no column": [data_table(row_header_column_index=1)],
    "a series with no value at a category": [chart(lines=[series()], labels=("m", "n"))],
    "a value that is no number": [chart(lines=[series(value=math.nan)])],
    "two series of one name": [chart(lines=[series(), series()])],
    "two categories of one name": [chart(labels=("m", "m"))],
    "a slice of nothing": [pie(value=0)],
    "a picture that is not told": [{"type": "image", "image_url": f"{SITE}/a.png"}],
    "a card of nothing": [{"type": "card"}],
}


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED)
def test_what_slack_refuses_is_told(blocks):
    assert check(blocks)


@pytest.mark.parametrize(
    "text", ["<!channel>", "<!here|x>", "a < b", "<#C1>", "R&D", "<mailto:x>"]
)
def test_markup_that_was_not_escaped_is_told(text):
    assert "neither escaped" in check([section(text=marked(text))])[0]


@pytest.mark.parametrize(
    "text",
    ["a &lt; b &amp; c", f"<{SITE}|there>", "<!date^1700000000^{date}|then>", "<@U1>"],
)
def test_markup_that_is_known_passes(text):
    assert check([section(text=marked(text))]) == []


BY_KIND = {
    **{kind: make() for kind, make in {"section": section, "table": table, "card": card}.items()},
    "actions": actions(),
    "alert": {"type": "alert", "text": plain()},
    "carousel": {"type": "carousel", "elements": [card()]},
    "container": container(),
    "context": {"type": "context", "elements": [marked()]},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain(), "value": "good"},
                "negative_button": {"text": plain(), "value": "bad"},
            }
        ],
    },
    "data_table": data_table(),
    "data_visualization": chart(),
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain()},
    "image": image(),
    "input": written(),
    "markdown": {"type": "markdown", "text": "x"},
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", BY_KIND)
def test_a_block_passes_where_it_has_a_place_and_nowhere_else(kind, surface):
    # Told by hand, as the documents have it: alerts in modals only, no figures there.
    nowhere = {
        "message": {"alert"},
        "home": {"alert", "context_actions", "markdown"},
        "modal": {
            *("carousel", "container", "context_actions", "data_table", "data_visualization"),
            *("markdown", "table"),
        },
    }
    assert bool(check([BY_KIND[kind]], surface)) == (kind in nowhere[surface])


def test_six_small_buttons_are_too_many():
    icon = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain(),
        "accessibility_label": "Delete",
    }
    several = [{**icon, "action_id": f"i{number}"} for number in range(6)]
    assert check([{"type": "context_actions", "elements": several[:5]}]) == []
    assert check([{"type": "context_actions", "elements": several}])


def test_a_modal_that_asks_for_something_can_be_sent():
    assert check_view(modal(blocks=[written()])) == ["view asks for something and has no submit"]


def test_a_modal_has_a_title():
    assert check_view({"type": "modal", "blocks": [section()]}) == ["view has no title"]


def test_a_text_that_slack_would_split_is_told():
    assert check_reply(Reply((section(),), "x" * 3000)) == []
    assert check_reply(Reply((section(),), "x" * 3001)) == ["text has 3,001 characters"]


def test_a_text_that_calls_a_channel_is_told():
    assert "neither escaped" in check_reply(Reply((section(),), "<!channel>"))[0]


@pytest.mark.parametrize("kind", ["table", "data_visualization", "context_actions", "markdown"])
def test_what_may_be_refused_needs_a_classic_form_without_it(kind):
    block = BY_KIND[kind]
    assert check_reply(Reply((block,), "x", (section(),))) == []
    assert "may be refused" in check_reply(Reply((block,), "x"))[0]
    assert "may be refused" in check_reply(Reply((block,), "x", (block,)))[0]


def test_a_fault_says_where_it_is():
    wrong = check([section(), section(text=marked("x" * 3001))])
    assert wrong == ["block 1 section.text.mrkdwn.text: has 3,001 characters, not 1 to 3,000"]
