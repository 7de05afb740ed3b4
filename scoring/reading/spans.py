"""Finds what the words of a question mean, each word once: the longest phrase wins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from scoring.errors import PeriodError, UnreadError
from scoring.reading.amounts import amount
from scoring.reading.grammar import (
    AFTER,
    AGAINST,
    ASKED,
    EACH,
    END,
    EXCLUDING,
    FILL,
    JOIN,
    KEEP,
    LABEL,
    MOST,
    MOVE,
    NOT,
    NOUN,
    NUMBER,
    OR,
    PERIOD,
    PERSON,
    TEST,
    UNKNOWN,
    UNREAD,
    VERSUS,
    Grammar,
    Meaning,
    Phrases,
)
from scoring.reading.names import kpis, labels, people, teams
from scoring.reading.periods import read_period
from scoring.reading.tokens import Token, Words
from scoring.reading.words import MONTHS, NUMBERS, SPANS, TO_DATE, UNITS, WEEKDAYS
from scoring.reading.world import World

_LONGEST_PERIOD, _LONGEST_PHRASE = 12, 10
# What values of records give way to: comparators, moves, negations, ends, rows and joints.
_GRAMMAR = frozenset(
    (ASKED, MOVE, KEEP, NOT, EXCLUDING, TEST, AFTER, END, MOST, VERSUS, JOIN, OR, EACH)
)
# What tells that a run of words may be a period, and what may stand in one.
_CORE = frozenset((*MONTHS, *WEEKDAYS, *UNITS, *SPANS, *TO_DATE, "today", "yesterday", "tomorrow"))
_DATED = re.compile(
    r"(?:19|20)\d\d(?:\W.*)?|[qhw]\d{1,2}|wk\d{1,2}|\d+(?:d|w|wks|mths)|\d{1,2}[./]\d.*"
)
_AROUND = re.compile(
    r"last|past|previous|prior|this|current|since|from|after|between|and|to|until|till"
    r"|through|thru|of|the|start|beginning|end|commencing|ending|ago|before|so|far|date|next"
    r"|coming|upcoming|full|complete|completed|calendar|whole|rolling|trailing|most|recent|on"
    r"|in|over|for|during|within|throughout|across|now|inclusive|first|second|third|fourth"
    r"|early|mid|late|middle|onwards|up|w|c|b|e|cb|half|quarter|qtr|few|several|some|many|\-"
    r"|\.\.|weekend|weekends|weekdays|morning|afternoon|evening|night|tonight|working"
    r"|business|days|hours|minutes"
)
_NO_BEGIN = re.compile(r"and|to|of|the|end|ago|before|far|date|up|now|\-|\.\.|c|b|e")
_NO_END = re.compile(
    r"and|the|of|in|on|for|from|since|after|between|over|during|within|\-|up|until|to|till"
)
_NTH = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Words that mean one thing; ``first`` and ``after`` count tokens."""

    kind: str
    value: Any
    first: int
    after: int
    loose: bool = False
    said: str = ""


