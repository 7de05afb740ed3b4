"""Reads transcripts: personal data out of every message, then the mood of the customer's own.

The mood is read from what is left, so that whoever reads a kept transcript again finds the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, select

from scoring.columns import table_of
from scoring.people import agent_names
from scoring.records import Setting
from scoring.redaction.names import name_words
from scoring.redaction.redactor import Redactor, shapes_of
from scoring.redaction.stands import as_heard
from scoring.sentiment.conversations import ConversationMood, Message, read_conversations
from scoring.sentiment.engine import Biases, Engine
from scoring.sentiment.engines import DEFAULT, engine

_settings = table_of(Setting)
# What changes whenever the same text may be redacted in another way.
REDACTION = "1"
BIASES = "sentiment_biases"


@dataclass(frozen=True)
class Listening:
    """What is decided about texts: the engine, and the shapes of numbers that are taken out."""

    engine: str = DEFAULT
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listener:
    """Hears transcripts: with an engine, after a redactor; each knows what it is called."""

    engine: Engine
    redactor: Redactor
    redaction: str

    @cached_property
    def signs(self) -> tuple[str, str, str]:
        """Engine, its version and the redaction, as they are kept beside every mood."""
        return self.engine.name, self.engine.version, self.redaction

    def redact(self, messages: Iterable[Mapping[str, Any]], customer: Sequence[str] = ()) -> str:
        """A transcript's messages as they are kept: JSON, redacted."""
        messages = list(messages)
        texts = self.redactor.redact([one["text"] for one in messages], customer)
        kept = [{**one, "text": text} for one, text in zip(messages, texts, strict=True)]
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def redact_again(self, kept: str) -> str:
        """A kept transcript's messages, with what is known by now taken out of them too."""
        return self.redact(json.loads(kept))

    def moods(self, transcripts: Iterable[str]) -> list[tuple[Any, ...]]:
        """The moods of transcripts as they are kept, by the names in moods.FOUND."""
        said = (
            [
                Message(one["author"], as_heard(one["text"]), one["public"])
                for one in json.loads(kept)
            ]
            for kept in transcripts
        )
        return [self._row(mood) for mood in read_conversations(said, self.engine)]

    def _row(self, mood: ConversationMood) -> tuple[Any, ...]:
        courtesy = None if mood.courtesy is None else json.dumps(asdict(mood.courtesy))
        figures = (mood.polarity, mood.start, mood.end, mood.trend, mood.strained)
        because = json.dumps(mood.because, ensure_ascii=False)
        return (*self.signs, *figures, mood.negative_share, mood.turns, courtesy, because)


def listener(connection: Connection, listening: Listening) -> Listener:
    """Who hears transcripts in a workspace, with its roster and its biases as they are now.

    Raises:
        UnknownNameError: there is no such engine.
        SettingsError: a shape is none.
    """
    redactor = redactor_of(connection, listening)
    told = repr((REDACTION, sorted(redactor.agents), sorted(listening.shapes)))
    sign = hashlib.sha256(told.encode()).hexdigest()[:8]
    biases = biases_of(connection, listening.engine)
    return Listener(reader(listening.engine, biases), redactor, sign)


@lru_cache(maxsize=4)
def reader(name: str, biases: Biases | None) -> Engine:
    """The engine of that name; its data is read once, however many files come in.

    Raises:
        UnknownNameError: there is no such engine.
    """
    return engine(name, biases)


def redactor_of(connection: Connection, listening: Listening) -> Redactor:
    """What takes personal data out in a workspace, with its roster as it is now.

    Raises:
        SettingsError: a shape is none.
    """
    return Redactor(name_words(agent_names(connection)), shapes_of(listening.shapes))


def biases_of(connection: Connection, name: str) -> Biases | None:
    """What an engine was fitted to in this workspace; None where it was not."""
    told = biases_kept(connection).get(name)
    return None if told is None else (told[0], told[1])


def biases_kept(connection: Connection) -> dict[str, list[float]]:
    """The biases that are kept, by engine."""
    kept = connection.scalar(select(_settings.c.value).where(_settings.c.name == BIASES))
    return dict(json.loads(kept)) if kept else {}
