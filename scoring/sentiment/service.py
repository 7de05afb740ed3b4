"""The engine `service`, the default: reads support talk with a small linear model.

Its features are those of features.py, on TextBlob's lexicon; its weights stand in weights.json,
which `python -m bench.train_sentiment` makes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from math import exp
from pathlib import Path

from scoring.sentiment import languages, phrases
from scoring.sentiment.engine import Biases, Mood, Turn
from scoring.sentiment.evidence import Pair, because, is_telling
from scoring.sentiment.features import Reader, Reading, parts
from scoring.sentiment.languages import is_english
from scoring.sentiment.matching import Term

# Another number whenever the code gives a text another mood.
RULES = "1"
WEIGHTS = Path(__file__).with_name("weights.json")
# Weights are whole hundredths of log-odds.
SCALE = 100
START, END = "<s>", "</s>"
CUSTOMER = "customer"
MOST_REMEMBERED = 16_384
FAR = 50.0


@dataclass(frozen=True)
class Weights:
    """The model: what each feature adds to the log-odds of negative, and of positive.

    A weight is a complex number, so that both are added at once: its real part speaks for negative
    against neutral, its imaginary part for positive against neutral.
    """

    intercept: complex
    cues: Mapping[str, complex]
    phrases: Mapping[str, complex]
    words: Mapping[str, complex]
    parts: Mapping[str, complex]
    pairs: Mapping[str, Mapping[str, complex]]

    @classmethod
    def read(cls) -> "Weights":
        """The weights of the file."""
        content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        pairs = {first: _points(after) for first, after in content.pop("pairs").items()}
        intercept = complex(*content.pop("intercept"))
        return cls(intercept, pairs=pairs, **{kind: _points(content[kind]) for kind in content})

    def weigh(self, term: Term) -> None:
        """Give a term the weight of its word, else of its letters, and those of its pairs."""
        weight = self.words.get(term.text)
        if weight is None:
            found = parts(term.text) & self.parts.keys()
            weight = sum([self.parts[part] for part in found], 0j)
        term.weight = weight
        term.after = self.pairs.get(term.text, {})
        term.telling = is_telling(term.weight)


class ServiceEngine:
    """The mood of turns of support talk; without biases, as the model has it.

    Args:
        biases: added to the log-odds of negative and of positive, fitted to a workspace.
    """

    name = "service"

    def __init__(self, biases: Biases | None = None) -> None:
        self._biases = biases or (0.0, 0.0)
        self._weights = Weights.read()
        self._reader = Reader(self._weights.weigh)
        self._opening = self._weights.pairs.get(START, {})
        # People say "yes" and "thank you" again and again.
        self._mood = lru_cache(MOST_REMEMBERED)(self._work_out)

    @cached_property
    def version(self) -> str:
        """The number of our rules, TextBlob's version, a digest of the data, and the biases."""
        digest = hashlib.sha256()
        for path in (WEIGHTS, phrases.FILE, languages._FILE):
            digest.update(path.read_bytes())
        own = f"{RULES}-{version('textblob')}-{digest.hexdigest()[:8]}"
        low, high = self._biases
        return f"{own}-{low:+.3f}{high:+.3f}" if low or high else own

    def moods(self, turns: Sequence[Turn]) -> list[Mood]:
        """The mood of each turn; none where it holds no letters, or no English."""
        mood = self._mood
        return [mood(turn.text, turn.author) for turn in turns]

    def logits(self, turns: Sequence[Turn]) -> list[tuple[float, float, float] | None]:
        """Log-odds of negative, neutral and positive without biases; None without a signal."""
        readings = [self._read(turn.text, turn.author) for turn in turns]
        return [
            self._log_odds(reading, _pairs(reading.terms)) if reading else None
            for reading in readings
        ]

    def _read(self, text: str, author: str) -> Reading | None:
        if not _has_letters(text):
            return None
        reading = self._reader.read(text, by_agent=author != CUSTOMER)
        return None if reading.doubtful and not is_english(text) else reading

    def _work_out(self, text: str, author: str) -> Mood:
        reading = self._read(text, author)
        if reading is None:
            return NO_SIGNAL
        pairs = _pairs(reading.terms)
        low, _, high = self._log_odds(reading, pairs)
        low, high = low + self._biases[0], high + self._biases[1]
        label = _label(low, high)
        spans = because(reading, pairs, label, self._weights.phrases)
        told = dict.fromkeys(filter(None, self._reader.told(reading, spans))) if spans else ()
        return Mood(_polarity(low, high), label, tuple(told))

    def _log_odds(self, reading: Reading, pairs: Sequence[Pair]) -> tuple[float, float, float]:
        total = self._total(reading, pairs) / SCALE
        if reading.courtesy:
            return min(total.real, 0.0), 0.0, min(total.imag, 0.0)
        return total.real, 0.0, total.imag

    def _total(self, reading: Reading, pairs: Sequence[Pair]) -> complex:
        weights = self._weights
        terms = reading.terms
        total = sum([term.weight for term in set(terms)], weights.intercept)
        for weight, _place in pairs:
            total += weight
        if terms[0].text in self._opening:
            total += self._opening[terms[0].text]
        if END in terms[-1].after:
            total += terms[-1].after[END]
        for found in reading.phrases:
            total += weights.phrases[found.group.name]
        cues = weights.cues
        for name, value in reading.cues.items():
            total += cues[name] * value
        return total


NO_SIGNAL = Mood(None, None)


def _pairs(terms: Sequence[Term]) -> list[Pair]:
    """The weights of pairs of terms, each with the place of its first."""
    found = []
    after = terms[0].after
    for place, term in enumerate(terms):
        if term.text in after and place:
            found.append((after[term.text], place - 1))
        after = term.after
    return found


def _label(low: float, high: float) -> str:
    """The largest of negative, neutral and positive by log-odds against neutral."""
    if max(low, high) <= 0:
        return "neutral"
    return "negative" if low > high else "positive"


def _polarity(low: float, high: float) -> float:
    """The probability of positive less that of negative; far out, log-odds make no difference."""
    negative, positive = exp(max(-FAR, min(low, FAR))), exp(max(-FAR, min(high, FAR)))
    return (positive - negative) / (1.0 + negative + positive)


def _points(entries: Mapping[str, Sequence[int]]) -> dict[str, complex]:
    return {name: complex(*pair) for name, pair in entries.items()}


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
