"""Words that no slot of a reading took: names nobody may know, words nobody understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from scoring.reading.amounts import AMOUNT_WORDS
from scoring.reading.draft import AskBackError
from scoring.reading.grammar import (
    ALL,
    AMOUNT,
    COACHING,
    COMPARED,
    CONTACTS,
    DOING,
    EXAMPLES,
    FINER,
    KPI,
    LABEL,
    NOUN,
    PERSON,
    SEVERAL,
    TEAM,
    UNKNOWN,
    VERSUS,
)
from scoring.reading.spans import Lexicon, Span
from scoring.reading.tokens import Token

_MOST_LETTERS = 5
# An unknown word after one of these is taken for a name.
_BEFORE_NAMES = re.compile(
    r"for|about|on|in|vs|versus|against|hows|from|compare|team|and|show|me|give"
)
_VERBS = frozenset(["did", "does", "do", "is", "was", "has"])
_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "O": "I cannot leave anything out by “{said}”. What should be counted?",
        "|": "I can read one thing at a time. Which of the two is it?",
        "X": "I cannot read “{said}” in a question. Ask for one thing, said plainly.",
        "H": "What should have been kept up?",
        "T": "“{said}” what?",
        "N": "What does “{said}” count?",
        "R": "“{said}” than what?",
        "u": "How long in the job do you mean?",
        "t": "“{said}” of which time?",
    }
)


# KPIs that are called like a team is, and what stands beside the name of one.
_LIKE_TEAMS = frozenset(("retention",))
_WITH_NAMES = frozenset((KPI, PERSON, TEAM, DOING, COMPARED, VERSUS, ALL, COACHING, EXAMPLES))


def settled(found: Iterable[Span], tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """The meanings with those settled that only their neighbours tell.

    Raises:
        AskBackError: a team's name is a value of records too, and nothing tells which is meant.
    """
    some = list(found)
    return [_settled(some, at, tokens, lexicon) for at in range(len(some))]


def _settled(some: Sequence[Span], at: int, tokens: Sequence[Token], lexicon: Lexicon) -> Span:
    one = some[at]
    after = some[at + 1] if at + 1 < len(some) else None
    if one.kind == KPI and one.after - one.first == 1:
        owns = tokens[one.first].owns or _is_team_noun(some[at + 1 : at + 3])
        about = any(other.kind in _WITH_NAMES for other in some if other is not one)
        like_team = one.said.casefold() in _LIKE_TEAMS
        return replace(one, kind=UNKNOWN, value="name") if about and (owns or like_team) else one
    if one.kind == TEAM:
        return _team_or_value(one, after, tokens, lexicon)
    return one


def _is_team_noun(after: Sequence[Span]) -> bool:
    """Whether "team" comes next, and makes a name of a word: not so in "team comparison"."""
    kinds = [one.kind for one in after]
    return kinds[:1] == [NOUN] and after[0].value == "team" and kinds[1:] != [COMPARED]


def _team_or_value(
    one: Span, after: Span | None, tokens: Sequence[Token], lexicon: Lexicon
) -> Span:
    words = tuple(token.word for token in tokens[one.first : one.after])
    value = lexicon.values.get(words)
    if value is None or (after is not None and after.kind in {NOUN, "W"}):
        return one
    if after is not None and after.kind == CONTACTS:
        return replace(one, kind=LABEL, value=value.value)
    told = (f"{one.said} team", f"{one.said} contacts")
    raise AskBackError(f"Is “{one.said}” the team, or what contacts are about?", {one.said: told})


def is_name(one: Span, some: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether an unknown word looks like somebody's or some team's name."""
    if one.kind != UNKNOWN:
        return False
    token, said = tokens[one.first], one.said
    if one.value == "name" or token.owns or "@" in said:
        return True
    if _is_of_time(token) or (said.isupper() and len(said) <= _MOST_LETTERS):
        return False
    before = tokens[one.first - 1].word if one.first else ""
    beside = any(other.kind == PERSON and one.first == other.after for other in some)
    capital = token.capital and one.first > 0
    earlier = tokens[one.first - 2].word if one.first > 1 else "how"
    placed = bool(_BEFORE_NAMES.fullmatch(before)) or (before in _VERBS and earlier == "how")
    placed = placed and token.word.isalpha() and not _is_before_contacts(one, some)
    first = one.first == 0 and len(some) > 1 and some[1].kind == KPI
    return capital or beside or placed or first


def _is_of_time(token: Token) -> bool:
    return token.word in AMOUNT_WORDS and not (token.capital and token.first > 0)


def _is_before_contacts(one: Span, some: Sequence[Span]) -> bool:
    """Whether contacts come next: "on urgent tickets" names a kind of them, and nobody."""
    return any(other.kind == CONTACTS and other.first == one.after for other in some)


def ask_leftover(items: Sequence[Span]) -> None:
    """Asks back about the first meaning that no slot took.

    Raises:
        AskBackError: there is one.
    """
    for one in items:
        if one.kind == UNKNOWN:
            raise AskBackError(f"I do not know the word “{one.said}” here.", {one.said: ()})
        if one.kind == FINER:
            raise AskBackError("Figures are kept by week.", {one.said: ("by week",)})
        if one.kind == AMOUNT:
            raise AskBackError(f"How much is “{one.said}”? Say a number, or “below target”.")
        if one.kind == SEVERAL:
            raise AskBackError(f"“{one.said}” may mean several figures.", {"": one.value})
        if one.kind in _ASKED:
            raise AskBackError(_ASKED[one.kind].format(said=one.said))
