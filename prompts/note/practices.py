"""The practices: concrete things to do on the next contacts, each fitting findings, with source.

They stand in practices.toml; a company's own file may change entries key by key or add its own.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from scoring.errors import PracticesError

# A finding: a metric and the side of it that is off, or a flag of speed and quality together.
Finding: TypeAlias = Literal[
    "fcr down",
    "csat down",
    "sentiment down",
    "escalation up",
    "aht up",
    "rushing",
    "overservicing",
]
MOST_WORDS = 45
# A practice says what to do; none asks for haste, and none speaks of a person's nature.
HASTE = re.compile(r"\b(faster|quicker|hurry|speed up|rush|be quick)\b", re.IGNORECASE)


def _to_do(text: str) -> str:
    if len(text.split()) > MOST_WORDS:
        raise ValueError(f"is longer than {MOST_WORDS} words")
    if not text[0].isupper() or text[-1] not in ".?”":
        raise ValueError("is no whole sentence: begin with a capital, end with a full stop")
    if found := HASTE.search(text):
        raise ValueError(f"asks for haste (“{found.group()}”)")
    return text


Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Label: TypeAlias = Annotated[Words, AfterValidator(str.casefold)]


class Practice(BaseModel):
    """One concrete thing to do.

    ``fits`` are the findings that it helps with. With ``issues`` (words within an issue type's
    label) or ``channels`` it is only for findings there. ``saves_time`` marks what mainly
    shortens contacts; it is never given where quality is in doubt.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    fits: tuple[Finding, ...] = Field(min_length=1)
    to_do: Annotated[Words, AfterValidator(_to_do)] = Field(alias="do")
    source: Words
    issues: tuple[Label, ...] = ()
    channels: tuple[Label, ...] = ()
    saves_time: bool = False

    def is_for(self, issue_type: str | None, channel: str | None) -> bool:
        """Whether it may be given for a finding at this place, None for all of them."""
        issue = (issue_type or "").casefold()
        return (not self.channels or (channel or "").casefold() in self.channels) and (
            not self.issues
            or any(re.search(rf"\b{re.escape(word)}", issue) for word in self.issues)
        )

    @property
    def is_special(self) -> bool:
        """Whether it is for certain issues or channels only."""
        return bool(self.issues or self.channels)


class Practices(Mapping[str, Practice]):
    """All practices by key, in the order of the file."""

    def __init__(self, entries: Mapping[str, Practice]) -> None:
        self._entries = MappingProxyType(dict(entries))

    def __getitem__(self, key: str) -> Practice:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def fitting(
        self, finding: str, place: tuple[str | None, str | None], *, in_doubt: bool
    ) -> tuple[Practice, ...]:
        """Those that fit a finding at a place (issue type, channel): the special ones first.

        With quality ``in_doubt``, none that saves time.
        """
        found = [
            practice
            for practice in self.values()
            if finding in practice.fits
            and practice.is_for(*place)
            and not (in_doubt and practice.saves_time)
        ]
        return tuple(sorted(found, key=lambda practice: not practice.is_special))


def load_practices(*more: Path) -> Practices:
    """The shipped practices, with those of a company's own files changed or added key by key.

    Raises:
        PracticesError: what is wrong with the entries, all of it at once.
    """
    raw: dict[str, dict[str, object]] = {}
    for path in (Path(__file__).with_name("practices.toml"), *more):
        for key, entry in _read(path).items():
            raw[key] = {**raw.get(key, {}), **entry}
    wrong: list[str] = []
    entries = {key: one for key in raw if (one := _entry(key, raw[key], wrong)) is not None}
    if wrong:
        raise PracticesError("The practices cannot be used: " + "; ".join(wrong) + ".")
    return Practices(entries)


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PracticesError(f"The file of practices {path} cannot be read: {error}.") from error
    if stray := [key for key, entry in entries.items() if not isinstance(entry, dict)]:
        raise PracticesError(
            f"{path}: “{stray[0]}” is in no practice. Write [a_name_of_your_own] above it."
        )
    return entries


def _entry(key: str, entry: Mapping[str, object], wrong: list[str]) -> Practice | None:
    try:
        return Practice.model_validate({**entry, "key": key})
    except ValidationError as error:
        wrong += [f"{key}: {_fault(one['loc'], one['msg'])}" for one in error.errors()]
        return None


def _fault(location: Sequence[int | str], message: str) -> str:
    name = str(location[0])
    if message.startswith("Extra inputs"):
        near = difflib.get_close_matches(name, ("fits", "do", "source", "issues", "channels"), n=1)
        return f"unknown key “{name}”" + (f" (did you mean {near[0]}?)" if near else "")
    message = message.removeprefix("Value error, ")
    return f"{name}: {message[0].lower()}{message[1:]}"
