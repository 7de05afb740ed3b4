"""The probability that a customer ended a conversation strained, from the customer's turns alone.

A small logistic model: phrases of strained.toml by kind, style, repeats, and what the engine says
of each turn. Every feature may count in one direction only, so that no accident of the training
chats makes thanks a bad sign. Weights by engine stand in strained.json, made by
`python -m bench.train_strained`.
"""

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from math import ceil, exp, log1p, sqrt
from operator import mul
from pathlib import Path

from scoring.sentiment.engine import Mood

PHRASES = Path(__file__).with_suffix(".toml")
WEIGHTS = Path(__file__).with_suffix(".json")
# Features beside the phrases, by the one direction that each may count in.
STRAIN = ("negative share", "capitals", "doubled marks", "repeats", "no thanks at the end")
EASE = ("polarity", "lowest polarity", "last polarity")
# Kinds that count a second time in the last third of the turns.
LATE = ("fed up", "challenge", "swearing", "insult", "giving up", "thanks", "glad")
# In words and marks: "yes", "next step please" are said again by anybody.
SHORTEST_REPEAT = 4
MOST_FOUND = 5
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
MOST_REPEATS = 3
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|[!?]+")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Strain:
    """The probability (0 to 1) that a customer ended strained, and what speaks for it."""

    probability: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was trained for one engine, with the version of it that gave the moods."""

    version: str
    intercept: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of strained.toml: its tokens and its kind."""

    tokens: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn: its text, the tokens of it, and the phrases in them."""

    text: str
    tokens: tuple[str, ...]
    phrases: tuple[Phrase, ...]


def strain(texts: Sequence[str], moods: Sequence[Mood], engine: str) -> Strain | None:
    """How strained the customer of these turns ended; None for an engine without weights."""
    trained = trained_weights().get(engine)
    if not trained:
        return None
    turns = [_heard(text) for text in texts]
    values = _features(turns, moods)
    logit = trained.intercept + sum(
        weight * values[name] for name, weight in trained.weights.items()
    )
    return Strain(1 / (1 + exp(-logit)), _because(turns, trained.weights))


def features(texts: Sequence[str], moods: Sequence[Mood]) -> dict[str, float]:
    """What the model weighs, by name; at least one of the moods must be a signal."""
    return _features([_heard(text) for text in texts], moods)


def directions() -> dict[str, int]:
    """The one direction in which each feature may count: 1 for strain, -1 for ease."""
    of_kinds = dict(_read().directions)
    late = {f"late {kind}": of_kinds[kind] for kind in LATE}
    return of_kinds | late | dict.fromkeys(STRAIN, 1) | dict.fromkeys(EASE, -1)


@cache
def trained_weights() -> dict[str, Weights]:
    """The weights of strained.json, by the name of the engine."""
    return {name: Weights(**each) for name, each in json.loads(WEIGHTS.read_text("utf-8")).items()}


def _features(turns: Sequence[Heard], moods: Sequence[Mood]) -> dict[str, float]:
    rates, late = _rates(turns), _rates(turns[-ceil(len(turns) / 3) :])
    return {
        **{kind: rates[kind] for kind in _read().directions},
        **{f"late {kind}": late[kind] for kind in LATE},
        **_of_style(turns),
        "no thanks at the end": float(not _rates(turns[-2:])["thanks"]),
        **_of_moods([mood.polarity for mood in moods if mood.polarity is not None]),
    }


def _rates(turns: Sequence[Heard]) -> Mapping[str, float]:
    """Phrases by kind, over the root of the turns: steady whether a chat is short or long."""
    share = 1 / sqrt(len(turns))
    rates: dict[str, float] = defaultdict(float)
    for turn in turns:
        for phrase in turn.phrases:
            rates[phrase.kind] += share
    return rates


def _of_style(turns: Sequence[Heard]) -> dict[str, float]:
    times = Counter(turn.tokens for turn in turns if len(turn.tokens) >= SHORTEST_REPEAT)
    return {
        "capitals": log1p(sum(len(_CAPITALS.findall(turn.text)) for turn in turns)),
        "doubled marks": float(any("??" in turn.tokens for turn in turns)),
        "repeats": float(min(times.total() - len(times), MOST_REPEATS)),
    }


def _of_moods(polarities: Sequence[float]) -> dict[str, float]:
    places = range(1, len(polarities) + 1)
    return {
        "polarity": sum(map(mul, places, polarities)) / sum(places),
        "lowest polarity": min(polarities),
        "last polarity": polarities[-1],
        "negative share": sum(each < 0 for each in polarities) / len(polarities),
    }


def _because(turns: Sequence[Heard], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Phrases that speak for strain, those of the weightiest kinds and latest turns first."""
    speaking = [
        (weights[phrase.kind], place, phrase)
        for place, turn in enumerate(turns)
        for phrase in turn.phrases
        if weights[phrase.kind] > 0
    ]
    speaking.sort(key=lambda each: each[:2], reverse=True)
    found = {
        phrase.tokens: _as_written(phrase, turns[at].text)
        for _, at, phrase in speaking[:MOST_FOUND]
    }
    return tuple(found.values())


def _as_written(phrase: Phrase, text: str) -> str:
    """A phrase as it stands in the text."""
    words = ("[!?]+" if token[0] in "!?" else rf"\b{token}\b" for token in phrase.tokens)
    found = re.search(r"[^a-z!?]*".join(words), text.replace(CURLY, "'"), re.IGNORECASE)
    return text[found.start() : found.end()] if found else " ".join(phrase.tokens)


def _heard(text: str) -> Heard:
    """A text with its phrases."""
    tokens = _TOKEN.findall(text.replace(CURLY, "'").lower())
    if "!" in text or "?" in text:
        tokens = list(map(_mark, tokens))
    known = _read()
    words = chain.from_iterable(known.words[token] for token in tokens if token in known.words)
    longer = (
        phrase
        for place, pair in enumerate(pairwise(tokens))
        if pair in known.longer
        for phrase in known.longer[pair]
        if phrase.tokens == tuple(tokens[place : place + len(phrase.tokens)])
    )
    return Heard(text, tuple(tokens), (*words, *longer))


def _mark(token: str) -> str:
    """A run of marks by kind: ?, ??, ! or !!."""
    if token[0] not in "!?":
        return token
    return ("?" if "?" in token else "!") * min(len(token), 2)


@dataclass(frozen=True)
class _Phrases:
    """The kinds with their directions; phrases of one token, and others by their first two."""

    directions: Mapping[str, int]
    words: Mapping[str, Sequence[Phrase]]
    longer: Mapping[tuple[str, str], Sequence[Phrase]]


@cache
def _read() -> _Phrases:
    """The phrases of strained.toml."""
    listed = tomllib.loads(PHRASES.read_text("utf-8"))
    kinds = {
        (kind.replace("_", " "), direction): lines.split("\n")
        for name, direction in (("strain", 1), ("ease", -1))
        for kind, lines in listed[name].items()
    }
    words, longer = defaultdict(list), defaultdict(list)
    for (kind, _direction), lines in kinds.items():
        for phrase in (Phrase(tuple(line.split()), kind) for line in lines if line):
            if len(phrase.tokens) == 1:
                words[phrase.tokens[0]].append(phrase)
            else:
                longer[phrase.tokens[0], phrase.tokens[1]].append(phrase)
    return _Phrases(dict(kinds.keys()), words, longer)
