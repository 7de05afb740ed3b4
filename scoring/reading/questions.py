"""Reads a question in plain words, with no model: to its last word, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoring.errors import QueryError
from scoring.query import Query, check
from scoring.reading.binding import query_of
from scoring.reading.choices import candidates
from scoring.reading.defining import definition
from scoring.reading.draft import AskBackError, Draft
from scoring.reading.grammar import FILL, JOIN, PERIOD, UNKNOWN, VAGUE, grammar
from scoring.reading.heard import Heard
from scoring.reading.leftovers import ask_leftover, is_name, settled
from scoring.reading.reading import Read, Reading, Unclear
from scoring.reading.refusing import refuse_name, refuse_nothing, refused_words
from scoring.reading.shapes import shaped
from scoring.reading.spans import Lexicon, Span, spans
from scoring.reading.thread import followed, follows
from scoring.reading.tokens import Token, clean, tokens
from scoring.reading.typos import corrected
from scoring.reading.whose import NotYoursError
from scoring.reading.world import World

LONGEST = 400
MOST_CHOICES = 4
# Meanings that do not tell that a question is about figures.
_SAYS_NOTHING = frozenset((FILL, JOIN, UNKNOWN, PERIOD, VAGUE, "p", "y", "n", "N", "O", "X", "v"))


@dataclass(frozen=True)
class _Said:
    """The words of a question and what each of them means."""

    text: str
    tokens: Sequence[Token]
    found: Sequence[Span]
    typos: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens)


def read_question(words: str, world: World, before: Query | None = None) -> Reading:
    """What is asked, within the asker's world; ``before`` is the question it may follow up.

    Nothing is guessed: a question of which a word is left over is asked back, with choices that
    can be asked as they stand. Whoever and whatever is not in that world does not exist.
    """
    text = clean(words)
    if len(text) > LONGEST:
        return Unclear("That is a long question. Ask for one thing at a time.")
    lexicon = Lexicon(world, grammar())
    said = _said(text, lexicon)
    refused = refused_words(said.found, world)
    if refused is not None:
        return refused
    try:
        return _read(said, lexicon, before)
    except NotYoursError:
        return refuse_name(world)
    except AskBackError as asked:
        return _asked_back(asked, said, lexicon)


def _said(text: str, lexicon: Lexicon) -> _Said:
    """The meanings of the words, with typing mistakes put right."""
    some = tokens(text)
    found = spans(text, some, lexicon)
    if not any(one.kind == UNKNOWN for one in found):
        return _Said(text, some, found, ())
    fixed, told = corrected(some, found, lexicon)
    typos = tuple(
        f"“{text[some[at].first : some[at].after]}” read as “{word}”." for at, word in told
    )
    return _Said(text, fixed, spans(text, fixed, lexicon) if told else found, typos)


def _read(said: _Said, lexicon: Lexicon, before: Query | None) -> Reading:
    world = lexicon.world
    found = settled(said.found, said.tokens, lexicon)
    if any(is_name(one, found, said.tokens) for one in found):
        return refuse_name(world)
    if all(one.kind in _SAYS_NOTHING for one in found) and before is None:
        return _about_nothing(found, world)
    items = shaped(found)
    ask_leftover(items)
    query, assumptions = _query(said, items, world, before)
    try:
        check(query, world.catalogue)
    except QueryError as error:
        return Unclear(str(error))
    return Read(query, (*said.typos, *assumptions))


def _about_nothing(found: Sequence[Span], world: World) -> Reading:
    if any(one.kind == UNKNOWN for one in found):
        return refuse_nothing(world)
    return Unclear(
        "What do you want to know?", ("everything by agent", "csat by agent last month")
    )


def _query(
    said: _Said, items: Sequence[Span], world: World, before: Query | None
) -> tuple[Query, tuple[str, ...]]:
    if before is not None and follows(said.words, items):
        draft = Draft(world)
        return followed(before, items, draft), tuple(draft.assumptions)
    defined = definition(said.words, items, world)
    if defined is not None:
        return defined, ()
    return query_of(Heard(items, said.words), world)


def _asked_back(asked: AskBackError, said: _Said, lexicon: Lexicon) -> Unclear:
    """The question back, with those choices that can be read as they stand."""
    kept: dict[str, None] = {}
    for text in candidates(said.text, said.found, asked.instead, lexicon.world):
        if len(kept) == MOST_CHOICES:
            break
        if len(text) <= LONGEST and text != said.text and _is_read(text, lexicon):
            kept[text] = None
    return replace(asked.back, choices=tuple(kept))


def _is_read(text: str, lexicon: Lexicon) -> bool:
    said = _said(text, lexicon)
    if refused_words(said.found, lexicon.world) is not None:
        return False
    try:
        return isinstance(_read(said, lexicon, None), Read)
    except (AskBackError, NotYoursError):
        return False
