"""What comes from Slack, handled once each: begun, answered, done; whoever else it comes to rests.

The one place where anything that goes wrong is caught: whoever asked gets a sentence, a next step
and a token, and the log has the token with what happened.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter, sleep
from typing import TYPE_CHECKING, TypeAlias

from bot.access import STRANGER, Asker, asker
from bot.calls import Call
from bot.command import Answer, Asked, Command, Request
from bot.led import ChoiceError
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

# Shows an answer, and tells whether that is settled.
Then: TypeAlias = Callable[[Answer], bool]

# Mistakes that whoever asks can put right; any other is for whoever runs Evenkeel.
WORDS = (WordsError, PeriodError, UnknownNameError)
SPOKEN = (*WORDS, AccessError, EvidenceError, QueryError, ReviewError)
OUR_FAULT = (
    "Evenkeel cannot answer right now: something is wrong on its side, not with your words."
)
TRY_AGAIN = "Try again in a minute. If it stays so, tell whoever runs Evenkeel."
# So many examples are given.
_SEVERAL = 2
# How often a copy looks whether the other is done.
PAUSE = timedelta(seconds=0.25)


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

    def answer(self, asked: Asked, call: Call, then: Then | None = None) -> Answer | None:
        """What to show to whoever called; None where it is, or has been, answered elsewhere.

        ``then`` shows it, where that is to be done before it counts as handled.
        """
        return self._logged(asked, call, partial(self._once, asked, call, then))

    def taken_over(self, asked: Asked, call: Call, then: Then) -> Answer | None:
        """What was shown of a call that is begun already, by whoever takes it over."""
        return self._logged(asked, call, partial(self._handled, asked, call, then))

    def _logged(
        self, asked: Asked, call: Call, work: Callable[[], Answer | None]
    ) -> Answer | None:
        started = perf_counter()
        told = {"command": asked.name, "user": call.user_id, "token": call.token}
        answer = _guarded(work, told)
        outcome = "double" if answer is None else "shown"
        took = round((perf_counter() - started) * 1000, 1)
        reply = None if answer is None else answer.reply
        blocks = 0 if reply is None else len(reply.blocks)
        more = {"outcome": outcome, "milliseconds": took, "blocks": blocks}
        log.info("command", extra={**told, **more})
        return answer

    def _once(self, asked: Asked, call: Call, then: Then | None) -> Answer | None:
        return self._handled(asked, call, then) if self._ours(call) else None

    def _handled(self, asked: Asked, call: Call, then: Then | None) -> Answer | None:
        told = {"command": asked.name, "user": call.user_id, "token": call.token}
        request = self._request(call)
        services = self.services.current()
        answer = _guarded(partial(asked.run, request, services), told, asked.examples)
        if answer is not None and (then is None or then(answer)):
            self._done(asked, call, request, answer)
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
        return Request(
            call.words,
            call.user_id,
            now,
            who.viewer,
            who.why_unknown,
            self.commands,
            call.about,
            call.said,
            call.channel,
            call.thread,
        )

    def _done(self, asked: Asked, call: Call, request: Request, answer: Answer) -> None:
        """Notes that it is done and whose figures were looked at, both or neither."""
        from scoring.aside import aside
        from scoring.inbox import done
        from scoring.looks import Looking, note

        now = self.clock()
        with aside(self.services.engine) as connection:
            if request.viewer is not None and answer.seen:
                day = self.services.workspace.calendar.today(request.now)
                looking = Looking(request.viewer.agent_id, asked.known_as, day, request.now)
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
        return mistake(Mistake(str(error), examples=_examples(error, told, examples)))
    if isinstance(error, SPOKEN):
        log.info("refused", extra={**told, "why": type(error).__name__})
        return mistake(Mistake(str(error), token=told["token"]))
    # What one who runs it can put right says so itself; it names files and settings, no people.
    level = logging.WARNING if isinstance(error, EvenkeelError) else logging.ERROR
    log.log(level, "failed", extra={**told, **told_of(error)})
    return mistake(Mistake(OUR_FAULT, TRY_AGAIN, told["token"]))


def _examples(error: Exception, told: Mapping[str, str], examples: Sequence[str]) -> Sequence[str]:
    """Words that would be understood: of several that may be meant, some of those."""
    if not isinstance(error, ChoiceError):
        return examples
    return [f"/{told['command']} {name}" for name in error.names[:_SEVERAL]]
