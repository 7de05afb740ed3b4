"""The weekly note to an agent: one verdict, what went well, one focus, and the figures."""

from collections.abc import Iterator, Sequence
from datetime import date

from prompts.note.background import Background
from prompts.note.balance import balance_section
from prompts.note.commitment import commitment_section
from prompts.note.evidence import evidence_fact
from prompts.note.figures import capital, name_of
from prompts.note.focus import focus_of
from prompts.note.news import Moved, gains, is_same, situation, slips
from prompts.note.remarks import figures_section, remarks_section
from prompts.note.shape import Note, Section
from prompts.note.statements import told_in, told_of
from prompts.note.voice import Voice
from prompts.note.wordings import ALSO_FOCUS, ALSO_SAME_FOCUS, STILL_STRONG, VERDICTS
from scoring.coaching.findings import AgentReview

TITLE = "What went well"
# The kinds of week that say nothing of a focus by themselves.
UNCOMPARED = frozenset({"new", "restart", "few"})


def agent_note(about: str, review: AgentReview, background: Background) -> Note:
    """The note to the agent of the key ``about``, as complete in a steady week as in any other."""
    kind = situation(review)
    if kind == "absent":
        return absent_note(about, review.week)
    voice = Voice(about, review.week)
    focus = focus_of(review, background, voice)
    told = [*_strength(review, background, voice), focus.section]
    told.append(balance_section(review, told_in(told), voice))
    told += commitment_section(background.commitment, told_in(told), voice.whose)
    return Note(
        "agent",
        about,
        review.week,
        review.contacts,
        kind,
        _verdict(kind, review, background, voice),
        (
            *told,
            figures_section(review, background, told_in(told), voice),
            remarks_section(review, background, focus.section, kind),
        ),
        tuple(practice.key for practice in focus.practices),
    )


def absent_note(about: str, week: date) -> Note:
    """What is said of a week without contacts: that there is no note."""
    verdict = Voice(about, week).choose("verdict", VERDICTS["absent"])
    return Note("agent", about, week, 0, "absent", verdict)


def _verdict(kind: str, review: AgentReview, background: Background, voice: Voice) -> str:
    before = background.previous.focus if background.previous else None
    same = is_same(review.focus, before)
    if (same and kind == "focus") or _is_old(kind, review, background):
        kind = f"same_{kind}"
    good, bad = _newest(gains(review)), _newest(slips(review))
    said = voice.choose("verdict", VERDICTS[kind]).format(good=good, bad=bad)
    if kind in UNCOMPARED and review.focus is not None:
        said += f" {ALSO_SAME_FOCUS if same else ALSO_FOCUS}"
    return capital(said)


def _is_old(kind: str, review: AgentReview, background: Background) -> bool:
    """Whether speed and quality pull apart as they did last week, which is no news."""
    if kind == "rushing":
        return review.rush is not None and review.rush.still
    before = background.previous
    return kind == "overservicing" and before is not None and before.overservicing


def _newest(moves: Sequence[Moved]) -> str:
    """What changed first of all: news goes before what is still so."""
    newest = min(moves, key=lambda moved: moved.change.still, default=None)
    return name_of(newest.metric) if newest else ""


def _strength(review: AgentReview, background: Background, voice: Voice) -> Iterator[Section]:
    """What went well, with its evidence; no section where the data single nothing out."""
    strength = review.strength
    told = told_of(review, strength, "strength", voice.whose) if strength else None
    if strength is None or told is None:
        return
    before = background.previous.strength if background.previous else None
    again = told.kind == "level" and is_same(strength, before)
    if again:
        yield Section("strength", TITLE, ((voice.choose("again", STILL_STRONG), told),))
        return
    evidence = evidence_fact("strength", strength, background.sightings)
    yield Section("strength", TITLE, ((told,), (evidence,)) if evidence.text else ((told,),))
