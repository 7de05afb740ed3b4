"""What a note is: sections of words and facts, before anything is drawn or sent.

Every figure stands in a fact, which code has written; the words between facts hold none. So a
surface may lay sections out in its own way, and a model may reword what is between the facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

Value: TypeAlias = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement, by an id that is unique in its note.

    ``kind`` is change, level, evidence, practice, question, commitment, figure, score, effect,
    person, people or remark. ``values`` are the figures of the text, unrounded; ``contacts`` the
    keys of the interactions that it is about, most telling first.
    """

    id: str
    kind: str
    metric: str | None
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    contacts: tuple[int, ...] = ()


Line: TypeAlias = tuple[str | Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a note: lines of facts, with words that hold no figures between them."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def written(self) -> tuple[str, ...]:
        """Its lines in words."""
        return tuple(
            " ".join(part if isinstance(part, str) else part.text for part in line)
            for line in self.lines
        )

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(self.written)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Its facts, in the order in which they are said."""
        return tuple(part for line in self.lines for part in line if isinstance(part, Fact))


@dataclass(frozen=True, slots=True)
class Note:
    """A week's note to an agent, or to the manager of a team.

    ``reader`` is ``agent`` or ``manager``, ``about`` the agent's key or the team's name; ``week``
    the Monday of the week it tells of, ``contacts`` how many were handled in it; ``situation``
    what kind of week it was (`prompts.note.news`, or ``team``); ``practices`` the ids of all
    practices that fit the focus, the chosen one first.
    """

    reader: str
    about: str
    week: date
    contacts: int
    situation: str
    verdict: str
    sections: tuple[Section, ...] = ()
    practices: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of all sections."""
        return tuple(fact for section in self.sections for fact in section.facts)

    def section(self, key: str) -> Section | None:
        """The section of a key, or None where the note has none."""
        return next((section for section in self.sections if section.key == key), None)


def as_json(note: Note) -> dict[str, Any]:
    """A note as one JSON object; figures have their full precision."""
    return {
        "reader": note.reader,
        "about": note.about,
        "week": note.week.isoformat(),
        "contacts": note.contacts,
        "situation": note.situation,
        "verdict": note.verdict,
        "practices": list(note.practices),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "lines": list(section.written),
                "facts": [_fact(fact) for fact in section.facts],
            }
            for section in note.sections
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "metric": fact.metric,
        "text": fact.text,
        "values": dict(fact.values),
        "contacts": list(fact.contacts),
    }
