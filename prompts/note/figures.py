"""How a review's figures are written in a note: three levels of language, and no others.

A confirmed change "rose" or "fell"; a level that is all but certain is "above" or "below what is
expected"; everything else is "within normal variation". Source: docs/method.md, wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from scoring.coaching.findings import Change, MetricReview, Span
from scoring.units import between, changed, written

NORMAL = "within normal variation"
UNKNOWN = "unknown"  # the label of contacts whose issue type the records do not say
# Fewer answers or contacts than this are no figure to put before a person.
FEW_ANSWERS, FEW_CONTACTS = 4, 10


@dataclass(frozen=True, slots=True)
class Wording:
    """What a metric is called, what it is counted in, and which way is good."""

    name: str
    unit: str
    good: str  # up | down
    counted: str = "contact"


WORDINGS: MappingProxyType[str, Wording] = MappingProxyType(
    {
        "fcr": Wording("first contact resolution", "percent", "up"),
        "csat": Wording("customer satisfaction", "points of five", "up", "rating"),
        "sentiment": Wording("customer sentiment", "polarity", "up"),
        "escalation": Wording("escalation rate", "percent", "down"),
        "aht": Wording("handle time", "seconds", "down"),
        "quality": Wording("quality as a whole", "spreads", "up"),
    }
)


def name_of(metric: str) -> str:
    """What a metric is called within a sentence."""
    return WORDINGS[metric].name


def capital(text: str) -> str:
    """A text that can begin a sentence."""
    return text[:1].upper() + text[1:]


def value_words(metric: str, value: float) -> str:
    """A figure with its unit."""
    return _true_minus(written(value, WORDINGS[metric].unit))


def span_words(metric: str, span: Span) -> str:
    """The ends of an interval."""
    unit = WORDINGS[metric].unit
    return _true_minus(between(span.low, span.high, unit))


def _true_minus(text: str) -> str:
    """A text with minus signs for hyphens, and none before a zero."""
    return re.sub(r"-(?=0\.?0*(?![.\d]))", "", text).replace("-", "\N{MINUS SIGN}")


def change_span_words(metric: str, span: Span) -> str:
    """The ends of a change's interval, each with its sign, the unit once where it is one word."""
    low, high = (changed(end, WORDINGS[metric].unit) for end in (span.low, span.high))
    mark = high.partition(" ")[2]
    if mark and low.partition(" ")[2] == mark and " " not in mark:
        low = low.partition(" ")[0]
    return f"{low} to {high}"


def direction(change: Change) -> str:
    """The one of the two words that a change goes by."""
    return "rose" if change.size.value > 0 else "fell"


def change_words(metric: str, change: Change, whose: str, weeks: str = "") -> str:
    """A confirmed change in full: from, to, interval, weeks and contacts.

    ``weeks`` stands in place of the weeks where these have been said.
    """
    size = f"change {changed(change.size.value, WORDINGS[metric].unit)}"
    ends = f"95 % interval {change_span_words(metric, change.size)}"
    if metric == "quality":
        # An index has no figure that it went from or to.
        moved = f"{direction(change)} ({size}, {ends}, in typical differences between agents)"
    else:
        before, after = value_words(metric, change.before), value_words(metric, change.after)
        moved = f"{direction(change)} from {before} to {after} ({size}, {ends})"
    baseline = f"against {whose} {counted(change.baseline_weeks, 'week')} before"
    weeks = weeks or f"{weeks_words(change.first, change.last)} {baseline}"
    return f"{moved}, {weeks}, {counted(change.contacts, WORDINGS[metric].counted)}"


def weeks_words(first: date, last: date) -> str:
    """The weeks from one Monday to another."""
    if first == last:
        return f"week of {day_words(first)}"
    return f"weeks of {day_words(first)} to {day_words(last)}"


def day_words(day: date) -> str:
    """A day as it is said within the year."""
    return f"{day.day} {day:%b}"


def expectation_words(review: MetricReview, whose: str) -> str:
    """Where a level stands: above or below what is expected, or within normal variation."""
    if review.expectation is None:
        return NORMAL
    return f"{review.expectation} what is expected for {whose} contacts"


def level_words(metric: str, review: MetricReview) -> str:
    """A level with its interval and what it rests on; in words where that is too little."""
    span, missing = review.estimate, _missing(metric, review)
    if missing or span is None:
        return missing
    value, ends = value_words(metric, span.value), span_words(metric, span)
    return f"{value} ({ends}), {_rests_on(metric, review)}"


def standing_words(metric: str, review: MetricReview, *, brief: bool) -> str:
    """A level as it is beside what such contacts usually give, and on the team's usual mix.

    The ``brief`` form leaves the mix to the list of figures that stands below it. Empty where
    there is no level.
    """
    span, plain = review.estimate, ""
    if span is None:
        return ""
    if review.raw is not None and review.expected is not None:
        raw, usual = value_words(metric, review.raw), value_words(metric, review.expected)
        plain = f"{raw} against a usual {usual} for such contacts"
    if brief and plain:
        return plain
    return (
        f"{plain}{'; ' if plain else ''}{value_words(metric, span.value)}"
        f" (95 % interval {span_words(metric, span)}) on the team's usual mix,"
        f" {_rests_on(metric, review)}"
    )


def _missing(metric: str, review: MetricReview) -> str:
    """Why a level is not told; empty where it is."""
    if review.n == 0 or review.estimate is None:
        return "no data"
    few = review.n < (FEW_ANSWERS if metric == "csat" else FEW_CONTACTS)
    return f"too few {'surveys' if metric == 'csat' else 'contacts'} to say" if few else ""


def counted(number: int, noun: str) -> str:
    """A number of things: 1 week, 8 weeks."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def kind_words(issue_type: str) -> str:
    """The contacts of an issue type."""
    return "contacts of no known kind" if issue_type == UNKNOWN else f"{issue_type} contacts"


def listed(names: Sequence[str]) -> str:
    """Names in a row: Ana, Ben and Cleo."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _rests_on(metric: str, review: MetricReview) -> str:
    if metric == "csat":
        return f"{review.n:,} of {review.asked:,} contacts rated"
    return counted(review.n, "contact")
