"""Slack's limits on blocks and views: where sources differ, the stricter one.

Texts are counted as JavaScript counts them, in UTF-16 units, after escaping: no count is stricter.
Sources: docs.slack.dev/reference/block-kit; slackblocks 3.0, which the tests compare these with;
for what neither says, the limit's own comment.
"""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# A longer one is split into several messages by Slack (bolt-python#764).
MESSAGE_TEXT = 3000

TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_ACTIONS = 5
ACTIONS = 25
ACTION_ID = 255
BLOCK_ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
URL = 3000
ACCESSIBILITY_LABEL = 75
IMAGE_ALT_TEXT = 2000
IMAGE_TITLE = 2000
# All markdown blocks of a message together.
MARKDOWN_TEXT = 12_000

OPTIONS = 100
OVERFLOW_OPTIONS = 5
CHOICES = 10
OPTION_TEXT = 75
# 150 in Slack's documentation, 75 in its own types.
OPTION_VALUE = 75
OPTION_DESCRIPTION = 75
PLACEHOLDER = 150
INPUT_LABEL = 2000
INPUT_HINT = 2000
INPUT_TEXT = 3000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# One table in a message: Slack's own skill file for Block Kit.
TABLES = 1
TABLE_ROWS = 100
TABLE_COLUMNS = 20
# Told of the block by Slack's error `invalid_blocks`; in no document.
TABLE_TEXT = 10_000
# 101 or 201 rows in two copies of Slack's page; the stricter of the two, less its header row.
DATA_TABLE_ROWS = 100
DATA_TABLE_LEAST_ROWS = 2
DATA_TABLE_COLUMNS = 20
DATA_TABLE_PAGE = 100
DATA_TABLE_TEXT = 20_000

# Found by vercel/chat#696 from the live API.
CHARTS = 2
CHART_TITLE = 50
# 12 in newer sources, 6 in Slack's first page; so of segments.
SERIES = 6
SEGMENTS = 6
CATEGORIES = 20
CHART_LABEL = 20
AXIS_LABEL = 50

CARD_TITLE = 150
CARD_BODY = 200
CARD_ACTIONS = 3
CAROUSEL_CARDS = 10
CONTAINER_TITLE = 150
CONTAINER_BLOCKS = 10
ALERT_TEXT = 200

VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3000
CALLBACK_ID = 255
