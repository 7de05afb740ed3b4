"""Statements of a review as facts: the same words to an agent and to the manager."""

from collections.abc import Iterable
from dataclasses import asdict
from types import MappingProxyType
from typing import TypeAlias

from prompts.note.figures import (
    NORMAL,
    capital,
    change_words,
    direction,
    expectation_words,
    level_words,
    name_of,
    standing_words,
)
from prompts.note.news import Moved
from prompts.note.shape import Fact, Section, Value
from scoring.coaching.findings import AgentReview, Change, MetricReview, Statement, TeamEffect

Told: TypeAlias = frozenset[tuple[str, str | None]]
# How a level is told that stands on one side, though not for certain.
NEAREST: MappingProxyType[str, str] = MappingProxyType(
    {
        "strength": "Nearest to standing out is",
        "focus": "There is most to gain in",
        "look": "There is most to gain in",
        "person": "There is most to gain in",
    }
)


def change_fact(slot: str, moved: Moved, whose: str, weeks: str = "") -> Fact:
    """A confirmed change; one told before is said to be still so.

    ``weeks`` stands in place of the weeks where these have been said.
    """
    words = f"{name_of(moved.metric)} {change_words(moved.metric, moved.change, whose, weeks)}."
    text = f"Still so: {words}" if moved.change.still else capital(words)
    return Fact(f"{slot}.{moved.metric}", "change", moved.metric, text, values_of(moved.change))


def level_fact(slot: str, metric: str, review: MetricReview, whose: str) -> Fact:
    """Where a level stands, as it is and beside what contacts like these usually give."""
    if review.expectation is not None:
        begins = f"{capital(name_of(metric))} is {expectation_words(review, whose)}"
    else:
        begins = f"{NEAREST[slot]} {name_of(metric)}, though {NORMAL}"
    text = f"{begins}: {standing_words(metric, review, brief=whose == 'your')}."
    return Fact(f"{slot}.{metric}", "level", metric, text, level_values(review))


def figure_fact(metric: str, review: MetricReview, whose: str, told: Told) -> Fact:
    """A metric's line among the figures: level, interval, n, and what is out of the ordinary.

    Of what has been ``told`` in full, a change is repeated in a word and a level not at all.
    """
    text = f"{capital(name_of(metric))}: {level_words(metric, review)}"
    if review.change is not None:
        again = "still so: " if review.change.still else ""
        full = ("change", metric) not in told
        in_full = change_words(metric, review.change, whose) if full else direction(review.change)
        text += f"; {again}{in_full}"
    elif review.expectation is not None and ("level", metric) not in told:
        text += f"; {expectation_words(review, whose)}"
    return Fact(f"figures.{metric}", "figure", metric, f"{text}.", level_values(review))


def values_of(change: Change) -> dict[str, Value]:
    """The figures of a change."""
    flat = asdict(change)
    size = flat.pop("size")
    dates = {name: flat[name].isoformat() for name in ("first", "last")}
    ends = {"change": size["value"], "low": size["low"], "high": size["high"]}
    return {**flat, **dates, **ends}


def values_of_effect(effect: TeamEffect) -> dict[str, Value]:
    """The figures of what happened to everybody."""
    ends = {"change": effect.size.value, "low": effect.size.low, "high": effect.size.high}
    return {"issue_type": effect.issue_type, **ends}


def level_values(review: MetricReview) -> dict[str, Value]:
    """The figures of a level."""
    span = review.estimate
    return {
        "estimate": span.value if span else None,
        "low": span.low if span else None,
        "high": span.high if span else None,
        "raw": review.raw,
        "expected": review.expected,
        "n": review.n,
        "asked": review.asked,
        "expectation": review.expectation,
        "flag": review.flag,
        "why_quiet": review.why_quiet,
    }


def told_in(sections: Iterable[Section]) -> Told:
    """What sections have told in full: kinds of facts, each with its metric."""
    return frozenset((fact.kind, fact.metric) for one in sections for fact in one.facts)


def told_of(
    review: AgentReview, statement: Statement, slot: str, whose: str, weeks: str = ""
) -> Fact | None:
    """The figure behind a focus or strength: its change where that is why, else its level.

    None where there is neither. ``weeks`` is as in `change_fact`.
    """
    if statement.about == "rushing":
        # Of the weeks in which quality went down with it, and not of those that tell most of it.
        return change_fact(slot, Moved("aht", review.rush), whose) if review.rush else None
    measured = review.metrics.get(statement.about)
    if measured is None:
        return None
    if measured.change is not None and statement.why != "level":
        return change_fact(slot, Moved(statement.about, measured.change), whose, weeks)
    if measured.estimate is None or not measured.n:
        return None
    return level_fact(slot, statement.about, measured, whose)
