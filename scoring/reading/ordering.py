"""In which order the rows of an answer stand, and how many of them are wanted."""

from collections.abc import Sequence

from scoring.asking import Scope
from scoring.query import Condition, End, Order
from scoring.reading.attaching import VOLUME, ranked_move
from scoring.reading.draft import AskBackError, Draft, good_end
from scoring.reading.grammar import (
    COACHING,
    COUNT,
    END,
    KPI,
    LIMIT,
    RANKED_MOVE,
    First,
)
from scoring.reading.heard import Heard, Parts
from scoring.reading.spans import Span

_WHO = frozenset(("who", "whose", "who's", "whos"))
_RANKED = ("performers", "laggards", "stragglers", "leaders", "winners", "to", "first", "list")


def order_of_conditions(draft: Draft, having: Sequence[Condition]) -> Order | None:
    """The order that a condition implies: what it is about comes first."""
    judged = [one for one in having if one.kpi != VOLUME] or list(having)
    if not judged:
        return None
    one = judged[0]
    if one.of == "change":
        end = {"better": "best", "worse": "worst"}.get(one.test)
        return Order(one.kpi, end, "change") if end else None  # type: ignore[arg-type]
    side = "low" if one.test in {"below", "at_most", "equal"} else "high"
    return Order(one.kpi, _as_good(draft, one.kpi, side))


def _as_good(draft: Draft, key: str, side: str) -> End:
    good = good_end(draft.kpi(key))
    return ("best" if side == good else "worst") if good else side  # type: ignore[return-value]


def order_asked(heard: Heard, parts: Parts) -> Order | None:
    """The order that the words ask for.

    Raises:
        AskBackError: nothing tells by which figure, or which end.
    """
    changes = [at for at, one in enumerate(heard.items) if one.kind == RANKED_MOVE]
    if changes:
        return _order_by_change(heard, parts, changes[0])
    ends = [at for at, one in enumerate(heard.items) if one.kind == END]
    if not ends:
        many = any(one.said.casefold().startswith("how many") for one in heard.all(COUNT))
        counted = many and parts.rows.by in {("agent",), ("team",)}
        return Order(VOLUME, "high") if counted and parts.draft.kpis == [VOLUME] else None
    plain = [at for at in ends if heard.items[at].value.end != "ranked"]
    at = (plain or ends)[0]
    if len({heard.items[one].value.end for one in plain}) > 1:
        raise AskBackError("Which end should come first?")
    first: First = heard.items[at].value
    key = _own_time(heard, parts, first) or _ordered_by(heard, parts, ends)
    if first.kpi and key == first.kpi:
        _tell_end(parts.draft, heard.items[at], first.kpi)
    parts.draft.shows(key)
    _tell_others(heard, parts, key)
    end = "best" if first.end == "ranked" else first.end
    if not good_end(parts.draft.kpi(key)):
        end = {"best": "high", "worst": "low"}.get(end, end)
    return Order(key, end)  # type: ignore[arg-type]


def check_order(order: Order | None, by: tuple[str, ...], scope: Scope) -> None:
    """Asks back where one person alone would stand in an order.

    Raises:
        AskBackError: so it is: what comes first of one says nothing.
    """
    if order is not None and by == ("agent",) and len(scope.agents or ()) == 1:
        raise AskBackError("A place in an order needs the others beside it. Leave the name out.")


def _tell_others(heard: Heard, parts: Parts, key: str) -> None:
    """Says that of several figures in one list only one gives the order."""
    places = [at for at, one in enumerate(heard.items) if one.kind == KPI and one.value == key]
    if places and len(parts.attached.group(places[0])) > 1:
        parts.draft.assume(f"The order is by {parts.draft.name(key)} alone.")


def _own_time(heard: Heard, parts: Parts, first: First) -> str | None:
    """The KPI that "fastest" or "longest" says: the time that is named, else handle time."""
    times = [one.value for one in heard.all(KPI) if parts.draft.kpi(one.value).unit == "seconds"]
    return times[0] if times and first.kpi == "aht" else first.kpi


def _tell_end(draft: Draft, one: Span, key: str) -> None:
    draft.assume(f"“{one.said}” is read of {draft.name(key)}.")


def _ordered_by(heard: Heard, parts: Parts, ends: Sequence[int]) -> str:
    """The KPI that "best" or "highest" speaks of."""
    attached = parts.attached
    for at in reversed(ends):
        beside = [near for near in (at + 1, at - 1) if attached.key(near)]
        after = [n for n in range(at, len(heard.items)) if heard.items[n].kind == KPI]
        free = [n for n in after if n not in attached.taken]
        for place in (*beside[:1], *free, *after):
            return parts.draft.on_scale(str(attached.key(place)))
    known = parts.draft.kpis
    if len(known) != 1:
        raise AskBackError("By which figure?", {"": ("csat", "fcr", "aht")})
    return known[0]


def _order_by_change(heard: Heard, parts: Parts, at: int) -> Order:
    test, degree = heard.items[at].value
    key = ranked_move(parts.draft, parts.attached, at)
    parts.draft.shows(key)
    ends = {"up": "high", "down": "low", "better": "best", "worse": "worst"}
    end = ends.get(test.test)
    if end is None:
        raise AskBackError("Which way should it have moved?")
    if degree == "low":
        end = {"high": "low", "low": "high", "best": "worst", "worst": "best"}[end]
    return Order(key, end, "change")  # type: ignore[arg-type]


def limit_asked(heard: Heard, order: Order | None) -> int | None:
    """As many rows as were asked for; one where the best or the worst alone is."""
    if limits := heard.all(LIMIT):
        if order is None and not heard.has(COACHING):
            raise AskBackError(f"In which order should the {limits[0].said} be chosen?")
        return int(limits[0].value)
    if order is None:
        return None
    rows = heard.all("W")
    ends = [one for one in heard.all(END) if one.value.end != "ranked"]
    if any(one.value.alone for one in rows):
        return 1 if ends or order.of == "change" else None
    several = bool(heard.all("W", "G")) and not _is_who(heard, rows)
    firsts = {heard.words[one.after : one.after + 1] for one in ends}
    listed = ("first",) in firsts or any(
        one.said.casefold().split()[-1] in _RANKED for one in ends
    )
    ranked = len(ends) < len(heard.all(END))
    return None if not ends or several or listed or ranked else 1


def _is_who(heard: Heard, rows: Sequence[Span]) -> bool:
    """Whether "who" asks for one person: "who has", not "who are"."""
    if len(rows) != 1 or rows[0].said.casefold().split()[0] not in _WHO:
        return False
    after = heard.words[rows[0].after : rows[0].after + 1]
    return after not in {("are",), ("were",)}
