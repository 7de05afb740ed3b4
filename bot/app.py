"""Everything joined to Bolt: commands in, answers out, over Socket Mode or signed HTTP.

Importing it does nothing. A call is acknowledged within Slack's three seconds whatever the
database does: with its answer where that is there in time, else with nothing, and the answer
follows at the call's response URL.
"""

import importlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot.command import Command
from bot.commands import NAMES
from bot.events import Desk, call_of
from bot.slack import Answers, Installation, quiet, shape

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.replies import Reply

log = logging.getLogger(__name__)

# Slack gives three; the way there and back takes some.
ACK_SECONDS = 2.0
WORKERS = 16


@dataclass(frozen=True)
class Door:
    """Where calls come in: who answers them, and how answers get to Slack.

    ``ack_seconds`` is how long an answer may take and still go with the acknowledgement.
    """

    desk: Desk
    answers: Answers = field(default_factory=Answers)
    ack_seconds: float = ACK_SECONDS
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
    )

    def called(self, command: Command, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledges a call, with its answer or ahead of it."""
        call, url = call_of(body), str(body.get("response_url") or "")
        work = self.pool.submit(self.desk.answer, command, call)
        try:
            reply = work.result(self.ack_seconds)
        except TimeoutError:
            ack()
            log.info("late", extra={"command": command.name, "token": call.token})
            work.add_done_callback(partial(self._follow, url, call.token))
            return
        if reply is None:
            ack()
        elif not url or self.answers.sure(reply):
            ack(**shape(reply))
        else:
            ack()
            self.pool.submit(self.answers.send, url, reply, call.token)

    def _follow(self, url: str, token: str, work: "Future[Reply | None]") -> None:
        reply = work.result()
        if reply is not None:
            self.answers.send(url, reply, token)


def load_commands(names: Iterable[str] = NAMES) -> tuple[Command, ...]:
    """The commands, in the order in which help tells of them."""
    modules = (importlib.import_module(f"bot.commands.{name}") for name in names)
    return tuple(module.COMMAND for module in modules)


def app_of(
    door: Door, client: "WebClient", installation: Installation, signing_secret: str = ""
) -> App:
    """The Bolt app with a listener for each command.

    ``signing_secret`` is for HTTP; what comes over Socket Mode is not signed.
    """
    app = App(
        name="evenkeel",
        client=client,
        authorize=_authorized(client, installation),
        signing_secret=signing_secret,
        process_before_response=True,
        logger=quiet("slack_bolt"),
    )
    for command in door.desk.commands:
        app.command(f"/{command.name}")(_listener(door, command))
    return app


def _listener(door: Door, command: Command) -> Callable[[Ack, dict[str, Any]], None]:
    # Bolt tells listeners apart, and hands them what they ask for, by names.
    def listen(ack: Ack, body: dict[str, Any]) -> None:
        door.called(command, ack, body)

    listen.__name__ = f"listen_to_{command.name}"
    return listen


def _authorized(client: "WebClient", installation: Installation) -> Callable[[], AuthorizeResult]:
    """Who the bot is, known since the start: Slack need not be asked again for every call."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team_id,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_token=client.token,
        )

    return authorize
