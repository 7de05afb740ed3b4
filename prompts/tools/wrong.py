"""What is wrong with arguments, in a sentence: nothing of theirs is repeated but their names."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

# More faults than these are no help.
_MOST = 3
_LONGEST_NAME = 40
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is missing",
        "extra_forbidden": "is nothing that this takes",
        "string_too_long": "has more than {max_length} characters",
        "string_too_short": "is empty",
        "too_long": "has more than {max_length} entries",
        "string_pattern_mismatch": "holds characters that cannot be seen",
        "greater_than_equal": "is less than {ge}",
        "less_than_equal": "is more than {le}",
        "literal_error": "is none of {expected}",
    }
)
_OTHER = "is of another kind than this takes"


def in_words(form: type[BaseModel], error: ValidationError) -> str:
    """What is wrong, and what the form takes."""
    told = "; ".join(_faults(error))
    takes = ", ".join(form.model_fields) or "nothing"
    return f"That cannot be taken: {told}. It takes: {takes}."


def _faults(error: ValidationError) -> Iterator[str]:
    found = error.errors(include_url=False, include_input=False)
    for one in found[:_MOST]:
        why = _SAID.get(one["type"], _OTHER).format(**_bounds(one.get("ctx", {})))
        yield f"{_name(one['loc'])} {why}"
    if len(found) > _MOST:
        yield f"and {len(found) - _MOST} more"


def _bounds(context: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in context.items()}


def _name(place: tuple[int | str, ...]) -> str:
    """Where the fault is; whoever called may have made up the name, however long."""
    said = str(place[0]) if place else "it"
    plain = "".join(letter for letter in said if letter.isprintable())[:_LONGEST_NAME]
    at = f" number {place[1] + 1}" if len(place) > 1 and isinstance(place[1], int) else ""
    return f"“{plain}”{at}"
