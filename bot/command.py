"""What can be asked and done: plain words in, an answer out; it knows nothing of how they came.

A command is a module of `bot.commands` that says `COMMAND`; what else people do in Slack is a
module of `bot.deeds` that says `DEEDS`. Who may ask it, whose figures its answer holds and what
goes wrong in it is seen to in one place for all of them (`bot.events`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from bot.replies import Block, Reply
from scoring.errors import AccessError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.viewers import Viewer


@dataclass(frozen=True)
class Request:
    """One call of a command, or one deed.

    Attributes:
        words: what was said after the command's name or in a message, as Slack escapes it
            (`<@U1|ana>`); of a button, its reference.
        user_id: the Slack user who asks.
        now: the moment of asking, aware.
        viewer: who that is by the roster, and whom they may see; None where it links nobody.
        why_unknown: what to tell whom the roster does not know.
        commands: all commands there are, for help.
        about: what tells a button from others of its name, or `private_metadata` of a form.
        said: what stands in a form, by block id; of an event, the event itself.
        channel: the conversation that it was said or pressed in, where that is known.
        thread: the first message of the thread there, empty where there can be none.
    """

    words: str
    user_id: str
    now: datetime
    viewer: "Viewer | None" = None
    why_unknown: str = ""
    commands: tuple["Command", ...] = ()
    about: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
    thread: str = ""

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
class Modal:
    """A form or a page in a window of its own.

    ``name`` is the deed that it is sent to, empty where there is nothing to send; ``about`` comes
    back with it, unseen. ``submit`` is what its button says.
    """

    title: str
    blocks: tuple[Block, ...]
    name: str = ""
    about: str = ""
    submit: str = ""


@dataclass(frozen=True)
class Prompt:
    """Something to ask, which Slack offers beside an empty conversation: a title, the words."""

    title: str
    message: str


@dataclass(frozen=True)
class Answer:
    """What is shown for what was asked or done; nothing, where all of it is empty.

    Attributes:
        reply: what whoever asked is told: below the message, in a window where they pressed a
            button of their Home or of a window, in the thread where they wrote a message.
        seen: the ids of all agents whose own figures stand in it.
        shared: whether everybody in the channel sees it.
        replaces: whether it takes the place of the message or window whose button was pressed.
        modal: a window to open.
        home: the blocks of the asker's Home, drawn anew.
        wrong: what is wrong with a form that was sent, by block id; it stays open.
        prompts: what to offer the asker in their conversation with the bot, four at most.
    """

    reply: Reply | None = None
    seen: frozenset[int] = frozenset()
    shared: bool = False
    replaces: bool = False
    modal: Modal | None = None
    home: tuple[Block, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    prompts: tuple[Prompt, ...] = ()


Run: TypeAlias = Callable[[Request, "Services"], Answer]
Kind: TypeAlias = Literal["button", "form", "event"]


class Asked(Protocol):
    """What a command and a deed have in common."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def examples(self) -> Sequence[str]:
        """Words that work, for whoever's words do not."""

    @property
    def known_as(self) -> str:
        """The command that people are told of whose figures were looked at in it."""

    @property
    def run(self) -> Run:
        """What it does."""


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
    run: Run

    @property
    def known_as(self) -> str:
        """Itself."""
        return self.name


@dataclass(frozen=True)
class Deed:
    """Something else that people do in Slack, and what comes of it.

    ``name`` is what a button's id begins with (`bot.actions`), what a form is called, or the type
    of an event as manifest.yml has it. ``like`` is the command that shows the same, if one does.
    """

    kind: Kind
    name: str
    run: Run
    examples: tuple[str, ...] = ()
    like: str = ""

    @property
    def known_as(self) -> str:
        """The command that it is like."""
        return self.like or self.name