@dataclass(frozen=True)
class Lexicon:
    """The phrases of a grammar and of a world."""

    world: World
    grammar: Grammar

    @cached_property
    def names(self) -> Phrases:
        """What is called by name; where a name is a word too, capitals decide."""
        world = self.world
        return {**self.values, **teams(world.teams), **people(world.people)}

    @cached_property
    def kpis(self) -> Phrases:
        """What the catalogue names."""
        return kpis(self.world.catalogue)

    @cached_property
    def values(self) -> Phrases:
        """Values of records that teams or people are called like."""
        return labels(self.world.labels)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The single words of names."""
        return frozenset(word for words in self.names for word in words)

    @cached_property
    def kpi_words(self) -> frozenset[str]:
        """The single words of KPIs."""
        return frozenset(word for words in self.kpis for word in words)

    def find(self, tokens: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
        """The meaning of the longest phrase that begins at a token, and the token after it."""
        words = tuple(token.word for token in tokens[at : at + _LONGEST_PHRASE])
        for size in range(len(words), 0, -1):
            meaning = self._meaning(words[:size], tokens[at])
            if meaning is not None:
                return meaning, at + size
        return None

    def _meaning(self, words: Words, token: Token) -> Meaning | None:
        name, plain = self.names.get(words), self.grammar.phrases.get(words)
        kpi = self.kpis.get(words)
        if name is not None and _gives_way(name, plain, kpi) and not token.owns:
            name = None
        if name is not None and (plain is None or _is_name(name, token)):
            return name
        return plain or kpi


def _gives_way(name: Meaning, plain: Meaning | None, kpi: Meaning | None) -> bool:
    """Whether a name is but a KPI's, or a value that is called like a word of the grammar.

    So no record can take away the words that questions are made of.
    """
    if name.kind == LABEL:
        # "Calls" are contacts by phone, and volume where no contact is by phone.
        if any(column == "channel" for column, _, _ in name.value):
            return False
        return kpi is not None or (plain is not None and plain.kind in _GRAMMAR)
    return name.kind == PERSON and kpi is not None


def _is_name(name: Meaning, token: Token) -> bool:
    return name.kind != PERSON or token.owns or (token.capital and token.first > 0)


def spans(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """What the words mean, in their order; words that mean nothing have kind UNKNOWN."""
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        one = _span(text, tokens, at, lexicon)
        said = text[tokens[one.first].first : tokens[one.after - 1].after]
        found.append(replace(one, said=said))
        at = one.after
    return found


def _span(text: str, tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Span:
    period = _period(text, tokens, at, lexicon.world)
    if period is not None and period.kind == PERIOD:
        return period
    phrase = lexicon.find(tokens, at)
    number = amount(tokens, at)
    if phrase is not None and (period is None or phrase[0].kind not in {FILL, NOUN}):
        meaning, after = phrase
        if meaning.kind == AGAINST and _is_longer_period(text, tokens, at, after, lexicon.world):
            return Span(FILL, None, at, at + 1)
        if number is None or after >= number[1]:
            return Span(meaning.kind, meaning.value, at, after, meaning.loose)
    if number is not None and (period is None or period.after <= number[1]):
        return Span(NUMBER, number[0], at, number[1])
    if period is not None:
        return period
    return Span(UNKNOWN, None, at, at + 1)


def _is_longer_period(
    text: str, tokens: Sequence[Token], at: int, after: int, world: World
) -> bool:
    """Whether "the week before" goes on to "the week before last", which is a time of its own."""
    article = tokens[at].word == "the" and at + 1 < len(tokens)
    period = _period(text, tokens, at + 1, world) if article else None
    return period is not None and period.kind == PERIOD and period.after > after


def _period(text: str, tokens: Sequence[Token], at: int, world: World) -> Span | None:
    """The longest run of words from here that names a period, or means a time that none is."""
    ends = list(_ends(tokens, at))
    unread: Span | None = None
    for after in reversed(ends):
        said = text[tokens[at].first : tokens[after - 1].after]
        try:
            period = read_period(said, world.now, world.calendar)
        except UnreadError:
            continue
        except PeriodError as error:
            unread = unread or Span(UNREAD, str(error), at, after)
        else:
            return Span(PERIOD, period, at, after)
    return unread


def _ends(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Where a period that begins at a token may end."""
    if _NO_BEGIN.fullmatch(tokens[at].word) or _is_modal(tokens, at):
        return
    core = False
    for after in range(at, min(len(tokens), at + _LONGEST_PERIOD)):
        word = tokens[after].word
        if not _may_be_dated(word):
            return
        core = (
            core or word in _CORE or bool(_DATED.fullmatch(word)) or bool(_ALONE.fullmatch(word))
        )
        if core and not _NO_END.fullmatch(word):
            yield after + 1


_ALONE = re.compile("weekends?|weekdays|tonight|morning|afternoon|evening|hours|minutes")


def _may_be_dated(word: str) -> bool:
    return (
        word in _CORE
        or bool(_AROUND.fullmatch(word))
        or word in NUMBERS
        or bool(_NTH.fullmatch(word) or _DATED.fullmatch(word))
    )


def _is_modal(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return tokens[at].word == "may" and after in {"i", "we", "you", "have", "be"}
