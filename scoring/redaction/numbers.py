"""Payment cards, telephone and account numbers among the digits of a text, and what is none.

A date, an amount or a short number is nobody's. A number of nine digits or more is taken for
somebody's, whatever it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

# Takes a kind and what is the same whenever the same thing is meant; gives what stands for it.
Stand: TypeAlias = Callable[[str, str], str]
Group: TypeAlias = re.Match[str]

_GAP = r"[ \u00a0\u2009\u202f./()\-\u2010-\u2015]"
_INTERNATIONAL = re.compile(rf"\+(?:{_GAP}{{0,2}}\d){{7,15}}(?!\d)")
_STRETCH = re.compile(rf"\(?\d++(?:{_GAP}{{1,3}}\d++)*+")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d|\2\d)")
_CURRENCY_BEFORE = re.compile(r"[$€£¥₹]\s?\Z")
_CURRENCY_BEHIND = re.compile(
    r"\s?(?:[$€£¥₹%]|(?:usd|eur|gbp|dollars?|euros?|pounds?|rupees?|yen)\b)", re.IGNORECASE
)
# A word that speaks of telephones, and at most three that lead from it to the number.
_CUE = re.compile(
    r"(?<!\w)(?<!\[)"
    r"(?:phone|telephone|tel|call|mobile|cell|fax|whatsapp|sms|ring|reach|landline|my number)"
    r"[^\w\[]{1,5}(?:(?:is|at|on|me|us|it|my|no|nr|number|back|again)[^\w\[]{1,5}){0,3}\Z",
    re.IGNORECASE,
)
_CUE_CHARACTERS = 60
_WIDEST_CURRENCY = 10
# ISO/IEC 7812-1: 19 digits at most; the shortest payment cards in use have 12.
_SHORTEST_CARD, _LONGEST_CARD = 12, 19
# ITU-T E.164: 15 digits at most.
_LONGEST_PHONE = 15
# How many digits: decimals of money or a group that may be of a list, thousands, a year.
_PAIR, _THOUSANDS, _YEAR = 2, 3, 4
# More is a list of numbers, and no card.
_MOST_GROUPS = 50
_SUBSCRIBER = 7
_SOMEBODY = 9


def without_numbers(text: str, stand: Stand) -> str:
    """The text with what stands for each number of somebody in its place."""
    text = _INTERNATIONAL.sub(lambda found: stand("phone", _digits(found[0])), text)
    return _STRETCH.sub(lambda found: _stretch(found, stand), text)


def _stretch(found: re.Match[str], stand: Stand) -> str:
    """A stretch of digits with little between them: dates stay, the rest is looked at."""
    groups = list(_GROUP.finditer(found.string, *found.span()))
    if sum(map(_size, groups)) < _SUBSCRIBER:
        return found[0]
    told = []
    at = found.start()
    for run, kind in _runs(found, groups):
        start, end = _span(found.string, run)
        told += [found.string[at:start], stand(kind, "".join(group[0] for group in run))]
        at = end
    return "".join([*told, found.string[at : found.end()]])


def _span(text: str, run: Sequence[Group]) -> tuple[int, int]:
    """From where to where a number goes, with the bracket around its beginning."""
    start, end = run[0].start(), run[-1].end()
    opened = text[start - 1 : start] == "(" and ")" in text[start:end]
    return start - opened, end


def _runs(found: re.Match[str], groups: Sequence[Group]) -> Iterator[tuple[list[Group], str]]:
    """The groups of digits that make somebody's number together, and its kind."""
    for part in _between_dates(found, groups):
        rest: list[Group] = []
        ahead = 0
        for at, group in enumerate(part):
            if at < ahead:
                continue
            if size := _card(part, at):
                yield from _told(rest)
                yield part[at : at + size], "card"
                rest, ahead = [], at + size
            else:
                rest.append(group)
        yield from _told(rest)


def _between_dates(found: re.Match[str], groups: Sequence[Group]) -> Iterator[list[Group]]:
    dates = [date.span() for date in _DATE.finditer(found.string, *found.span()) if _is_day(date)]
    part: list[Group] = []
    for group in groups:
        while dates and dates[0][1] <= group.start():
            dates.pop(0)
            yield part
            part = []
        if not dates or group.start() < dates[0][0]:
            part.append(group)
    yield part


