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
# An answer's question put anew in one part: `change:period`, `change:whose`, `change:kpi`.
CHANGE = "change"
# Other rows of the same answer: `rows:earlier`, `rows:later`.
ROWS = "rows"
# One of the questions that may have been meant: `choice:0` and on.
CHOICE = "choice"
# Whether an answer was of use.
FEEDBACK = "feedback"
# The note's other ways on.
CARD = "card"
SETTINGS = "settings"
# What Home leads to beside those.
HELP = "help"
LOOKS = "looks"
LINK = "link"
# A contact that somebody logs by hand, and one that they put right.
LOG = "log"
FIX = "fix"
# What admins see to.
LINKS = "links"
TARGETS = "targets"
HOURS = "hours"
WEEK = "week"


def action_id(name: str, about: str = "") -> str:
    """The id of an action, with what tells it from others of the same name in one message."""
    return f"{name}:{about}" if about else name
