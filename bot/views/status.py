"""How things stand: who asks by the roster, whom they see, and how far the records go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.blockkit import context, fallback, header, joined, section
from bot.replies import Reply

TITLE = "How things stand"
NO_RECORDS = "No record has been taken in yet: ask whoever runs Evenkeel to import some."
OWN = "You see your own figures, and nobody else's."


@dataclass(frozen=True)
class Status:
    """`sees` is how many other people's figures the person sees, None for everybody's.

    `newest` is the last day that records tell of, None where there are none.
    """

    name: str
    role: str
    sees: int | None
    teams: tuple[str, ...]
    newest: date | None
    zone: str


def status(told: Status) -> Reply:
    """The state of things."""
    lines = list(_lines(told))
    small = f"Days are those of {told.zone}."
    blocks = (header(TITLE), section(joined(lines)), context(small))
    return Reply(blocks, fallback(TITLE, *lines, small))


def _lines(told: Status) -> Iterator[str]:
    yield f"You are linked to {told.name}, by the roster {_role(told.role)}."
    if told.sees is None:
        yield "You see everybody's figures."
    elif not told.sees:
        yield OWN
    else:
        people = "one other person" if told.sees == 1 else f"{told.sees} other people"
        yield f"You see your own figures and those of {people}."
    if told.teams and told.sees is not None:
        yield f"As a whole you see {', '.join(told.teams)}."
    if told.newest is None:
        yield NO_RECORDS
    else:
        yield f"The newest records are of {told.newest.day} {told.newest:%B %Y}."


def _role(role: str) -> str:
    return {"agent": "an agent", "admin": "an admin"}.get(role, f"a {role}")
