"""Where tools are answered, for one viewer: what they see, who looked, and what goes wrong."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from bot.access import Sight
from bot.events import OUR_FAULT, SPOKEN, TRY_AGAIN
from bot.logs import told_of
from scoring.errors import (
    AccessError,
    CommitmentError,
    EvenkeelError,
    RemarkError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from bot.services import Services
    from prompts.tools.offer import Told
    from scoring.viewers import Viewer

log = logging.getLogger(__name__)

GONE = "You are not on the roster any more, so there are no figures to show you."
_SPOKEN = (*SPOKEN, CommitmentError, RemarkError)


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Shown:
    """What is told, and the ids of all agents whose own figures stand in it."""

    told: "Told"
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Desk:
    """The desk of one viewer, by the key on the roster; what they may see is read anew each time.

    ``clock`` gives the aware moment of now.
    """

    services: "Services"
    key: str
    clock: Callable[[], datetime] = _clock

    @property
    def now(self) -> datetime:
        """The moment of asking."""
        return self.services.settings.now or self.clock()

    @contextmanager
    def sight(self) -> Iterator[Sight]:
        """What the viewer may see.

        Raises:
            AccessError: the roster does not know them any more.
        """
        from scoring.asking import reader
        from scoring.database import reading
        from scoring.named import named
        from scoring.viewers import viewer_of

        now, workspace = self.now, self.services.workspace
        with reading(self.services.engine) as connection:
            try:
                viewer = viewer_of(connection, self.key)
            except UnknownNameError as error:
                # The sentence of the terminal names whom it might be.
                raise AccessError(GONE) from error
            view = reader(connection, workspace, workspace.moment(now))
            yield Sight(view, viewer, named(connection, viewer), now)

    def answered(self, name: str, work: Callable[[Sight], Shown]) -> "Told":
        """What a tool tells; whose figures were looked at is kept before it is told.

        Raises:
            EvenkeelError: what whoever asks can put right, or that something else is wrong.
        """
        with _watched(name):
            with self.sight() as seeing:
                shown = work(seeing)
            self._note(name, seeing.viewer, seeing.now, shown.seen)
            return shown.told

    def acted(self, name: str, work: Callable[[], "Told"]) -> "Told":
        """What a tool tells that writes.

        Raises:
            EvenkeelError: as above.
        """
        with _watched(name):
            return work()

    def _note(self, name: str, viewer: "Viewer", now: datetime, seen: frozenset[int]) -> None:
        from scoring.aside import aside
        from scoring.looks import Looking, note

        if seen - {viewer.agent_id}:
            day = self.services.workspace.calendar.today(now)
            with aside(self.services.engine) as connection:
                note(connection, Looking(viewer.agent_id, f"tool {name}", day, now), seen)


@contextmanager
def _watched(name: str) -> Iterator[None]:
    """A line in the log, with no name in it, and only errors that people may read."""
    started, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "told"
    except _SPOKEN:
        outcome = "refused"
        raise
    except EvenkeelError as error:
        # It may name files and settings, which are for whoever runs Evenkeel.
        log.warning("failed", extra={"command": name, **told_of(error)})
        raise EvenkeelError(f"{OUR_FAULT} {TRY_AGAIN}") from error
    finally:
        took = round((perf_counter() - started) * 1000, 1)
        log.info("tool", extra={"command": name, "outcome": outcome, "milliseconds": took})
