"""Words that are nearly one we know: letters doubled, dropped, changed or swapped."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scoring.reading.grammar import UNKNOWN
from scoring.reading.spans import Lexicon, Span
from scoring.reading.tokens import Token

# Shorter words have too many neighbours: for them only swapped and doubled letters count.
_SHORTEST, _SHORT, _MIDDLE, _LONG, _ANY = 3, 4, 5, 8, 99


def corrected(
    tokens: Sequence[Token], found: Iterable[Span], lexicon: Lexicon
) -> tuple[list[Token], list[tuple[int, str]]]:
    """The words with unknown ones put right, and which was put right to what."""
    fixed, told = list(tokens), []
    for one in found:
        if one.kind != UNKNOWN:
            continue
        token = tokens[one.first]
        word = nearest(token, lexicon)
        if word is not None and word != token.word:
            fixed[one.first] = replace(token, word=word)
            told.append((one.first, word))
    return fixed, told


def nearest(token: Token, lexicon: Lexicon) -> str | None:
    """The only known word that is near enough; names before KPIs before the rest."""
    if not token.word.isalpha() or len(token.word) < _SHORTEST:
        return None
    shelves = [lexicon.name_words, lexicon.kpi_words]
    if not token.capital or token.first == 0:
        shelves += [lexicon.grammar.words, lexicon.grammar.fills]
    begun = _owner(token.word, lexicon) or _begun(token.word, lexicon)
    if begun is not None:
        return begun
    for shelf in shelves:
        near = _near(token.word, shelf, _strictness(shelf, lexicon))
        if near:
            swapped = [other for other in near if _is_swapped(token.word, other)]
            return next(iter(swapped or near)) if 1 in {len(swapped), len(near)} else None
    return None


def _strictness(shelf: frozenset[str], lexicon: Lexicon) -> tuple[int, int]:
    """Up to which length only swapped and doubled letters count, and the most steps."""
    if shelf is lexicon.name_words:
        return _SHORT, 2
    if shelf is lexicon.kpi_words:
        return _MIDDLE, 2
    return (_MIDDLE if shelf is lexicon.grammar.words else _ANY), 1


def _owner(word: str, lexicon: Lexicon) -> str | None:
    """The name that owns something where the apostrophe was left out: "anas csat"."""
    name = word.removesuffix("s")
    return name if name != word and name in lexicon.name_words else None


def _begun(word: str, lexicon: Lexicon) -> str | None:
    """The only name that a word is the beginning of: "tech" for Technical."""
    begun = {name for name in lexicon.name_words if name.startswith(word) and name.isalpha()}
    return begun.pop() if len(begun) == 1 and len(word) >= _SHORT else None


def _near(word: str, known: Iterable[str], strict: tuple[int, int]) -> list[str]:
    found: dict[int, list[str]] = {}
    for other in known:
        if abs(len(other) - len(word)) <= 2 and _begins_alike(word, other):  # noqa: PLR2004
            steps = distance(word, other)
            if steps <= min(strict[1], _allowed(word, other, strict[0])):
                found.setdefault(steps, []).append(other)
    return found[min(found)] if found else []


def _begins_alike(word: str, other: str) -> bool:
    return word[:1] == other[:1] or word[:2] == other[:2][::-1]


def _allowed(word: str, other: str, short: int) -> int:
    if len(other) < _SHORTEST:
        return 0
    if min(len(word), len(other)) <= short:
        return int(_is_swapped(word, other) or _is_doubled(word, other))
    return 2 if min(len(word), len(other)) >= _LONG else 1


def _is_swapped(word: str, other: str) -> bool:
    return len(word) == len(other) and sorted(word) == sorted(other)


def _is_doubled(word: str, other: str) -> bool:
    longer, shorter = sorted((word, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[at] == longer[at - 1] and longer[:at] + longer[at + 1 :] == shorter
        for at in range(1, len(longer))
    )


def distance(word: str, other: str) -> int:
    """Letters to change, drop, add or swap with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(word, start=1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, start=1):
            steps = min(before[to] + 1, row[-1] + 1, before[to - 1] + (sign != wanted))
            swapped = at > 1 and to > 1 and word[at - 2] == wanted and sign == other[to - 2]
            row.append(min(steps, earlier[to - 2] + 1) if swapped else steps)
    return row[-1]
