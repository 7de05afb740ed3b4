"""What is refused: in words that are the same whatever and whoever is in the database."""

from collections.abc import Iterable

from scoring.reading.grammar import REFUSED, UNREAD
from scoring.reading.reading import Refused
from scoring.reading.spans import Span
from scoring.reading.whose import leads
from scoring.reading.world import World

_MOST_TEAMS = 12


def shown(world: World) -> str:
    """What the asker may see, as the object of "I can show you"."""
    names = list(world.teams.values())
    if not leads(world):
        return "your own figures"
    if not names or len(names) > _MOST_TEAMS:
        return "the people you lead"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def refuse_name(world: World) -> Refused:
    """Somebody or some team is named that is not among what the asker may see."""
    return Refused(f"I can show you {shown(world)}.")


def refuse_nothing(world: World) -> Refused:
    """The question is about something else altogether."""
    return Refused(
        "I answer questions about contact-centre figures, such as handle time, resolution and"
        f" satisfaction. I can show you {shown(world)}."
    )


def refused_words(found: Iterable[Span], world: World) -> Refused | None:
    """The refusal of a question that holds words of what is not answered here."""
    words = {str(one.value) for one in found if one.kind == REFUSED}
    ahead = any(one.kind == UNREAD and "not come yet" in str(one.value) for one in found)
    if words - {"future"}:
        return refuse_nothing(world)
    if words or ahead:
        return Refused("I can tell what has happened; what is to come I cannot tell yet.")
    return None
