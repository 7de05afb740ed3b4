"""The catalogue: every KPI is a checked entry of kpis.toml; a company may change or add some."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from scoring.errors import CatalogueError
from scoring.measures import MEASURES

KINDS = (
    "mean",
    "share",
    "net",
    "count",
    "part_of",
    "median",
    "p90",
    "rate",
    "ratio",
    "figures",
    "open_age",
)
FROM_RECORDS = frozenset(("mean", "share", "net", "count", "part_of", "median", "p90"))
_FORMULAS = {
    "mean": "sum of {0} / records where it is known",
    "share": "records where {0} holds / records where it is known",
    "net": "sum of {0} / records where it is known",
    "count": "number of {0}s",
    "part_of": "number of {0}s in the channel / number of {0}s in all channels",
    "median": "half of the {0} are smaller",
    "p90": "nine in ten of the {0} are smaller",
    "rate": "{0} contacts / {1}",
    "ratio": "sum of {0} / sum of {1}",
    "figures": "{0} / {1}",
    "open_age": "median age of open contacts",
}
_COUNTED = {
    "created": "in the period in which the contact was made",
    "ended": "in the period in which the agent's part ended",
    "closed": "in the period of its close: the resolution where known, else the end",
    "resolved": "in the period of the final resolution",
    "day": "by the days that the figure or shift is of",
}
_CREDIT = {
    "first": "the first agent of the contact",
    "closer": "the last agent of the contact",
    "each": "each agent, with their own part",
    "escalator": "the agent who passed it up",
    "frozen_share": "every agent, by their share of the handle time",
}
_LEVELS = {
    "agent": "may be compared between agents, with n and interval",
    "coaching": "shown to the person for coaching, never ranked",
    "team": "teams and the whole only",
}
_SHIFT_PARTS = ("paid", "available", "productive", "on_queue")
Operands: TypeAlias = str | tuple[str, str] | None
Numbers: TypeAlias = tuple[float, ...]


class Kpi(BaseModel):
    """One KPI. Exactly one of the kinds (``mean``, ``share``, …) names what it is made of.

    ``target`` is one number to reach, a band of two, or empty. ``counted`` is the moment that puts
    a record into a period; ``credit`` says for whom a contact with several agents counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    mean: Operands = None
    share: Operands = None
    net: Operands = None
    count: Operands = None
    part_of: Operands = None
    median: Operands = None
    p90: Operands = None
    rate: Operands = None
    ratio: Operands = None
    figures: Operands = None
    open_age: Operands = None
    unit: str
    family: Literal["speed", "quality", "voice", "load"]
    better: Literal["higher", "lower", "within", "neither"]
    target: float | Annotated[Numbers, Field(max_length=2)] = ()
    level: Literal["agent", "coaching", "team"]
    credit: Literal["first", "closer", "each", "escalator", "frozen_share"] = "each"
    counted: Literal["created", "ended", "closed", "resolved", "day"]
    at_least: int = Field(default=20, ge=1)
    scale: tuple[float, float] | None = None
    guards: tuple[str, ...] = ()
    words: tuple[Annotated[str, AfterValidator(str.casefold)], ...]
    about: str
    watch: str = ""
    source: str = ""
    example: Mapping[str, float | list[float]] = {}

    @cached_property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def operands(self) -> tuple[str, ...]:
        """The measures or figures it is made of: one, or the upper and the lower of a ratio."""
        made_of = getattr(self, self.kind)
        return (made_of,) if isinstance(made_of, str) else tuple(made_of)

    @property
    def measure(self) -> str:
        """The first, often only, measure."""
        return self.operands[0]

    @property
    def formula(self) -> str:
        """What it is worked out from, in one line."""
        return _FORMULAS[self.kind].format(*(one.replace("_", " ") for one in self.operands))

    @property
    def counted_in_words(self) -> str:
        """The moment that puts a record into a period."""
        return _COUNTED[self.counted]

    @property
    def credit_in_words(self) -> str:
        """Whom a contact with several agents counts for."""
        return _CREDIT[self.credit]

    @property
    def level_in_words(self) -> str:
        """For whom it may be shown and compared."""
        return _LEVELS[self.level]

    @property
    def band(self) -> tuple[float, float] | None:
        """The target as lowest and highest good value, or None where there is no target."""
        if self.target == ():
            return None
        if isinstance(self.target, tuple):
            return self.target[0], self.target[1]
        if self.better == "lower":
            return float("-inf"), self.target
        return self.target, float("inf")


