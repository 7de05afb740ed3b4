"""The courtesy of an agent's messages: a count of kind words, which is never mood."""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

GREETING = (
    r"^\W*(?:hello|hi|hey|hiya|greetings|dear|welcome|good (?:morning|afternoon|evening|day))\b"
)
APOLOGY = (
    r"\b(?:sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing)|pardon|forgive (?:me|us)"
    r"|regret (?:any|the|that|this)|my mistake|our mistake)\b"
)
_FEELING = (
    r"(?:frustrat|annoy|upset|disappoint|stress|worr|hard\b|difficult|tough|inconvenien|important"
    r"|angry|anger\b|confus|unpleasant|awful|terribl|painful|concern|feel)"
)
EMPATHY = (
    rf"\b(?:understand|appreciate|imagine|see|realise|realize|know) (?:how|why|your|that|this)\b"
    rf"[^.?!]{{0,30}}\b{_FEELING}"
    r"|\b(?:i|we) (?:can )?(?:completely|totally|fully|really) (?:understand|get (?:it|that))\b"
    rf"|\b(?:that|this|it) (?:must|has to|sounds?|can)\b[^.?!]{{0,20}}\b{_FEELING}"
    r"|\b(?:i|we)(?:'d| would) (?:feel|be) (?:\w+ )?(?:the same|too|as well)\b"
    r"|\bin your (?:shoes|place|position)\b|\bunderstandabl[ey]\b"
)
THANKS = r"\b(?:thank(?:s| you)|thx|ty|cheers|much appreciated|appreciate (?:your|you|it|that))\b"

_KINDS = tuple(re.compile(kind, re.IGNORECASE) for kind in (GREETING, APOLOGY, EMPATHY, THANKS))


@dataclass(frozen=True, slots=True)
class Courtesy:
    """How many of an agent's public messages greet, apologise, show understanding or thank."""

    greetings: int
    apologies: int
    empathy: int
    thanks: int

    @property
    def total(self) -> int:
        """All four together."""
        return sum(astuple(self))


def courtesy(texts: Iterable[str]) -> Courtesy:
    """The courtesy of an agent's messages; a message may count for several kinds, once each."""
    plain = [text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for text in texts]
    return Courtesy(*(sum(bool(kind.search(text)) for text in plain) for kind in _KINDS))
