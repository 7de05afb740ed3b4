"""Slack's Block Kit as this program uses it: markup, limits, and a check of what will be sent."""
