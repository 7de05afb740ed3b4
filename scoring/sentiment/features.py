"""What the engine `service` sees in a text: terms, phrases, TextBlob's assessment, style.

The training script and the engine read texts with this, so both see the same.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from math import sqrt
from typing import NamedTuple

from scoring.sentiment.assessing import Assessment
from scoring.sentiment.languages import may_tell
from scoring.sentiment.lexicon import lexicon, rules
from scoring.sentiment.matching import (
    NOTHING,
    SLIGHT,
    Found,
    Term,
    find_phrases,
    hide,
    is_ironic,
    is_kind,
    longest,
)
from scoring.sentiment.phrases import Vocabulary, vocabulary
from scoring.sentiment.terms import PERSON, repaired, terms
from scoring.sentiment.tokens import Tokens

SHORTEST_PART, LONGEST_PART = 3, 5
LEAST_SHOUTED = 3
MOST_PIECES = 50_000
OPENINGS = frozenset(("why", "how", "what", "when", "where", "who", "which"))
YES_NO = frozenset(
    ("can", "could", "do", "does", "is", "are", "will", "would", "did", "any", "may")
)
# What may stand before the word a question opens with.
BEFORE_OPENING = frozenset((PERSON, "so", "and", "but", "hi", "hey"))
FEW, MANY = 3, 40
# What is not part of a phrase at its ends.
EDGES = " .,;:!?\"'()[]…“”\u2018\u2019"


class Reading(NamedTuple):
    """All that is seen in a text, before any weight; ``doubtful`` if it may not be English."""

    pieces: list[str]
    terms: list[Term]
    phrases: list[Found]
    assessment: Assessment
    courtesy: bool = False
    ironic: bool = False
    doubtful: bool = False

    @property
    def cues(self) -> dict[str, float]:
        """How it is written and what the lexicon says, by name; a cue left out is 0."""
        cues = _style(self.terms)
        if self.assessment.found:
            cues.update(_lexical([each.value for each in self.assessment.found]))
        if self.ironic:
            cues["irony"] = 1.0
        return cues


class Reader:
    """Reads texts; it remembers the terms of pieces, so it is faster the more it has read."""

    def __init__(self, weigh: Callable[[Term], None] | None = None) -> None:
        self._vocabulary: Vocabulary = vocabulary()
        known = lexicon()
        for word in self._vocabulary.neutral:
            known.pop(word, None)
        self._tokens = Tokens(known, rules())
        self._weigh = weigh
        self._terms: dict[tuple[str, bool], Term] = {}
        self._pieces = _Pieces(self._piece)
        # Pieces that may tell that a text is not English.
        self._doubtful: set[str] = set()

    def read(self, text: str, *, by_agent: bool = False) -> Reading:
        """What is seen in a text; of an agent's, all but the courtesy."""
        if len(self._pieces) > MOST_PIECES:
            self._pieces.clear()
            self._terms.clear()
            self._doubtful.clear()
        pieces = repaired(text).split()
        found = list(chain.from_iterable(map(self._pieces.__getitem__, pieces)))
        courtesy = by_agent and self._hide_courtesy(found)
        phrases = find_phrases(found)
        if by_agent:
            hide(found, [each for each in phrases if each.group.of_matter])
            phrases = [each for each in phrases if not each.group.of_matter]
        ironic = bool(phrases) and is_ironic(found, phrases)
        if ironic:
            phrases = [each for each in phrases if each.group.says == "negative"]
            found = [NOTHING if is_kind(term) else term for term in found]
        hide(found, [each for each in phrases if each.group.hides])
        assessment = Assessment()
        assessment.go_over([term.token for term in found])
        doubtful = "&" in text or not self._doubtful.isdisjoint(pieces)
        return Reading(pieces, found, phrases, assessment, courtesy, ironic, doubtful)

    def written(self, reading: Reading, first: int, end: int) -> str:
        """The terms from one to another as they stand in the text."""
        return self.told(reading, [(first, end)])[0]

    def told(self, reading: Reading, spans: Iterable[tuple[int, int]]) -> list[str]:
        """The terms of each span, from one to another, as they stand in the text."""
        rows = map(self._pieces.__getitem__, reading.pieces)
        places = [place for place, row in enumerate(rows) for _term in row]
        pieces = reading.pieces
        return [
            " ".join(pieces[places[first] : places[end - 1] + 1]).strip(EDGES)
            for first, end in spans
        ]

    def _hide_courtesy(self, found: list[Term]) -> bool:
        """Blanks out an agent's courtesy, and tells whether there was any."""
        hidden = False
        for first, term in enumerate(found):
            if match := longest(self._vocabulary.courtesy.get(term.text), found, first):
                found[first : match.end] = [NOTHING] * (match.end - first)
                hidden = True
        return hidden

    def _piece(self, piece: str) -> tuple[Term, ...]:
        if may_tell(piece):
            self._doubtful.add(piece)
        shouted = len(piece) >= LEAST_SHOUTED and piece.isupper()
        return tuple([self.term(text, shouted=shouted) for text in terms(piece)])

    def term(self, text: str, *, shouted: bool = False) -> Term:
        """The term of that text, with the weights that the model gives it."""
        if term := self._terms.get((text, shouted)):
            return term
        term = Term(
            text,
            self._tokens.token(text),
            self._vocabulary.starts.get(text),
            shouted and text.isalpha(),
            text in self._vocabulary.service,
        )
        if self._weigh:
            self._weigh(term)
        self._terms[text, shouted] = term
        return term


