"""Blocks as slackblocks sees them, another project with its own list of Slack's limits."""

import json

import pytest
import slackblocks
from slackblocks import _limits as theirs
from slackblocks import _surfaces

from bot.blocks import limits as ours
from bot.blocks.checking import SURFACES
from tests.bot.views.samples import SURFACES as ANSWERS

SAME = {
    "MESSAGE_BLOCKS": "MESSAGE_BLOCKS_MAX_ITEMS",
    "VIEW_BLOCKS": "VIEW_BLOCKS_MAX_ITEMS",
    "TEXT": "TEXT_MAX_LENGTH",
    "SECTION_FIELDS": "SECTION_FIELDS_MAX_ITEMS",
    "FIELD_TEXT": "SECTION_FIELDS_ITEM_MAX_LENGTH",
    "HEADER_TEXT": "HEADER_TEXT_MAX_LENGTH",
    "CONTEXT_ELEMENTS": "CONTEXT_ELEMENTS_MAX_ITEMS",
    "CONTEXT_ACTIONS": "CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS",
    "ACTIONS": "ACTIONS_ELEMENTS_MAX_ITEMS",
    "ACTION_ID": "ACTION_ID_MAX_LENGTH",
    "BLOCK_ID": "BLOCK_ID_MAX_LENGTH",
    "BUTTON_TEXT": "BUTTON_TEXT_MAX_LENGTH",
    "BUTTON_VALUE": "BUTTON_VALUE_MAX_LENGTH",
    "URL": "BUTTON_URL_MAX_LENGTH",
    "ACCESSIBILITY_LABEL": "BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH",
    "IMAGE_ALT_TEXT": "IMAGE_ALT_TEXT_MAX_LENGTH",
    "IMAGE_TITLE": "IMAGE_TITLE_MAX_LENGTH",
    "MARKDOWN_TEXT": "MARKDOWN_TOTAL_TEXT_MAX_LENGTH",
    "OPTIONS": "SELECT_OPTIONS_MAX_ITEMS",
    "OVERFLOW_OPTIONS": "OVERFLOW_OPTIONS_MAX_ITEMS",
    "CHOICES": "RADIO_BUTTONS_OPTIONS_MAX_ITEMS",
    "OPTION_TEXT": "OPTION_TEXT_MAX_LENGTH",
    "OPTION_DESCRIPTION": "OPTION_DESCRIPTION_MAX_LENGTH",
    "PLACEHOLDER": "SELECT_PLACEHOLDER_MAX_LENGTH",
    "INPUT_LABEL": "INPUT_LABEL_MAX_LENGTH",
    "INPUT_HINT": "INPUT_HINT_MAX_LENGTH",
    "INPUT_TEXT": "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX",
    "CONFIRM_TITLE": "CONFIRMATION_TITLE_MAX_LENGTH",
    "CONFIRM_TEXT": "CONFIRMATION_TEXT_MAX_LENGTH",
    "CONFIRM_BUTTON": "CONFIRMATION_DENY_MAX_LENGTH",
    "TABLE_ROWS": "TABLE_ROWS_MAX_ITEMS",
    "TABLE_COLUMNS": "TABLE_COLUMNS_MAX_ITEMS",
    "DATA_TABLE_LEAST_ROWS": "DATA_TABLE_ROWS_MIN_ITEMS",
    "DATA_TABLE_COLUMNS": "DATA_TABLE_COLUMNS_MAX_ITEMS",
    "DATA_TABLE_PAGE": "DATA_TABLE_PAGE_SIZE_MAX",
    "DATA_TABLE_TEXT": "DATA_TABLE_CONTENT_MAX_LENGTH",
    "CHARTS": "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS",
    "CHART_TITLE": "DATA_VISUALIZATION_TITLE_MAX_LENGTH",
    "CATEGORIES": "DATA_VISUALIZATION_CATEGORIES_MAX_ITEMS",
    "CHART_LABEL": "DATA_VISUALIZATION_CATEGORY_LABEL_MAX_LENGTH",
    "AXIS_LABEL": "DATA_VISUALIZATION_AXIS_LABEL_MAX_LENGTH",
    "CARD_TITLE": "CARD_TITLE_MAX_LENGTH",
    "CARD_BODY": "CARD_BODY_MAX_LENGTH",
    "CARD_ACTIONS": "CARD_ACTIONS_MAX_ITEMS",
    "CAROUSEL_CARDS": "CAROUSEL_ELEMENTS_MAX_ITEMS",
    "CONTAINER_TITLE": "CONTAINER_TITLE_MAX_LENGTH",
    "CONTAINER_BLOCKS": "CONTAINER_CHILD_BLOCKS_MAX_ITEMS",
    "ALERT_TEXT": "ALERT_TEXT_MAX_LENGTH",
    "VIEW_TITLE": "VIEW_TITLE_MAX_LENGTH",
    "VIEW_BUTTON": "VIEW_SUBMIT_MAX_LENGTH",
    "PRIVATE_METADATA": "VIEW_PRIVATE_METADATA_MAX_LENGTH",
    "CALLBACK_ID": "VIEW_CALLBACK_ID_MAX_LENGTH",
}
# Where another source is stricter than slackblocks.
STRICTER = {
    "OPTION_VALUE": "OPTION_VALUE_MAX_LENGTH",
    "DATA_TABLE_ROWS": "DATA_TABLE_ROWS_MAX_ITEMS",
    "SERIES": "DATA_VISUALIZATION_SERIES_MAX_ITEMS",
    "SEGMENTS": "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS",
}
# What slackblocks does not know.
UNKNOWN = {"MESSAGE_TEXT", "TABLES", "TABLE_TEXT"}


