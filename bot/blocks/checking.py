"""What is wrong with blocks, before Slack refuses them and the whole message with them.

It is stricter than Slack: it knows only the blocks that this program draws, and of a limit that
sources tell in two ways, the smaller.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.blocks import limits
from bot.blocks.kinds import AnyBlock
from bot.blocks.markup import size
from bot.blocks.texts import Part, PlainText, counted, most, see_markup
from bot.replies import Block, Reply

Surface = Literal["message", "home", "modal"]

_SAID_IN_MODALS = frozenset(
    ("actions", "alert", "card", "context", "divider", "header", "image", "input", "section")
)
_SAID_ON_HOME = frozenset(
    (
        *("actions", "card", "carousel", "container", "context", "data_table"),
        *("data_visualization", "divider", "header", "image", "input", "section", "table"),
    )
)
_SAID_IN_MESSAGES = _SAID_ON_HOME | {"context_actions", "markdown"}
SURFACES: Mapping[Surface, frozenset[str]] = MappingProxyType(
    {"message": _SAID_IN_MESSAGES, "home": _SAID_ON_HOME, "modal": _SAID_IN_MODALS}
)
_MOST_BLOCKS: Mapping[Surface, int] = MappingProxyType(
    {
        "message": limits.MESSAGE_BLOCKS,
        "home": limits.VIEW_BLOCKS,
        "modal": limits.VIEW_BLOCKS,
    }
)
_MOST_OF_A_KIND: Mapping[str, int] = MappingProxyType(
    {"table": limits.TABLES, "data_visualization": limits.CHARTS}
)
# What a Slack that refuses blocks of newer kinds draws all the same.
_NEWER = frozenset(
    (
        *("table", "data_table", "data_visualization", "card", "carousel", "container"),
        *("context_actions", "markdown"),
    )
)

_ViewText = Annotated[PlainText, AfterValidator(most(limits.VIEW_BUTTON))]


class _View(Part):
    """What a view holds, beside its blocks."""

    type: Literal["home", "modal"]
    blocks: Annotated[list[dict[str, Any]], AfterValidator(counted(1, limits.VIEW_BLOCKS))]
    title: Annotated[PlainText, AfterValidator(most(limits.VIEW_TITLE))] | None = None
    submit: _ViewText | None = None
    close: _ViewText | None = None
    private_metadata: Annotated[str, Field(max_length=limits.PRIVATE_METADATA)] | None = None
    callback_id: Annotated[str, AfterValidator(most(limits.CALLBACK_ID))] | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None
    external_id: Annotated[str, AfterValidator(most(limits.CALLBACK_ID))] | None = None


def check(blocks: Sequence[Block], surface: Surface = "message") -> list[str]:
    """What is wrong with the blocks of a message or view: one line each, empty if nothing is."""
    wrong = [line for at, block in enumerate(blocks) for line in _of_block(at, block, surface)]
    if not 1 <= len(blocks) <= _MOST_BLOCKS[surface]:
        wrong.append(f"has {len(blocks)} blocks, not 1 to {_MOST_BLOCKS[surface]}")
    return [*wrong, *_of_all(blocks)]


def check_view(view: Mapping[str, Any]) -> list[str]:
    """What is wrong with a modal or a Home, its blocks included."""
    wrong = [f"view {line}" for line in _faults(_View, view)]
    surface: Surface = "home" if view.get("type") == "home" else "modal"
    blocks = view.get("blocks") or ()
    if surface == "modal" and "title" not in view:
        wrong.append("view has no title")
    asks = any(block.get("type") == "input" for block in blocks)
    if surface == "modal" and asks and "submit" not in view:
        wrong.append("view asks for something and has no submit")
    return [*wrong, *check(blocks, surface)]


def check_reply(reply: Reply) -> list[str]:
    """What is wrong with an answer that goes out as a message, in either of its forms."""
    wrong = check(reply.blocks)
    if not 1 <= size(reply.text) <= limits.MESSAGE_TEXT:
        wrong.append(f"text has {size(reply.text):,} characters")
    try:
        see_markup(reply.text)
    except ValueError as error:
        wrong.append(f"text {error}")
    if reply.classic is not None:
        wrong += [f"classic: {line}" for line in check(reply.classic)]
    plainest = reply.blocks if reply.classic is None else reply.classic
    newer = sorted({str(block["type"]) for block in plainest} & _NEWER)
    return [*wrong, *(f"classic: has {kind}, which may be refused" for kind in newer)]


def _of_block(at: int, block: Block, surface: Surface) -> Iterator[str]:
    kind = block.get("type")
    yield from (f"block {at} {line}" for line in _faults(AnyBlock, block))
    if kind not in SURFACES[surface]:
        yield f"block {at}: {kind} has no place in a {surface}"


@cache
def _adapter(kind: Any) -> Callable[[object], object]:
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    return adapter.validate_python


def _faults(kind: Any, told: object) -> Iterator[str]:
    try:
        _adapter(kind)(told)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in one["loc"])
            yield f"{where}: {one['msg'].removeprefix('Value error, ')}"


def _of_all(blocks: Sequence[Block]) -> Iterator[str]:
    """What is wrong with blocks that are each well by themselves."""
    found = [part for block in blocks for part in _parts(block)]
    kinds = Counter(part.get("type") for part in found)
    for kind, greatest in _MOST_OF_A_KIND.items():
        if kinds[kind] > greatest:
            yield f"has {kinds[kind]} blocks of {kind}, not at most {greatest}"
    for name in ("block_id", "action_id"):
        counts = Counter(str(part[name]) for part in found if name in part)
        yield from (f"{name} {one} is there twice" for one, count in counts.items() if count > 1)
    marked = sum(size(str(one.get("text", ""))) for one in found if one.get("type") == "markdown")
    if marked > limits.MARKDOWN_TEXT:
        yield f"has {marked:,} characters of markdown, not at most {limits.MARKDOWN_TEXT:,}"


def _parts(told: object) -> Iterator[Mapping[str, Any]]:
    """A block and everything in it, at any depth."""
    if isinstance(told, Mapping):
        yield told
        for inner in told.values():
            yield from _parts(inner)
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from _parts(inner)
