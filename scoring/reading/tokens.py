"""A question in words: small letters, no accents, no clutter, and where each word stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

_WORD = re.compile(
    r"""[\w.+'-]+@[\w-]+(?:\.[\w-]+)+      # an e-mail address
    |   \d+(?:[.,:]\d+)+%?                # 4.2, 1,000, 8:30
    |   \d+%
    |   [^\W_]+(?:'[^\W_]+)*              # a word, an amount with its unit, didn't
    |   <=|>=|[<>=%&/+,;?!()]|(?<!\S)-+(?!\S)|\.(?=\s|$)
    """,
    re.VERBOSE,
)
_STRAIGHT = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{GRAVE ACCENT}": "'"})
_DASHES = re.compile("[\N{FIGURE DASH}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")
# The sign of "50+", which is more than a joint: "AHT + FCR" and "5+3" are none.
_OR_MORE = re.compile(r"(?<=\d)\+(?=\s|$)")
# What people write instead of "and".
_JOINTS = {"&": "and", "/": "and", "+": "and"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is compared, and where it stood: ``text[first:after]``.

    ``owns``: it was said as an owner ("Ana's"); ``capital``: it began with a capital letter.
    """

    word: str
    first: int
    after: int
    owns: bool = False
    capital: bool = False


def clean(words: str) -> str:
    """The text without control characters and signs that only steer how it is shown."""
    text = unicodedata.normalize("NFKC", words).translate(_STRAIGHT)
    text = _DASHES.sub(" - ", text)
    text = _OR_MORE.sub(" or more", text)
    kept = (_shown(sign) for sign in text)
    return " ".join("".join(kept).split())


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    return " " if kind in {"Cc", "Zl", "Zp"} else "" if kind in {"Cf", "Cs", "Co", "Cn"} else sign


def tokens(text: str) -> list[Token]:
    """The words of a text that was cleaned."""
    return [_token(found) for found in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def words_of(text: str) -> Words:
    """The words of a name or a phrase, as they are compared."""
    return tuple(token.word for token in tokens(clean(text)))


def _token(found: re.Match[str]) -> Token:
    said = found[0]
    owns = said.casefold().endswith("'s")
    word = _plain(said[:-2] if owns else said)
    return Token(_JOINTS.get(word, word), found.start(), found.end(), owns, said[0].isupper())


def _plain(said: str) -> str:
    """Small letters without accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", said.casefold().replace("'", ""))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