def named(module):
    return {name for name in vars(module) if name.isupper()}


@pytest.mark.parametrize(("mine", "other"), SAME.items())
def test_a_limit_is_the_one_that_others_found(mine, other):
    assert getattr(ours, mine) == getattr(theirs, other)


@pytest.mark.parametrize(("mine", "other"), STRICTER.items())
def test_where_sources_differ_ours_is_the_smaller(mine, other):
    assert getattr(ours, mine) < getattr(theirs, other)


def test_every_limit_was_compared_or_is_known_to_nobody_else():
    assert named(ours) == SAME.keys() | STRICTER.keys() | UNKNOWN


@pytest.mark.parametrize("surface", SURFACES)
def test_no_block_has_a_place_with_us_that_it_has_not_with_others(surface):
    assert SURFACES[surface] <= _surfaces._BLOCK_TYPES_BY_SURFACE[surface]


def whole(block):
    """A block as slackblocks builds it from ours, refusing what it holds to be wrong."""
    build = BUILDERS.get(block["type"], slackblocks.Block.from_dict)
    return build(block)


def as_actions(block):
    some = [as_menu(one) if "options" in one else as_button(one) for one in block["elements"]]
    return slackblocks.ActionsBlock(some, block["block_id"])


def as_menu(told):
    options = [slackblocks.Option(as_plain(one["text"]), one["value"]) for one in told["options"]]
    return slackblocks.StaticSelectMenu(
        told["action_id"], options, placeholder=as_plain(told["placeholder"])
    )


def as_button(told):
    asked = {name: as_plain(text) for name, text in told.get("confirm", {}).items()}
    given = {name: one for name, one in told.items() if name != "type"}
    given["text"] = told["text"]["text"]
    question = slackblocks.ConfirmationDialogue(**asked) if asked else None
    return slackblocks.Button(**{**given, "confirm": question})


def as_plain(text):
    return slackblocks.Text(text["text"], type_=slackblocks.TextType.PLAINTEXT)


def as_feedback(block):
    (told,) = block["elements"]
    thumbs = [
        slackblocks.FeedbackButton(**{**told[name], "text": told[name]["text"]["text"]})
        for name in ("positive_button", "negative_button")
    ]
    both = slackblocks.FeedbackButtons(*thumbs, told["action_id"])
    return slackblocks.ContextActionsBlock([both], block["block_id"])


def as_table(block):
    rows = [[slackblocks.RawText(cell["text"]) for cell in row] for row in block["rows"]]
    settings = [slackblocks.ColumnSettings(**one) for one in block["column_settings"]]
    return slackblocks.TableBlock(rows, settings, block["block_id"])


def as_chart(block):
    drawn = block["chart"]
    series = [
        slackblocks.DataSeries(
            one["name"], [slackblocks.DataPoint(**point) for point in one["data"]]
        )
        for one in drawn["series"]
    ]
    axes = slackblocks.AxisConfig(**drawn["axis_config"])
    return slackblocks.DataVisualizationBlock(
        block["title"], slackblocks.LineChart(series, axes), block["block_id"]
    )


BUILDERS = {
    "actions": as_actions,
    "context_actions": as_feedback,
    "table": as_table,
    "data_visualization": as_chart,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_what_slackblocks_would_have_built(name):
    reply = ANSWERS[name]()
    for form in (reply.blocks, reply.classic or ()):
        _surfaces.validate_surface_blocks(list(form), "message")
        for number, block in enumerate(form):
            told = {**block, "block_id": f"b{number}"}
            assert json.loads(repr(whole(told))) == told
