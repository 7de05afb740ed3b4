"""How a question was read, in words: its period, whose figures, which KPIs, held against what."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.access import Sight
    from bot.answering import Asker
    from scoring.query import Query

MOST_NAMES = 5
_AGAINST = {
    "before": "the period before",
    "team_median": "the team's median",
    "rest": "everybody else",
    "target": "the target",
}


def reading_of(query: "Query", seeing: "Sight", asker: "Asker") -> Iterator[str]:
    """The parts of a reading, each in a few words."""
    calendar, catalogue = seeing.reader.calendar, asker.world.catalogue
    yield f"period {query.period.written(calendar)}"
    yield f"of {', '.join(_whose(query, seeing)) or 'everybody you see'}"
    yield from (_filter(name, values) for name, values in query.scope.labels.items())
    yield from _tenure(query.scope.tenure)
    if query.told:
        yield f"KPIs {_listed([catalogue[key].name for key in query.told])}"
    if query.by:
        yield f"by {', '.join(query.by).replace('_', ' ')}"
    if query.compare is not None:
        other = query.compare.period
        before = query.period.before(calendar) if query.compare.against == "before" else None
        held = other or before
        against = _AGAINST.get(query.compare.against, "")
        told = held.written(calendar) if held is not None else against
        yield f"held against {told}, in brackets"


def _whose(query: "Query", seeing: "Sight") -> Iterator[str]:
    named, scope = seeing.named, query.scope
    people = [named.people[one] for one in scope.agents or () if one in named.people]
    yield from filter(None, (_listed(people),))
    yield from (named.teams[one] for one in scope.teams or () if one in named.teams)


def _filter(name: str, values: Sequence[str]) -> str:
    return f"{name.replace('_', ' ')} {', '.join(values)}"


def _tenure(tenure: tuple[int, int | None] | None) -> Iterator[str]:
    if tenure is not None:
        first, after = tenure
        yield f"{first} days or more in the job" if after is None else f"under {after} days in it"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    told = ", ".join(names[:MOST_NAMES])
    return f"{told} and {more} more" if more > 0 else told
