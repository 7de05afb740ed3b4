"""What a manager is told of one person: reasons to talk, gains, what to look at together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prompts.note.background import Sighting
from prompts.note.commitment import commitment_fact
from prompts.note.evidence import evidence_fact, place_words
from prompts.note.figures import listed, name_of
from prompts.note.focus import NO_GAIN, quality_fell
from prompts.note.news import Moved, flag, gains, is_same, slips
from prompts.note.shape import Fact
from prompts.note.statements import Told, change_fact, told_of
from prompts.note.voice import Voice
from prompts.note.wordings import QUESTIONS
from scoring.coaching.findings import QUALITY, AgentReview
from scoring.coaching.progress import Progress

WHOSE = "their"
NOTHING: Told = frozenset()
RUSHING = "Handle time and quality went down together: a question, not a verdict."
TOO_EARLY = "Too early to say whether quality held."
FAIR_TRADE = "Quality rose with it: a fair trade."
HELD = "Quality held."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's week, the one before, and what they work on, by the name that a manager knows."""

    name: str
    review: AgentReview
    before: AgentReview | None
    commitment: Progress | None
    sightings: Mapping[int, Sighting]

    @property
    def keeps_focus(self) -> bool:
        """Whether the focus rests on a level, as it did the week before."""
        before = None if self.before is None else self.before.focus
        focus = self.review.focus
        return focus is not None and focus.why == "level" and is_same(focus, before)


def attention(person: Person) -> Iterator[Fact]:
    """Why this person needs attention: one statement each for whatever calls for it."""
    review = person.review
    if review.rushing:
        yield _told(person, "rushing", [RUSHING, *_rushing(person)], "rushing")
    for moved in () if review.rushing else _plain(slips(review)):
        yield _told(person, moved.metric, [_change(moved)], moved.metric)
    if review.overservicing and (change := review.metrics["aht"].change):
        told = _change(Moved("aht", change))
        yield _told(person, "overservicing", [told, NO_GAIN], "overservicing")


def improvement(person: Person) -> Iterator[Fact]:
    """What improved: quality, or handle time with a positive sign that quality held or rose."""
    for moved in _plain(gains(person.review)):
        held = [HELD] if moved.metric == "aht" else []
        yield _told(person, f"gain.{moved.metric}", [_change(moved), *held])
    change = _handle_time(person)
    if change and flag(person.review, "aht") == "slower":
        yield _told(person, "gain.slower", [_change(change), FAIR_TRADE])


def look(person: Person) -> Iterator[Fact]:
    """What to look at together: a focus that rests on a level, and did not last week."""
    focus = person.review.focus
    if focus is not None and focus.why == "level" and not person.keeps_focus:
        told = told_of(person.review, focus, "look", WHOSE) or f"{name_of(focus.about)}."
        place = place_words(focus)
        where = [f"It shows most in {place}."] if place else []
        yield _told(person, f"look.{focus.about}", [told, *where])


def kept_focus(people: Iterable[Person]) -> Iterator[Fact]:
    """Whose focus is still the same, in one line."""
    kept = [
        f"{one.name} ({name_of(one.review.focus.about)})"
        for one in people
        if one.keeps_focus and one.review.focus
    ]
    if kept:
        text = f"As last week: {listed(kept)}."
        yield Fact("look.kept", "people", None, text, {"people": ", ".join(kept)})


def commitment(person: Person) -> Iterator[Fact]:
    """What became of what somebody works on."""
    if person.commitment is not None:
        yield _told(person, "commitment", [commitment_fact(person.commitment, NOTHING, WHOSE)])


def watch(person: Person) -> Iterator[Fact]:
    """Changes of handle time of which it is too early to say what they mean."""
    change, kind = _handle_time(person), flag(person.review, "aht")
    quiet = not (person.review.rushing or person.review.overservicing)
    if change and quiet and kind == "faster":
        yield _told(person, "watch.faster", [_change(change), TOO_EARLY])
    elif change and quiet and kind not in ("better", "slower"):
        yield _told(person, "watch.longer", [_change(change)])


def _plain(moves: Sequence[Moved]) -> Sequence[Moved]:
    """The changes without that of the index, where a metric says what it is made of."""
    plain = [moved for moved in moves if moved.metric in QUALITY]
    return [one for one in moves if one.metric != "quality"] if plain else moves


def _handle_time(person: Person) -> Moved | None:
    measured = person.review.metrics.get("aht")
    return Moved("aht", measured.change) if measured and measured.change else None


def _change(moved: Moved) -> Fact:
    return change_fact("person", moved, WHOSE)


def _rushing(person: Person) -> Iterator[Fact | str]:
    focus = person.review.focus
    told = told_of(person.review, focus, "person", WHOSE) if focus else None
    if told is not None:
        yield told
    yield quality_fell(person.review, "person", WHOSE)


def _told(
    person: Person, about: str, said: Sequence[Fact | str], asking: str | None = None
) -> Fact:
    """One line about a person; with what to ask and where to look, if it is for a talk."""
    facts = [part for part in said if isinstance(part, Fact)]
    words = [part if isinstance(part, str) else part.text for part in said]
    focus = person.review.focus
    evidence = None
    if asking and focus is not None and focus.about == asking:
        evidence = evidence_fact("person", focus, person.sightings)
        words += [evidence.text] if evidence.text else []
    if asking is not None and asking in QUESTIONS:
        words.append(f"To ask: {_question(person, asking)}")
    return Fact(
        f"{about}.{person.review.agent}",
        "person",
        facts[0].metric if facts else None,
        f"{person.name}: {' '.join(words)}",
        {
            "agent": person.review.agent,
            "person": person.name,
            **(facts[0].values if facts else {}),
        },
        evidence.contacts if evidence else (),
    )


def _question(person: Person, about: str) -> str:
    """One of the questions, by turns."""
    return Voice(person.name, person.review.week).choose("question", QUESTIONS[about])