class Catalogue(Mapping[str, Kpi]):
    """All KPIs by key, in the order of the file."""

    def __init__(self, entries: Mapping[str, Kpi]) -> None:
        self._entries = MappingProxyType(dict(entries))

    def __getitem__(self, key: str) -> Kpi:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, wanted: str) -> Kpi:
        """The KPI of a key or of one of its words.

        Raises:
            CatalogueError: nothing is called that; the nearest names are given.
        """
        said = wanted.strip().casefold()
        for kpi in self.values():
            if said == kpi.key or said in kpi.words:
                return kpi
        near = difflib.get_close_matches(said, list(self), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`evenkeel kpis` lists them all."
        raise CatalogueError(f"There is no KPI called “{wanted}”. {hint}")


def load_catalogue(*more: Path) -> Catalogue:
    """The shipped entries, with those of a company's own files changed or added key by key.

    Raises:
        CatalogueError: what is wrong with the entries, all of it at once.
    """
    raw: dict[str, dict[str, object]] = {}
    for path in (Path(__file__).with_name("kpis.toml"), *more):
        for key, entry in _read(path).items():
            raw[key] = {**raw.get(key, {}), **entry}
    wrong: list[str] = []
    entries = {key: kpi for key in raw if (kpi := _entry(key, raw, wrong)) is not None}
    wrong += _contradictions(entries)
    if wrong:
        raise CatalogueError("The KPI catalogue cannot be used: " + "; ".join(wrong) + ".")
    return Catalogue(entries)


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"The KPI file {path} cannot be read: {error}.") from error
    if stray := [key for key, entry in entries.items() if not isinstance(entry, dict)]:
        raise CatalogueError(
            f"{path}: “{stray[0]}” is in no entry. Write [aht] or the like above it."
        )
    return entries


def _entry(key: str, raw: Mapping[str, dict[str, object]], wrong: list[str]) -> Kpi | None:
    entry, like, seen = dict(raw[key]), raw[key].get("like"), [key]
    while like is not None:
        if like not in raw or like in seen:
            wrong.append(f"{key}: like names “{like}”, which is no other entry")
            return None
        seen.append(str(like))
        other = raw[str(like)]
        of_one_kind = any(kind in entry for kind in KINDS)
        entry = {
            **{name: cell for name, cell in other.items() if not (of_one_kind and name in KINDS)},
            **entry,
        }
        like = other.get("like")
    entry.pop("like", None)
    try:
        return Kpi.model_validate({**entry, "key": key})
    except ValidationError as error:
        wrong += [f"{key}: {_fault(one['loc'], one['msg'])}" for one in error.errors()]
        return None


def _fault(location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]) if location else "entry"
    if message.startswith("Extra inputs"):
        near = difflib.get_close_matches(name, Kpi.model_fields, n=1)
        return f"unknown key “{name}”" + (f" (did you mean {near[0]}?)" if near else "")
    return f"{name}: {message[0].lower()}{message[1:]}"


def _contradictions(entries: Mapping[str, Kpi]) -> list[str]:
    wrong = []
    taken: dict[str, str] = {}
    for key, kpi in entries.items():
        wrong += [f"{key}: {fault}" for fault in _faults(kpi, entries)]
        for word in kpi.words:
            if word in taken:
                wrong.append(f"{key} and {taken[word]} share the word “{word}”")
            taken[word] = key
    return wrong


def _faults(kpi: Kpi, entries: Mapping[str, Kpi]) -> Iterator[str]:
    kinds = [kind for kind in KINDS if getattr(kpi, kind) is not None]
    if len(kinds) != 1:
        yield f"needs exactly one of {', '.join(KINDS)}"
    else:
        yield from _unknown(kpi)
    if isinstance(kpi.target, tuple) and (
        len(kpi.target) == 1 or list(kpi.target) != sorted(kpi.target)
    ):
        yield "target is neither one number nor a lowest and a highest"
    if kpi.family == "speed" and not kpi.guards:
        yield "a speed KPI must name the quality KPIs that guard it"
    yield from (f"guard “{guard}” is no KPI" for guard in kpi.guards if guard not in entries)


def _unknown(kpi: Kpi) -> Iterator[str]:
    of_record, spans = MEASURES.keys(), {f"shift.{one}_seconds" for one in _SHIFT_PARTS}
    known: Mapping[str, Sequence[Set[str]]] = {
        "mean": [of_record | {"pulse.satisfaction"}],
        "rate": [of_record, {"shift.on_queue_hours"}],
        "ratio": [spans | {"busy_seconds"}, spans],
        "figures": [set(kpi.operands[:1]), set(kpi.operands[1:])],
        "open_age": [{"median"}],
    }
    names = known.get(kpi.kind, [of_record])
    if len(kpi.operands) != len(names):
        yield f"{kpi.kind} is made of {len(names)}, not {len(kpi.operands)}"
        return
    for one, some in zip(kpi.operands, names, strict=True):
        if one not in some:
            yield f"there is no measure “{one}”"
    if kpi.counted == "day" and kpi.measure in of_record:
        yield "counted names the day of a figure, not of a contact"
