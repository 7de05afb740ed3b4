"""The form of a question: flat, all fields there and perhaps empty, all texts and lists bounded.

It holds no viewer, scope, id, date or query. Names, times and numbers are copied from the
question as they were written; who and when they are is worked out by code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, create_model

# Words of the question. The bound stands in the pattern, which more servers know than lengths.
Copied: TypeAlias = Annotated[str, Field(pattern=r"^.{1,60}$")]
Rows: TypeAlias = Literal[
    "agent",
    "team",
    "week",
    "channel",
    "issue_type",
    "priority",
    "complexity",
    "customer_tier",
    "language",
    "cohort",
]
Must: TypeAlias = Literal[
    "below",
    "at_most",
    "above",
    "at_least",
    "equal",
    "below_target",
    "above_target",
    "below_team_median",
    "above_team_median",
    "up",
    "down",
    "better",
    "worse",
    "not_better",
    "not_worse",
    "same",
]
Beside: TypeAlias = Literal["previous_period", "other_period", "team_median", "rest", "target"]
FIGURES = (1, 2, 3)
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the form: its KPI, what must hold of it, and the words that say so."""

    kpi: str
    said: str | None
    must: Must | None
    bound: str | None


class QuestionForm(BaseModel):
    """What a question asks for. ``figure_N_kpi`` is one of the catalogue's keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intent: Literal["figures", "coaching", "explain", "examples", "definition", "unclear"]
    intent_said: Copied | None
    everything: bool | None
    figure_1_kpi: str | None
    figure_1_said: Copied | None
    figure_1_must: Must | None
    figure_1_bound: Copied | None
    figure_2_kpi: str | None
    figure_2_said: Copied | None
    figure_2_must: Must | None
    figure_2_bound: Copied | None
    figure_3_kpi: str | None
    figure_3_said: Copied | None
    figure_3_must: Must | None
    figure_3_bound: Copied | None
    rows: Annotated[list[Rows], Field(max_length=2)]
    rows_said: Copied | None
    people: Annotated[list[Copied], Field(max_length=6)]
    teams: Annotated[list[Copied], Field(max_length=4)]
    values: Annotated[list[Copied], Field(max_length=6)]
    tenure: Copied | None
    period: Copied | None
    compared_with: Beside | None
    compared_said: Copied | None
    compared_period: Copied | None
    order_figure: Literal["1", "2", "3"] | None
    order_of: Literal["value", "change"] | None
    order_first: Literal["high", "low", "best", "worst"] | None
    order_said: Copied | None
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] | None
    empty_words: Annotated[list[Copied], Field(max_length=8)]

    @property
    def figures(self) -> dict[int, Figure]:
        """The figures that are filled in, by number."""
        return dict(self._figures())

    def _figures(self) -> Iterator[tuple[int, Figure]]:
        for number in FIGURES:
            parts = [getattr(self, f"figure_{number}_{name}") for name in Figure.__slots__]
            if parts[0] is not None:
                yield number, Figure(*parts)


def question_form(keys: Iterable[str]) -> type[QuestionForm]:
    """The form for a catalogue with these KPIs, in which no other can be named."""
    return _form_of(tuple(keys))


@lru_cache(maxsize=8)
def _form_of(keys: tuple[str, ...]) -> type[QuestionForm]:
    # A type made while running: to the type checker it is still text.
    key: Any = Literal[keys]
    fields: dict[str, Any] = {f"figure_{number}_kpi": (key | None, ...) for number in FIGURES}
    return create_model("Question", __base__=QuestionForm, **fields)
