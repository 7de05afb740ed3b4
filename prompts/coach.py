"""The weekly note with a model's comments: the statements, figures and judgements stay the code's.

The model sees ids and judgements, no figure, no label and no name; it gives back ids, comments
that can hold no digit, and a practice. What does not pass the gate (`prompts.grounding`) goes back
once, with what was wrong; after that the note goes out as it was.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from prompts.grounding import Comment, Judgement, faults_of_all
from prompts.model import Model, ModelError, Task, load_prompt
from prompts.note.figures import name_of
from prompts.note.shape import Fact, Line, Note, Section

if TYPE_CHECKING:
    from prompts.note.practices import Practices

log = logging.getLogger(__name__)

# The sections that comments may stand in; figures and remarks are read, not talked about.
TALKED = ("strength", "focus", "balance", "commitment")
MOST_LETTERS = 200
MOST_WORDS = 110
TRIES = 2
NO_PRACTICE = "none"
_NO_DIGIT = r"^[^0-9]*$"
_Text = Annotated[str, Field(max_length=MOST_LETTERS, pattern=_NO_DIGIT)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a model filled in: a comment by fact id, the words below the verdict, a practice."""

    opening: str
    comments: Mapping[str, str]
    practice: str


def commented(note: Note, practices: "Practices", model: Model) -> Note:
    """The note with a model's comments; the note as it is where none of them may be shown."""
    facts = _facts(note)
    if not facts:
        return note
    wrong: list[str] = []
    for _ in range(TRIES):
        try:
            told = _told(note, facts, practices, model, wrong)
        except ModelError as error:
            log.info("note stays plain", extra={"why": error.why})
            return note
        wrong = _wrong(told, facts)
        if not wrong:
            return _joined(note, told, practices)
    log.info("note stays plain", extra={"why": "gate"})
    return note


def form_of(facts: Sequence[Fact], practices: Sequence[str]) -> type[BaseModel]:
    """The form that a model fills in for these facts: their ids, and no other, are its words."""
    ids, chosen = _one_of([fact.id for fact in facts]), _one_of(practices or [NO_PRACTICE])
    line: Any = create_model("Line", __base__=_Form, id=(ids, ...), comment=(_Text, ...))
    lines = Annotated[list[line], Field(min_length=1, max_length=len(facts))]
    return create_model(
        "Comments",
        __base__=_Form,
        opening=(_Text, ...),
        lines=(lines, ...),
        practice=(chosen, ...),
    )


def _one_of(words: Sequence[str]) -> Any:
    return Literal[tuple(words)]


def _facts(note: Note) -> tuple[Fact, ...]:
    return tuple(fact for one in note.sections if one.key in TALKED for fact in one.facts)


def _told(
    note: Note, facts: Sequence[Fact], practices: "Practices", model: Model, wrong: Sequence[str]
) -> _Told:
    """What the model filled in, with what was wrong with its last try told to it."""
    again = f"Your last try could not be used. It held: {'; '.join(wrong)}." if wrong else ""
    prompt = load_prompt("coach").filled({"faults": again})
    task = Task(prompt, json.dumps(_seen(note, practices)), "note")
    filled: Any = model.fill(task, form_of(facts, note.practices))
    comments = {line.id: line.comment.strip() for line in filled.lines}
    if len(comments) < len(filled.lines):
        return _Told(filled.opening.strip(), {}, filled.practice)
    return _Told(filled.opening.strip(), comments, filled.practice)


def _seen(note: Note, practices: "Practices") -> dict[str, Any]:
    """All that a model is given: no figure, no label of a customer's matter, nobody's name."""
    statements = [
        {
            "id": fact.id,
            "section": section.key,
            "kind": fact.kind,
            "about": name_of(fact.metric) if fact.metric else "",
            "judged": judgement(fact),
        }
        for section in note.sections
        if section.key in TALKED
        for fact in section.facts
    ]
    fitting = [{"id": key, "text": practices[key].to_do} for key in note.practices]
    return {"week": note.situation, "statements": statements, "practices": fitting}


def judgement(fact: Fact) -> Judgement:
    """How code has judged what a fact tells of; only a confirmed change is better or worse.

    Handle time is neither: less of it is no reason for praise by itself.
    """
    if fact.kind != "change" or fact.metric == "aht" or "better" not in fact.values:
        return "none"
    return "better" if fact.values["better"] else "worse"


def _wrong(told: _Told, facts: Sequence[Fact]) -> list[str]:
    missing = [fact.id for fact in facts if fact.id not in told.comments]
    comments = [Comment(told.comments.get(fact.id, ""), judgement(fact)) for fact in facts]
    found = faults_of_all([Comment(told.opening), *comments], MOST_WORDS)
    return [*found, "not every statement once"] if missing else found


def _joined(note: Note, told: _Told, practices: "Practices") -> Note:
    sections = tuple(
        replace(one, lines=tuple(_lines(one, told, practices))) if one.key in TALKED else one
        for one in note.sections
    )
    verdict = f"{note.verdict} {told.opening}".strip()
    chosen = sorted(note.practices, key=lambda one: one != told.practice)
    return replace(note, verdict=verdict, sections=sections, practices=tuple(chosen))


def _lines(section: Section, told: _Told, practices: "Practices") -> Iterator[Line]:
    for line in section.lines:
        comments = [
            told.comments[part.id]
            for part in line
            if isinstance(part, Fact) and told.comments[part.id]
        ]
        rest = tuple(_practised(part, told.practice, practices) for part in line)
        yield (*comments, *rest)


def _practised(part: str | Fact, chosen: str, practices: "Practices") -> str | Fact:
    """The practice that was chosen in place of the one whose turn it was."""
    if isinstance(part, str) or part.kind != "practice" or chosen not in practices:
        return part
    practice = practices[chosen]
    values = {"practice": practice.key, "source": practice.source}
    return Fact(f"practice.{practice.key}", "practice", None, practice.to_do, values)
