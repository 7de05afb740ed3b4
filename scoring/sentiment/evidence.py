"""The phrases of a text that made its mood, as they stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from scoring.sentiment.features import Reading
from scoring.sentiment.matching import Term

MOST = 5
# In hundredths of log-odds; a weaker word tells a reader nothing.
LEAST_TELLING = 60
Span = tuple[float, int, int]
Pair = tuple[complex, int]


def because(
    reading: Reading, pairs: Sequence[Pair], label: str, phrases: Mapping[str, complex]
) -> list[tuple[int, int]]:
    """At most five spans of terms that speak for the label, most telling first, none in another.

    Args:
        reading: what is seen in the text.
        pairs: the weights of pairs of terms, each with the place of its first.
        label: the label to be told.
        phrases: the weights of groups of phrases, by name.
    """
    spans = list(_spans(reading, pairs, label, phrases))
    if not spans:
        return []
    spans.sort(key=_most_telling)
    chosen: list[Span] = []
    for span in spans:
        if len(chosen) < MOST and all(_apart(span, other) for other in chosen):
            chosen.append(span)
    return [(first, end) for _, first, end in chosen]


def _spans(
    reading: Reading, pairs: Sequence[Pair], label: str, phrases: Mapping[str, complex]
) -> Iterator[Span]:
    """How strongly each phrase, word and pair speaks for the label, and where it stands.

    Of a neutral text only the phrases are told: no single word makes it so.
    """
    terms = reading.terms
    for found in reading.phrases:
        if (own := _for(label, phrases[found.group.name])) > 0:
            within = _within(terms[found.first : found.end])
            yield own + max(0.0, _for(label, within)), found.first, found.end
    if label == "neutral":
        return
    words = [(term.weight, place, 1) for place, term in enumerate(terms) if term.telling]
    least = LEAST_TELLING
    words += [
        (each, place, 2) for each, place in pairs if each.real >= least or each.imag >= least
    ]
    for weight, place, length in words:
        if (strength := _for(label, weight)) >= LEAST_TELLING:
            yield strength, place, place + length


def _within(terms: Sequence[Term]) -> complex:
    """What the words and pairs of a phrase say by themselves."""
    total = terms[0].weight
    for one, two in pairwise(terms):
        total += two.weight + one.after.get(two.text, 0j)
    return total


def is_telling(weight: complex) -> bool:
    """Whether a word of that weight may be evidence for any label."""
    return weight.real >= LEAST_TELLING or weight.imag >= LEAST_TELLING


def _most_telling(span: Span) -> tuple[float, int]:
    return -span[0], span[1]


def _for(label: str, weight: complex) -> float:
    """How strongly a weight speaks for a label rather than for what is nearest to it."""
    if label == "negative":
        return weight.real - max(weight.imag, 0.0)
    if label == "positive":
        return weight.imag - max(weight.real, 0.0)
    return -max(weight.real, weight.imag)


def _apart(one: Span, other: Span) -> bool:
    return one[2] <= other[1] or other[2] <= one[1]
