"""Placeholders: what stands in a text for what was taken out, the same for the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

_NUMBERED = r"email|card|iban|phone|number|network address"
# What any placeholder looks like, to be passed over.
STANDS = rf"\[(?:(?:{_NUMBERED}) \d{{1,6}}|agent|customer)\]"
AGENT, CUSTOMER = "[agent]", "[customer]"
_ANY = re.compile(rf"\[(?P<digits>(?:card|iban|phone|number) \d{{1,6}}\])|{STANDS}")
_TAKEN = re.compile(rf"\[({_NUMBERED}) (\d{{1,6}})\]")


@dataclass
class Stands:
    """The placeholders of one conversation; those its texts have already keep their numbers."""

    texts: Iterable[str]
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _last: dict[str, int] | None = None

    def stand(self, kind: str, same: str) -> str:
        """What stands for a thing of this kind; ``same`` is alike where the same is meant."""
        if self._last is None:
            self._last = _numbers_taken(self.texts)
        if (kind, same) not in self._numbers:
            self._last[kind] += 1
            self._numbers[kind, same] = self._last[kind]
        return f"[{kind} {self._numbers[kind, same]}]"


def as_heard(text: str) -> str:
    """The text with 0 for each number that was taken out and nothing for the rest.

    A placeholder is made of words, and nobody said them: no mood may rest on them.
    """
    if "[" not in text:
        return text
    return _ANY.sub(lambda found: "0" if found["digits"] else "", text)


def _numbers_taken(texts: Iterable[str]) -> dict[str, int]:
    last: dict[str, int] = defaultdict(int)
    for text in texts:
        for kind, number in _TAKEN.findall(text) if "[" in text else ():
            last[kind] = max(last[kind], int(number))
    return last
