"""What became of reading a question: a question as data, a question back, or a refusal."""

from dataclasses import dataclass, field
from typing import TypeAlias

from scoring.query import Query


@dataclass(frozen=True)
class Read:
    """A question that was read to its last word.

    ``assumptions`` are what was not said and had to be assumed, and what was said in other words
    than it is called here, a sentence each; they belong beside the answer.
    """

    query: Query
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclear:
    """A question back: what is not clear, and whole questions to choose from."""

    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """What cannot be asked here, and what can; the same words whatever is in the database."""

    why: str
    choices: tuple[str, ...] = field(default=())


Reading: TypeAlias = Read | Unclear | Refused
