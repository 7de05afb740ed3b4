"""The one door to Slack: who may retry what, and what is done where Slack refuses an answer.

A write is repeated only where Slack said that it did not take it (429): after a dropped
connection or a failure on its side the first may have been taken, and a second would be a double.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler, RetryHandler
from slack_sdk.webhook import WebhookClient

from bot.blockkit import clip
from bot.blocks.limits import MESSAGE_TEXT
from bot.replies import Block, Reply
from scoring.errors import EvenkeelError

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

# The methods that are called, and the scopes that a bot needs for them and for its commands.
METHODS = (
    "auth.test",
    "apps.connections.open",
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "chat.postEphemeral",
    "chat.postMessage",
    "conversations.history",
    "conversations.open",
    "conversations.replies",
    "users.info",
    "views.open",
    "views.publish",
    "views.push",
    "views.update",
)
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "chat:write",
    "commands",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
TIMEOUT_SECONDS = 10
PATIENCE = 3
# Blocks that every Slack draws; of others it is not known until one has been taken.
_ALWAYS = frozenset({"actions", "context", "divider", "header", "section"})
BOT_REMEDY = (
    "Set EVENKEEL_SLACK_BOT_TOKEN to the “Bot User OAuth Token” of your Slack app, which begins"
    " with xoxb-; docs/slack.md tells where it is."
)
APP_REMEDY = (
    "Set EVENKEEL_SLACK_APP_TOKEN to an app-level token with the scope connections:write, which"
    " begins with xapp-; docs/slack.md tells how to make one."
)
REFUSED_BLOCKS = ("invalid_blocks", "invalid_attachments")


class SlackError(EvenkeelError):
    """Slack cannot be reached, or refuses a token."""


@dataclass(frozen=True)
class Installation:
    """Where the bot is installed, as whom, and what it was granted."""

    team_id: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str] = frozenset()

    @property
    def missing(self) -> list[str]:
        """The scopes that are needed and were not granted."""
        return [one for one in SCOPES if one not in self.scopes]


def client_of(settings: "Settings") -> WebClient:
    """A client of Slack's Web API that retries nothing but what Slack says it did not take.

    Raises:
        SlackError: there is no token.
    """
    if settings.slack_bot_token is None:
        raise SlackError(f"There is no bot token. {BOT_REMEDY}")
    return WebClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=_retries(),
        logger=quiet("slack_sdk"),
    )


def quiet(name: str) -> logging.Logger:
    """A library's log at its errors only: below them it writes out whole texts."""
    logger = logging.getLogger(name)
    logger.setLevel(max(logger.level, logging.ERROR))
    return logger


def installation_of(client: WebClient) -> Installation:
    """Where the client's bot is installed.

    Raises:
        SlackError: Slack cannot be reached, or does not take the token.
    """
    with plain_refusals(client, BOT_REMEDY):
        answer = client.auth_test()
    granted = _header(answer.headers, "x-oauth-scopes")
    return Installation(
        str(answer["team_id"]),
        str(answer.get("bot_id", "")),
        str(answer["user_id"]),
        frozenset(one.strip() for one in granted.split(",") if one.strip()),
    )


def see_app_token(client: WebClient, token: str) -> None:
    """Sees that a Socket Mode connection could be opened.

    Raises:
        SlackError: it could not.
    """
    with plain_refusals(client, APP_REMEDY):
        client.apps_connections_open(app_token=token)


@contextmanager
def plain_refusals(client: WebClient, remedy: str) -> Iterator[None]:
    """Turns what Slack refuses into a sentence; ``remedy`` says what to do about its token.

    Raises:
        SlackError: what Slack refused, or that it cannot be reached.
    """
    try:
        yield
    except SlackApiError as error:
        said = str(error.response.get("error", "no reason"))
        raise SlackError(f"Slack does not take the token ({said}). {remedy}") from error
    except (SlackClientError, OSError, HTTPException) as error:
        raise SlackError(
            f"Slack cannot be reached at {client.base_url} ({type(error).__name__}). See that this"
            " machine has a way out to it."
        ) from error


@dataclass(frozen=True)
class Manner:
    """How an answer is shown: to everybody in the channel, in place of the message before it.

    ``thread`` is the first message of the thread that it belongs to, empty where it is in none:
    Slack puts what names no thread at the foot of the channel.
    """

    shared: bool = False
    replaces: bool = False
    thread: str = ""


PRIVATE = Manner()


@dataclass(frozen=True)
class Answers:
    """Sends answers to response URLs, and remembers which kinds of blocks Slack takes."""

    taken: set[str] = field(default_factory=set)

    def sure(self, reply: Reply) -> bool:
        """Whether Slack draws all of it, so that it may go where a refusal is not told."""
        return _kinds(reply.blocks) <= _ALWAYS | self.taken

    def send(self, url: str, reply: Reply, token: str, manner: Manner = PRIVATE) -> bool:
        """Whether Slack took an answer at a response URL, in its plainer form if need be.

        Nothing is raised: there is nobody left to tell, so it is in the log under the token.
        """
        # Where there is no classic form the words alone are still an answer.
        for blocks in (reply.blocks, reply.classic or ()):
            said = _post(url, _in_manner(shape(reply, blocks), manner))
            if not said:
                self.taken.update(_kinds(blocks))
                return True
            log.warning("refused", extra={"token": token, "why": said, "blocks": len(blocks)})
            if said not in REFUSED_BLOCKS:
                return False
        return False


def shape(reply: Reply, blocks: Sequence[Block] | None = None) -> dict[str, Any]:
    """A reply as Slack takes it: blocks, the same in words, for the asker only."""
    drawn = reply.blocks if blocks is None else blocks
    text = clip(reply.text, MESSAGE_TEXT)
    return {"response_type": "ephemeral", "text": text, "blocks": [dict(one) for one in drawn]}


def _in_manner(told: dict[str, Any], manner: Manner) -> dict[str, Any]:
    if manner.replaces:
        # Who sees a message that is replaced stays as it was, and is not to be told anew.
        told = {name: one for name, one in told.items() if name != "response_type"}
    elif manner.shared:
        told = {**told, "response_type": "in_channel"}
    if manner.thread and not manner.replaces:
        told = {**told, "thread_ts": manner.thread}
    return {**told, "replace_original": manner.replaces}


def _post(url: str, body: dict[str, Any]) -> str:
    """What Slack said against it; empty where it took it."""
    client = WebhookClient(
        url, TIMEOUT_SECONDS, retry_handlers=_retries(), logger=quiet("slack_sdk")
    )
    try:
        answer = client.send_dict(body)
    except (SlackClientError, OSError, HTTPException) as error:
        return type(error).__name__
    if answer.status_code == HTTPStatus.OK and '"ok":false' not in answer.body.replace(" ", ""):
        return ""
    named = next((one for one in REFUSED_BLOCKS if one in answer.body), "")
    return named or f"status {answer.status_code}"


def _retries() -> list[RetryHandler]:
    return [RateLimitErrorRetryHandler(max_retry_count=PATIENCE)]


def _kinds(blocks: Sequence[Block]) -> set[str]:
    return {str(one.get("type")) for one in blocks}


def _header(headers: Mapping[str, Any], name: str) -> str:
    """A header, however Slack wrote its name."""
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
