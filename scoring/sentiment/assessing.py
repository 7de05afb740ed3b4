"""TextBlob's assessment of a row of tokens: which count, and what their neighbours do to them.

Source: textblob._text.Sentiment.assessments.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from scoring.sentiment.lexicon import Word

BOOST = 1.25
NEGATED = -0.5


@dataclass(frozen=True, slots=True)
class Token:
    """What one token does to the assessment of a text.

    ``word`` is the lexicon's entry. ``mood`` is the polarity of an emoticon, or 0 of the sign of
    irony "(!)". A negation or an adverb reaches over an unknown token that does not end it. One
    that is not ``loud`` does nothing else.
    """

    text: str
    word: Word | None = None
    mood: float | None = None
    negates: bool = False
    ends_negation: bool = True
    ends_modifier: bool = True
    loud: bool = False

    @property
    def adverb(self) -> bool:
        """Whether a negation that follows may belong to it: "really not good"."""
        return self.text.endswith("ly")


@dataclass(slots=True)
class Assessed:
    """A word or emoticon that counts, with what its neighbours have done to it."""

    text: str
    polarity: float
    intensity: float
    negated: bool = False

    @property
    def value(self) -> float:
        """What goes into the mean: "not good" is slightly bad, "not bad" slightly good."""
        return self.polarity * NEGATED if self.negated else self.polarity


class Assessment:
    """What has been found in a text up to a token: what counts, and what may change the next."""

    __slots__ = ("found", "modifier", "negation")

    def __init__(self) -> None:
        self.found: list[Assessed] = []
        self.modifier: Token | None = None
        self.negation = False

    @property
    def polarity(self) -> float:
        """The mean over what counts, -1 to 1; 0 if nothing does."""
        found = self.found
        if not found:
            return 0.0
        total: float = 0
        for each in found:
            total += each.value
        return total / len(found)

    @property
    def words(self) -> tuple[str, ...]:
        """What counts, strongest first, in lower case."""
        telling = [(-abs(value), each.text) for each in self.found if (value := each.value)]
        if len(telling) > 1:
            telling.sort(key=itemgetter(0))
        return tuple(dict.fromkeys([text for _, text in telling]))

    def go_over(self, tokens: Iterable[Token]) -> None:
        """Assess the tokens of a text, in order."""
        for token in tokens:
            word = token.word
            if word is not None:
                self.take(token, word)
            elif token.loud or self.modifier or self.negation:
                self.pass_over(token)

    def take(self, token: Token, word: Word) -> None:
        """A word of the lexicon: it counts, or joins the adverb before it."""
        if self.modifier is None:
            last = Assessed(token.text, word.polarity, word.intensity)
            self.found.append(last)
        else:
            last = self.found[-1]
            last.text = token.text
            last.polarity = _bounded(word.polarity * last.intensity)
            last.intensity = word.intensity
        if self.negation:
            last.intensity = 1.0 / last.intensity
            last.negated = True
        self.negation = token.negates
        self.modifier = token if word.modifies else None

    def pass_over(self, token: Token) -> None:
        """Any other token: it may negate, end what reaches over it, boost, or be an emoticon."""
        if token.negates:
            self.negation = True
        elif token.ends_negation:
            self.negation = False
        if self.negation and self.modifier and self.modifier.adverb:
            self.found[-1].negated = True
            self.negation = False
        elif token.ends_modifier:
            self.modifier = None
        if token.text == "!" and self.found:
            self.found[-1].polarity = _bounded(self.found[-1].polarity * BOOST)
        if token.mood is not None:
            self.found.append(Assessed(token.text, token.mood, 1.0))


def _bounded(polarity: float) -> float:
    return max(-1.0, min(polarity, 1.0))
