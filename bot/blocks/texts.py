"""What texts and ids in blocks may be: how long, in which form, and with what in them."""

import re
from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.blocks import limits
from bot.blocks.markup import size

# The only ways in which angle brackets and ampersands may stand in markup that is sent.
_KNOWN = re.compile(
    r"<https?://[^<>|\s]+(?:\|[^<>\n]+)?>"
    r"|<!date\^\d+\^[^<>|]+\|[^<>|]+>"
    r"|<@[UW][A-Z0-9]+>"
    r"|&(?:amp|lt|gt);"
)
_CONTROL = re.compile("[<>&]")
_Told = TypeVar("_Told")


class Part(BaseModel):
    """A part of a block: what it may hold, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def most(characters: int) -> Callable[[_Told], _Told]:
    """A check that a text, or what has one, is neither empty nor longer."""

    def see(told: _Told) -> _Told:
        text = getattr(told, "text", told)
        length = size(str(text))
        if not 1 <= length <= characters:
            raise ValueError(f"has {length:,} characters, not 1 to {characters:,}")
        return told

    return see


def see_markup(text: str) -> str:
    """The text, if all that is markup in it is known: links, dates, one person.

    Raises:
        ValueError: what is not escaped, or calls more than one person.
    """
    left = _CONTROL.search(_KNOWN.sub("", text))
    if left is not None:
        raise ValueError(f"holds “{left[0]}” that is neither escaped nor markup that is known")
    return text


@dataclass(frozen=True)
class Unlike:
    """A check that items differ in what they are called by."""

    name: str

    def __call__(self, told: list[_Told]) -> list[_Told]:
        """The items, if no two are called the same."""
        called = [getattr(one, self.name, one) for one in told]
        if len(set(called)) < len(called):
            raise ValueError(f"two of them have the same {self.name}")
        return told


def counted(least: int, greatest: int) -> Callable[[_Told], _Told]:
    """A check of how many items there are."""

    def see(told: _Told) -> _Told:
        number = len(told) if isinstance(told, Sized) else 0
        if not least <= number <= greatest:
            raise ValueError(f"has {number} items, not {least} to {greatest}")
        return told

    return see


class PlainText(Part):
    """Text that is shown as it is."""

    type: Literal["plain_text"]
    text: Annotated[str, AfterValidator(most(limits.TEXT))]
    emoji: bool | None = None


class MarkupText(Part):
    """Text in Slack's markup."""

    type: Literal["mrkdwn"]
    text: Annotated[str, AfterValidator(most(limits.TEXT)), AfterValidator(see_markup)]
    # Else Slack makes links and mentions of what looks like one.
    verbatim: Literal[True]


AnyText = Annotated[PlainText | MarkupText, Field(discriminator="type")]
ActionId = Annotated[str, AfterValidator(most(limits.ACTION_ID))]
BlockId = Annotated[str, AfterValidator(most(limits.BLOCK_ID))]
Url = Annotated[str, AfterValidator(most(limits.URL)), Field(pattern="^https?://")]
