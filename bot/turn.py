"""One event and the answer to it, as it is shown; that it is on its way is said meanwhile."""

from dataclasses import dataclass, field, replace
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

from bot.calls import Call, Place

if TYPE_CHECKING:
    from bot.command import Answer
    from bot.showing import Showing


@dataclass(frozen=True)
class Turn:
    """An event, where its answer goes, and how far that is.

    Slack takes its word that somebody is at work away when the answer comes, so that word must
    never come after the answer. Who took longer than an event is theirs, since a moment of the
    process's own clock, may not be the only one who has it.
    """

    shows: "Showing"
    call: Call
    place: Place
    since: float = field(default_factory=monotonic)
    _one: Lock = field(default_factory=Lock)
    _shown: Event = field(default_factory=Event)
    _settled: Event = field(default_factory=Event)

    @property
    def is_shown(self) -> bool:
        """Whether it was tried to show an answer."""
        return self._shown.is_set()

    @property
    def is_settled(self) -> bool:
        """Whether the answer was shown, or refused for good."""
        return self._settled.is_set()

    def show(self, answer: "Answer") -> bool:
        """Whether an answer is settled, now that it was tried to show it."""
        from scoring.inbox import LEASE

        with self._one:
            self._shown.set()
            late = monotonic() - self.since > LEASE.total_seconds()
            place = replace(self.place, retried=True) if late else self.place
            if self.shows.show(self.call, place, answer):
                self._settled.set()
        return self.is_settled

    def say_working(self) -> None:
        """Says that somebody is at work, where a direct message waits for its answer."""
        with self._one:
            if self.place.thread and not self.place.among and not self.is_shown:
                self.shows.say_working(self.call, self.place)
