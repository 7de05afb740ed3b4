"""The words after a slash command: whom they are about, and the rest, as Slack writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.access import NOBODY
from scoring.errors import AccessError, PeriodError, UnreadError, WordsError

if TYPE_CHECKING:
    from scoring.named import Named
    from scoring.period import Calendar, Period

ME = ("me", "my", "mine", "myself")
TEAM = ("team", "teams")
# A person, a link (an e-mail address becomes one), as Slack writes them where words are escaped.
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:mailto:)?([^<>|]*)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# What a period may begin with, and a person may be called.
_PERIODS = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug"),
        *("sep", "oct", "nov", "dec", "today", "yesterday", "last", "this", "since"),
    )
)
# Names are no longer than this many words.
_LONGEST_NAME = 8


@dataclass(frozen=True)
class Subject:
    """Whom words are about: one person or one team, by id, as they are called; or neither.

    ``said`` is "me", "team" or "name", or "" where nobody was named.
    """

    said: str = ""
    agent: int | None = None
    team: int | None = None
    name: str = ""

    @property
    def understood(self) -> str:
        """What to say was understood."""
        return {"me": "you", "team": "the team"}.get(self.said, self.name)


def plain_words(text: str) -> str:
    """The words as they were typed, without Slack's escapes; mentions stay."""
    mentions = MENTION.sub(r" @\1 ", text)
    told = _LINK.sub(lambda link: link[2] or link[1], mentions)
    for entity, letter in _ENTITIES:
        told = told.replace(entity, letter)
    return " ".join(told.split())


def whom(text: str, named: "Named", me: int) -> tuple[Subject, str]:
    """Whom the words are about among those a viewer may see, and the words that are left.

    Raises:
        AccessError: a person is mentioned whom the viewer may not see, or who does not exist.
        WordsError: several are mentioned, or a name may be any of several people's.
    """
    mentions = MENTION.findall(text)
    if len(mentions) > 1:
        raise WordsError("Several people are mentioned. Ask for one at a time.")
    if mentions:
        rest = plain_words(MENTION.sub(" ", text))
        return _mentioned(mentions[0], named, me), rest
    words = plain_words(text).split()
    first = words[0].casefold() if words else ""
    if first in ME and [one.casefold() for one in words[:2]] != ["my", "team"]:
        return Subject("me", agent=me, name=named.people.get(me, "")), " ".join(words[1:])
    if [one.casefold() for one in words[:2]] == ["my", "team"]:
        return Subject("team"), " ".join(words[2:])
    return _called(words, named)


def _mentioned(user_id: str, named: "Named", me: int) -> Subject:
    found = named.people_called(user_id)
    if len(found) != 1:
        raise AccessError(NOBODY)
    said = "me" if found[0] == me else "name"
    return Subject(said, agent=found[0], name=named.people[found[0]])


def _called(words: Sequence[str], named: "Named") -> tuple[Subject, str]:
    """Whoever the first words name, the longest name first.

    A word that periods are made of ("may", "april") is no name.
    """
    for count in range(min(len(words), _LONGEST_NAME), 0, -1):
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        if name.casefold() in _PERIODS:
            continue
        people, teams = named.people_called(name.removeprefix("@")), named.team_called(name)
        if len(people) + len(teams) > 1:
            raise WordsError(f"“{name}” may be any of several. Mention the person with @.")
        if people:
            return Subject("name", agent=people[0], name=named.people[people[0]]), rest
        if teams:
            return Subject("name", team=teams[0], name=named.teams[teams[0]]), rest
    if words and words[0].casefold() in TEAM:
        return Subject("team"), " ".join(words[1:])
    return Subject(), " ".join(words)


def period_of(rest: str, subject: Subject, now: datetime, calendar: "Calendar") -> "Period":
    """The period that the words left name; the last four complete weeks where none are left.

    Raises:
        WordsError: they name none, or one that cannot be; what was understood is told.
    """
    from scoring.reading.periods import default_period, read_period

    if not rest:
        return default_period(now, calendar)
    understood = f"I understood {subject.understood}, but " if subject.understood else ""
    try:
        return read_period(rest, now, calendar)
    except UnreadError as error:
        who = "" if understood else ", and nobody and no team whose figures you may see"
        raise WordsError(f"{_capital(f'{understood}“{rest}” names no period{who}')}.") from error
    except PeriodError as error:
        told = f"I understood {subject.understood}. " if understood else ""
        raise WordsError(f"{told}{error}") from error


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
