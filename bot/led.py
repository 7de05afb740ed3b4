"""Whose leader asks: the team that is meant, or the people where they make up no team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.words import Subject
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.access import Sight
    from scoring.period import Period

LEADS_NOBODY = (
    "By the roster you lead nobody, so there is no team to show you. Your own figures are behind"
    " `/scorecard`, your week behind `/coach`."
)
# What people are called together who make up no team.
THEY = "The people you lead"
# More names than these are no help.
_FEW = 10


class ChoiceError(WordsError):
    """The words may mean any of several; ``names`` are what to say after the command."""

    def __init__(self, told: str, names: Sequence[str]) -> None:
        super().__init__(told)
        self.names = tuple(names)


@dataclass(frozen=True)
class Led:
    """A team by id, or None for people who make up none; and what it is called."""

    team: int | None
    name: str


def led_by(seeing: "Sight", subject: Subject) -> Led:
    """The team that the words name or, where they name none, the only one that there is.

    Raises:
        AccessError: the asker leads nobody; ChoiceError: it may be any of several.
    """
    if subject.team is not None:
        return Led(subject.team, subject.name)
    if not seeing.viewer.leads:
        raise AccessError(LEADS_NOBODY)
    if subject.agent is not None:
        raise WordsError(f"I understood {subject.understood}, who is a person and no team.")
    teams = seeing.named.teams
    if len(teams) > 1:
        names = ", ".join(list(teams.values())[:_FEW])
        more = "" if len(teams) <= _FEW else f" and {len(teams) - _FEW} more"
        raise ChoiceError(f"Say which team: {names}{more}.", list(teams.values()))
    return next((Led(team, name) for team, name in teams.items()), Led(None, THEY))


def people_of(seeing: "Sight", led: Led, period: "Period") -> Mapping[int, str]:
    """What the people are called whom it is about at some time of a period, by id."""
    from scoring.people import team_people

    if led.team is None:
        others = seeing.named.people.items()
        return {one: name for one, name in others if one != seeing.viewer.agent_id}
    found = team_people(seeing.reader.connection, led.team, period.first, period.last)
    return {one: name for one, name in found.items() if seeing.viewer.may_see(one)}
