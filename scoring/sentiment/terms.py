"""Text to terms: words in lower case with contractions taken apart, numbers, marks and emoticons.

A term is what the model has a weight for. What stands between two spaces, a piece, gives the same
terms in any text.
"""

import html
import re
from collections.abc import Iterator

NUMBER, PERSON, LINK, BLANK = "#", "@", "url", "[]"
# What stands for a kind of term; a blank is where a name was taken out, as in "[NAME]".
STANDS_FOR = {"link": LINK, "person": PERSON, "number": NUMBER, "blank": BLANK}
NEGATION = "not"
_PART = re.compile(
    r"(?P<link>(?:https?:|www\.)\S+)"
    r"|(?P<person>@\w+)"
    r"|(?P<blank>\[\w+\])"
    r"|(?P<face>[<>]?[:;=x8][-^'o]?[)(\]\[dp/\\|*3]+(?![a-z0-9])|<3+|\^_+\^|-_+-|[:;]['\u00b4]\()"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)?)"
    r"|(?P<number>[$£€]?\d[\d.,:]*\d|[$£€]?\d)"
    r"|(?P<mark>[!?]+|\.{2,}|…|[^\w\s\u0000-\u203b])"
)
_LONG = re.compile(r"(.)\1{2,}")
_HAPPY, _SAD = ":)", ":("
_TAILS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
# Only here is 's a verb for sure enough; elsewhere it is dropped.
_WITH_IS = re.compile(r"it|that|what|s?he|there|who|how|where|here|when|this|everything")
_WHOLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("can't", "cannot", "cant"), ("can", NEGATION)),
    **dict.fromkeys(("won't", "wont"), ("will", NEGATION)),
    **dict.fromkeys(("ain't", "aint"), ("is", NEGATION)),
    **dict.fromkeys(("thx", "thanx", "tnx"), ("thanks",)),
    **dict.fromkeys(("pls", "plz"), ("please",)),
    **dict.fromkeys(("u", "ya"), ("you",)),
    "shan't": ("shall", NEGATION),
    "ty": ("thank", "you"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "ur": ("your",),
    "r": ("are",),
}
# Written with no apostrophe.
_BARE = re.compile(r"(do|does|did|is|was|are|were|has|have|had|would|could|should|need)nt")


def terms(piece: str) -> tuple[str, ...]:
    """The terms of what stands between two spaces."""
    if piece.isalpha():
        return _words(piece.lower())
    return tuple(term for found in _PART.finditer(piece.lower()) for term in _terms_of(found))


def repaired(text: str) -> str:
    """A text with HTML's entities made characters again."""
    return html.unescape(text) if "&" in text else text


def _terms_of(found: re.Match[str]) -> Iterator[str]:
    kind, text = str(found.lastgroup), found[0]
    if kind == "word":
        yield from _words(text.replace("\u2019", "'"))
    elif kind == "mark":
        yield from _marks(text)
    elif kind == "face":
        yield _face(text)
    else:
        yield STANDS_FOR[kind]


def _words(word: str) -> tuple[str, ...]:
    """One word: contractions taken apart, letters written more than twice in a row cut to two."""
    if whole := _WHOLE.get(word):
        return whole
    if word.endswith("n't"):
        return (word[:-3], NEGATION)
    if bare := _BARE.fullmatch(word):
        return (bare[1], NEGATION)
    head, apostrophe, tail = word.partition("'")
    if not apostrophe:
        return (_LONG.sub(r"\1\1", word),)
    if tail == "s":
        return (head, "is") if _WITH_IS.fullmatch(head) else (head,)
    return (head, _TAILS.get(tail, tail))


def _marks(text: str) -> Iterator[str]:
    """Runs of marks by kind and whether there is more than one; each emoji by itself."""
    if text[0] in "!?":
        mark = "?" if "?" in text else "!"
        yield mark if len(text) == 1 else mark * 2
    elif text[0] in ".…":
        yield "..."
    else:
        yield from text


def _face(text: str) -> str:
    if "<3" in text or "^" in text[:2]:
        return "<3" if "<3" in text else _HAPPY
    if text[-1] in ")]dp3*":
        return _HAPPY
    return _SAD
