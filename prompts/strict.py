"""The JSON schema of a form, such that strict mode takes it: closed, and every field required."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

Schema: TypeAlias = dict[str, Any]
# What says nothing to a model, or is not known to every strict server. Lengths that are dropped
# here are checked all the same when the form comes back.
_DROPPED = frozenset(("title", "default", "description", "minLength", "maxLength", "$defs"))
_BOUNDED = {"string": "pattern", "array": "maxItems", "integer": "maximum", "number": "maximum"}


def strict_schema(form: type[BaseModel]) -> Schema:
    """The schema of a form.

    Raises:
        ValueError: strict mode would not take the form, or it has no bounds; with every reason.
    """
    raw = form.model_json_schema()
    whole = _inlined(raw, raw.get("$defs", {}))
    if faults := list(_faults(form.__name__, whole)):
        raise ValueError(f"{form.__name__} is no strict form: " + "; ".join(faults))
    return _closed(whole)


def _inlined(part: Any, forms: Mapping[str, Any]) -> Any:
    """The schema with the forms within it in the places where they are referred to."""
    if isinstance(part, list):
        return [_inlined(one, forms) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(forms[part["$ref"].rpartition("/")[2]], forms)
    return {key: _inlined(one, forms) for key, one in part.items() if key != "$defs"}


def _closed(part: Schema) -> Schema:
    """One field or form without what is dropped, all of its fields required."""
    kept = {key: value for key, value in part.items() if key not in _DROPPED}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "maxLength" in part and "pattern" not in part:
        kept["pattern"] = f"^.{{0,{part['maxLength']}}}$"
    if "items" in kept:
        kept["items"] = _closed(kept["items"])
    if "anyOf" in kept:
        kept["anyOf"] = [_closed(one) for one in kept["anyOf"]]
    if "properties" in kept:
        kept["properties"] = {name: _closed(one) for name, one in kept["properties"].items()}
        kept.update(required=list(kept["properties"]), additionalProperties=False)
    return kept


def _faults(name: str, part: Schema) -> Iterator[str]:
    for field, inner in part.get("properties", {}).items():
        if field not in part.get("required", ()):
            yield f"{field} has a default"
        yield from _faults(field, inner)
    ways = [one for one in part.get("anyOf", ()) if one.get("type") != "null"]
    if len(ways) > 1:
        yield f"{name} may be of several types"
    for one in ways or ([part] if "anyOf" not in part else []):
        yield from _unbounded(name, one)


def _unbounded(name: str, part: Schema) -> Iterator[str]:
    kind = str(part.get("type"))
    fixed = "enum" in part or "const" in part or "maxLength" in part
    if kind in _BOUNDED and not fixed and _BOUNDED[kind] not in part:
        yield f"{name} has no bound"
    if "items" in part:
        yield from _faults(f"an item of {name}", part["items"])
