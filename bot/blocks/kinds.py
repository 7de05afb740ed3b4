"""The blocks that this program draws, and what Slack lets each of them be."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.blocks import limits
from bot.blocks.elements import Accessory, Action, Button, Input, OfContext, OfContextActions
from bot.blocks.figures import DataTable, DataVisualization, Table
from bot.blocks.texts import AnyText, BlockId, Part, PlainText, Url, counted, most

CardText = Annotated[AnyText, AfterValidator(most(limits.CARD_TITLE))]
ContainerText = Annotated[AnyText, AfterValidator(most(limits.CONTAINER_TITLE))]


class Section(Part):
    """A text, fields in two columns, or both; with something beside them."""

    type: Literal["section"]
    text: AnyText | None = None
    fields: (
        Annotated[
            list[Annotated[AnyText, AfterValidator(most(limits.FIELD_TEXT))]],
            AfterValidator(counted(1, limits.SECTION_FIELDS)),
        ]
        | None
    ) = None
    accessory: Accessory | None = None
    expand: bool | None = None
    block_id: BlockId | None = None

    @model_validator(mode="after")
    def see_content(self) -> Self:
        """Itself, if it says anything."""
        if self.text is None and self.fields is None:
            raise ValueError("has neither text nor fields")
        return self


class Header(Part):
    """A line in large letters."""

    type: Literal["header"]
    text: Annotated[PlainText, AfterValidator(most(limits.HEADER_TEXT))]
    block_id: BlockId | None = None


class Divider(Part):
    """A line between blocks."""

    type: Literal["divider"]
    block_id: BlockId | None = None


class Context(Part):
    """What is said in small letters."""

    type: Literal["context"]
    elements: Annotated[list[OfContext], AfterValidator(counted(1, limits.CONTEXT_ELEMENTS))]
    block_id: BlockId | None = None


class Actions(Part):
    """Buttons and menus in a row."""

    type: Literal["actions"]
    elements: Annotated[list[Action], AfterValidator(counted(1, limits.ACTIONS))]
    block_id: BlockId | None = None


class ContextActions(Part):
    """Small buttons about what stands above them."""

    type: Literal["context_actions"]
    elements: Annotated[list[OfContextActions], AfterValidator(counted(1, limits.CONTEXT_ACTIONS))]
    block_id: BlockId | None = None


class ImageBlock(Part):
    """A picture of full width."""

    type: Literal["image"]
    image_url: Url
    alt_text: Annotated[str, AfterValidator(most(limits.IMAGE_ALT_TEXT))]
    title: Annotated[PlainText, AfterValidator(most(limits.IMAGE_TITLE))] | None = None
    block_id: BlockId | None = None


class InputBlock(Part):
    """Something that a person fills in."""

    type: Literal["input"]
    label: Annotated[PlainText, AfterValidator(most(limits.INPUT_LABEL))]
    element: Input
    hint: Annotated[PlainText, AfterValidator(most(limits.INPUT_HINT))] | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None
    block_id: BlockId | None = None


class Markdown(Part):
    """Text in standard Markdown."""

    type: Literal["markdown"]
    text: Annotated[str, AfterValidator(most(limits.MARKDOWN_TEXT))]
    block_id: BlockId | None = None


class Alert(Part):
    """A warning in a modal."""

    type: Literal["alert"]
    text: Annotated[AnyText, AfterValidator(most(limits.ALERT_TEXT))]
    level: Literal["default", "info", "warning", "error", "success"] | None = None
    block_id: BlockId | None = None


class Card(Part):
    """A title with a few words and buttons."""

    type: Literal["card"]
    title: CardText | None = None
    subtitle: CardText | None = None
    body: Annotated[AnyText, AfterValidator(most(limits.CARD_BODY))] | None = None
    actions: Annotated[list[Button], AfterValidator(counted(1, limits.CARD_ACTIONS))] | None = None
    block_id: BlockId | None = None

    @model_validator(mode="after")
    def see_content(self) -> Self:
        """Itself, if it says anything."""
        if not (self.title or self.body or self.actions):
            raise ValueError("has neither title, body nor buttons")
        return self


class Carousel(Part):
    """Cards side by side."""

    type: Literal["carousel"]
    elements: Annotated[list[Card], AfterValidator(counted(1, limits.CAROUSEL_CARDS))]
    block_id: BlockId | None = None


Held = Annotated[
    Section | Header | Divider | Context | Actions | ImageBlock | Table,
    Field(discriminator="type"),
]


class Container(Part):
    """Blocks under one title, which a person may fold up."""

    type: Literal["container"]
    title: ContainerText
    child_blocks: Annotated[list[Held], AfterValidator(counted(1, limits.CONTAINER_BLOCKS))]
    subtitle: ContainerText | None = None
    is_collapsible: bool | None = None
    default_collapsed: bool | None = None
    block_id: BlockId | None = None


AnyBlock = Annotated[
    Section
    | Header
    | Divider
    | Context
    | Actions
    | ContextActions
    | ImageBlock
    | InputBlock
    | Markdown
    | Alert
    | Card
    | Carousel
    | Container
    | Table
    | DataTable
    | DataVisualization,
    Field(discriminator="type"),
]