class _Pieces(dict[str, tuple[Term, ...]]):
    """The terms of each piece, worked out when first asked for."""

    def __init__(self, work_out: Callable[[str], tuple[Term, ...]]) -> None:
        self._work_out = work_out

    def __missing__(self, piece: str) -> tuple[Term, ...]:
        found = self[piece] = self._work_out(piece)
        return found


def parts(text: str) -> set[str]:
    """The runs of letters within a word, its ends marked: "<th" of "thanks"."""
    if not text.isalpha():
        return set()
    marked = f"<{text}>"
    return {
        marked[start : start + length]
        for length in range(SHORTEST_PART, LONGEST_PART + 1)
        for start in range(len(marked) - length + 1)
    }


def _style(found: Sequence[Term]) -> dict[str, float]:
    """How a text is written: questions, capitals, marks, length, and the matter of service."""
    cues = {"length": min(len(found), MANY) / MANY}
    if len(found) <= FEW:
        cues["short"] = 1.0
    if striking := [term for term in found if term.striking]:
        cues.update(_of_striking(striking, found))
    return cues


def _of_striking(striking: Sequence[Term], found: Sequence[Term]) -> dict[str, float]:
    """The cues of marks, capitals, words for the matter of service, and a mention at the start."""
    cues = {term.mark: 1.0 for term in striking if term.mark}
    asked = "question" in cues or "question doubled" in cues
    if shouted := sum([term.shouted for term in striking]):
        cues["shouted"] = min(shouted, FEW) / FEW
        if shouted == len(found) > FEW:
            cues["all shouted"] = 1.0
    if service := sum([term.service for term in striking]):
        cues["service asked" if asked else "service told"] = sqrt(min(service, FEW))
    if asked:
        cues.update(_opening(found))
    if found[0].text == PERSON:
        cues["addressed"] = 1.0
    return cues


def _opening(found: Sequence[Term]) -> dict[str, float]:
    """The word that a question opens with."""
    first = next((term.text for term in found[:4] if term.text not in BEFORE_OPENING), "")
    if first in OPENINGS:
        return {f"asks {first}": 1.0}
    return {"asks yes or no": 1.0} if first in YES_NO else {}


def _lexical(values: Sequence[float]) -> dict[str, float]:
    """The lexicon's polarity, its strongest words, and how many there are on either side."""
    polarity, highest, lowest = sum(values) / len(values), max(values), min(values)
    cues = {"polarity above 0" if polarity > 0 else "polarity below 0": abs(polarity)}
    if highest > 0:
        cues["highest"] = highest
        cues["kind words"] = min(FEW, sum([value > SLIGHT for value in values])) / FEW
    if lowest < 0:
        cues["lowest"] = -lowest
        cues["unkind words"] = min(FEW, sum([value < -SLIGHT for value in values])) / FEW
    return cues
