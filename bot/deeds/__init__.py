"""What people do in Slack beside commands: buttons, forms and events; each module says its own."""

# A module is imported when the app is put together.
NAMES = (
    "contacts",
    "card",
    "team",
    "message",
    "turn",
    "feedback",
    "opened",
    "home",
    "settings",
    "admin",
    "log",
)
