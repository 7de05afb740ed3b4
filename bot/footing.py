"""The kept sums on a new footing, after what they rest on was decided anew in Slack."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from scoring.errors import DatabaseError

if TYPE_CHECKING:
    from bot.services import Services

log = logging.getLogger(__name__)

# How many records are worked out anew in a second, on one core of a machine with other work.
RATE = 6_000
# What is done while somebody waits for the answer: under a second of work.
AT_ONCE = 5_000
DONE = "The figures rest on it already."
SOON = (
    "Until about {} from now figures are read from the {:,} records, right but slower; then they"
    " are as quick as before."
)
BY_HAND = (
    "Figures are read from the {:,} records from now, right but slower, until `evenkeel upgrade`"
    " is said, which takes about {}. It is not done from here, since on SQLite nobody else can"
    " write meanwhile, the bot included: choose a quiet hour."
)


def put_on(services: "Services", start: Callable[[Callable[[], None]], None] | None = None) -> str:
    """What is told of the sums: on the new footing already, or soon, or by whom.

    ``start`` runs what takes its time beside everything else.
    """
    from scoring.upkeep import counts, refound
    from scoring.workspace import differs

    if not differs(services.engine, services.workspace):
        return DONE
    count = counts(services.engine)["interactions"]
    if count <= AT_ONCE:
        refound(services.engine, services.workspace)
        return DONE
    if services.engine.dialect.name == "sqlite":
        return BY_HAND.format(count, _span(count))
    (start or _beside)(lambda: _refounded(services))
    return SOON.format(_span(count), count)


def _span(count: int) -> str:
    minutes = round(count / RATE / 60)
    return "a minute" if minutes <= 1 else f"{minutes} minutes"


def _beside(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="footing", daemon=True).start()


def _refounded(services: "Services") -> None:
    from scoring.upkeep import refound

    try:
        count = refound(services.engine, services.workspace)
    except DatabaseError as error:
        # The old footing holds: figures are right, and `evenkeel check` says what to do.
        log.warning("not refounded", extra={"why": type(error).__name__})
        return
    log.info("refounded", extra={"count": count})
