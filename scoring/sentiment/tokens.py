"""Text to the tokens that TextBlob would see, quirks and all, by looking up what it has seen.

Source: textblob._text.find_tokens. A text is cut at spaces, and what stands between two of them, a
piece, into tokens. A piece gives the same tokens in any text, but for emoticons: TextBlob takes
their characters apart and joins them again within a sentence, so they may span pieces. Texts where
that may happen, a few in a hundred, are gone over sentence by sentence.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from types import ModuleType
from typing import Generic, TypeVar

from scoring.sentiment.assessing import Token
from scoring.sentiment.lexicon import Word

Found = TypeVar("Found")

END = "END-OF-SENTENCE"
ENDERS = frozenset(("...", ".", "!", "?", END))
CLOSERS = ENDERS | {"”", "\u2019", ")"}
NEGATIONS = frozenset(("no", "not", "n't", "never"))
CURLY = str.maketrans({quote: f" {quote} " for quote in "“”\u2018\u2019"})
IRONY = "(!)"
MOST_PIECES = 50_000
PLAIN = Token("plain")
SHORT = Token("to", ends_modifier=False)
SHORTEST = Token("a", ends_negation=False, ends_modifier=False)
SHORT_QUOTED = Token("'a'", ends_negation=False)
NOTHING: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())


class Tokens:
    """Texts to tokens. It remembers pieces, so it is faster the more it has seen."""

    def __init__(self, words: Mapping[str, Word], rules: ModuleType) -> None:
        self._rules = rules
        self._splitter = Splitter(rules)
        self._joints = _joints(rules)
        self._known = _known(words, rules)
        self._pieces = Memory(self._piece)
        self._split = Memory(self._splitter.words)
        # Pieces that may begin with what ends an emoticon: True if one may stand within.
        self._odd: dict[str, bool] = {}

    def of(self, text: str) -> list[Token]:
        """The tokens of a text."""
        if len(self._pieces) > MOST_PIECES:
            self._pieces.clear()
            self._odd.clear()
            self._split.clear()
        pieces = spaced(text).split()
        tokens = list(chain.from_iterable(map(self._pieces.__getitem__, pieces)))
        if not self._odd.keys().isdisjoint(pieces) and self._may_join(pieces):
            return [self.token(word) for word in self._joined(text)]
        return tokens

    def _piece(self, text: str) -> tuple[Token, ...]:
        if text.isalnum():
            if text in self._joints:
                self._odd[text] = False
            return (self.token(text),)
        words = self._splitter.words(text)
        within = self._joined_within(words)
        if within or words[0] in self._joints:
            self._odd[text] = within
        return tuple([self.token(word) for word in words if word != END])

    def _joined_within(self, words: Sequence[str]) -> bool:
        """Whether an emoticon may stand within a piece: few of its words can end one."""
        before = words[0] if words else ""
        for word in words[1:]:
            if word in self._joints and self._joint(before, word):
                return True
            before = word
        return False

    def token(self, written: str) -> Token:
        """What a token does; case plays no part in it."""
        text = written.lower()
        token = self._known.get(text)
        if token is not None:
            return token
        if len(text) > 2:  # noqa: PLR2004 - what TextBlob takes for a small word
            return PLAIN if "'" not in text or len(text.strip("'")) > 1 else SHORT_QUOTED
        return SHORT if len(text.strip("'")) > 1 else SHORTEST

    def _may_join(self, pieces: Sequence[str]) -> bool:
        if any(self._odd.get(piece) for piece in pieces):
            return True
        split = self._split
        return any(
            after in self._odd and self._joint(split[before][-1], split[after][0])
            for before, after in pairwise(pieces)
        )

    def _joint(self, before: str, word: str) -> bool:
        """Whether a word may end an emoticon that begins in, or goes on from, the one before."""
        heads, middles = self._joints.get(word, NOTHING)
        return before in middles or before.endswith(heads)

    def _joined(self, text: str) -> list[str]:
        """The words of a text with its emoticons joined, as they are within a sentence."""
        text = re.sub(r"\n{2,}", f" {END} ", spaced(text).replace("\r\n", "\n"))
        words = self._all_words(text.split())
        return list(chain.from_iterable(map(self._with_emoticons, _sentences(words))))

    def _all_words(self, pieces: Iterable[str]) -> list[str]:
        return list(chain.from_iterable(map(self._split.__getitem__, pieces)))

    def _with_emoticons(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a sentence with its emoticons joined, if there may be any."""
        if not self._joined_within(words):
            return words
        sentence = self._rules.RE_SARCASM.sub(IRONY, " ".join(words))
        return str(self._rules.RE_EMOTICONS.sub(_without_spaces, sentence)).split()


