"""A client that posts in turns: never faster than Slack takes messages, over all processes."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import PATIENCE, client_of

if TYPE_CHECKING:
    from slack_sdk.web import SlackResponse

    from bot.settings import Settings

# What Slack is given to recover where it does not say how long it wants.
UNSAID_SECONDS = 30.0


class PacedClient(WebClient):
    """A client whose every post waits for its turn first; it retries nothing by itself.

    ``turn`` waits for the turn of a post to a channel, ``hold`` lets nobody have one for so many
    seconds. Both are called before each attempt, as what they note is of that attempt.
    """

    turn: Callable[[str], None]
    hold: Callable[[float], None]

    def chat_postMessage(self, *, channel: str, **given: Any) -> "SlackResponse":  # noqa: N802 Slack's name
        """Posts a message in its turn, and again where Slack did not take it for its pace."""
        for _ in range(PATIENCE):
            self.turn(channel)
            try:
                return super().chat_postMessage(channel=channel, **given)
            except SlackApiError as error:
                if error.response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                    raise
                self.hold(_wanted(error.response.headers))
        self.turn(channel)
        return super().chat_postMessage(channel=channel, **given)


def paced_client(
    settings: "Settings", turn: Callable[[str], None], hold: Callable[[float], None]
) -> PacedClient:
    """A client that posts in turns.

    Raises:
        SlackError: there is no token.
    """
    plain = client_of(settings)
    client = PacedClient(
        plain.token, plain.base_url, plain.timeout, retry_handlers=[], logger=plain._logger
    )
    client.turn, client.hold = turn, hold
    return client


def _wanted(headers: dict[str, Any]) -> float:
    """For how long Slack takes nothing, in seconds."""
    said = next((value for key, value in headers.items() if key.lower() == "retry-after"), "")
    try:
        return float(said)
    except ValueError:
        return UNSAID_SECONDS
