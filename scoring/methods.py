"""How a figure came about, where more than one method is in use: told with the figure."""

from scoring.asking import Ask, Reader
from scoring.credit import Credited
from scoring.rows import Asked
from scoring.sums import read_sums

_BOTH = Asked(Credited("first_contact", "first"), "created")
_SAID = Asked(Credited("said_first_contact", "first"), "created")


def fcr_method(reader: Reader, ask: Ask) -> str:
    """By which method first contact resolution was worked out; empty where nothing counts."""
    found = read_sums(reader, ask, (_BOTH, _SAID))
    total, said = (sum(sums.n for sums in found[one].values()) for one in (_BOTH, _SAID))
    days = reader.rules.repeat_days
    repeat = f"by repeat contact within {days} {'day' if days == 1 else 'days'}"
    if not total:
        return ""
    if not said:
        return f"First contact resolution: {repeat}."
    if said >= total:
        return "First contact resolution: the source's own answer."
    return (
        f"First contact resolution: the source's own answer for {said:,.0f} of {total:,.0f}"
        f" contacts, for the others {repeat}."
    )
