"""What commands share in which somebody acts: who that is, and the words that an action needs."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.services import Services
from scoring.errors import WordsError

if TYPE_CHECKING:
    from scoring.leaders import Act


@contextmanager
def acting(services: Services, asked: argparse.Namespace) -> Iterator[tuple[Any, "Act"]]:
    """A writing connection, and who acts by ``--as``; what is done is kept whole or not at all.

    Raises:
        UnknownNameError: nobody is called that.
        WordsError: nobody was named.
    """
    from scoring.database import writing
    from scoring.leaders import Act
    from scoring.people import find_agent

    who = needed(asked, "as")
    with writing(services.engine) as connection:
        yield connection, Act(find_agent(connection, who), services.now)


@contextmanager
def looking(services: Services, asked: argparse.Namespace) -> Iterator[tuple[Any, int]]:
    """A reading connection, and the id of who looks by ``--as``.

    Raises:
        UnknownNameError: nobody is called that.
        WordsError: nobody was named.
    """
    from scoring.database import reading
    from scoring.people import find_agent

    who = needed(asked, "as")
    with reading(services.engine) as connection:
        yield connection, find_agent(connection, who)


def needed(asked: argparse.Namespace, flag: str) -> Any:
    """What was said with a flag that the action needs.

    Raises:
        WordsError: it was not said.
    """
    said = getattr(asked, flag)
    if said is None:
        raise WordsError(f"`evenkeel {asked.command} {asked.action}` needs --{flag}.")
    return said
