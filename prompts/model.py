"""The one door to a language model: a task goes in, a form that has been checked comes out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

from scoring.errors import EvenkeelError

Form = TypeVar("Form", bound=BaseModel)
# Why a model did not fill in a form: it was not there, it would not, it may not cost more today
# or for this question, it wrote something else.
Why: TypeAlias = Literal["unreachable", "refused", "spent", "no_form"]

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"id: ([a-z_]+)\nversion: (\d+)\n\n(.+)", re.DOTALL)
_PLACE = re.compile(r"\{\{([a-z_]+)\}\}")


class ModelError(EvenkeelError):
    """The model filled in no form; ``why`` says of which kind that is."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told to do; ``version`` goes up with every change of the text."""

    id: str
    version: int
    text: str

    def filled(self, places: Mapping[str, str]) -> "Prompt":
        """The prompt with its places, ``{{name}}`` in the text, filled in.

        Raises:
            ValueError: the text has other places than these.
        """
        if set(_PLACE.findall(self.text)) != set(places):
            raise ValueError(f"the prompt {self.id} has other places than {sorted(places)}")
        return replace(self, text=_PLACE.sub(lambda place: places[place[1]], self.text))


@dataclass(frozen=True, slots=True)
class Task:
    """What a model is asked to fill in a form from.

    ``said`` is text from people, kept apart from the instructions; ``purpose`` is a word for the
    log, such as "ask" or "note".
    """

    prompt: Prompt
    said: str
    purpose: str


class Model(Protocol):
    """Whoever fills in forms: a language model, or a script in tests."""

    def fill(self, task: Task, form: type[Form]) -> Form:
        """The form, filled in and valid.

        Raises:
            ModelError: there is none: unreachable, refused, the budget spent, or no valid form.
        """


def load_prompt(name: str) -> Prompt:
    """The prompt of that name, as in "ask" or "note/wording", from its file in this folder.

    Raises:
        ValueError: the file does not begin with its id and its version.
    """
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    head = _HEAD.fullmatch(text)
    if head is None:
        raise ValueError(f"{name}.md must begin with lines of its id and its version")
    return Prompt(head[1], int(head[2]), head[3].strip())
