"""What each tool takes: flat, every text and list bounded, nothing else allowed.

Names and times are words, resolved by code within what the viewer may see; KPIs are the keys of
the catalogue. Nothing left out is null: it is an empty text or list.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from scoring.asking import GROUPINGS
from scoring.coaching.progress import AIMS
from scoring.commitments import MOST_CHARACTERS, MOST_WEEKS
from scoring.evidence import REASONS
from scoring.reading.questions import LONGEST
from scoring.remarks import MOST_CHARACTERS as LONGEST_REMARK

# Characters that nobody sees, or that turn round what others see; but for those that join letters.
_UNSEEN = r"\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
ONE_LINE = rf"^[^\x00-\x1f{_UNSEEN}]*$"
LINES = rf"^[^\x00-\x09\x0b-\x1f{_UNSEEN}]*$"
MOST_NAMES, MOST_GROUPINGS, MOST_PAGES = 20, 3, 1000

Name: TypeAlias = Annotated[str, Field(max_length=120, pattern=ONE_LINE)]
SomeName: TypeAlias = Annotated[str, Field(min_length=1, max_length=120, pattern=ONE_LINE)]
When: TypeAlias = Annotated[str, Field(max_length=80, pattern=ONE_LINE)]
PageNumber: TypeAlias = Annotated[int, Field(ge=1, le=MOST_PAGES)]
_WHO = "a name, e-mail address or id; “me” is the viewer"
_PERIOD = "in words: “last week”, “since October”, “Q3”, 2026-11-09..2026-11-15; empty: the last"
_WEEK = "a day in it, 2026-W46 or “last week”; empty: the last one that is over"
_FIGURES = "keys of KPIs; empty: those of a first look"


class Form(BaseModel):
    """The arguments of a tool."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskForm(Form):
    """A question in plain words."""

    question: str = Field(
        min_length=1,
        max_length=LONGEST,
        pattern=ONE_LINE,
        description="one question about figures, as a manager would say it",
    )


class NoteForm(Form):
    """Whose note, and of which week."""

    person: Name = Field(default="", description=f"{_WHO}; empty with a team's note")
    team: Name = Field(default="", description="a team, for the note to its manager")
    week: When = Field(default="", description=_WEEK)


class ScorecardForm(Form):
    """Which figures, of whom, when."""

    kpis: list[str] = Field(default=[], description=_FIGURES)
    by: list[str] = Field(default=[], description="what to divide by; empty: all together")
    period: When = Field(default="", description=f"{_PERIOD} four complete weeks")
    people: list[SomeName] = Field(default=[], max_length=MOST_NAMES, description=_WHO)
    teams: list[SomeName] = Field(default=[], max_length=MOST_NAMES, description="teams by name")
    page: PageNumber = Field(default=1, description="of the groups, where there are many")


class EvidenceForm(Form):
    """Which figure's contacts, of whom, when."""

    kpi: str = Field(description="a key of a KPI")
    person: Name = Field(default="", description=_WHO)
    team: Name = Field(default="", description="a team by name")
    period: When = Field(default="", description=f"{_PERIOD} four complete weeks")
    reason: str = Field(default="", description="only contacts that count, or not, for this")
    page: PageNumber = Field(default=1, description="of the contacts")


class DefinitionForm(Form):
    """Which KPIs."""

    kpis: list[str] = Field(default=[], description="keys of KPIs; empty: a line for each")


class RemarkForm(Form):
    """Private words to somebody whom the viewer leads."""

    person: SomeName = Field(description="a name, e-mail address or id")
    text: str = Field(min_length=1, max_length=LONGEST_REMARK, pattern=LINES)


class CommitmentForm(Form):
    """One thing that somebody works on for some weeks."""

    metric: str = Field(description="what it is meant to move")
    text: str = Field(
        min_length=1, max_length=MOST_CHARACTERS, pattern=ONE_LINE, description="what they will do"
    )
    person: Name = Field(default="", description=f"{_WHO}; empty: the viewer")
    first_week: When = Field(default="", description="a day in it, or 2026-W47; empty: the next")
    weeks: int = Field(default=4, ge=1, le=MOST_WEEKS)
    issue_type: Name = Field(default="", description="where to work on it; empty: everywhere")
    channel: Name = Field(default="", description="where to work on it; empty: everywhere")


class OneToOneForm(Form):
    """Whom a 1:1 is with, and which week it is about."""

    person: SomeName = Field(description="a name, e-mail address or id")
    week: When = Field(default="", description=_WEEK)


class TeamTalkForm(Form):
    """Which team a talk is with, and which week it is about."""

    team: Name = Field(default="", description="a team by name; empty: the only one you lead")
    week: When = Field(default="", description=_WEEK)


@dataclass(frozen=True)
class Forms:
    """The forms of tools, with the KPIs of a catalogue and the other words that are fixed."""

    scorecard: type[ScorecardForm]
    evidence: type[EvidenceForm]
    definition: type[DefinitionForm]
    commitment: type[CommitmentForm]


def forms_of(catalogue: Iterable[str]) -> Forms:
    """The forms for a catalogue, or for the keys of one."""
    keys = tuple(catalogue)
    several = _some_of(keys, len(keys))
    figures: Any = (several, _like(ScorecardForm, "kpis"))
    groups: Any = (_some_of(GROUPINGS, MOST_GROUPINGS), _like(ScorecardForm, "by"))
    reason: Any = (_one_of(("", *REASONS)), _like(EvidenceForm, "reason"))
    kpi: Any = (_one_of(keys), _like(EvidenceForm, "kpi"))
    told: Any = (several, _like(DefinitionForm, "kpis"))
    metric: Any = (_one_of(tuple(AIMS)), _like(CommitmentForm, "metric"))
    return Forms(
        create_model("Scorecard", __base__=ScorecardForm, kpis=figures, by=groups),
        create_model("Evidence", __base__=EvidenceForm, kpi=kpi, reason=reason),
        create_model("Definition", __base__=DefinitionForm, kpis=told),
        create_model("Commitment", __base__=CommitmentForm, metric=metric),
    )


def _like(form: type[Form], name: str) -> FieldInfo:
    """Default and description of a field, for another of a narrower type."""
    return copy(form.model_fields[name])


def _one_of(names: tuple[str, ...]) -> Any:
    """A text that is one of these, as a type."""
    return Literal.__getitem__(names)


def _some_of(names: tuple[str, ...], most: int) -> Any:
    """A list of these, each once, as a type."""
    several = GenericAlias(list, (_one_of(names),))
    return Annotated[several, Field(max_length=most), AfterValidator(_once)]


def _once(said: list[str]) -> list[str]:
    return list(dict.fromkeys(said))
