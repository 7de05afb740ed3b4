"""Conversations that are pasted, line by line."""

import pytest

from bot.pasted import messages_of
from scoring.errors import WordsError


def test_each_line_that_names_somebody_begins_a_message():
    found = messages_of("Customer: Hello\n\nAGENT: Good day\nHow can I help?\nclient: It broke")
    assert found == [
        {"author": "customer", "text": "Hello"},
        {"author": "agent", "text": "Good day\nHow can I help?"},
        {"author": "customer", "text": "It broke"},
    ]


def test_a_colon_within_a_message_begins_none():
    (one,) = messages_of("Agent: Two things: first\nNote: second")
    assert one["text"] == "Two things: first\nNote: second"


@pytest.mark.parametrize("text", ["", "  \n ", "Customer:\nAgent: "])
def test_where_nobody_says_anything_there_is_no_message(text):
    assert messages_of(text) == []


def test_words_of_nobody_are_refused_with_how_to_write_them():
    with pytest.raises(WordsError, match="Begin each message with Customer: or Agent:"):
        messages_of("Hello there\nAgent: Good day")
