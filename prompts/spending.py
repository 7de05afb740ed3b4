"""What the model may cost: tokens per question and per day, counted in this process alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from prompts.model import ModelError

# For texts that no server has counted yet. English has about four letters to a token; three is
# on the safe side, and needs no vocabulary to be downloaded.
_LETTERS_PER_TOKEN = 3


def guessed(text: str) -> int:
    """About as many tokens as a text has, and seldom fewer."""
    return len(text) // _LETTERS_PER_TOKEN + 1


@dataclass
class Ledger:
    """Counts tokens of the day against its ceiling; a restart begins anew.

    ``today`` gives the day; ``total`` counts since the start.
    """

    per_question: int
    per_day: int
    today: Callable[[], date]
    total: int = 0
    _spent: int = 0
    _day: date | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def open(self) -> "Account":
        """The account of one question."""
        return Account(self)

    def reserve(self, tokens: int) -> None:
        """Sets tokens aside, so that two questions at once cannot both have the last ones.

        Raises:
            ModelError: the day has not as many left.
        """
        with self._lock:
            day = self.today()
            if day != self._day:
                self._day, self._spent = day, 0
            if self._spent + tokens > self.per_day:
                raise ModelError(
                    "spent",
                    "Today's tokens are spent, so the model is not asked. Raise"
                    " EVENKEEL_MODEL_DAY_TOKENS, or wait until tomorrow.",
                )
            self._spent += tokens

    def settle(self, reserved: int, used: int) -> None:
        """Puts what was used in the place of what was set aside."""
        with self._lock:
            self._spent = max(0, self._spent + used - reserved)
            self.total += used


@dataclass
class Account:
    """What one question has cost so far."""

    ledger: Ledger
    spent: int = 0
    _reserved: int = 0

    def reserve(self, tokens: int) -> None:
        """Sets tokens aside for a call.

        Raises:
            ModelError: the question, or the day, has not as many left.
        """
        if self.spent + tokens > self.ledger.per_question:
            raise ModelError(
                "spent",
                "That question would cost more tokens than one may. Raise"
                " EVENKEEL_MODEL_QUESTION_TOKENS if it should.",
            )
        self.ledger.reserve(tokens)
        self._reserved = tokens

    def settle(self, used: int | None) -> None:
        """Notes what a call has used; all that was set aside where nobody counted."""
        used = self._reserved if used is None else used
        self.spent += used
        self.ledger.settle(self._reserved, used)
        self._reserved = 0
