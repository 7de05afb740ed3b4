"""Whether a text is English, which is the language that the lexicon knows.

Small words and the words customers use most tell a language (languages.toml); other scripts tell
themselves. That reads a chat turn in two or three microseconds with no model. Libraries that tell
a hundred languages apart take 10 to 600 times as long, and take one English chat turn in 20 to 80
for another language (docs/sentiment.md).
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")
_WORD = re.compile(r"[^\W\d_]+")
# What redaction leaves in any language: [email 1].
_PLACEHOLDER = re.compile(r"\[[a-z]+(?: \d+)?\]")
# Judgements, all on the side of English: an order with a foreign name or two stays English.
LEAST_FOREIGN = 2
LEAST_WORDS = 4


@dataclass(frozen=True)
class _Language:
    """The words that speak for a language, and those that speak for English against it."""

    own: frozenset[str]
    english: frozenset[str]


@dataclass(frozen=True)
class _Vocabulary:
    """The other languages, and the words of all of them."""

    languages: tuple[_Language, ...]
    foreign: frozenset[str]


def is_english(text: str) -> bool:
    """Whether to read a text as English; where a short text leaves it open, it is."""
    words = _WORD.findall(_PLACEHOLDER.sub(" ", text).lower() if "[" in text else text.lower())
    known = _vocabulary()
    if text.isascii():
        return known.foreign.isdisjoint(words) or not _foreign(words, known)
    return not (_in_another_script(words) or _foreign(words, known))


def may_tell(piece: str) -> bool:
    """Whether what stands between two spaces may tell that a text is not English.

    A text without any such piece is English; of another `is_english` judges.
    """
    foreign = _vocabulary().foreign
    if not piece.isascii() or "[" in piece:
        return True
    lower = piece.lower()
    return lower in foreign if lower.isalpha() else not foreign.isdisjoint(_WORD.findall(lower))


def _in_another_script(words: Sequence[str]) -> bool:
    """Whether most letters are those of another script."""
    letters = "".join(words)
    return sum(map(_is_latin, letters)) * 2 < len(letters)


def _is_latin(letter: str) -> bool:
    return (
        letter < "\u0370"
        or "\u1e00" <= letter <= "\u1eff"
        or unicodedata.normalize("NFKD", letter) < "\u0370"
    )


def _foreign(words: Sequence[str], known: _Vocabulary) -> bool:
    """Whether one of the other languages explains the words better than English does."""
    accented = sum(not word.isascii() for word in words)
    return any(_better(language, words, accented) for language in known.languages)


def _better(language: _Language, words: Sequence[str], accented: int) -> bool:
    own = sum(word in language.own for word in words)
    english = sum(word in language.english for word in words)
    if own >= LEAST_FOREIGN:
        return own > english
    return not english and len(words) >= LEAST_WORDS and own + accented >= LEAST_FOREIGN


@cache
def _vocabulary() -> _Vocabulary:
    """The words of languages.toml; a word that English shares speaks for neither."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    lists = {name: frozenset(words.split()) for name, words in read.items()}
    shared, english = lists.pop("shared"), lists.pop("english")
    languages = tuple(
        _Language((words | set(map(_plain, words))) - shared - english, english - words)
        for words in lists.values()
    )
    return _Vocabulary(languages, frozenset().union(*(each.own for each in languages)))


def _plain(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
