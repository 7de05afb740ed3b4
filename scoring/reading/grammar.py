"""The words of questions that are nobody's name: what each phrase means, from grammar.toml."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from scoring.reading.amounts import AMOUNT_WORDS
from scoring.reading.tokens import Words, words_of

# One letter for each kind of meaning, so that a question's shape is a text that patterns match.
FILL, NOUN, EACH, ASKED, MOVE, KEEP, CHANGED, NOT, EXCEPT = (
    ".",
    "n",
    "G",
    "W",
    "M",
    "H",
    "C",
    "O",
    "X",
)
TEST, AFTER, AIM, END, MOST, VERSUS, COMPARED, AGAINST, ON = (
    "T",
    "R",
    "A",
    "E",
    "m",
    "v",
    "c",
    "b",
    "o",
)
WEEKLY, FINER, ALL, DOING, COACHING, EXPLAIN, EXAMPLES = "w", "f", "S", "s", "i", "e", "x"
DEFINITION, WHERE, JOIN, COUNT, CONTACTS, ME, MINE, THEY = "d", "h", "J", "q", "k", "y", "Y", "p"
TENURE, TENURED, VAGUE, IMPLIED, KPI, SEVERAL, AMOUNT, REFUSED = (
    "U",
    "u",
    "V",
    "j",
    "K",
    "?",
    "z",
    "!",
)
PERSON, TEAM, LABEL, PERIOD, NUMBER, UNREAD, UNKNOWN = "P", "Q", "L", "D", "N", "~", "_"
# Made of several: a condition on a value, an order by a change, how many rows are wanted.
CONDITION, RANKED_MOVE, LIMIT, AIMING, OR = "Z", "I", "#", "a", "|"
SHOWING, STATISTIC = "g", "t"
# What is left out ("except"), and what it is joined to ("except Ana and Ben").
EXCLUDING, LEFT_OUT = "B", "F"

_SECTIONS: Mapping[str, str | Mapping[str, str]] = MappingProxyType(
    {
        "fill": FILL,
        "who": ASKED,
        "move": MOVE,
        "changed": CHANGED,
        "keep": KEEP,
        "not": MappingProxyType(
            {"not": NOT, "or": OR, "except": EXCEPT, "excluding": EXCLUDING, "all_but": EXCLUDING}
        ),
        "test": TEST,
        "after": AFTER,
        "aim": AIM,
        "aiming": AIMING,
        "end": END,
        "most": MOST,
        "versus": MappingProxyType({"versus": VERSUS, "compare": COMPARED}),
        "against": AGAINST,
        "on": ON,
        "weekly": WEEKLY,
        "finer": FINER,
        "all": MappingProxyType({"scorecard": ALL, "doing": DOING}),
        "intent": MappingProxyType(
            {
                "coaching": COACHING,
                "explain": EXPLAIN,
                "examples": EXAMPLES,
                "definition": DEFINITION,
            }
        ),
        "showing": SHOWING,
        "statistic": STATISTIC,
        "where": WHERE,
        "join": JOIN,
        "count": COUNT,
        "contacts": CONTACTS,
        "mine": MappingProxyType({"me": ME, "team": MINE, "agents": ASKED}),
        "they": THEY,
        "tenure": TENURE,
        "tenured": TENURED,
        "vague": VAGUE,
        "amount": AMOUNT,
        "loosely": KPI,
        "several": SEVERAL,
        "implied": IMPLIED,
        "implied_end": END,
        "refuse": REFUSED,
    }
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a kind, by its letter, and which one of that kind."""

    kind: str
    value: Any = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows of an answer are: a grouping, and whether one alone is asked for."""

    by: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """Which end comes first, perhaps of a KPI that the word itself says."""

    end: str
    kpi: str | None = None


Phrases: TypeAlias = Mapping[Words, Meaning]


@dataclass(frozen=True)
class Grammar:
    """All phrases, and the lists that only have a meaning beside something else."""

    phrases: Phrases
    openers: frozenset[Words]
    keep_ends: frozenset[Words]
    languages: Mapping[str, tuple[Words, ...]]
    channels: Mapping[str, tuple[tuple[Words, ...], tuple[Words, ...]]]
    nouns: Mapping[str, tuple[Words, ...]]
    contacts: tuple[Words, ...]
    words: frozenset[str]
    fills: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar that comes with the project."""
    raw = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))
    phrases = dict(_phrases(raw))
    return Grammar(
        MappingProxyType(phrases),
        frozenset(words_of(said) for said in raw["opener"]["opener"]),
        frozenset(words_of(said) for said in raw["keep"]["at_end"]),
        {code: _all_words(names) for code, names in raw["language"].items()},
        {
            name: (_all_words(one), _all_words(many))
            for name, (one, many) in raw["channel"].items()
        },
        {name: _all_words([*one, *many]) for name, (one, many) in raw["nouns"].items()},
        _all_words(said for said in raw["contacts"]["contacts"] if said.endswith("s")),
        frozenset((*_single(phrases, fill=False), *AMOUNT_WORDS)),
        _single(phrases, fill=True),
    )


