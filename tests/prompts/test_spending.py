"""What a model may cost: by question, by day, and never twice the last tokens."""

from datetime import date

import pytest

from prompts.model import ModelError
from prompts.spending import Ledger, guessed

DAYS = [date(2026, 11, 22)]


def ledger(per_question=100, per_day=1000, today=lambda: DAYS[0]):
    return Ledger(per_question, per_day, today)


def test_a_question_may_not_cost_more_than_its_ceiling():
    account = ledger().open()
    account.reserve(60)
    account.settle(50)
    with pytest.raises(ModelError, match="QUESTION_TOKENS") as caught:
        account.reserve(51)
    assert caught.value.why == "spent"
    account.reserve(50)


def test_a_day_may_not_cost_more_than_its_ceiling_and_the_next_begins_anew():
    days = [date(2026, 11, 22)]
    book = ledger(per_day=100, today=lambda: days[0])
    first = book.open()
    first.reserve(100)
    first.settle(90)
    with pytest.raises(ModelError, match="DAY_TOKENS"):
        book.open().reserve(11)
    days[0] = date(2026, 11, 23)
    book.open().reserve(100)


def test_tokens_set_aside_for_one_question_are_not_there_for_another():
    book = ledger(per_day=100)
    book.open().reserve(60)
    with pytest.raises(ModelError):
        book.open().reserve(60)


def test_where_nobody_counted_all_that_was_set_aside_counts():
    book = ledger()
    account = book.open()
    account.reserve(70)
    account.settle(None)
    assert (account.spent, book.total) == (70, 70)


def test_a_guess_is_not_below_four_letters_to_a_token():
    assert guessed("word" * 10) >= 10
    assert guessed("") == 1
