"""The one focus of a note: where, with evidence, one practice and one open question."""

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.note.background import Background
from prompts.note.evidence import evidence_fact
from prompts.note.figures import WORDINGS, capital, name_of
from prompts.note.news import Moved, is_doubtful, is_same, slips
from prompts.note.practices import Practice
from prompts.note.shape import Fact, Line, Section, Value
from prompts.note.statements import change_fact, told_of
from prompts.note.voice import Voice
from prompts.note.wordings import (
    NO_FOCUS,
    OPEN_FOCUS,
    QUESTIONS,
    STILL_FOCUS,
    TO_TRY,
)
from scoring.coaching.findings import AgentReview, Statement

SAME_WEEKS = "in the same weeks"
DOWN_TOGETHER = "Quality as a whole went down in the same weeks."
PROMISED = "To try: what you have set out to do, below."
NO_GAIN = "We see no gain for customers yet."


@dataclass(frozen=True, slots=True)
class Focus:
    """The section, and the practices that fit it, the chosen one first."""

    section: Section
    practices: tuple[Practice, ...] = ()


def focus_of(review: AgentReview, background: Background, voice: Voice) -> Focus:
    """The focus of a week, or that the data support none."""
    if review.focus is not None:
        lines = tuple(_at(review, review.focus, background, voice))
        about, place = review.focus.about, (review.focus.issue_type, review.focus.channel)
    elif review.overservicing:
        lines = tuple(_time_without_gain(review, voice))
        about, place = "overservicing", (None, None)
    else:
        wordings = OPEN_FOCUS if is_doubtful(review) else NO_FOCUS
        return Focus(Section("focus", "Focus", ((voice.choose("focus", wordings),),)))
    finding = finding_of("overservicing" if review.overservicing and about == "aht" else about)
    fitting = background.practices.fitting(finding, place, in_doubt=is_doubtful(review))
    practices = _in_turn(fitting, voice)
    closing = (*_to_try(about, practices, background, voice), _question(about, voice))
    return Focus(Section("focus", "One focus", (*lines, *closing)), practices)


def finding_of(about: str) -> str:
    """The finding that practices are listed under, for what a focus is about."""
    if about not in WORDINGS:
        return about
    return f"{about} {'down' if WORDINGS[about].good == 'up' else 'up'}"


def _at(
    review: AgentReview, focus: Statement, background: Background, voice: Voice
) -> Iterator[Line]:
    before = background.previous.focus if background.previous else None
    told = told_of(review, focus, "focus", voice.whose, _weeks_said(review, focus))
    again = is_same(focus, before) and not (told is not None and told.kind == "change")
    first: Line = (voice.choose("again", STILL_FOCUS),) if again else ()
    if told is not None:
        first += (told,)
    if focus.about == "rushing":
        first += (quality_fell(review, "focus", voice.whose),)
    yield first or (capital(name_of(focus.about)),)
    evidence = evidence_fact("focus", focus, background.sightings)
    if evidence.text:
        yield (evidence,)


def _weeks_said(review: AgentReview, focus: Statement) -> str:
    """Words in place of the focus's weeks, where the strength has just named the same."""
    strength = review.strength
    changes = [
        review.metrics[one.about].change
        for one in (focus, strength)
        if one is not None and one.why == "changed" and one.about in review.metrics
    ]
    weeks = {(one.first, one.last, one.baseline_weeks) for one in changes if one is not None}
    return SAME_WEEKS if len(changes) > 1 and None not in changes and len(weeks) == 1 else ""


def quality_fell(review: AgentReview, slot: str, whose: str) -> str | Fact:
    """The half of rushing that is quality: a confirmed change of it where there is one."""
    found, time = slips(review), review.rush
    if not found:
        return DOWN_TOGETHER
    change = found[0].change
    together = time is not None and (time.first, time.last) == (change.first, change.last)
    return change_fact(slot, found[0], whose, SAME_WEEKS if together else "")


def _time_without_gain(review: AgentReview, voice: Voice) -> Iterator[Line]:
    if change := review.metrics["aht"].change:
        yield (change_fact("focus", Moved("aht", change), voice.whose),)


def _in_turn(practices: tuple[Practice, ...], voice: Voice) -> tuple[Practice, ...]:
    """The practices, whose turn it is first; where several are special, only those take turns."""
    special = sum(practice.is_special for practice in practices)
    taking_turns = special if special > 1 else len(practices)
    if not taking_turns:
        return ()
    first = practices[voice.turn("practice", taking_turns)]
    return (first, *(practice for practice in practices if practice is not first))


def _to_try(
    about: str, practices: tuple[Practice, ...], background: Background, voice: Voice
) -> Iterator[Line]:
    """One practice; where the agent has promised something about the same, that comes first."""
    promise = background.commitment
    if promise and promise.ending != "closed" and promise.commitment.metric == about:
        yield (PROMISED,)
    elif practices:
        first = practices[0]
        values: dict[str, Value] = {"practice": first.key, "source": first.source}
        fact = Fact(f"practice.{first.key}", "practice", None, first.to_do, values)
        yield voice.choose("try", TO_TRY), fact


def _question(about: str, voice: Voice) -> Line:
    question = voice.choose("question", QUESTIONS[about])
    return (Fact(f"question.{about}", "question", None, question),)
