"""How well questions are read, with rules alone and with a model: right, wrong, asked back."""

import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from prompts.ask import Asking, Question
from prompts.filling import Filler
from prompts.golden import Golden, GoldenSet, slots_of
from prompts.model import Form, ModelError, Task
from scoring.kpis import Kpi
from scoring.query import Query
from scoring.reading.questions import read_question
from scoring.reading.reading import Read, Reading, Refused, Unclear
from scoring.reading.world import World

Verdict: TypeAlias = Literal["exact", "silently wrong", "asked back", "refused"]
_MIDDLE, _SLOW = 0.5, 0.95


@dataclass(frozen=True)
class Judged:
    """One question as one reader read it; ``tokens`` are what the model used for it."""

    golden: Golden
    verdict: Verdict
    wanted: Mapping[str, Any] | str
    found: Mapping[str, Any] | str
    ms: float
    tokens: int


@dataclass(frozen=True)
class Summary:
    """What became of all questions; ``silently_wrong`` were answered, and not as they should."""

    questions: int
    exact: int
    silently_wrong: int
    asked_back: int
    refused: int
    p50_ms: float
    p95_ms: float
    tokens: int


@dataclass
class Watched:
    """A model whose failures are counted, by their kind."""

    model: Filler
    failures: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    @property
    def tokens(self) -> int:
        """How many it has used so far."""
        return self.model.ledger.total

    def fill(self, task: Task, form: type[Form]) -> Form:
        """The form as the model fills it in.

        Raises:
            ModelError: there is none.
        """
        self.calls += 1
        try:
            return self.model.fill(task, form)
        except ModelError as error:
            self.failures[error.why] += 1
            raise


def judge(
    golden: GoldenSet, catalogue: Mapping[str, Kpi], watched: Watched | None = None
) -> Iterator[Judged]:
    """Every question, read by rules and then, where there is one, with the model."""
    world = golden.company.world(catalogue)
    asking = None if watched is None else Asking(watched)
    for one in golden.question:
        before = _query(one.before, world)
        spent, begun = watched.tokens if watched else 0, time.perf_counter()
        reading = read_question(one.ask, world, before)
        if isinstance(reading, Unclear) and asking is not None:
            reading = asking.read(Question(one.ask, world, reading, before))
        ms = (time.perf_counter() - begun) * 1000
        used = watched.tokens - spent if watched else 0
        wanted, found = golden.expected(one), _outcome(reading, world)
        yield Judged(one, _verdict(wanted, found), wanted, found, ms, used)


def summary(judged: Sequence[Judged]) -> Summary:
    """The counts of each verdict, how long the middle and the slow ones took, and the tokens."""
    counts = Counter(one.verdict for one in judged)
    times = sorted(one.ms for one in judged)
    return Summary(
        len(judged),
        counts["exact"],
        counts["silently wrong"],
        counts["asked back"],
        counts["refused"],
        _at(times, _MIDDLE),
        _at(times, _SLOW),
        sum(one.tokens for one in judged),
    )


def _query(words: str | None, world: World) -> Query | None:
    reading = read_question(words, world) if words else None
    return reading.query if isinstance(reading, Read) else None


def _outcome(reading: Reading, world: World) -> Mapping[str, Any] | str:
    if isinstance(reading, Read):
        return slots_of(reading.query, world)
    return "refused" if isinstance(reading, Refused) else "asked back"


def _verdict(wanted: Mapping[str, Any] | str, found: Mapping[str, Any] | str) -> Verdict:
    if wanted == found:
        return "exact"
    if not isinstance(found, str):
        return "silently wrong"
    return "refused" if found == "refused" else "asked back"


def _at(times: Sequence[float], share: float) -> float:
    """The time within which that share of the questions was read."""
    return times[max(0, math.ceil(share * len(times)) - 1)]
