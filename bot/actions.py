"""What the buttons of answers are called: the beginning of an action's id, before a colon.

A button's value is a reference that tells nothing by itself, so that no name and no figure is in
it. `bot.views` draws the buttons; whoever answers a click knows what the reference stands for.
"""

# The contacts behind a figure, one button a KPI: `contacts:fcr`.
CONTACTS = "contacts"
# An owner shows their own card to a channel.
SHARE = "share"
# Another page of the same: `page:earlier`, `page:later`.
PAGE = "page"
# Whether an answer was of use.
FEEDBACK = "feedback"
# The note's other ways on.
CARD = "card"
SETTINGS = "settings"


def action_id(name: str, about: str = "") -> str:
    """The id of an action, with what tells it from others of the same name in one message."""
    return f"{name}:{about}" if about else name
