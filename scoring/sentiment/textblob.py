"""The engine `textblob`: TextBlob's own polarity, bit for bit, many times as fast.

What TextBlob makes of characters between two spaces is worked out once and then looked up.
TextBlob's quirks are kept: to it a contraction negates nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from functools import cached_property
from importlib.metadata import version

from scoring.sentiment.assessing import Assessment
from scoring.sentiment.engine import Mood, Turn, label_of
from scoring.sentiment.lexicon import lexicon, rules
from scoring.sentiment.tokens import Tokens

# Another number whenever the code gives a text another polarity.
RULES = "1"


class TextBlobEngine:
    """TextBlob's polarity of each turn: 0 where no word is known, as TextBlob has it."""

    name = "textblob"

    def __init__(self) -> None:
        self._words = lexicon()
        self._tokens = Tokens(self._words, rules())

    @cached_property
    def version(self) -> str:
        """TextBlob's version, the number of our rules and a digest of the lexicon."""
        words = repr(sorted((form, astuple(word)) for form, word in self._words.items()))
        digest = hashlib.sha256(words.encode()).hexdigest()[:8]
        return f"{version('textblob')}-{RULES}-{digest}"

    def moods(self, turns: Sequence[Turn]) -> list[Mood]:
        """The mood of each turn; the label is the sign of the polarity, blank text has none."""
        return [self._mood(turn.text) for turn in turns]

    def polarity(self, text: str) -> float:
        """What `TextBlob(text).sentiment.polarity` is, -1 to 1."""
        return self._assess(text).polarity

    def _mood(self, text: str) -> Mood:
        if not text or text.isspace():
            return Mood(None, None)
        assessment = self._assess(text)
        polarity = assessment.polarity
        words = assessment.words
        because = _as_written(words, text) if words else ()
        return Mood(polarity, label_of(polarity), because)

    def _assess(self, text: str) -> Assessment:
        assessment = Assessment()
        assessment.go_over(self._tokens.of(text))
        return assessment


def _as_written(words: Iterable[str], text: str) -> tuple[str, ...]:
    """Words as they stand in the text; one whose case changes its length stays in lower case."""
    lower = text.lower()
    if len(lower) != len(text):
        return tuple(words)
    starts = [(lower.find(word), len(word)) for word in words]
    return tuple([text[start : start + length] for start, length in starts if start >= 0])
