"""The elements of blocks that this program draws, and what Slack lets each of them be."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.blocks import limits
from bot.blocks.texts import (
    ActionId,
    AnyText,
    MarkupText,
    Part,
    PlainText,
    Url,
    counted,
    most,
)

Placeholder = Annotated[PlainText, AfterValidator(most(limits.PLACEHOLDER))]
ButtonText = Annotated[PlainText, AfterValidator(most(limits.BUTTON_TEXT))]
ButtonValue = Annotated[str, AfterValidator(most(limits.BUTTON_VALUE))]
Label = Annotated[str, AfterValidator(most(limits.ACCESSIBILITY_LABEL))]
ConfirmButton = Annotated[PlainText, AfterValidator(most(limits.CONFIRM_BUTTON))]


class Confirm(Part):
    """The question whether a person means it."""

    title: Annotated[PlainText, AfterValidator(most(limits.CONFIRM_TITLE))]
    text: Annotated[AnyText, AfterValidator(most(limits.CONFIRM_TEXT))]
    confirm: ConfirmButton
    deny: ConfirmButton
    style: Literal["primary", "danger"] | None = None


class Button(Part):
    """A button. `agent_prompt`, which hands text to Slack's own model, is none of its keys."""

    type: Literal["button"]
    text: ButtonText
    action_id: ActionId
    value: ButtonValue | None = None
    url: Url | None = None
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None
    accessibility_label: Label | None = None


class Option(Part):
    """One of several things to choose from."""

    text: Annotated[AnyText, AfterValidator(most(limits.OPTION_TEXT))]
    value: Annotated[str, AfterValidator(most(limits.OPTION_VALUE))]
    description: Annotated[PlainText, AfterValidator(most(limits.OPTION_DESCRIPTION))] | None = (
        None
    )


Options = Annotated[list[Option], AfterValidator(counted(1, limits.OPTIONS))]
Choices = Annotated[list[Option], AfterValidator(counted(1, limits.CHOICES))]


class Select(Part):
    """A menu to choose one from."""

    type: Literal["static_select"]
    action_id: ActionId
    options: Options
    placeholder: Placeholder | None = None
    initial_option: Option | None = None
    confirm: Confirm | None = None


class SelectUser(Part):
    """A menu of people."""

    type: Literal["users_select"]
    action_id: ActionId
    placeholder: Placeholder | None = None
    initial_user: str | None = None


class Overflow(Part):
    """A menu behind three dots."""

    type: Literal["overflow"]
    action_id: ActionId
    options: Annotated[list[Option], AfterValidator(counted(1, limits.OVERFLOW_OPTIONS))]
    confirm: Confirm | None = None


class RadioButtons(Part):
    """One of a few, all of them seen."""

    type: Literal["radio_buttons"]
    action_id: ActionId
    options: Choices
    initial_option: Option | None = None


class Checkboxes(Part):
    """Any of a few."""

    type: Literal["checkboxes"]
    action_id: ActionId
    options: Choices
    initial_options: Choices | None = None


class DatePicker(Part):
    """A day."""

    type: Literal["datepicker"]
    action_id: ActionId
    initial_date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    placeholder: Placeholder | None = None


class TimePicker(Part):
    """A time on the clock."""

    type: Literal["timepicker"]
    action_id: ActionId
    initial_time: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] | None = None
    placeholder: Placeholder | None = None
    timezone: str | None = None


class TextInput(Part):
    """A text that a person writes."""

    type: Literal["plain_text_input"]
    action_id: ActionId
    initial_value: str | None = None
    multiline: bool | None = None
    min_length: Annotated[int, Field(ge=0, le=limits.INPUT_TEXT)] | None = None
    max_length: Annotated[int, Field(ge=1, le=limits.INPUT_TEXT)] | None = None
    placeholder: Placeholder | None = None


class NumberInput(Part):
    """A number that a person writes."""

    type: Literal["number_input"]
    action_id: ActionId
    is_decimal_allowed: bool
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None
    placeholder: Placeholder | None = None


class FeedbackButton(Part):
    """One of the two thumbs."""

    text: ButtonText
    value: ButtonValue
    accessibility_label: Label | None = None


class FeedbackButtons(Part):
    """Whether an answer was of use."""

    type: Literal["feedback_buttons"]
    action_id: ActionId
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class IconButton(Part):
    """A button with a picture on it, which must be told in words too."""

    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: ButtonText
    action_id: ActionId
    accessibility_label: Label
    value: ButtonValue | None = None
    confirm: Confirm | None = None


class Image(Part):
    """A picture, with what it shows in words."""

    type: Literal["image"]
    image_url: Url
    alt_text: Annotated[str, AfterValidator(most(limits.IMAGE_ALT_TEXT))]


Action = Annotated[
    Button | Select | SelectUser | Overflow | RadioButtons | Checkboxes | DatePicker | TimePicker,
    Field(discriminator="type"),
]
Accessory = Annotated[
    Button
    | Select
    | SelectUser
    | Overflow
    | RadioButtons
    | Checkboxes
    | DatePicker
    | TimePicker
    | Image,
    Field(discriminator="type"),
]
Input = Annotated[
    Select
    | SelectUser
    | RadioButtons
    | Checkboxes
    | DatePicker
    | TimePicker
    | TextInput
    | NumberInput,
    Field(discriminator="type"),
]
OfContext = Annotated[PlainText | MarkupText | Image, Field(discriminator="type")]
OfContextActions = Annotated[FeedbackButtons | IconButton, Field(discriminator="type")]
