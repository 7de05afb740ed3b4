"""The phrases that stand in the terms of a text, and what they do to its other words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from scoring.sentiment.assessing import Token
from scoring.sentiment.phrases import Group, Node
from scoring.sentiment.terms import LINK, NUMBER, PERSON

SLIGHT = 0.05
# A complaint of this weight is one wherever it stands.
STRONG = 2.0
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


@dataclass(eq=False, slots=True)
class Term:
    """One term as it may stand in any text; ``weight`` and ``after`` are the model's.

    A weight is a complex number: its real part speaks for negative against neutral, its imaginary
    part for positive, in hundredths of log-odds. ``after`` are weights of pairs by the next term.
    A ``telling`` one may be evidence by itself; a ``striking`` one is a cue of style, that of a
    ``mark``, say.
    """

    text: str
    token: Token
    starts: Node | None
    shouted: bool
    service: bool
    weight: complex = 0j
    after: Mapping[str, complex] = field(default_factory=dict)
    telling: bool = False
    mark: str | None = field(init=False)
    striking: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out whether it is a cue of style by itself."""
        self.mark = MARKS.get(self.text)
        marks = self.mark is not None or self.text == PERSON
        self.striking = self.shouted or self.service or marks


# Stands where a term has been blanked out.
NOTHING = Term(
    text="",
    token=Token("", ends_negation=False, ends_modifier=False),
    starts=None,
    shouted=False,
    service=False,
)


class Found(NamedTuple):
    """A phrase of a group, from one term up to another."""

    group: Group
    first: int
    end: int


def find_phrases(found: Sequence[Term]) -> list[Found]:
    """The phrases of a text: the longest at each place, none within another."""
    phrases: list[Found] = []
    free = 0
    for first, (term, following) in enumerate(zip_longest(found, found[1:], fillvalue=NOTHING)):
        node = term.starts
        if node is None or first < free or not (node.group or following.text in node.after):
            continue
        if match := longest(node, found, first):
            phrases.append(match)
            free = match.end
    return phrases


def longest(node: Node | None, found: Sequence[Term], first: int) -> Found | None:
    """The longest phrase that begins with a term, whose node is given."""
    best, end = None, first
    while node:
        end += 1
        if node.group:
            best = node.group, end
        node = node.after.get(found[end].text) if end < len(found) else None
    return Found(best[0], first, best[1]) if best else None


def is_ironic(found: Sequence[Term], phrases: Sequence[Found]) -> bool:
    """Whether praise is meant the other way, or counts for nothing beside a complaint.

    What comes after a "but" is what is meant. There a complaint of a matter of service outweighs
    praise, and thanks too if it comes after them and says that the matter lasts.
    """
    if not any(each.group.of_matter or each.group.ironic for each in phrases):
        return False
    if any(each.group.ironic for each in phrases):
        return True
    turns = [place for place, term in enumerate(found) if term.text in TURNS]
    meant = [each for each in phrases if not turns or each.first > turns[-1]]
    complaints = [each for each in meant if each.group.of_matter]
    kind = [each.first for each in meant if _is_thanks(each.group)]
    if not complaints:
        return False
    if kind:
        return any(each.group.lasts and each.first > kind[-1] for each in complaints)
    if any(term.service for term in found):
        return True
    strong = any(each.group.weight >= STRONG for each in complaints)
    # Praise that stands first or last, beside a complaint, is how sarcasm sounds.
    return strong and (bool(turns) or any(map(is_kind, (found[0], *found[-2:]))))


def hide(found: list[Term], phrases: Iterable[Found]) -> None:
    """Blank out the terms of phrases."""
    for each in phrases:
        found[each.first : each.end] = [NOTHING] * (each.end - each.first)


def _is_thanks(group: Group) -> bool:
    """Whether it is kind and more than praise: thanks, or a thing solved."""
    return group.says == "positive" and group.name != "praise"


def is_kind(term: Term) -> bool:
    """Whether the lexicon takes a term for praise."""
    word = term.token.word
    return word is not None and word.polarity > SLIGHT
