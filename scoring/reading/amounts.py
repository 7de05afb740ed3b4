"""Numbers with their units: "8 minutes", "70 %", "1h", "4.2", "twenty"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from scoring.reading.tokens import Token
from scoring.reading.words import MONTHS, NUMBERS, SPANS, TO_DATE, WEEKDAYS

_UNITS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), ("seconds", 1)),
        **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), ("seconds", 60)),
        **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("seconds", 3600)),
        **dict.fromkeys(("d", "day", "days"), ("days", 1)),
        **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), ("days", 7)),
        **dict.fromkeys(("month", "months"), ("days", 30)),
        **dict.fromkeys(("year", "years", "yr", "yrs"), ("days", 365)),
        **dict.fromkeys(("%", "percent", "pct", "percentage", "pc"), ("percent", 1)),
        **dict.fromkeys(("stars", "star", "points", "pts"), ("points", 1)),
    }
)
# What numbers, units and dates are written with.
AMOUNT_WORDS = frozenset(
    (*_UNITS, *MONTHS, *WEEKDAYS, *SPANS, *TO_DATE, "last", "past", "since", "yesterday", "today")
)
_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)([a-z%]*)")
_CLOCK = re.compile(r"(\d{1,3}):(\d\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# These words are numbers only where a period counts.
_ARTICLES = frozenset(("a", "an", "one", "couple"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts: "seconds", "days", "percent" (of 100), "points", or nothing.

    ``size``: how many of these one of the unit that was said is, as 60 for minutes.
    """

    value: float
    unit: str | None = None
    size: float = field(default=1, compare=False)


def amount(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """The amount that begins at a token and the token after it; None where none does."""
    word = tokens[at].word
    if clock := _CLOCK.fullmatch(word):
        return Amount(int(clock[1]) * 60.0 + int(clock[2]), "seconds"), at + 1
    value, unit = _number(word)
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if value is None and word in _ARTICLES and _UNITS.get(after, ("", 0))[0] == "days":
        value = 1.0
    if value is None:
        return None
    if not unit and after == "per" and _is_cent(tokens[at + 2 : at + 3]):
        return Amount(value, "percent"), at + 3
    known = _UNITS.get(unit or after)
    if known is None:
        return None if unit else (Amount(value), at + 1)
    return Amount(value * known[1], *known), at + (1 if unit else 2)


def _is_cent(tokens: Sequence[Token]) -> bool:
    return [token.word for token in tokens] == ["cent"]


def _number(word: str) -> tuple[float | None, str]:
    if word in {"zero", "nil"}:
        return 0.0, ""
    if word in NUMBERS and word not in _ARTICLES:
        return float(NUMBERS[word]), ""
    found = _DIGITS.fullmatch(word)
    if found is None:
        return None, ""
    digits = found[1]
    plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    return (float(plain), found[2]) if plain.count(".") <= 1 else (None, "")
