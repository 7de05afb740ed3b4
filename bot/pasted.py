"""Transcripts that somebody pastes: who said what, line by line."""

import re

from scoring.errors import WordsError

HOW = "Begin each message with Customer: or Agent:, on a line of its own."
_BEGINS = re.compile(r"\s*(customer|client|agent|me|bot|system)\s*:\s*(.*)", re.IGNORECASE)
_WHO = {"client": "customer", "me": "agent"}


def messages_of(text: str) -> list[dict[str, str]]:
    """The messages of a pasted conversation; lines that begin none go on with the one before.

    Raises:
        WordsError: it does not begin with one.
    """
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        begins = _BEGINS.match(line)
        if begins:
            who = begins[1].casefold()
            found.append({"author": _WHO.get(who, who), "text": begins[2].strip()})
        elif found:
            found[-1]["text"] = f"{found[-1]['text']}\n{line.strip()}".strip()
        elif line.strip():
            raise WordsError(HOW)
    return [one for one in found if one["text"]]
