"""Whom a contact with several agents counts for: the value and the weight of each part of it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func

from scoring.columns import table_of
from scoring.facts import Expression
from scoring.measures import MEASURES, Rules
from scoring.records import Interaction

_i = table_of(Interaction).c


@dataclass(frozen=True)
class Credited:
    """A measure under a rule of credit.

    ``shared`` is true where a part counts by its share of the contact's handle time.
    """

    measure: str
    credit: str

    @property
    def shared(self) -> bool:
        """Whether parts carry a weight rather than count once."""
        return self.credit == "frozen_share"

    def value(self, rules: Rules) -> Expression:
        """The measure on the parts that it counts for, NULL on the others."""
        value = MEASURES[self.measure].value(rules)
        if self.credit == "first":
            return case((_i.part == 1, value))
        if self.credit == "closer":
            return case((_i.last_part == 1, value))
        return value


def sums_of(
    value: ColumnElement[float], share: ColumnElement[float] | None
) -> tuple[Expression | ColumnElement[int], ...]:
    """n, the total and the total of squares of a column of values, each weighted by ``share``."""
    if share is None:
        return func.count(value), func.sum(value * 1.0), func.sum(value * value * 1.0)
    return (
        func.sum(case((value.is_not(None), share))),
        func.sum(share * value),
        func.sum(share * value * value),
    )
