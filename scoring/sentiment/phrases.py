"""The phrases and words of support talk that phrases.toml lists."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from scoring.sentiment.terms import NUMBER, terms

FILE = Path(__file__).with_name("phrases.toml")
COURTESY = "agent_courtesy"


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that say the same; ``weight`` is in log-odds against neutral, before training.

    If it ``hides``, the words of its phrases say nothing by themselves. If it is ``of_matter``, it
    names what went wrong: that outweighs praise beside it, and from an agent it is no mood. If the
    matter ``lasts``, it outweighs thanks before it too.
    """

    name: str
    says: str
    weight: float
    hides: bool = False
    of_matter: bool = False
    lasts: bool = False

    @property
    def ironic(self) -> bool:
        """Whether it turns the kind words of the whole text around."""
        return self.hides and self.says == "negative"


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases: the group of what ends here, and what may follow."""

    group: Group | None = None
    after: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """What the file lists, by first term; ``neutral`` words lose what the lexicon says of them.

    ``service`` are the words for the matter of service. ``courtesy`` are the phrases that are no
    mood if an agent says them; ``starts`` all others.
    """

    groups: tuple[Group, ...]
    neutral: frozenset[str]
    service: frozenset[str]
    starts: Mapping[str, Node]
    courtesy: Mapping[str, Node]


def vocabulary() -> Vocabulary:
    """What phrases.toml lists, its phrases written out in full."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    neutral, service = (frozenset(entries.pop(name).split()) for name in ("neutral", "service"))
    courtesy = entries.pop(COURTESY)
    root, courteous = Node(), Node()
    groups = []
    for name, entry in entries.items():
        phrases = entry.pop("phrases")
        groups.append(Group(name, **entry))
        _plant(root, phrases, groups[-1])
    _plant(courteous, courtesy["phrases"], Group(COURTESY, "neutral", 0.0))
    return Vocabulary(
        groups=tuple(groups),
        neutral=neutral,
        service=service,
        starts=_share_ends(root, {}).after,
        courtesy=courteous.after,
    )


def _plant(root: Node, lines: str, group: Group) -> None:
    for line in lines.splitlines():
        nodes = [root]
        for slot in line.split():
            nodes = [_below(node, row) for row in _alternatives(slot) for node in nodes]
        for node in nodes:
            node.group = node.group or group


def _below(node: Node, row: Iterable[str]) -> Node:
    """The place after some terms, made if need be."""
    for term in row:
        after = node.after.get(term)
        if after is None:
            after = node.after[term] = Node()
        node = after
    return node


def _share_ends(node: Node, ends: dict[str, Node]) -> Node:
    """The tree with one node for all ends of a group: a tenth of the memory, and of its upkeep."""
    if node.group and not node.after:
        return ends.setdefault(node.group.name, node)
    node.after = {term: _share_ends(after, ends) for term, after in node.after.items()}
    return node


@cache
def _alternatives(slot: str) -> list[tuple[str, ...]]:
    """The terms that may stand in one place: a/b is either, [a] may be missing."""
    either = [terms(word.replace(NUMBER, "1")) for word in slot.strip("[]").split("/")]
    return [*either, ()] if slot.startswith("[") else either
