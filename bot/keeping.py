"""What was acknowledged before it was handled is kept until it is, whoever has to do so.

Slack sends no more copies of what was acknowledged, and the process that has it may die.
"""

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.calls import Call
from bot.logs import told_of
from scoring.errors import EvenkeelError

if TYPE_CHECKING:
    from bot.command import Asked
    from bot.events import Desk
    from scoring.held import Held

log = logging.getLogger(__name__)

# An acknowledgement waits no longer than this for what is written down before it.
PATIENCE_SECONDS = 0.5


def _one_by_one() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="keep")


@dataclass(frozen=True)
class Keeping:
    """Keeps calls in the database of a desk.

    One after the other, so that a call is never forgotten first and kept then.
    """

    desk: "Desk"
    writer: ThreadPoolExecutor = field(default_factory=_one_by_one)

    def hold(self, kind: str, asked: "Asked", call: Call, body: Mapping[str, Any]) -> None:
        """Keeps a call; where that takes too long, it is waited for no more."""
        from scoring.held import Held

        told = {name: one for name, one in body.items() if name != "token"}
        held = Held(call.event, kind, asked.name, json.dumps(told, default=str))
        work = self.writer.submit(self._written, lambda: self._hold(held), call.token)
        with suppress(TimeoutError):
            work.result(PATIENCE_SECONDS)

    def release(self, event: str) -> "Future[None]":
        """Forgets a call that is handled, in a while."""
        return self.writer.submit(self._written, lambda: self._release(event), event[:8])

    def waiting(self) -> "list[Held]":
        """The calls that have been kept for so long that nobody may be at them any more."""
        from scoring.aside import beside
        from scoring.database import reading
        from scoring.held import waiting
        from scoring.inbox import LEASE

        now = self.desk.clock()
        with reading(beside(self.desk.services.engine)) as connection:
            return waiting(connection, now - LEASE, now)

    def _hold(self, held: "Held") -> None:
        from scoring.aside import aside
        from scoring.held import hold

        with aside(self.desk.services.engine) as connection:
            hold(connection, held, self.desk.clock())

    def _release(self, event: str) -> None:
        from scoring.aside import aside
        from scoring.held import release

        with aside(self.desk.services.engine) as connection:
            release(connection, event)

    @staticmethod
    def _written(work: Callable[[], None], token: str) -> None:
        try:
            work()
        except EvenkeelError as error:
            log.warning("not kept", extra={"token": token, **told_of(error)})
