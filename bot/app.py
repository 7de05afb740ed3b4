"""Everything joined to Bolt: commands in, answers out, over Socket Mode or signed HTTP.

Importing it does nothing. A call is acknowledged within Slack's three seconds whatever the
database does: with its answer where that is there in time, else with nothing, and the answer
follows at the call's response URL.
"""

import importlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.calls import RETRIED, Call, Place, call_of, place_of
from bot.command import Answer, Asked, Command, Deed
from bot.commands import NAMES
from bot.deeds import NAMES as DEEDS
from bot.events import Desk
from bot.keeping import Keeping
from bot.showing import WAIT, Showing, filling, page_of, view_of
from bot.slack import Installation, quiet, shape
from bot.turn import Turn

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from scoring.held import Held

log = logging.getLogger(__name__)

# Slack gives three; the way there and back takes some.
ACK_SECONDS = 2.0
WORKERS = 16


@dataclass(frozen=True)
class Door:
    """Where calls come in: who answers them, and how answers get to Slack.

    ``ack_seconds`` is how long an answer may take and still go with the acknowledgement;
    ``at_work`` are the ids of the events that are being handled here.
    """

    desk: Desk
    shows: Showing
    deeds: tuple[Deed, ...] = ()
    ack_seconds: float = ACK_SECONDS
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
    )
    at_work: set[str] = field(default_factory=set)

    @cached_property
    def keeping(self) -> Keeping:
        """Where calls are kept that were acknowledged before they were handled."""
        return Keeping(self.desk)

    def called(self, command: Command, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledges a slash command, with its answer or ahead of it."""
        call, place = call_of(body), place_of(body)
        work = self.pool.submit(self.desk.answer, command, call)
        try:
            answer = work.result(self.ack_seconds)
        except TimeoutError:
            if place.url:
                self.keeping.hold("command", command, call, body)
            ack()
            self._late(command, call, place, work)
            return
        reply = None if answer is None else answer.reply
        if reply is not None and (not place.url or self.shows.answers.sure(reply)):
            ack(**shape(reply))
            return
        if answer is not None:
            self.pool.submit(self.shows.show, call, place, answer)
        ack()

    def pressed(self, deed: Deed, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledges a button that was pressed, and shows what comes of it.

        Where that is a window and takes its time, one that says so is opened meanwhile: after
        three seconds none can be.
        """
        call, place = call_of(body), place_of(body)
        work = self.pool.submit(self.desk.answer, deed, call)
        try:
            answer = work.result(self.ack_seconds / 2)
        except TimeoutError:
            ack()
            if place.inside:
                place = replace(place, window=self.shows.open(call, place, WAIT), trigger="")
            self._late(deed, call, place, work)
            return
        if answer is not None:
            shown = self.pool.submit(self.shows.show, call, place, answer)
            with suppress(TimeoutError):
                shown.result(self.ack_seconds / 2)
        ack()

    def sent(self, deed: Deed, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledges a form that was sent: with what is wrong in it, or with what came of it."""
        call, place = call_of(body), place_of(body)
        work = self.pool.submit(self.desk.answer, deed, call)
        try:
            answer = work.result(self.ack_seconds)
        except TimeoutError:
            ack(response_action="update", view=view_of(WAIT))
            self._late(deed, call, replace(place, trigger="", waits=True), work)
            return
        if answer is None:
            ack()
        elif answer.wrong:
            ack(response_action="errors", errors=dict(answer.wrong))
        else:
            told = answer.modal or (page_of(answer.reply) if answer.reply else None)
            rest = replace(answer, modal=None, reply=None)
            self.pool.submit(self.shows.show, call, place, rest)
            ack(response_action="update", view=view_of(told)) if told else ack()

    def heard(self, deed: Deed, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledges an event once it is handled, or when that takes its time.

        What is acknowledged before it is settled is kept until it is.
        """
        turn = Turn(self.shows, call_of(body), place_of(body))
        work = self.pool.submit(self._settled, deed, turn)
        if not _is_over(work, self.ack_seconds / 4):
            self.pool.submit(turn.say_working)
        if not _is_over(work, self.ack_seconds / 2) or not work.result():
            self._hold(deed, turn.call, body, work)
        ack()

    def taken_up(self, held: "Held") -> bool:
        """Whether a call that was kept is settled now; it is begun already, and by nobody else."""
        asked = self._named(held.kind, held.name)
        if asked is None:
            return True
        body = {**json.loads(held.payload), RETRIED: True}
        turn = Turn(self.shows, call_of(body), place_of(body))
        with self._busy_with(turn.call):
            answer = self.desk.taken_over(asked, turn.call, turn.show)
        return answer is None or turn.is_settled

    def _settled(self, deed: Deed, turn: Turn) -> bool:
        """Whether nothing more is to be done about an event."""
        with self._busy_with(turn.call):
            answer = self.desk.answer(deed, turn.call, turn.show)
            if answer is not None and not turn.is_shown:
                turn.show(answer)
        return answer is None or turn.is_settled

    @contextmanager
    def _busy_with(self, call: Call) -> Iterator[None]:
        self.at_work.add(call.event)
        try:
            yield
        finally:
            self.at_work.discard(call.event)

    def _named(self, kind: str, name: str) -> Asked | None:
        among: tuple[Asked, ...] = tuple(one for one in self.deeds if one.kind == kind)
        among = self.desk.commands if kind == "command" else among
        return next((one for one in among if one.name == name), None)

    def _hold(self, deed: Deed, call: Call, body: dict[str, Any], work: "Future[bool]") -> None:
        log.info("kept", extra={"command": deed.name, "token": call.token})
        self.keeping.hold(deed.kind, deed, call, body)
        work.add_done_callback(partial(self._let_go, call))

    def _let_go(self, call: Call, work: "Future[bool]") -> None:
        if work.result():
            self.keeping.release(call.event)

    def _late(self, asked: Asked, call: Call, place: Place, work: "Future[Answer | None]") -> None:
        log.info("late", extra={"command": asked.name, "token": call.token})
        work.add_done_callback(partial(self._follow, call, place))

    def _follow(self, call: Call, place: Place, work: "Future[Answer | None]") -> None:
        answer = work.result()
        if answer is not None:
            self.shows.show(call, place, filling(answer) if place.waits else answer)
        self.keeping.release(call.event)


def _is_over(work: "Future[bool]", seconds: float) -> bool:
    """Whether some work is done, after so long at most."""
    return bool(wait((work,), seconds).done)


def load_commands(names: Iterable[str] = NAMES) -> tuple[Command, ...]:
    """The commands, in the order in which help tells of them."""
    modules = (importlib.import_module(f"bot.commands.{name}") for name in names)
    return tuple(module.COMMAND for module in modules)


def load_deeds(names: Iterable[str] = DEEDS) -> tuple[Deed, ...]:
    """What else people do in Slack: buttons, forms and events."""
    modules = (importlib.import_module(f"bot.deeds.{name}") for name in names)
    return tuple(deed for module in modules for deed in module.DEEDS)


def app_of(door: Door, installation: Installation, signing_secret: str = "") -> App:
    """The Bolt app with a listener for each command and deed.

    ``signing_secret`` is for HTTP; what comes over Socket Mode is not signed.
    """
    client = door.shows.client
    app = App(
        name="evenkeel",
        client=client,
        authorize=_authorized(client, installation),
        signing_secret=signing_secret,
        process_before_response=True,
        logger=quiet("slack_bolt"),
    )
    for command in door.desk.commands:
        take = partial(door.called, command)
        app.command(f"/{command.name}")(_listener(command.name, take))
    for deed in door.deeds:
        _listen(app, door, deed)
    return app


def _listen(app: App, door: Door, deed: Deed) -> None:
    if deed.kind == "button":
        # Bolt takes a pattern wherever it is found.
        ours = re.compile(rf"\A{re.escape(deed.name)}(:.*)?\Z")
        app.action(ours)(_listener(f"button_{deed.name}", partial(door.pressed, deed)))
    elif deed.kind == "form":
        app.view(deed.name)(_listener(f"form_{deed.name}", partial(door.sent, deed)))
    else:
        app.event(deed.name)(_listener(f"event_{deed.name}", partial(door.heard, deed)))


def _listener(
    name: str, take: Callable[[Ack, dict[str, Any]], None]
) -> Callable[[Ack, dict[str, Any], BoltRequest], None]:
    # Bolt tells listeners apart, and hands them what they ask for, by names.
    def listen(ack: Ack, body: dict[str, Any], request: BoltRequest) -> None:
        retried = bool(request.headers.get("x-slack-retry-num"))
        take(ack, {**body, RETRIED: True} if retried else body)

    listen.__name__ = f"listen_to_{name}"
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
