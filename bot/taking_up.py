"""Takes up what was acknowledged and never handled: at the start, and whenever a lease ends."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.logs import told_of
from scoring.errors import EvenkeelError

if TYPE_CHECKING:
    from bot.app import Door
    from scoring.held import Held

log = logging.getLogger(__name__)

# How often it is looked.
PAUSE_SECONDS = 5.0


@contextmanager
def taken_up(door: "Door", pause: float = PAUSE_SECONDS) -> Iterator[None]:
    """Takes up, meanwhile and in a thread of its own, what nobody is at any more."""
    stop = Event()
    thread = Thread(target=_again_and_again, args=(door, stop, pause), name="take-up", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def take_up(door: "Door") -> int:
    """How many calls were settled that had been left."""
    return sum(_settled(door, held) for held in door.keeping.waiting())


def _again_and_again(door: "Door", stop: Event, pause: float) -> None:
    while not stop.is_set():
        try:
            take_up(door)
        except EvenkeelError as error:
            log.warning("not taken up", extra=told_of(error))
        stop.wait(pause)


def _settled(door: "Door", held: "Held") -> bool:
    """Whether a call is settled now; not so while somebody is at it."""
    from scoring.inbox import begin

    if held.id in door.at_work:
        return False
    state = begin(door.desk.services.engine, held.id, door.desk.clock())
    if state == "busy" or (state == "ours" and not door.taken_up(held)):
        return False
    door.keeping.release(held.id).result()
    return state == "ours"
