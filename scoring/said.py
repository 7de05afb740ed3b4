"""Texts and conversations that nobody keeps: lines of JSON in, moods out, in the same order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from scoring.redaction.redactor import Redactor
from scoring.redaction.stands import as_heard
from scoring.sentiment.conversations import ConversationMood, Message, read_conversations
from scoring.sentiment.engine import Engine, Mood, Turn

Author: TypeAlias = Literal["customer", "agent", "bot", "system"]
# So many lines are heard together; more would not be faster.
TOGETHER = 1000


class Spoken(BaseModel):
    """One message of a conversation; ``at`` is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)

    author: Author
    text: str
    public: bool = True
    at: str | float | None = None


class Line(BaseModel):
    """One line: a text, or the messages of a conversation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str | int
    text: str | None = None
    author: Author | None = None
    messages: list[Spoken] | None = None


@dataclass(frozen=True)
class Unheard:
    """A line that is neither a text nor a conversation, and why."""

    line: int
    reason: str


def hear(
    lines: Iterable[tuple[int, str, str | None]], engine: Engine, redactor: Redactor
) -> Iterator[dict[str, Any] | Unheard]:
    """What is heard in each line; blank lines are passed over.

    Personal data is taken out before anything is heard, so none is in the phrases.

    Args:
        lines: the number of each, what it says and what is wrong with it, if anything is.
        engine: what reads the moods.
        redactor: what takes personal data out.
    """
    rest = iter(lines)
    while some := list(islice(rest, TOGETHER)):
        read = [_read(*one) for one in some if one[2] or one[1].strip()]
        texts = [one for one in read if isinstance(one, Line) and one.messages is None]
        whole = [one for one in read if isinstance(one, Line) and one.messages is not None]
        moods = iter(engine.moods([_turn(one, redactor) for one in texts]))
        conversations = read_conversations((_messages(one, redactor) for one in whole), engine)
        for one in read:
            if isinstance(one, Unheard):
                yield one
            elif one.messages is None:
                yield _of_text(one, next(moods), engine)
            else:
                yield _of_conversation(one, next(conversations))


def _read(number: int, said: str, fault: str | None) -> Line | Unheard:
    if fault:
        return Unheard(number, f"it {fault}")
    try:
        line = Line.model_validate_json(said)
    except ValidationError as error:
        return Unheard(number, _reason(error))
    if (line.text is None) == (line.messages is None):
        return Unheard(number, "give either “text” or “messages”")
    if line.messages is not None and line.author is not None:
        return Unheard(number, "“author” belongs to each message")
    return line


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    # What stands in the place of a name is which of several types was tried.
    where = ".".join(str(step) for step in first["loc"] if step not in ("str", "int", "float"))
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def _turn(line: Line, redactor: Redactor) -> Turn:
    return Turn(as_heard(redactor.redact_one(line.text or "")), line.author or "customer")


def _messages(line: Line, redactor: Redactor) -> Sequence[Message]:
    said = line.messages or []
    texts = redactor.redact([one.text for one in said])
    return [
        Message(one.author, as_heard(text), one.public)
        for one, text in zip(said, texts, strict=True)
    ]


def _of_text(line: Line, mood: Mood, engine: Engine) -> dict[str, Any]:
    return {
        "id": line.id,
        "polarity": mood.polarity,
        "label": mood.label,
        "engine": engine.name,
        "because": list(mood.because),
    }


def _of_conversation(line: Line, mood: ConversationMood) -> dict[str, Any]:
    return {
        "id": line.id,
        "polarity": mood.polarity,
        "start": mood.start,
        "end": mood.end,
        "trend": mood.trend,
        "strained": mood.strained,
        "because": list(mood.because),
    }