def _single(phrases: Phrases, *, fill: bool) -> frozenset[str]:
    """The single words of phrases that say something, or of those that say nothing."""
    some = (words for words, one in phrases.items() if (one.kind == FILL) == fill)
    return frozenset(word for words in some for word in words)


def _all_words(said: Iterable[str]) -> tuple[Words, ...]:
    return tuple(words_of(one) for one in said)


def _phrases(raw: Mapping[str, Any]) -> Iterator[tuple[Words, Meaning]]:
    for said in raw["opener"]["opener"]:
        yield words_of(said), Meaning(FILL)
    yield from _section("fill", FILL, raw["fill"])
    yield from _nouns(raw["nouns"], raw["before"])
    for name, kinds in _SECTIONS.items():
        if name != "fill":
            yield from _section(name, kinds, raw[name])


def _section(
    name: str, kinds: str | Mapping[str, str], entries: Mapping[str, Any]
) -> Iterator[tuple[Words, Meaning]]:
    for value, listed in entries.items():
        kind = kinds if isinstance(kinds, str) else kinds.get(value, FILL)
        if (name, value) == ("keep", "at_end"):
            continue
        meaning = _meaning(name, kind, value)
        for said in listed:
            yield words_of(said), meaning


def _meaning(name: str, kind: str, value: str) -> Meaning:
    if name in {"who", "mine"} and kind == ASKED:
        return Meaning(ASKED, Asked("agent"))
    if name == "end":
        return Meaning(kind, First(value))
    if name == "implied_end":
        kpi, end = value.split()
        return Meaning(kind, First(end, kpi), loose=True)
    if name in {"implied", "several"}:
        return Meaning(kind, tuple(value.split()), loose=True)
    if name == "tenure":
        first, _, after = value.partition("-")
        return Meaning(kind, (int(first), int(after) if after else None), loose=True)
    return Meaning(kind, value, loose=name == "loosely")


def _nouns(
    nouns: Mapping[str, Any], before: Mapping[str, list[str]]
) -> Iterator[tuple[Words, Meaning]]:
    """The nouns of groupings: alone, after "by", and after "which"."""
    for by, (singular, plural) in nouns.items():
        for said in singular:
            yield words_of(said), Meaning(NOUN, by)
            yield words_of(f"{said} wise"), Meaning(EACH, by)
        for said in plural:
            yield words_of(said), Meaning(ASKED, Asked(by))
        for first, noun in product(before["each"], (*singular, *plural)):
            yield words_of(f"{first} {noun}"), Meaning(EACH, by)
        for first, noun in product(before["which"], plural):
            yield words_of(f"{first} {noun}"), Meaning(ASKED, Asked(by))
        for first, noun in product(before["which"], singular):
            alone = first.startswith(("which", "what"))
            yield words_of(f"{first} {noun}"), Meaning(ASKED, Asked(by, alone))
