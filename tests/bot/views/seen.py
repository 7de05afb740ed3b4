"""What a person sees of blocks: words, rows, buttons."""

from collections.abc import Mapping


def kinds(blocks):
    """The type of each block."""
    return [block["type"] for block in blocks]


def parts(told):
    """Everything in blocks that has a type."""
    if isinstance(told, Mapping):
        if "type" in told:
            yield told
        for inner in told.values():
            yield from parts(inner)
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from parts(inner)


def words_of(blocks):
    """All words, a line for each text."""
    texts = ("plain_text", "mrkdwn", "raw_text")
    return "\n".join(one["text"] for one in parts(blocks) if one["type"] in texts)


def rows_of(reply):
    """The cells of the table, its header first."""
    (table,) = [block for block in reply.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def actions_of(blocks):
    """All buttons."""
    return [one for one in parts(blocks) if one["type"] == "button"]
