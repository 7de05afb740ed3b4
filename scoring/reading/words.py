"""How dates are written: the names of months, weekdays, units and numbers, and a text made plain.

The capitals that are texts are parts of regular expressions, with a named group each.
"""

import re
import unicodedata
from collections.abc import Iterable

from scoring.errors import PeriodError
from scoring.period import Unit

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

MONTHS = {
    form: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for form in (name, name[:3])
} | {"sept": 9}
WEEKDAYS = {
    form: number for number, name in enumerate(_WEEKDAYS.split()) for form in (name, name[:3])
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_ONES = {name: number for number, name in enumerate(_SMALL.split(), start=1)}
NUMBERS = (
    _ONES
    | {name: 10 * number for number, name in enumerate(_TENS.split(), start=2)}
    | {
        f"{tens}{gap}{one}": 10 * number + _ONES[one]
        for number, tens in enumerate(_TENS.split(), start=2)
        for one in _SMALL.split()[:9]
        for gap in " -"
    }
    | {"a": 1, "an": 1, "couple": 2, "couple of": 2, "a couple": 2, "a couple of": 2}
    | {"dozen": 12, "a dozen": 12}
)
UNITS: dict[str, Unit] = {
    "day": "day",
    "week": "week",
    "wk": "week",
    "month": "month",
    "mth": "month",
    "mo": "month",
    "quarter": "quarter",
    "qtr": "quarter",
    "year": "year",
    "yr": "year",
}
TO_DATE: dict[str, Unit] = {"wtd": "week", "mtd": "month", "qtd": "quarter", "ytd": "year"}
# What may be counted, and how many of which unit one of it is.
SPANS: dict[str, tuple[Unit, int]] = (
    {word: (unit, 1) for word, unit in UNITS.items()}
    | {f"{word}s": (unit, 1) for word, unit in UNITS.items()}
    | {"d": ("day", 1), "w": ("week", 1), "fortnight": ("week", 2), "fortnights": ("week", 2)}
)


def _group(name: str, forms: Iterable[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(longest_first)})"


NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
MONTH = _group("month", MONTHS)
WEEKDAY = _group("weekday", WEEKDAYS)
YEAR = r"(?P<year>(?:19[7-9]|20\d)\d|(?:last|this) year)"
QUARTER = r"(?:q|quarter |qtr )(?P<quarter>[1-4])"
HALF = r"h(?P<half>[12])"
WEEK_NUMBER = r"(?:iso )?(?:week |week|wk |wk|w)(?P<week>\d{1,2})"
UNIT = _group("unit", UNITS)
SPAN = _group("span", SPANS)
COUNT = _group("count", [r"\d{1,4}", *NUMBERS])
LAST = "(?:(?:this )?(?:last|past)|previous|prev|prior|most recent)"
COMPLETE = "(?:(?:full|complete|completed|whole|calendar) )?"

_PLAIN = [
    ("\N{HYPHEN}", "-"),
    ("[\N{FIGURE DASH}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]", " - "),
    ("[\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]", "'"),
    (r"'(\d\d)\b", r" 20\1"),
    (r"'s\b|'", ""),
    (r"[,;:!?()\"“”«»*_`]", " "),
    # The dot of "Nov." and of a sentence's end, not those of "9.11.2026" and "1 Nov..5 Nov".
    (r"(?<=[a-z])\.(?!\.)|(?<!\.)\.\s*$", " "),
    (r"\b(?:the|please|pls)\b", " "),
    (r"\s+", " "),
    (r"^ ?(?:in|on|for|during|over|within|throughout|across) ", ""),
    (r"^ ?(?:all of|all(?! time)|whole of|whole|entire) (?=.)", ""),
    *(
        (rf"\b(?:{word}) (?:{unit})\b", f"{unit[0]}{number}")
        for number, word in enumerate(["first|1st", "second|2nd", "third|3rd", "fourth|4th"], 1)
        for unit in ("quarter", "half")
    ),
]


def plain(words: str) -> str:
    """The words in small letters, without punctuation, politeness and leading prepositions."""
    # NFKC turns full-width letters, no-break spaces and the like into the plain ones.
    text = unicodedata.normalize("NFKC", words).casefold()
    for pattern, instead in _PLAIN:
        text = re.sub(pattern, instead, text)
    return text.strip()


def refuse(
    reason: str, instead: str = "“last week”, “since 1 October” or “Q3 2026”"
) -> PeriodError:
    """The error that says why a period was not read, and what to write instead."""
    return PeriodError(f"{reason}. Try {instead}.")
