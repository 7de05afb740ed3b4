"""What is taken out of the texts of a conversation, and what stands for it; what is gone is gone.

A placeholder stands for it: ``[email 1]`` is the same address throughout a conversation,
``[agent]`` and ``[customer]`` are names of people on the roster and of whoever was served. Text
that is redacted already stays as it is. What it cannot see is told in docs/privacy.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scoring.errors import SettingsError
from scoring.redaction.names import name_words, without_names
from scoring.redaction.stands import CUSTOMER, STANDS, Stands
from scoring.redaction.traces import without_traces

_LEAST_ID = 4
_LEAST_SHAPE = 3


class _Customer:
    """What gives the customer of one conversation away: words of the name, and whole ids."""

    def __init__(self, said: Iterable[str]) -> None:
        said = [one.strip() for one in said]
        self.words = name_words(one for one in said if not any(map(str.isdigit, one)))
        self.ids = sorted({one.casefold() for one in said if len(one) >= _LEAST_ID}, key=len)

    def without_ids(self, text: str) -> str:
        """The text without the whole ids and names."""
        if not self.ids or not any(one in text.casefold() for one in self.ids):
            return text
        either = "|".join(map(re.escape, reversed(self.ids)))
        whole = rf"{STANDS}|(?<!\w)(?P<own>{either})(?!\w)"
        taken = re.compile(whole, re.IGNORECASE)
        return taken.sub(lambda found: CUSTOMER if found["own"] else found[0], text)


_NOBODY = _Customer(())


@dataclass(frozen=True)
class Redactor:
    """What is taken out beside what its form gives away: agents' names, and numbers by shape."""

    agents: frozenset[str] = frozenset()
    shapes: re.Pattern[str] | None = None

    def redact(self, texts: Sequence[str], customer: Sequence[str] = ()) -> list[str]:
        """The texts of one conversation, redacted: the same thing has the same placeholder.

        Args:
            texts: the texts, in order.
            customer: names and ids of the customer, as far as they are known.
        """
        stands = Stands(texts)
        own = _Customer(customer) if customer else _NOBODY
        return [self._whole(text, stands, own) for text in texts]

    def knowing(self, names: Iterable[str]) -> "Redactor":
        """One that knows these agents too."""
        words = self.agents | name_words(names)
        return self if words == self.agents else replace(self, agents=words)

    def redact_one(self, text: str) -> str:
        """A single text, redacted."""
        return self.redact([text])[0]

    def _whole(self, text: str, stands: Stands, own: "_Customer") -> str:
        # What is taken out may set off what stood beside it: all is well when nothing changes.
        while (again := self._once(text, stands, own)) != text:
            text = again
        return text

    def _once(self, text: str, stands: Stands, own: "_Customer") -> str:
        if self.shapes is not None:
            text = self.shapes.sub(lambda found: _shaped(found, stands), text)
        text = own.without_ids(text)
        text = without_traces(text, stands.stand)
        return without_names(text, self.agents, own.words)


def shapes_of(shapes: Iterable[str]) -> re.Pattern[str] | None:
    """What finds numbers of these shapes: ``#`` is a digit, ``*`` at the end whatever follows.

    Raises:
        SettingsError: a shape has neither, or a ``*`` before its end.
    """
    said = [shape.strip() for shape in shapes if shape.strip()]
    for shape in said:
        if "*" in shape[:-1] or not set("#*") & set(shape) or len(shape) < _LEAST_SHAPE:
            raise SettingsError(
                f"“{shape}” is no shape of a number. Write # for a digit and * at the end for"
                " whatever letters and digits follow, like ORD-#### or AC#*."
            )
    if not said:
        return None
    either = "|".join(map(_pattern, sorted(said, key=len, reverse=True)))
    return re.compile(rf"{STANDS}|(?<![^\W_])({either})(?![^\W_])", re.IGNORECASE)


def _pattern(shape: str) -> str:
    signs = {"#": r"\d", "*": r"[\w-]*+"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in shape)


def _shaped(found: re.Match[str], stands: Stands) -> str:
    return stands.stand("number", found[1].casefold()) if found[1] else found[0]
