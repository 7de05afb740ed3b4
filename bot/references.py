"""What the buttons of answers stand for: references, which tell nothing by themselves.

A reference has no name and no figure in it, only ids and days. Whoever sends one back sees what
they may see at that moment and nothing else, whatever stands in it, so it need not be kept secret.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from scoring.errors import WordsError
from scoring.period import Period, Unit, whole

OLD = (
    "This button belongs to an answer of another version of Evenkeel. Ask again, and press the"
    " button of the new answer."
)
_WRITTEN = re.compile(
    r"(?P<kind>[a-z]{1,12}) (?P<about>[a-z0-9_]{0,60}) a(?P<agent>\d{0,12}) t(?P<team>\d{0,12})"
    r" (?P<first>\d{1,7}) (?P<last>\d{1,7}) (?P<count>\d{1,4}) (?P<unit>[a-z]{3,7})"
    r" s(?P<skip>\d{1,9})(?: k(?P<talk>[0-9a-f]{16}))?",
    re.ASCII,
)


_TURN = re.compile(
    r"ask (?P<talk>[0-9a-f]{16}) (?P<part>[a-z]{0,8}) (?P<to>[a-z0-9_]{0,45})", re.ASCII
)


@dataclass(frozen=True)
class Turn:
    """What a button of an answer stands for: a question that is kept, with one part put anew.

    ``talk`` is the question's id, ``part`` is empty where it is asked as it is, ``to`` what the
    part becomes: the key of a period or a KPI, an agent's or a team's id, how many rows to skip.
    """

    talk: str
    part: str = ""
    to: str = ""


@dataclass(frozen=True)
class Reference:
    """What a button stands for.

    ``kind`` is what is to be shown, ``about`` a KPI's key or a matter that reviews speak of,
    ``agent`` and ``team`` ids of whom it is, neither for all that the viewer sees; ``skip`` how
    many lines the pages before have. ``talk`` is the id of a question that is kept, where only
    that tells which contacts are meant.
    """

    kind: str
    period: Period
    about: str = ""
    agent: int | None = None
    team: int | None = None
    skip: int = 0
    talk: str = ""


def written(reference: Reference) -> str:
    """A reference as the value of a button."""
    agent, team = ("" if one is None else one for one in (reference.agent, reference.team))
    period = reference.period
    days = f"{period.first.toordinal()} {period.last.toordinal()} {period.count} {period.unit}"
    told = f"{reference.kind} {reference.about} a{agent} t{team} {days} s{reference.skip}"
    return f"{told} k{reference.talk}" if reference.talk else told


def read(value: str) -> Reference:
    """The reference that a button's value is; a period that still ran is whole again.

    Raises:
        WordsError: it is none.
    """
    found = _WRITTEN.fullmatch(value)
    if found is None:
        raise WordsError(OLD)
    agent, team = (int(found[one]) if found[one] else None for one in ("agent", "team"))
    try:
        period = _period(found)
    except (ValueError, OverflowError, KeyError) as error:
        raise WordsError(OLD) from error
    skip, talk = int(found["skip"]), found["talk"] or ""
    return Reference(found["kind"], period, found["about"], agent, team, skip, talk)


def written_turn(turn: Turn) -> str:
    """A turn as the value of a button, or of one option in a menu."""
    return f"ask {turn.talk} {turn.part} {turn.to}"


def read_turn(value: str) -> Turn:
    """The turn that a button's value is.

    Raises:
        WordsError: it is none.
    """
    found = _TURN.fullmatch(value)
    if found is None:
        raise WordsError(OLD)
    return Turn(found["talk"], found["part"], found["to"])


def _period(found: re.Match[str]) -> Period:
    first, last = (date.fromordinal(int(found[one])) for one in ("first", "last"))
    unit, count = cast("Unit", found["unit"]), int(found["count"])
    return Period(first, last) if unit == "days" else whole(first, unit, count)
