"""The sums of any figure: from those that are kept where they serve, else from the records.

This is the one place that decides which; both give the same sums.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_

from scoring.asking import PEOPLE, Ask, Group, Reader, Sums
from scoring.columns import table_of
from scoring.credit import Credited
from scoring.kept import slot_for
from scoring.kept_sums import kept_sums
from scoring.measures import MEASURES, Moment, Rules, last_mature
from scoring.period import Period
from scoring.records import Interaction
from scoring.rows import Asked, row_sums
from scoring.shapes import Condition, Few

Found: TypeAlias = dict[Asked, dict[Group, Sums]]
_i = table_of(Interaction).c
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spans:
    """A period as whole local days, and the part of a day that is left over."""

    days: Period | None
    rest: Period | None


def read_sums(reader: Reader, ask: Ask, asked: Iterable[Asked]) -> Found:
    """The sums of each measure by group; a group with no records is left out."""
    wanted = list(dict.fromkeys(asked))
    kept = [one for one in wanted if _is_kept(reader, ask, one)]
    others = [one for one in wanted if one not in kept]
    return {**_from_kept(reader, ask, kept), **_from_rows(reader, ask, others)}


def _is_kept(reader: Reader, ask: Ask, one: Asked) -> bool:
    credited = one.credited
    return (
        "days" in reader.kept
        and (not one.matures or "window" in reader.kept)
        and set(ask.by) <= set(PEOPLE)
        and not ask.scope.is_fine
        and slot_for(credited, one.anchor) is not None
    )


def _from_rows(reader: Reader, ask: Ask, asked: Sequence[Asked]) -> Found:
    found: Found = {}
    for anchor in dict.fromkeys(one.anchor for one in asked):
        some = [one for one in asked if one.anchor == anchor]
        found |= zip(some, row_sums(reader, ask, some), strict=True)
    return found


def _from_kept(reader: Reader, ask: Ask, asked: Sequence[Asked]) -> Found:
    found: Found = {one: {} for one in asked}
    if not asked:
        return found
    spans = divide(reader, ask.period)
    if spans.days is not None:
        _gather(found, _whole_days(reader, replace(ask, period=spans.days), asked), Sums.__add__)
    if spans.rest is not None:
        _gather(found, _from_rows(reader, replace(ask, period=spans.rest), asked), Sums.__add__)
    return found


def divide(reader: Reader, period: Period) -> Spans:
    """A period as whole days and, where it is cut, the part of its last day."""
    if period.until is None:
        return Spans(Period(period.first, period.last), None)
    begun = period.until > reader.calendar.midnight(period.last)
    rest = Period(period.last, period.last, period.until) if begun else None
    if period.first == period.last:
        return Spans(None, rest)
    return Spans(Period(period.first, period.last - _DAY), rest)


def _whole_days(reader: Reader, ask: Ask, asked: Sequence[Asked]) -> Found:
    """The sums of whole days, less what they hold already but cannot be counted yet."""
    others = [one for one in asked if not one.matures]
    found: Found = {one: {} for one in asked}
    if others:
        found |= dict(zip(others, kept_sums(reader, ask, others), strict=True))
        _take_back(found, reader, ask, others)
    matured = [one for one in asked if one.matures]
    if matured:
        found |= _matured(reader, ask, matured)
    return found


def _matured(reader: Reader, ask: Ask, asked: Sequence[Asked]) -> Found:
    """The sums of days whose window is over and, for the others, of what needs no window."""
    found: Found = {one: {} for one in asked}
    old, young = _by_maturity(reader, ask.period)
    if old is not None:
        over = replace(ask, period=old)
        found |= dict(zip(asked, kept_sums(reader, over, asked), strict=True))
        _take_back(found, reader, over, asked)
    if young is not None:
        for one in asked:
            early = MEASURES[one.credited.measure].early
            if early is not None:
                said = Asked(Credited(early, one.credited.credit), one.anchor)
                (sums,) = kept_sums(reader, replace(ask, period=young), [said])
                _gather(found, {one: sums}, Sums.__add__)
    return found


def _by_maturity(reader: Reader, period: Period) -> tuple[Period | None, Period | None]:
    """The days of a period whose repeat window is over, and those whose is not."""
    first, last = period.first.toordinal(), period.last.toordinal()
    border = min(last, last_mature(reader.rules, reader.moment))
    if border < first:
        return None, period
    over = Period(period.first, date.fromordinal(border))
    return over, None if border == last else Period(date.fromordinal(border + 1), period.last)


def _take_back(found: Found, reader: Reader, ask: Ask, wanted: Sequence[Asked]) -> None:
    for one in wanted:
        pending = MEASURES[one.credited.measure].pending
        if pending is None:
            continue
        early = Few(_resolved_late(pending), by_agent=True) if one.matures else Few(pending)
        (too_early,) = row_sums(reader, ask, [one], early)
        _gather(found, {one: too_early}, Sums.__sub__)


@cache
def _resolved_late(pending: Condition) -> Condition:
    """What is pending in days whose window is over: made long ago, and resolved of late."""

    def late(rules: Rules, moment: Moment) -> ColumnElement[bool]:
        border = last_mature(rules, moment)
        return and_(
            _i.resolved_day != _i.created_day, _i.resolved_day > border, pending(rules, moment)
        )

    return late


def _gather(found: Found, more: Found, how: Callable[[Sums, Sums], Sums]) -> None:
    for one, groups in more.items():
        old = found[one]
        if not old and how is Sums.__add__:
            old.update(groups)
            continue
        for group, sums in groups.items():
            old[group] = how(old.get(group, Sums()), sums)
