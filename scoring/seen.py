"""What of a question its asker may see by now: whose figures, and which rows of an answer.

A team has people, too, who left it and were never the asker's; and a new week is people's own to
see first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scoring.asking import Group, Reader, Scope
from scoring.errors import QueryError
from scoring.first_sight import Early
from scoring.period import Period
from scoring.query import Query
from scoring.viewers import Viewer


def seen(scope: Scope, viewer: Viewer, new: Early | None) -> Scope:
    """The part of a scope that the viewer may see by now.

    Raises:
        QueryError: that is nothing.
    """
    narrowed = viewer.narrowed(scope)
    if narrowed is None:
        raise QueryError("There is nothing you may see in that. Ask about your own people.")
    if new is None or narrowed.agents is None:
        return narrowed
    agents = tuple(one for one in narrowed.agents if not new.hides(one))
    if not agents:
        raise QueryError(new.why)
    return replace(narrowed, agents=agents)


def periods(reader: Reader, query: Query) -> Iterator[Period]:
    """The periods that a question asks figures of."""
    yield query.period
    if query.compare is not None and query.compare.against in {"before", "period"}:
        yield query.compare.period or query.period.before(reader.calendar)


def may_see(query: Query, group: Group, viewer: Viewer, new: Early | None) -> bool:
    """Whether a row may be shown: a team has people, too, who left it and were never theirs."""
    agent = _agent_of(query, group)
    if agent is None:
        return True
    return viewer.may_see(agent) and not (new and new.hides(agent))


def _agent_of(query: Query, group: Group) -> int | None:
    found = group[query.by.index("agent")] if "agent" in query.by else None
    return found if isinstance(found, int) else None


def hidden(query: Query, groups: Sequence[Group], new: Early | None) -> int:
    """How many people are left out because a week of theirs is new to them."""
    if new is None:
        return 0
    named = {one for group in groups if (one := _agent_of(query, group)) is not None}
    return len(new.hidden(named | set(query.scope.agents or ())))
