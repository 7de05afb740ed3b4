"""Turns results into words, and words into questions, with a language model or without.

It sees figures and facts that `scoring` has worked out, never a table, a record or Slack.
"""
