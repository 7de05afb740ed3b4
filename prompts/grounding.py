"""The gate: what a comment that a model wrote may say, and what keeps it from being shown.

A comment stands beside a statement that code has written, and may say nothing that the statement
does not: no number, in digits or words; no direction but its own; nobody's name; no cause, no
comparison between people, no advice to hurry, nothing about how somebody feels or is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Judgement: TypeAlias = Literal["better", "worse", "none"]
MOST_WORDS = 25
# Letters, spaces and the marks of plain sentences; so no markup, no link, no mention, no emoji.
_PLAIN = re.compile(r"[A-Za-z ,.;:?'\u2019\u2013\-]*")
_WORD = re.compile(r"[A-Za-z]+(?:['\u2019\-][A-Za-z]+)*")
# Words that are written with a capital wherever they stand.
_CAPITALS = frozenset({"I", "AHT", "FCR", "CSAT", "KPI"})

# Each family of words that no comment may hold, by what is wrong with it.
_NEVER: Mapping[str, str] = MappingProxyType(
    {
        "a number": (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy"
            " eighty ninety hundred hundreds thousand thousands million dozen dozens half halves"
            " halved third thirds quarter quarters double doubled triple tripled twice thrice"
            " percent percentage percentages points per-cent once first second fourth fifth couple"
            " several few many most majority minority fold tenfold twofold nil none every all"
        ),
        "a cause": (
            "because cause caused causes causing due owing thanks led leads leading reason reasons"
            " therefore hence thus result results resulted explains explained why blame blamed"
        ),
        "a comparison between people": (
            "rank ranked ranking best worst top bottom leader leaderboard colleague colleagues"
            " teammate teammates peer peers others everyone everybody anyone nobody average"
            " behind ahead outperform outperformed beat beats compete competition winner loser"
        ),
        "advice to hurry": (
            "hurry hurried rush rushed quick quicker quickly quickest fast faster fastest speed"
            " speedy speedier shorten shorter shortest sooner brief briefer tempo pace"
        ),
        "how somebody feels or is": (
            "feel feels feeling feelings felt emotion emotions emotional mood angry anger upset"
            " frustrated frustrating stress stressed tired exhausted bored anxious anxiety sad"
            " happy unhappy lazy careless sloppy unmotivated motivated attitude personality"
            " talent talented natural-born weak stupid incompetent smart clever ill sick health"
        ),
        "a threat or an order": (
            "must fired dismissal dismiss warning warn disciplinary discipline punish punishment"
            " penalty bonus salary pay promotion promoted unacceptable terrible awful bad poor"
            " failure fail failed failing disappointing disappointed shame"
        ),
        "something about the program": (
            "prompt prompts instruction instructions ignore ignored system model assistant ai"
            " password token tokens key secret confidential link click http https www email"
            " attachment approve approved override admin administrator developer"
        ),
    }
)
_UP = "better improve improved improves improving improvement gain gained gains stronger strong"
_DOWN = (
    "worse worsen worsened worsening decline declined declines declining slip slipped slips"
    " slipping drop dropped drops dropping fall fell fallen falls falling lose lost losing weaker"
    " weakened decrease decreased lower lowered down reduced reduction deteriorate deteriorated"
)
# Up or down says nothing of good or bad, so it is the statement's to say.
_EITHER = "up rise rose risen rising rises increase increased increases increasing higher grew"
_PRAISE = (
    "great excellent wonderful fantastic superb outstanding impressive amazing brilliant bravo"
    " congratulations well-done perfect perfectly proud star nice nicely good praise"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FAMILIES = tuple((what, _words(words)) for what, words in _NEVER.items())
_BY_JUDGEMENT: Mapping[Judgement, tuple[tuple[str, frozenset[str]], ...]] = MappingProxyType(
    {
        "better": (("another direction", _words(f"{_DOWN} {_EITHER}")),),
        "worse": (
            ("another direction", _words(f"{_UP} {_EITHER}")),
            ("praise for what got worse", _words(_PRAISE)),
        ),
        "none": (
            (
                "a direction where nothing is known to have moved",
                _words(f"{_UP} {_DOWN} {_EITHER}"),
            ),
            ("praise that nothing stands for", _words(_PRAISE)),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a model wrote, and the judgement of the statement that it stands beside."""

    text: str
    judgement: Judgement = "none"


def faults(comment: Comment) -> list[str]:
    """What is wrong with a comment, each in a few words; nothing where it may be shown."""
    return list(dict.fromkeys(_faults(comment)))


def faults_of_all(comments: Iterable[Comment], most_words: int) -> list[str]:
    """What is wrong with comments that stand in one text, and with their length together."""
    told = list(comments)
    found = [fault for one in told for fault in faults(one)]
    if sum(len(_WORD.findall(one.text)) for one in told) > most_words:
        found.append(f"more than {most_words} words in all")
    said = [one.text.casefold() for one in told if one.text]
    if len(set(said)) < len(said):
        found.append("the same comment twice")
    return list(dict.fromkeys(found))


def _faults(comment: Comment) -> Iterator[str]:
    text = comment.text
    if any(unicodedata.category(one).startswith("N") for one in text):
        yield "a number"
    if not _PLAIN.fullmatch(text):
        yield "other than plain letters and marks"
    words = _WORD.findall(text)
    if len(words) > MOST_WORDS:
        yield f"more than {MOST_WORDS} words"
    known = set(_parts(words))
    for what, family in (*_FAMILIES, *_BY_JUDGEMENT[comment.judgement]):
        if known & family:
            yield what
    yield from _names(text)


def _parts(words: Iterable[str]) -> Iterator[str]:
    """Words in small letters, and what they are joined of: "two-fold" is "two" and "fold"."""
    for word in words:
        plain = word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        yield plain
        yield from re.split(r"['-]", plain)


def _names(text: str) -> Iterator[str]:
    """A name is written with a capital where no sentence begins."""
    for sentence in re.split(r"[.?:]\s*", text):
        later = _WORD.findall(sentence)[1:]
        if any(not one.islower() and one.split("'")[0] not in _CAPITALS for one in later):
            yield "a name, or capitals"
