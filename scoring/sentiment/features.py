"""What the engine `service` sees in a text: terms, phrases, TextBlob's assessment, style.

The training script and the engine read texts with this, so both see the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from math import sqrt

from scoring.sentiment.assessing import Assessment, Token
from scoring.sentiment.lexicon import lexicon, rules
from scoring.sentiment.phrases import Group, Node, Vocabulary, vocabulary
from scoring.sentiment.terms import LINK, NUMBER, PERSON, repaired, terms
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
SLIGHT = 0.05
# The cue that each mark is.
MARKS = {
    "?": "question",
    "??": "question doubled",
    "!": "exclamation",
    "!!": "exclamation doubled",
    "...": "dots",
    "why": "why",
    LINK: "link",
    NUMBER: "number",
}
# What comes after it is what is meant.
TURNS = frozenset(("but", "however", "although", "though"))
# What is not part of a phrase at its ends.
EDGES = " .,;:!?\"'()[]…“”\u2018\u2019"


@dataclass(eq=False, slots=True)
class Term:
    """One term as it may stand in any text; ``weight`` and ``after`` are the model's.

    A weight is a complex number: its real part speaks for negative against neutral, its imaginary
    part for positive, in hundredths of log-odds. ``after`` are weights of pairs by the next term.
    A ``telling`` one may be evidence by itself.
    """

    text: str
    token: Token
    starts: Node | None
    shouted: bool
    service: bool
    weight: complex = 0j
    after: Mapping[str, complex] = field(default_factory=dict)
    telling: bool = False
    striking: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out whether it is a cue of style by itself."""
        cue = self.text in MARKS or self.text == PERSON
        self.striking = self.shouted or self.service or cue


# Stands where a term has been blanked out.
NOTHING = Term("", Token("", ends_negation=False, ends_modifier=False), None, False, False)  # noqa: FBT003 - neither shouted nor service


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a group, from one term up to another."""

    group: Group
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is seen in a text, before any weight."""

    pieces: list[str]
    terms: list[Term]
    phrases: list[Found]
    assessment: Assessment
    courtesy: bool = False
    ironic: bool = False

    @property
    def cues(self) -> dict[str, float]:
        """How it is written and what the lexicon says, by name; a cue left out is 0."""
        irony = {"irony": 1.0} if self.ironic else {}
        return {**_style(self.terms), **_lexical(self.assessment), **irony}


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

    def read(self, text: str, *, by_agent: bool = False) -> Reading:
        """What is seen in a text; of an agent's, all but the courtesy."""
        if len(self._pieces) > MOST_PIECES:
            self._pieces.clear()
            self._terms.clear()
        pieces = repaired(text).split()
        found = list(chain.from_iterable(map(self._pieces.__getitem__, pieces)))
        courtesy = by_agent and self._hide_courtesy(found)
        phrases = _phrases(found)
        if by_agent:
            _hide(found, [each for each in phrases if each.group.of_matter])
            phrases = [each for each in phrases if not each.group.of_matter]
        ironic = bool(phrases) and _ironic(found, phrases)
        if ironic:
            phrases = [each for each in phrases if each.group.says == "negative"]
            found = [NOTHING if _is_kind(term) else term for term in found]
        _hide(found, [each for each in phrases if each.group.hides])
        assessment = Assessment()
        assessment.go_over([term.token for term in found])
        return Reading(pieces, found, phrases, assessment, courtesy, ironic)

    def written(self, reading: Reading, first: int, end: int) -> str:
        """The terms from one to another as they stand in the text."""
        places = [
            place for place, piece in enumerate(reading.pieces) for _term in self._pieces[piece]
        ]
        between = reading.pieces[places[first] : places[end - 1] + 1]
        return " ".join(between).strip(EDGES)

    def _hide_courtesy(self, found: list[Term]) -> bool:
        """Blanks out an agent's courtesy, and tells whether there was any."""
        hidden = False
        for first, term in enumerate(found):
            if match := _longest(self._vocabulary.courtesy.get(term.text), found, first):
                found[first : match.end] = [NOTHING] * (match.end - first)
                hidden = True
        return hidden

    def _piece(self, piece: str) -> tuple[Term, ...]:
        shouted = len(piece) >= LEAST_SHOUTED and piece.isupper()
        return tuple(self.term(text, shouted=shouted) for text in terms(piece))

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


def _ironic(found: Sequence[Term], phrases: Sequence[Found]) -> bool:
    """Whether praise is meant the other way, or counts for nothing beside a complaint.

    A complaint of a matter of service outweighs praise where nothing is thanked for or solved,
    unless the praise comes after a "but".
    """
    groups = {each.group for each in phrases}
    if any(group.ironic for group in groups):
        return True
    complaints = [each.first for each in phrases if each.group.complaint or each.group.of_matter]
    if not complaints or _kind_of(groups) or not _of_service(found):
        return False
    turns = [place for place, term in enumerate(found) if term.text in TURNS]
    return complaints[-1] >= (turns[-1] if turns else 0)


def _hide(found: list[Term], phrases: Iterable[Found]) -> None:
    for each in phrases:
        found[each.first : each.end] = [NOTHING] * (each.end - each.first)


def _of_service(found: Sequence[Term]) -> bool:
    """Whether the matter of service is named, or praise stands first or last, as in sarcasm."""
    return _is_kind(found[0]) or _is_kind(found[-1]) or any([term.service for term in found])


def _kind_of(groups: Iterable[Group]) -> bool:
    """Whether anything but praise is kind: thanks, or a thing solved."""
    return any(group.says == "positive" and group.name != "praise" for group in groups)


def _is_kind(term: Term) -> bool:
    word = term.token.word
    return word is not None and word.polarity > SLIGHT


def parts(text: str) -> list[str]:
    """The runs of letters within a word, each once, its ends marked: "<th" of "thanks"."""
    if not text.isalpha():
        return []
    marked = f"<{text}>"
    return sorted(
        {
            marked[start : start + length]
            for length in range(SHORTEST_PART, LONGEST_PART + 1)
            for start in range(len(marked) - length + 1)
        }
    )


def _phrases(found: Sequence[Term]) -> list[Found]:
    """The phrases of a text: the longest at each place, none within another."""
    phrases: list[Found] = []
    free = 0
    for first, (term, following) in enumerate(zip_longest(found, found[1:], fillvalue=NOTHING)):
        node = term.starts
        if node is None or first < free or not (node.group or following.text in node.after):
            continue
        if match := _longest(node, found, first):
            phrases.append(match)
            free = match.end
    return phrases


def _longest(node: Node | None, found: Sequence[Term], first: int) -> Found | None:
    longest, end = None, first
    while node:
        end += 1
        if node.group:
            longest = node.group, end
        node = node.after.get(found[end].text) if end < len(found) else None
    return Found(longest[0], first, longest[1]) if longest else None


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
    cues = {MARKS[term.text]: 1.0 for term in striking if term.text in MARKS}
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


def _lexical(assessment: Assessment) -> dict[str, float]:
    """The lexicon's polarity, its strongest words, and how many there are on either side."""
    if not assessment.found:
        return {}
    values = [each.value for each in assessment.found]
    polarity, highest, lowest = assessment.polarity, max(values), min(values)
    return {
        "polarity above 0": max(polarity, 0.0),
        "polarity below 0": max(-polarity, 0.0),
        "highest": max(highest, 0.0),
        "lowest": max(-lowest, 0.0),
        "kind words": min(3, sum([value > SLIGHT for value in values])) / 3,
        "unkind words": min(3, sum([value < -SLIGHT for value in values])) / 3,
    }
