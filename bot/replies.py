"""What a person is answered with: blocks for Slack, and the same content as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Block = Mapping[str, Any]
"""A block of Slack's Block Kit, as the JSON that it is sent as."""


@dataclass(frozen=True)
class Reply:
    """An answer, ready to be shown: whoever shows it decides to whom, and what else it needs.

    Attributes:
        blocks: what Slack draws, top to bottom.
        text: the content in words, for notifications, screen readers and wherever blocks cannot
            be drawn; written in Slack's markup, at most 3,000 characters.
        classic: the same without charts and tables, for a Slack that refuses `blocks`; None where
            `blocks` holds neither.
    """

    blocks: tuple[Block, ...]
    text: str
    classic: tuple[Block, ...] | None = None
