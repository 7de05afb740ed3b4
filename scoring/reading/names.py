"""The names of an asker's world as phrases: people, teams, KPIs and the values of records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from scoring.kpis import Kpi
from scoring.reading.grammar import KPI, LABEL, PERSON, TEAM, Grammar, Meaning, Phrases, grammar
from scoring.reading.tokens import Words, words_of
from scoring.reading.world import Person

# A value of one or two letters is a code: a word of that length means something else.
_SHORTEST = 3
# Values that say nothing without the name of their column.
PLAIN = frozenset(
    ("high", "low", "normal", "medium", "other", "none", "unknown", "urgent", "simple", "complex")
)


def people(known: Iterable[Person]) -> Phrases:
    """Everybody by full name, first name, key and the part of an e-mail address before the @."""
    found: dict[Words, dict[int, None]] = defaultdict(dict)
    for person in known:
        for words in _names(person.name or "", person.key):
            found[words][person.id] = None
    return {words: Meaning(PERSON, tuple(ids)) for words, ids in found.items()}


@lru_cache(maxsize=1 << 15)
def _names(name: str, key: str) -> frozenset[Words]:
    full = words_of(name)
    turned = (*full[1:], *full[:1])
    said = (full, full[:1], full[-1:], turned, words_of(key), words_of(key.partition("@")[0]))
    return frozenset(words for words in said if words)


def teams(known: Mapping[int, str]) -> Phrases:
    """Teams by name, with or without the word team at its end."""
    found: dict[Words, Meaning] = {}
    for team, name in known.items():
        words = words_of(name)
        for some in (words, words[:-1] if words[-1:] == ("team",) else ()):
            if some:
                found[some] = Meaning(TEAM, (team,))
    return found


def kpis(catalogue: Mapping[str, Kpi]) -> Phrases:
    """KPIs by key, name and every word of the catalogue, in the singular and the plural."""
    found: dict[Words, Meaning] = {}
    for kpi in reversed(list(catalogue.values())):
        for said in (kpi.name, kpi.key, *kpi.words):
            words = words_of(said.replace("_", " "))
            found[plural(words)] = found[words] = Meaning(KPI, kpi.key)
    return found


def labels(known: Mapping[str, tuple[str, ...]]) -> Phrases:
    """Values by column, as they are written and as people say them."""
    found: dict[Words, dict[tuple[str, str, bool], None]] = defaultdict(dict)
    for column, values in known.items():
        for value in values:
            for words, counts in _said(column, value):
                found[words][column, value, counts] = None
    return {
        words: Meaning(
            LABEL, tuple(some), loose=any(one[2] and one[0] == "priority" for one in some)
        )
        for words, some in found.items()
    }


@lru_cache(maxsize=1 << 13)
def _said(column: str, value: str) -> tuple[tuple[Words, bool], ...]:
    return tuple(dict.fromkeys(_ways(column, value, grammar())))


def _ways(column: str, value: str, known: Grammar) -> Iterator[tuple[Words, bool]]:
    """How a value is said; True where it says contacts at the same time, as "chats" does."""
    words = words_of(value.replace("_", " "))
    if not words:
        return
    if column == "channel":
        yield from _channel(words, known)
    for other in known.languages.get(value, ()) if column == "language" else ():
        yield other, False
        yield (*other, "speaking"), False
    if value in PLAIN or len(value) < _SHORTEST:
        for noun in known.nouns.get(column, ()):
            yield (*words, *noun), False
            yield (*noun, *words), False
        for noun in known.contacts if column == "priority" else ():
            yield (*words, *noun), True
    else:
        yield words, False
        yield plural(words), False
        yield singular(words), False


def _channel(value: Words, known: Grammar) -> Iterator[tuple[Words, bool]]:
    for name, (modes, contacts) in known.channels.items():
        if value == (name,) or value in modes or value in contacts:
            yield from ((words, False) for words in modes)
            yield from ((words, True) for words in contacts)


def plural(words: Words) -> Words:
    """The words with the last one in the plural."""
    if not words or words[-1].endswith("s"):
        return words
    last = words[-1]
    ending = f"{last[:-1]}ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else f"{last}s"
    return (*words[:-1], ending)


def singular(words: Words) -> Words:
    """The words with the last one in the singular."""
    last = words[-1]
    if last.endswith("ies"):
        return (*words[:-1], f"{last[:-3]}y")
    return (*words[:-1], last[:-1]) if last.endswith("s") and not last.endswith("ss") else words
