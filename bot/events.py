"""What comes from Slack, handled once each: begun, answered, done; whoever else it comes to rests.

The one place where anything that goes wrong is caught: whoever asked gets a sentence, a next step
and a token, and the log has the token with what happened.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from bot.access import STRANGER, Asker, asker
from bot.command import Answer, Command, Request
from bot.logs import told_of
from scoring.errors import (
    AccessError,
    EvenkeelError,
    EvidenceError,
    PeriodError,
    QueryError,
    ReviewError,
    UnknownNameError,
    WordsError,
)

if TYPE_CHECKING:
    from bot.replies import Reply
    from bot.services import Services

log = logging.getLogger(__name__)

# Mistakes that whoever asks can put right; any other is for whoever runs Evenkeel.
WORDS = (WordsError, PeriodError, UnknownNameError)
SPOKEN = (*WORDS, AccessError, EvidenceError, QueryError, ReviewError)
OUR_FAULT = (
    "Evenkeel cannot answer right now: something is wrong on its side, not with your words."
)
TRY_AGAIN = "Try again in a minute. If it stays so, tell whoever runs Evenkeel."
TOKEN = 8
# How often a copy looks whether the other is done.
PAUSE = timedelta(seconds=0.25)


@dataclass(frozen=True)
class Call:
    """A slash command as it came: who said what, and an id that every copy of it has.

    ``token`` is a short form of the id, for people and the log.
    """

    event: str
    words: str
    user_id: str
    team_id: str

    @property
    def token(self) -> str:
        """The short form."""
        return self.event[:TOKEN]


def call_of(body: Mapping[str, Any]) -> Call:
    """The call that a payload of Slack's is.

    Slack makes a trigger for every call, and sends it again with every copy of it.
    """
    once = body.get("trigger_id") or json.dumps(body, sort_keys=True, default=str)
    event = hashlib.sha256(f"{body.get('team_id')} {once}".encode()).hexdigest()[:32]
    words, user, team = (str(body.get(name) or "") for name in ("text", "user_id", "team_id"))
    return Call(event, words, user, team)


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """Where calls are answered.

    ``team_id`` is the workspace that the bot is installed in: people of others are strangers.
    ``clock`` gives the aware moment of now, ``pause`` lets so many seconds pass.
    """

    services: "Services"
    team_id: str
    commands: tuple[Command, ...]
    clock: Callable[[], datetime] = _clock
    pause: Callable[[float], None] = sleep

    def answer(self, command: Command, call: Call) -> "Reply | None":
        """What to show to whoever called; None where it is, or has been, answered elsewhere."""
        started = perf_counter()
        told = {"command": command.name, "user": call.user_id, "token": call.token}
        answer = _guarded(partial(self._once, command, call), told)
        outcome = "double" if answer is None else "shown"
        took = round((perf_counter() - started) * 1000, 1)
        blocks = 0 if answer is None else len(answer.reply.blocks)
        more = {"outcome": outcome, "milliseconds": took, "blocks": blocks}
        log.info("command", extra={**told, **more})
        return None if answer is None else answer.reply

    def _once(self, command: Command, call: Call) -> Answer | None:
        if not self._ours(call):
            return None
        told = {"command": command.name, "user": call.user_id, "token": call.token}
        request = self._request(call)
        answer = _guarded(partial(command.run, request, self.services), told, command.examples)
        if answer is not None:
            self._done(command, call, request, answer)
        return answer

    def _ours(self, call: Call) -> bool:
        """Whether the call is to be answered here, once that is known.

        A copy that comes while another is at it may be the only one left, if that other has died:
        it was acknowledged, so Slack sends no more. So it waits until the other is done.
        """
        from scoring.inbox import LEASE, begin

        for _ in range(round(LEASE / PAUSE) + 1):
            state = begin(self.services.engine, call.event, self.clock())
            if state != "busy":
                return state == "ours"
            self.pause(PAUSE.total_seconds())
        return False

    def _request(self, call: Call) -> Request:
        engine = self.services.engine
        known = call.team_id == self.team_id
        who = asker(engine, call.user_id) if known else Asker(None, STRANGER)
        now = self.services.settings.now or self.clock()
        return Request(call.words, call.user_id, now, who.viewer, who.why_unknown, self.commands)

    def _done(self, command: Command, call: Call, request: Request, answer: Answer) -> None:
        """Notes that it is done and whose figures were looked at, both or neither."""
        from scoring.database import noting
        from scoring.inbox import done
        from scoring.looks import Looking, note

        now = self.clock()
        with noting(self.services.engine) as connection:
            if request.viewer is not None and answer.seen:
                day = self.services.workspace.calendar.today(request.now)
                looking = Looking(request.viewer.agent_id, command.name, day, request.now)
                note(connection, looking, answer.seen)
            done(connection, call.event, now)


def _guarded(
    work: Callable[[], Answer | None], told: Mapping[str, str], examples: Sequence[str] = ()
) -> Answer | None:
    """What the work answers or, whatever goes wrong in it, a sentence about that."""
    try:
        # The boundary to people: they get a sentence, never silence.
        return work()
    except Exception as error:
        return Answer(_mistake(error, told, examples))


def _mistake(error: Exception, told: Mapping[str, str], examples: Sequence[str]) -> "Reply":
    from bot.views.mistake import Mistake, mistake

    if isinstance(error, WORDS):
        log.info("misread", extra={**told, "why": type(error).__name__})
        return mistake(Mistake(str(error), examples=examples))
    if isinstance(error, SPOKEN):
        log.info("refused", extra={**told, "why": type(error).__name__})
        return mistake(Mistake(str(error), token=told["token"]))
    # What one who runs it can put right says so itself; it names files and settings, no people.
    level = logging.WARNING if isinstance(error, EvenkeelError) else logging.ERROR
    log.log(level, "failed", extra={**told, **told_of(error)})
    return mistake(Mistake(OUR_FAULT, TRY_AGAIN, told["token"]))
