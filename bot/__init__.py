"""What connects people to the figures: the command line, and slash commands in Slack."""