def _is_day(date: re.Match[str]) -> bool:
    """Whether three numbers may be a day: year first or last, and it goes on from no number."""
    sizes = len(date[1]), len(date[4])
    first, middle, last = int(date[1]), int(date[3]), int(date[4])
    before = date.string[max(date.start() - 2, 0) : date.start()]
    if before[:1].isdigit() and before[1:] == date[2]:
        return False
    if sizes[0] == _YEAR:
        return sizes[1] <= _PAIR and _is_day_and_month(last, middle)
    either = _is_day_and_month(first, middle) or _is_day_and_month(middle, first)
    return either and sizes[0] <= _PAIR and sizes[1] in (_PAIR, _YEAR)


def _is_day_and_month(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12  # noqa: PLR2004 the calendar


def _card(part: Sequence[Group], at: int) -> int:
    """How many groups from here on make a payment card number; 0 for none.

    Source: ISO/IEC 7812-1, annex B, the Luhn check digit. No issuer's number begins with 0.
    """
    if part[at][0][0] == "0" or len(part) > _MOST_GROUPS:
        return 0
    sizes = list(accumulate(map(_size, part[at : at + _LONGEST_CARD])))
    for count in range(len(sizes), 0, -1):
        if _SHORTEST_CARD <= sizes[count - 1] <= _LONGEST_CARD:
            digits = "".join(group[0] for group in part[at : at + count])
            if _luhn(digits):
                return count
    return 0


def _luhn(digits: str) -> bool:
    values = [int(digit) for digit in reversed(digits)]
    return (sum(values[::2]) + sum(sum(divmod(2 * value, 10)) for value in values[1::2])) % 10 == 0


def _told(run: list[Group]) -> Iterator[tuple[list[Group], str]]:
    total = sum(map(_size, run))
    if total < _SUBSCRIBER or _is_amount(run):
        return
    sizes = [_size(group) for group in run]
    if len(run) == 1 and total >= _SOMEBODY:
        yield run, "number"
    elif _is_phone(run, sizes, total):
        yield run, "phone" if total <= _LONGEST_PHONE else "number"


def _is_phone(run: Sequence[Group], sizes: Sequence[int], total: int) -> bool:
    """Whether digits are grouped like a telephone number, or follow a word that says so."""
    if all(map(_is_year, run)) or all(map(_is_hour, run)):
        return False
    if set(sizes) == {1}:
        return True
    if total >= _SOMEBODY and (max(sizes) > _PAIR or run[0][0][0] == "0"):
        return True
    if {(3, 4), (4, 4)} & set(pairwise(sizes)):
        return True
    start = run[0].start()
    return bool(_CUE.search(run[0].string[max(start - _CUE_CHARACTERS, 0) : start]))


def _is_amount(run: Sequence[Group]) -> bool:
    """Whether a number is one with decimals, or has a currency beside it."""
    text, start, end = run[0].string, run[0].start(), run[-1].end()
    sizes = [_size(group) for group in run]
    point = len(run) > 1 and text[run[-2].end() : run[-1].start()] == "."
    if point and len(run) == _PAIR and sizes[0] == 1:
        return True
    cents = point and sizes[-1] <= _PAIR
    whole = sizes[:-1] if cents else sizes
    if len(whole) > 1 and not (whole[0] <= _THOUSANDS and set(whole[1:]) == {_THOUSANDS}):
        return False
    behind = _CURRENCY_BEHIND.match(text[end : end + _WIDEST_CURRENCY])
    return bool(cents or behind or _CURRENCY_BEFORE.search(text[max(start - 2, 0) : start]))


def _is_year(group: Group) -> bool:
    return _size(group) == _YEAR and group[0][:2] in ("19", "20")


def _is_hour(group: Group) -> bool:
    said = group[0]
    return len(said) == 4 and int(said[:2]) <= 24 and int(said[2:]) < 60  # noqa: PLR2004 a clock


def _size(group: Group) -> int:
    return group.end() - group.start()


def _digits(said: str) -> str:
    return "".join(filter(str.isdigit, said))
