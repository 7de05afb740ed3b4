"""The slash commands, one module each; each says what it is called, is for and does."""

# A command's module is imported when the app is put together.
NAMES = ("scorecard", "team", "coach", "ask", "kpi", "log", "evenkeel")
