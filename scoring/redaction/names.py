"""Names of people in a text: of agents, from the roster, and of the customer who was served."""

import re
from collections.abc import Iterable, Iterator

from scoring.redaction.stands import AGENT, CUSTOMER, STANDS

_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(rf"{STANDS}|[^\W\d_]+")
# What may stand between two parts of one name.
_WITHIN = re.compile(r"[ '\u2019-]\Z")
_LEAST_LETTERS = 3
# Names that are words too: a name only with a capital and, of agents, beside another part of one.
_ORDINARY = frozenset(
    """
    able amber angel april art august autumn baker banks bell best bill bishop black bond
    brook brown bush butler carter case chance charity chase christian clay cliff close cole
    constant cook crystal daisy dale dawn day dean destiny drew dusty earl early eve fair
    faith field fine fisher flower forest fox frank free gay gene gold good grace grant gray
    green grey guy hall happy hardy harmony hart harvest head heath hill holly home honey
    hope house hunter ivy jack jade jean jewel jolly joy july june just justice king knight
    lake lane law lily little long love low major mark marsh mason may mercy miles mill
    miller moon moore more new nice noble north old olive page paris park parks patience
    pearl penny porter post pound price pride prince queen rain ray reed rice rich ring
    river robin rock root rose ruby sage sand short silver sky small smart snow south speed
    spring star stone storm strong summer sun sunny sweet temple tiger trace true van victor
    violet walker ward waters way wells west white will winter wise wood woods word work
    young
    """.split()  # noqa: SIM905 a list of words, to be read as one
)


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names, in small letters; addresses of e-mail are none."""
    return frozenset(
        word.casefold() for name in names if "@" not in name for word in _PLAIN_WORD.findall(name)
    )


def without_names(text: str, agents: frozenset[str], customer: frozenset[str]) -> str:
    """The text without names; parts that stand together are one name.

    Args:
        text: what was said.
        agents: the words of agents' names, as ``name_words`` gives them.
        customer: those of the customer's own name.
    """
    names = agents | customer if customer else agents
    if not names or names.isdisjoint(_PLAIN_WORD.findall(text.casefold())):
        return text
    told, at = [], 0
    for start, end, of_customer in _names(text, names, customer):
        told += [text[at:start], CUSTOMER if of_customer else AGENT]
        at = end
    return "".join([*told, text[at:]])


def _names(
    text: str, names: frozenset[str], customer: frozenset[str]
) -> Iterator[tuple[int, int, bool]]:
    """Where names stand, and whether the customer's own word is among their parts."""
    for run in _runs(text, names):
        words = [found[0] for found in run]
        own = any(word == CUSTOMER or word.casefold() in customer for word in words)
        # A customer is called by name more often than by a word that is like it.
        alone = own or any(map(_is_strong, words))
        if alone or sum(len(word) > 1 for word in words) > 1:
            yield run[0].start(), run[-1].end(), own


def _runs(text: str, names: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Parts of names that stand together."""
    run: list[re.Match[str]] = []
    for found in _WORD.finditer(text):
        part = found[0] in (AGENT, CUSTOMER) or _may_be(found[0], names)
        together = run and _WITHIN.match(text[run[-1].end() : found.start()])
        if run and not (part and together):
            yield run
            run = []
        if part:
            run.append(found)
    if run:
        yield run


def _may_be(word: str, names: frozenset[str]) -> bool:
    return word.casefold() in names and (_is_strong(word) or word[0].isupper())


def _is_strong(word: str) -> bool:
    """Whether a word is a name wherever it stands."""
    return len(word) >= _LEAST_LETTERS and word.casefold() not in _ORDINARY
