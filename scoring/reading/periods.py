"""Plain words to a period: "last week", "since October", "5 to 18 Oct", "2026-W46".

It guesses nothing: words left over are an error, as is what may mean two things.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NoReturn

from scoring.errors import UnreadError
from scoring.period import DAY, Calendar, Period, Unit, running, whole
from scoring.reading.dates import Clock, Named, read_dated, read_week_of
from scoring.reading.relative import back, number, read_relative
from scoring.reading.words import (
    COMPLETE,
    COUNT,
    LAST,
    MONTH,
    SPAN,
    SPANS,
    UNIT,
    WEEKDAY,
    YEAR,
    plain,
    refuse,
)

# Longer texts are no period, and need not be searched for one.
LONGEST = 150
# Two yearless dates further apart than this, with a new year between them, are more likely in
# the wrong order than meant.
_FAR_DAYS = 183


def read_period(words: str, now: datetime, calendar: Calendar) -> Period:
    """The period that the words name at `now`, an aware instant; cut there if still running.

    Raises:
        PeriodError: it cannot be read or has not come yet; UnreadError: the words name none.
    """
    said = " ".join(words.split())
    clock = Clock(now, calendar, calendar.today(now))
    return replace(_read(plain(said), clock) or _unread(said), words=said)


def read_week(words: str, now: datetime, calendar: Calendar) -> Period:
    """The week that the words name, as "2026-W46", any date in it, or "last week".

    A number is that of ISO 8601. Where weeks start on Sunday it is the week of its Thursday,
    so six of the seven days are the same: "2026-W46" is 8 to 14 November 2026.

    Raises:
        PeriodError: it cannot be read, is not one week, or has not come yet.
    """
    said = " ".join(words.split())
    clock = Clock(now, calendar, calendar.today(now))
    text = plain(said)
    named = read_week_of(text, clock) or _named(text, clock) or _unread(said)
    period = named.latest(clock.today)
    if period.unit not in {"day", "week"}:
        raise refuse(f"{period} is not one week", "“2026-W46”, “2026-11-09” or “last week”")
    week = whole(calendar.week_of(period.first), "week")
    return replace(running(week, now, calendar), words=said)


def default_period(now: datetime, calendar: Calendar) -> Period:
    """The period where none is said: the last 4 complete weeks."""
    return read_period("last 4 weeks", now, calendar)


Reader = Callable[[str, Clock], Period | None]


def _read(text: str, clock: Clock) -> Period | None:
    if len(text) > LONGEST:
        return None
    readers: tuple[Reader, ...] = (_one, _counted, _since, _after, _between, _refused)
    return next((found for reader in readers if (found := reader(text, clock))), None)


def _named(text: str, clock: Clock) -> Named | None:
    return read_relative(text, clock) or read_dated(text, clock)


def _one(text: str, clock: Clock) -> Period | None:
    named = _named(text, clock)
    return None if named is None else _cut(named.latest(clock.today), clock)


def _cut(period: Period, clock: Clock) -> Period:
    return running(period, clock.now, clock.calendar)


def _counted(text: str, clock: Clock) -> Period | None:
    """The last so many complete units: "last 4 weeks", "past 30 days"."""
    said = _COUNTED.fullmatch(text)
    if said is None:
        return None
    unit, size = SPANS[said["span"]]
    count = size * number(said["count"] or "1")
    many: Unit = _MANY.get(unit, unit) if count > 1 else unit
    return whole(back(unit, count, clock), many, count)


def _since(text: str, clock: Clock) -> Period | None:
    """From the first day of what is named until now."""
    said = _SINCE.fullmatch(text) or _ONWARDS.fullmatch(text)
    named = said and _edge(_BEGIN, said["edge"], clock)
    if not named:
        return None
    if _WITHIN.fullmatch(text):
        return _cut(named.latest(clock.today), clock)
    return _days(named.latest(clock.today).first, clock.today, clock)


def _after(text: str, clock: Clock) -> Period | None:
    """From the day after what is named until now."""
    said = _AFTER.fullmatch(text)
    named = said and _edge(_END, said["edge"], clock)
    if not named:
        return None
    period = named.latest(clock.today)
    if period.last >= clock.today:
        raise refuse(f"What comes after {period} has not come yet")
    return _days(period.last + DAY, clock.today, clock)


def _edge(words: str, text: str, clock: Clock) -> Named | None:
    """What a period begins or ends with: "October", "start of October", "start of month"."""
    said = re.fullmatch(rf"{words} of (.+)", text)
    if said is None:
        return _named(text, clock)
    return _named(said[1], clock) or _named(f"this {said[1]}", clock)


def _days(first: date, last: date, clock: Clock) -> Period:
    return _cut(Period(first, last), clock)


def _between(text: str, clock: Clock) -> Period | None:
    """From the first day of one thing to the last day of another."""
    for left, right in _halves(_spelled(text)):
        begin = _edge(_BEGIN, left, clock)
        end = begin and _edge(_END, right, clock)
        if begin and end:
            return _joined(begin, end, clock)
    return None


def _spelled(text: str) -> str:
    """The text with what its two halves share said in both: "5 to 18 oct" is "5 oct to 18 oct"."""
    text = re.sub(r"^between (.+) and (.+)$", r"\1 to \2", text)
    text = re.sub(r"^(?:from|between) | (?:inclusive|included)$", "", text)
    text = re.sub(r"\b(?:now|present)$", "today", text)
    for pattern, instead in _SHARED:
        if pattern.fullmatch(text):
            return pattern.sub(instead, text).replace("  ", " ").strip()
    return text


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for joint in (_JOINT, "-"):
        for found in re.finditer(joint, text):
            yield text[: found.start()].strip(), text[found.end() :].strip()


def _joined(begin: Named, end: Named, clock: Clock) -> Period:
    """From the latest beginning that has an end after it, to that end."""
    begin.latest(clock.today)
    lasts = [end.at(first).last for first in (end.choices[-1:] if end.recent else end.choices)]
    yearless = len(begin.choices) > 1 or len(lasts) > 1
    for first in reversed(begin.choices):
        ends = [last for last in lasts if last >= first]
        if first > clock.today or not ends:
            continue
        if yearless and _unsure(first, ends, clock.today):
            raise refuse("That may be read in more than one way", "“5 Oct 2025 to 3 Oct 2026”")
        return _days(first, ends[0], clock)
    raise refuse("That ends before it begins", "“5 Oct to 18 Oct 2026”")


def _unsure(first: date, ends: list[date], today: date) -> bool:
    several = len(ends) > 1 and ends[1] <= today
    return several or (first.year != ends[0].year and (ends[0] - first).days > _FAR_DAYS)


def _refused(text: str, clock: Clock) -> None:
    """Says why, where the words do mean a time, but not one that can be read."""
    for pattern, reason in _REFUSALS:
        if pattern.fullmatch(text):
            raise refuse(reason)
    said = _UNTIL.fullmatch(text)
    if said and _edge(_END, said["edge"], clock):
        raise refuse("That says when the period ends, not when it begins", "“1 Oct to 3 Nov”")
    halves = text.split(" and ")
    if len(halves) > 1 and all(_named(half, clock) or _counted(half, clock) for half in halves):
        raise refuse("Those are several periods, and one at a time can be read")


def _unread(said: str) -> NoReturn:
    shown = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    raise UnreadError(
        f"“{shown}” names no period. Try “last week”, “since October” or “2026-11-09..2026-11-15”."
    )


_BEGIN = "(?:start|beginning)"
_END = "end"
_MANY: dict[Unit, Unit] = {"day": "days", "week": "weeks"}
_ON = "(?: on| onwards?| (?:up )?(?:to|until|till?|through) (?:now|today|present))"
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?"
_JOINT = r"\.\.\.?| - |\b(?:up to|to|until|till?|through|thru)\b"
_TO = rf" ?(?:{_JOINT}|-) ?"
_SHARED = [
    (re.compile(rf"{_NUMBER}{_TO}{_NUMBER}(?: of)?[ -]?({MONTH}(?: {YEAR})?)"), r"\1 \3 to \2 \3"),
    (re.compile(rf"({MONTH}) ?{_NUMBER}{_TO}{_NUMBER}((?: {YEAR})?)"), r"\3 \1 \5 to \4 \1 \5"),
    (re.compile(rf"(?:weeks?|wks?) (\d\d?){_TO}(\d\d?)((?: {YEAR})?)"), r"week \1\3 to week \2\3"),
]
_COUNTED = re.compile(
    rf"(?:{LAST}|trailing|rolling) {COMPLETE}(?:{COUNT} ?)?{COMPLETE}{SPAN}(?: to yesterday)?"
)
_SINCE = re.compile(rf"(?:since|from|starting(?: from| on| in)?) (?P<edge>.+?)(?:{_ON}| to date)?")
# "Chats from last month" are last month's; "from Monday" and "from last month on" are since then.
_WITHIN = re.compile(rf"from (?:yesterday|today|(?:{LAST}|this) (?:day|week|month|quarter|year))")
_ONWARDS = re.compile(rf"(?P<edge>.+?){_ON}")
_AFTER = re.compile("after (?P<edge>.+)")
_UNTIL = re.compile("(?:before|until|till?|up to|by|through|prior to) (?P<edge>.+)")
_REFUSALS = [
    (re.compile(pattern), reason)
    for pattern, reason in (
        (
            "(?:(?:since|from|after) )?"
            rf"(?:tomorrow|(?:next|coming|upcoming) (?:{COUNT} )?(?:{SPAN}|{WEEKDAY}|{MONTH}))",
            "That has not come yet",
        ),
        (
            rf"(?:(?:{LAST}|this) )?(?:{COUNT} )?(?:hours?|hrs?|h|minutes?|mins?)"
            "|(?:this|yesterday) (?:morning|afternoon|evening)|tonight|last night",
            "A day is the shortest period",
        ),
        (
            rf"(?:{LAST} )?(?:few|several|some|many) {SPAN}|recently|lately",
            "That does not say how many",
        ),
        (
            rf"(?:(?:{LAST}|this) )?(?:{COUNT} )?"
            "(?:weekends?|weekdays|(?:work|working|business) days?)",
            "Which days are worked differs from team to team, so the days must be said",
        ),
        (f"{COUNT} {SPAN} ago", "That may mean one day or more"),
        (f"(?:{UNIT}|period) before|(?:previous|prior) period", "That does not say before what"),
        (
            "(?:first|second|third|fourth|last|early|mid|late|middle|start|beginning|end)"
            rf"(?:[ -]{UNIT}| {WEEKDAY})?(?: of| in)?[ -]{MONTH}(?: {YEAR})?",
            "Where that begins and ends must be said with dates",
        ),
        ("all time|ever|always", "That does not say since when"),
    )
]
