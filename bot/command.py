"""What a command is: plain words in, an answer out; it knows nothing of how they came.

A command is a module of `bot.commands` that says `COMMAND`. Who may ask it, whose figures its
answer holds and what goes wrong in it is seen to in one place for all of them (`bot.events`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.replies import Reply
from scoring.errors import AccessError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.viewers import Viewer


@dataclass(frozen=True)
class Request:
    """One call of a command.

    Attributes:
        words: what was said after the command's name, as Slack escapes it (`<@U1|ana>`).
        user_id: the Slack user who asks.
        now: the moment of asking, aware.
        viewer: who that is by the roster, and whom they may see; None where it links nobody.
        why_unknown: what to tell whom the roster does not know.
        commands: all commands there are, for help.
    """

    words: str
    user_id: str
    now: datetime
    viewer: "Viewer | None" = None
    why_unknown: str = ""
    commands: tuple["Command", ...] = ()

    @property
    def known(self) -> "Viewer":
        """Who asks.

        Raises:
            AccessError: the roster links nobody to this Slack user.
        """
        if self.viewer is None:
            raise AccessError(self.why_unknown)
        return self.viewer


@dataclass(frozen=True)
class Answer:
    """A reply, and the ids of all agents whose own figures stand in it."""

    reply: Reply
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Command:
    """A slash command: what it is called, what it is for, and what it does.

    ``name`` is without the slash; ``about`` one sentence, ``hint`` the words it takes: both stand
    in manifest.yml. ``examples`` are two calls that work for anybody who may ask it.
    """

    name: str
    about: str
    hint: str
    examples: tuple[str, str]
    run: Callable[[Request, "Services"], Answer]