class Memory(dict[str, tuple[Found, ...]], Generic[Found]):
    """What there is in each piece, worked out when first asked for."""

    def __init__(self, work_out: Callable[[str], tuple[Found, ...]]) -> None:
        self._work_out = work_out

    def __missing__(self, text: str) -> tuple[Found, ...]:
        found = self[text] = self._work_out(text)
        return found


class Splitter:
    """Takes punctuation off either end of a piece, but for the full stop of an abbreviation."""

    def __init__(self, rules: ModuleType) -> None:
        self._marks = tuple(rules.PUNCTUATION.replace(".", ""))
        self._lead = "".join(self._marks)
        self._ends = (*self._marks, ".")
        self._abbreviations = rules.ABBREVIATIONS
        self._patterns = (rules.RE_ABBR1, rules.RE_ABBR2, rules.RE_ABBR3)

    def words(self, piece: str) -> tuple[str, ...]:
        """The words and marks of a piece, in order."""
        # Most have one mark, at one end.
        if piece[-1] in self._lead and piece[:-1].isalnum():
            return piece[:-1], piece[-1]
        if piece[0] in self._lead and piece[1:].isalnum():
            return piece[0], piece[1:]
        if piece.endswith("...") and piece[:-3].isalnum():
            return piece[:-3], "..."
        head = piece.lstrip(self._lead)
        words = list(piece[: len(piece) - len(head)])
        tail: list[str] = []
        while head.endswith(self._ends) and not self._abbreviated(head):
            head = self._shorter(head, tail)
        return (*words, *([head] if head else []), *reversed(tail))

    def _shorter(self, head: str, tail: list[str]) -> str:
        """One mark less at the end, then one ellipsis or full stop less."""
        if head.endswith(self._marks):
            tail.append(head[-1])
            head = head[:-1]
        if head.endswith("..."):
            tail.append("...")
            head = head[:-3].rstrip(".")
        if head.endswith(".") and not self._abbreviated(head):
            tail.append(".")
            head = head[:-1]
        return head

    def _abbreviated(self, head: str) -> bool:
        if not head.endswith("."):
            return False
        if head in self._abbreviations:
            return True
        if head[0].islower() and head[1:-1].isalpha():
            # The patterns want a capital, or a full stop after each letter.
            return False
        one, more, capital = self._patterns
        matched = one.match(head) or more.match(head) or capital.match(head)
        return matched is not None


def spaced(text: str) -> str:
    """A text with spaces around each quotation mark and before each "n't"."""
    if "'" in text:
        text = text.replace("n't", " n't").replace("'", " ' ")
    if '"' in text:
        text = text.replace('"', ' " ')
    return text if text.isascii() else text.translate(CURLY)


def _sentences(words: Iterable[str]) -> Iterator[list[str]]:
    """Words by sentence; it means to end one after a closing quotation mark, and never does."""
    sentence: list[str] = []
    closed = False
    for word in words:
        if closed and word not in CLOSERS:
            yield sentence
            sentence, closed = [], False
        closed = closed or word in ENDERS
        if word != END:
            sentence.append(word)
    yield sentence


def _without_spaces(emoticon: re.Match[str]) -> str:
    return emoticon[1].replace(" ", "") + emoticon[2]


def _known(words: Mapping[str, Word], rules: ModuleType) -> dict[str, Token]:
    """Every token that does more than end a negation or a modifier."""
    groups = reversed(rules.EMOTICONS.items())
    # Of an emoticon in two groups the first counts; TextBlob looks up none made of letters.
    moods = {face.lower(): mood for (_, mood), faces in groups for face in faces}
    moods = {face: mood for face, mood in moods.items() if not face.isalpha()} | {IRONY: 0.0}
    return {
        text: Token(
            text,
            word=words.get(text),
            mood=moods.get(text),
            negates=text in NEGATIONS,
            ends_negation=len(text.strip("'")) > 1,
            ends_modifier=len(text) > 2,  # noqa: PLR2004 - as in Tokens
            loud=True,
        )
        for text in {*words, *moods, *NEGATIONS, "!"}
    }


def _joints(rules: ModuleType) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """What ends an emoticon, with what the word before it ends in, or is, if the two may join."""
    faces = [face for faces in rules.EMOTICONS.values() for face in faces] + [IRONY]
    cuts = [(face, cut) for face in faces for cut in range(1, len(face))]
    heads: dict[str, set[str]] = defaultdict(set)
    middles: dict[str, set[str]] = defaultdict(set)
    for face, cut in cuts:
        heads[face[cut:]].add(face[:cut])
        middles[face[cut:]] |= {face[start:cut] for start in range(1, cut)}
    return {end: (tuple(heads[end]), frozenset(middles[end])) for end in heads}
