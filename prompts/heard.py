"""What the words of a question mean one by one, as the reader with no model finds them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoring.reading.amounts import Amount
from scoring.reading.grammar import (
    AFTER,
    AGAINST,
    ALL,
    ASKED,
    CHANGED,
    COACHING,
    COMPARED,
    CONDITION,
    CONTACTS,
    COUNT,
    DEFINITION,
    DOING,
    EACH,
    END,
    EXAMPLES,
    EXPLAIN,
    FILL,
    JOIN,
    KPI,
    LABEL,
    LIMIT,
    MINE,
    MOST,
    MOVE,
    NOUN,
    NUMBER,
    PERIOD,
    PERSON,
    RANKED_MOVE,
    SHOWING,
    TEAM,
    TENURE,
    TEST,
    UNKNOWN,
    VAGUE,
    VERSUS,
    WEEKLY,
    WHERE,
)
from scoring.reading.leftovers import settled
from scoring.reading.rows import chooses_beside
from scoring.reading.shapes import shaped
from scoring.reading.spans import Lexicon, Span, spans
from scoring.reading.tokens import Token, clean, tokens, words_of
from scoring.reading.typos import corrected

# What a form can say. About a question that holds anything else, such as what is left out, "or",
# words with several meanings or a time that cannot be read, a model is not asked.
_OPEN = frozenset(
    (
        *(PERSON, TEAM, LABEL, PERIOD, TENURE, NUMBER, LIMIT, CONDITION, TEST, AFTER),
        *(KPI, ALL, DOING, COUNT, CONTACTS, MOVE, RANKED_MOVE, CHANGED, END, MOST),
        *(ASKED, EACH, WEEKLY, NOUN, MINE, VAGUE, VERSUS, COMPARED, AGAINST),
        *(COACHING, EXPLAIN, EXAMPLES, DEFINITION, WHERE, SHOWING, JOIN, FILL, UNKNOWN),
    )
)
_INTENTS = {
    COACHING: "coaching",
    EXPLAIN: "explain",
    EXAMPLES: "examples",
    DEFINITION: "definition",
}
_SIGNS = {
    **dict.fromkeys(("up", "above", "at_least", "high"), "+"),
    **dict.fromkeys(("down", "below", "at_most", "low"), "-"),
    **dict.fromkeys(("better", "met", "best", "ranked"), "good"),
    **dict.fromkeys(("worse", "missed", "worst"), "bad"),
}
# Words that tie what follows them to the rest.
_TIES = re.compile(
    r"amongst?|at|by|during|for|from|in|inside|of|on|over|per|that|under|where|which|whose?|with"
    r"|within|without"
)
_LISTS = re.compile(r"K(?:JK)+[ZM]|[ZM]K(?:JK)+")
_SIDES = frozenset(("below", "at_most", "above", "at_least", "equal"))
_TURNED = {"+": "-", "-": "+", "good": "bad", "bad": "good"}
VOLUME = "volume"


def sign(test: str) -> str:
    """Which way a test, a move or an end points: up, down, to the good or bad, or itself."""
    return _SIGNS.get(test, test)


@dataclass(frozen=True)
class Heard:
    """A question's words, with typing mistakes put right, and what they mean.

    ``written`` are the same words as they were typed.
    """

    tokens: Sequence[Token]
    items: Sequence[Span]
    written: Sequence[str]

    def values(self, kind: str) -> set[object]:
        """What is meant by the words of one kind."""
        return {one.value for one in self.items if one.kind == kind}

    @property
    def is_closed(self) -> bool:
        """Whether it holds what a model is not asked about."""
        either = any((one.kind, one.value) == (JOIN, "or") for one in self.items)
        closed = any(one.kind not in _OPEN for one in self.items)
        return either or closed or chooses_beside(self.items)

    def has(self, *kinds: str) -> bool:
        """Whether something of these kinds is said."""
        return any(one.kind in kinds for one in self.items)

    @cached_property
    def named(self) -> tuple[set[object], ...]:
        """People, teams, values, periods and time in the job."""
        labels = {pair[:2] for one in self.items if one.kind == LABEL for pair in one.value}
        return (*(self.values(kind) for kind in (PERSON, TEAM, PERIOD, TENURE)), labels)

    @cached_property
    def others(self) -> set[object]:
        """The periods that another one is compared with: those just after "against"."""
        pairs = zip(self.items, self.items[1:], strict=False)
        return {one.value for first, one in pairs if (first.kind, one.kind) == (VERSUS, PERIOD)}

    @cached_property
    def numbers(self) -> set[float]:
        """Bounds, limits and numbers that nothing took."""
        return set(self._numbers())

    def _numbers(self) -> Iterator[float]:
        for one in self.items:
            if one.kind == CONDITION:
                amounts = (one.value.bound, one.value.upper)
                yield from (part.value for part in amounts if isinstance(part, Amount))
            elif one.kind == NUMBER:
                yield one.value.value
            elif one.kind == LIMIT:
                yield float(one.value)

    @cached_property
    def against(self) -> set[str]:
        """What figures are held against, but for periods by name."""
        found = {str(one.value) for one in self.items if one.kind == AGAINST}
        found |= {
            one.value.bound
            for one in self.items
            if one.kind == CONDITION and isinstance(one.value.bound, str)
        }
        known = {"team_median": "median", "team_average": "median", "rest": "rest"}
        return {known.get(one, "target" if one == "target" else "time") for one in found}

    @cached_property
    def kpis(self) -> set[str]:
        """The KPIs that are named, or said by a move or an end."""
        return set(self._kpis())

    def _kpis(self) -> Iterator[str]:
        for one in self.items:
            if one.kind == KPI:
                yield one.value
            elif one.kind == MOVE:
                yield from one.value.kpis
            elif one.kind == RANKED_MOVE:
                yield from one.value[0].kpis
            elif one.kind == END and one.value.kpi:
                yield one.value.kpi

    @property
    def counts_contacts(self) -> bool:
        """Whether contacts are named, which may mean how many there are."""
        values = [pair for one in self.items if one.kind == LABEL for pair in one.value]
        return bool(self.values(CONTACTS)) or any(counts for _, _, counts in values)

    @property
    def asks_everything(self) -> bool:
        """Whether all headline KPIs may be meant."""
        return self.has(ALL, DOING)

    @cached_property
    def intents(self) -> set[str]:
        """The intents that its words say, but for figures."""
        return {_INTENTS[one.kind] for one in self.items if one.kind in _INTENTS}

    @cached_property
    def rows(self) -> set[str]:
        """What it says its rows are."""
        asked = {one.value.by for one in self.items if one.kind == ASKED}
        each = {str(one.value) for one in self.items if one.kind == EACH}
        return asked | each | ({"week"} if self.values(WEEKLY) else set())

    @property
    def lists(self) -> Iterator[set[str]]:
        """The KPIs of lists with a condition or move beside them: "csat and fcr below target"."""
        kinds = "".join(one.kind for one in self.items)
        for found in _LISTS.finditer(kinds):
            some = self.items[slice(*found.span())]
            yield {str(one.value) for one in some if one.kind == KPI}

    @cached_property
    def bounds(self) -> frozenset[str]:
        """On which side of a number a value is to be, and whether the number itself will do."""
        tests = [str(one.value) for one in self.items if one.kind in {TEST, AFTER}]
        tests += [one.value.test for one in self.items if one.kind == CONDITION]
        return _SIDES.intersection(tests)

    @cached_property
    def signs(self) -> list[str]:
        """Which ways its moves, conditions and ends point."""
        return list(self._signs())

    def _signs(self) -> Iterator[str]:
        for one in self.items:
            if one.kind in {MOVE, CONDITION}:
                yield sign(one.value.test)
            elif one.kind == RANKED_MOVE:
                found = sign(one.value[0].test)
                yield _TURNED.get(found, found) if one.value[1] == "low" else found
            elif one.kind == END:
                yield sign(one.value.end)
            elif one.kind in {TEST, AFTER}:
                yield sign(str(one.value))

    @cached_property
    def unknown(self) -> set[int]:
        """Which of its words mean nothing to the reader."""
        return {
            at for one in self.items if one.kind == UNKNOWN for at in range(one.first, one.after)
        }

    @property
    def edges(self) -> set[int]:
        """The places before the first word that says something, and after the last.

        There people greet and thank; between them a word that nobody knows may say anything, and
        so may one that a small word ties to the rest, as in "among left handers".
        """
        known = [one for one in self.items if one.kind not in {UNKNOWN, JOIN}]
        first = min((one.first for one in known), default=0)
        after = max((one.after for one in known), default=0)
        sides = (range(first), range(after, len(self.tokens)))
        free = (
            side for side in sides if not any(_TIES.fullmatch(self.tokens[at].word) for at in side)
        )
        return {at for side in free for at in side}

    def places(self, said: str | None) -> set[int]:
        """Where words that were copied stand; none where they do not."""
        words = words_of(said or "")
        texts = ([token.word for token in self.tokens], list(self.written))
        starts = [
            at
            for text in texts
            for at in range(len(text))
            if words and tuple(text[at : at + len(words)]) == words
        ]
        return {at + step for at in starts for step in range(len(words))}

    def said(self, places: set[int]) -> str:
        """The words at these places."""
        return " ".join(self.tokens[at].word for at in sorted(places))


def hear(words: str, lexicon: Lexicon) -> Heard:
    """The meanings of a question's words.

    Raises:
        AskBackError: a team's name is a value of records too.
    """
    text = clean(words)
    some = tokens(text)
    written = [token.word for token in some]
    found = spans(text, some, lexicon)
    if any(one.kind == UNKNOWN for one in found):
        some, told = corrected(some, found, lexicon)
        found = spans(text, some, lexicon) if told else found
    return Heard(some, shaped(settled(found, some, lexicon)), written)
