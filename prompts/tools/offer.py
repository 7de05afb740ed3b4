"""What is offered to other programs, to one viewer: whatever shows it finds all of it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from prompts.tools.wrong import in_words
from scoring.errors import WordsError


@dataclass(frozen=True)
class Told:
    """What a tool answers: a text for a model or a person, and the same as data for a program."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tool:
    """Something that can be asked or done.

    ``name`` is a word of the trade, ``about`` what a model reads to choose it; ``run`` takes a
    filled-in ``form``. ``writes`` is whether anything is kept but who looked at whose figures.
    """

    name: str
    title: str
    about: str
    form: type[BaseModel]
    run: Callable[[Any], Told]
    writes: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """What it takes, as a JSON schema."""
        return self.form.model_json_schema()

    def answer(self, given: Mapping[str, Any]) -> Told:
        """What it answers to arguments as they came.

        Raises:
            WordsError: the arguments are not what it takes; any EvenkeelError: see the tool.
        """
        return self.run(filled(self.form, given))


@dataclass(frozen=True)
class Page:
    """Something to read, by its address; ``read`` gives JSON."""

    address: str
    name: str
    about: str
    read: Callable[[], str]


@dataclass(frozen=True)
class Opening:
    """The beginning of a conversation with a model: ``write`` takes a filled-in ``form``."""

    name: str
    title: str
    about: str
    form: type[BaseModel]
    write: Callable[[Any], str]

    def text(self, given: Mapping[str, Any]) -> str:
        """What the conversation begins with.

        Raises:
            WordsError: the arguments are not what it takes; any EvenkeelError: see the opening.
        """
        return self.write(filled(self.form, given))


@dataclass(frozen=True)
class Offer:
    """All that one viewer is offered, by the key that the roster has for them.

    ``about`` is what a model should know before it begins.
    """

    key: str
    about: str
    tools: tuple[Tool, ...]
    pages: tuple[Page, ...] = ()
    openings: tuple[Opening, ...] = ()

    def allowed(self, *, writing: bool) -> tuple[Tool, ...]:
        """The tools: those that only read, and those that write where that is wanted."""
        return tuple(one for one in self.tools if writing or not one.writes)


def filled(form: type[BaseModel], given: Mapping[str, Any]) -> BaseModel:
    """A form filled in with what was given.

    Raises:
        WordsError: what is wrong with it.
    """
    try:
        return form.model_validate(dict(given))
    except ValidationError as error:
        raise WordsError(in_words(form, error)) from error
