"""How fresh the records are: the newest day that any of them tells of."""

from datetime import date

from sqlalchemy import Connection, func, select

from scoring.columns import table_of
from scoring.records import Interaction

_ended = table_of(Interaction).c.ended_day


def newest_day(connection: Connection) -> date | None:
    """The local day on which the last known contact ended; None before the first record."""
    day = connection.scalar(select(func.max(_ended)))
    return None if day is None else date.fromordinal(day)
