"""One message to Slack, and the finding out whether it landed where nobody knows.

A message carries a key, twice: in its metadata and as the id of its first block. The key tells
nothing by itself, since metadata can be read by every member of the workspace.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, TypeAlias

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.blockkit import clip
from bot.blocks.limits import MESSAGE_TEXT
from bot.replies import Block, Reply
from bot.slack import REFUSED_BLOCKS
from scoring.errors import EvenkeelError

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

log = logging.getLogger(__name__)

EVENT_TYPE = "evenkeel_message"
# A page of this size is what Slack gives to whoever it gives least.
PAGE = 15
MOST_PAGES = 20
# A clock may have been set since; the newest messages are looked at first in any case.
MARGIN = timedelta(days=1)
# What Slack says where it does not know itself whether it took a message.
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
# What goes wrong between here and Slack; a ValueError is an answer that was cut off.
BROKEN = (SlackClientError, OSError, HTTPException, ValueError)


@dataclass(frozen=True)
class Posted:
    """Slack took it, under this id."""

    ts: str


@dataclass(frozen=True)
class Refused:
    """Slack did not take it, and said why; nothing was posted."""

    why: str


@dataclass(frozen=True)
class Unknown:
    """It may have landed or not: look before it is tried again."""

    why: str


Outcome: TypeAlias = Posted | Refused | Unknown


class LookError(EvenkeelError):
    """Slack did not tell whether a message landed."""


def key_of(*parts: object) -> str:
    """A key that is the same for the same parts, and tells none of them."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def post(
    client: "WebClient", channel: str, reply: Reply, key: str, thread_ts: str = ""
) -> Outcome:
    """What became of one message, or of its plainer form where Slack refused its blocks.

    The client's own retries are all there are: it must repeat nothing but what Slack says that it
    did not take.
    """
    outcome: Outcome = Refused("")
    # Where there is no classic form the words alone are still the message.
    for blocks in (reply.blocks, reply.classic or ()):
        message = _message(reply, blocks, key) | ({"thread_ts": thread_ts} if thread_ts else {})
        outcome = _sent(client, channel, message)
        if not (isinstance(outcome, Refused) and outcome.why in REFUSED_BLOCKS):
            return outcome
        log.warning("refused", extra={"why": outcome.why, "blocks": len(blocks)})
    return outcome


def landed(
    client: "WebClient", channel: str, key: str, since: datetime, bot_id: str
) -> str | None:
    """The id of the message with this key in a conversation; None where it is not there.

    Looks at the newest messages, of the time since it was first tried. ``bot_id`` is the bot's
    own id, or that of its user.

    Raises:
        LookError: Slack did not tell.
    """
    oldest = str((since - MARGIN).timestamp())
    try:
        answer = client.conversations_history(
            channel=channel, oldest=oldest, limit=PAGE, include_all_metadata=True
        )
    except BROKEN as error:
        raise _look_error(error) from error
    return _found(answer.get("messages") or (), key, bot_id)


def landed_in_thread(
    client: "WebClient", channel: str, thread_ts: str, key: str, bot_id: str
) -> str | None:
    """The same in a thread, all of which is looked through: Slack gives its oldest replies first.

    Raises:
        LookError: Slack did not tell.
    """
    cursor = ""
    for _ in range(MOST_PAGES):
        try:
            answer = client.conversations_replies(
                channel=channel,
                ts=thread_ts,
                limit=PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
        except BROKEN as error:
            raise _look_error(error) from error
        found = _found(answer.get("messages") or (), key, bot_id)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if found is not None or not cursor:
            return found
    return None


def said_by(error: Exception) -> str:
    """What Slack said against a call, in its own word, or the kind of what broke."""
    if isinstance(error, SlackApiError):
        response = error.response
        if _status(response) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return f"status {_status(response)}"
        return str(response.get("error") or "no reason")
    return type(error).__name__


def is_sure(error: Exception) -> bool:
    """Whether an error says for certain that Slack did not do what it was asked for."""
    if not isinstance(error, SlackApiError):
        return False
    failed = _status(error.response) >= HTTPStatus.INTERNAL_SERVER_ERROR
    return not failed and said_by(error) not in UNSURE


def _message(reply: Reply, blocks: Sequence[Block], key: str) -> dict[str, Any]:
    marked = [dict(one) for one in blocks]
    if marked:
        marked[0]["block_id"] = key
    return {
        "text": str(clip(reply.text, MESSAGE_TEXT)),
        "blocks": marked,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _sent(client: "WebClient", channel: str, message: dict[str, Any]) -> Outcome:
    try:
        answer = client.chat_postMessage(channel=channel, **message)
    except BROKEN as error:
        said = said_by(error)
        return Refused(said) if is_sure(error) else Unknown(said)
    return Posted(str(answer["ts"]))


def _found(messages: Iterable[Mapping[str, Any]], key: str, bot_id: str) -> str | None:
    return next((str(one["ts"]) for one in messages if _is(one, key, bot_id)), None)


def _is(message: Mapping[str, Any], key: str, bot_id: str) -> bool:
    if bot_id not in {message.get("bot_id"), message.get("user")}:
        return False
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    ids = [one.get("block_id") for one in message.get("blocks") or ()]
    return payload.get("key") == key or key in ids


def _look_error(error: Exception) -> LookError:
    return LookError(
        f"Slack did not tell whether a message landed ({said_by(error)}). See that the app has the"
        " scope im:history, then try again."
    )


def _status(response: "SlackResponse") -> int:
    return int(response.status_code)
