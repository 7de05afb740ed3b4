"""Which KPI each condition, move and end speaks of: the one beside it that has none yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scoring.kpis import Kpi
from scoring.reading.amounts import Amount
from scoring.reading.bounds import conditions
from scoring.reading.draft import AskBackError, Draft, good_end
from scoring.reading.grammar import CONDITION, CONTACTS, JOIN, KPI, LABEL, MOVE, RANKED_MOVE
from scoring.reading.joined import Test
from scoring.reading.spans import Span

VOLUME = "volume"


@dataclass
class Attached:
    """The KPIs that moves, ends and conditions took, by the place of each among the meanings."""

    items: Sequence[Span]
    taken: set[int] = field(default_factory=set)

    def key(self, at: int) -> str | None:
        """The KPI that the meaning at a place names; contacts are a volume."""
        if not 0 <= at < len(self.items):
            return None
        one = self.items[at]
        if one.kind == KPI:
            return str(one.value)
        counts = one.kind == LABEL and any(counts for _, _, counts in one.value)
        return VOLUME if one.kind == CONTACTS or counts else None

    def place(self, at: int, *, strong: bool = False) -> int | None:
        """Where the KPI of the meaning at a place stands.

        Just before it, just after it, before it, after it: the first of these that is free.
        ``strong`` leaves contacts aside.
        """
        free = [n for n in self._near(at) if n not in self.taken and self.key(n)]
        if strong:
            free = [n for n in free if self.items[n].kind == KPI]
        return free[0] if free else None

    def _near(self, at: int) -> Iterator[int]:
        yield from (at - 1, at + 1)
        yield from range(at - 2, -1, -1)
        yield from range(at + 2, len(self.items))

    def group(self, place: int) -> list[int]:
        """The places of KPIs that stand in one list with that at a place."""
        places = [place]
        for step in (-1, 1):
            at = place
            while self._joins(at + step) and self._is_free(at + 2 * step):
                at += 2 * step
                places.append(at)
        return sorted(places)

    def _joins(self, at: int) -> bool:
        return 0 <= at < len(self.items) and self.items[at].kind == JOIN

    def _is_free(self, at: int) -> bool:
        inside = 0 <= at < len(self.items)
        return inside and self.items[at].kind == KPI and at not in self.taken


def attach(draft: Draft, items: Sequence[Span]) -> Attached:
    """Puts every condition and move into the draft, with the KPIs that they are of.

    Raises:
        AskBackError: one has no KPI to speak of.
    """
    attached = Attached(items)
    for at, one in enumerate(items):
        if one.kind in {CONDITION, MOVE}:
            _attach(draft, attached, at)
    return attached


def _attach(draft: Draft, attached: Attached, at: int) -> None:
    one: Span = attached.items[at]
    test: Test = one.value
    for key in _keys(draft, attached, at):
        found = conditions(draft, key, test, one.said)
        draft.shows(*(each.kpi for each in found))
        (draft.moves if test.of == "change" else draft.having).extend(found)


def _keys(draft: Draft, attached: Attached, at: int) -> list[str]:
    test: Test = attached.items[at].value
    if test.kpis:
        return _own(draft, attached, at)
    place = attached.place(at)
    if place is None:
        again = attached.key(at - 2) if at > 1 else None
        if again is None or test.of == "change":
            said = attached.items[at].said
            raise AskBackError(f"Of which figure is “{said}” meant?", {"": ("csat", "fcr", "aht")})
        return [again]
    places = _listed(draft, attached, at, place)
    attached.taken.update(places)
    return [key for n in places if (key := attached.key(n))]


def _listed(draft: Draft, attached: Attached, at: int, place: int) -> list[int]:
    """The KPIs of one list that a condition holds of: of a value, those that its bound fits.

    Raises:
        AskBackError: any of them would do ("csat or fcr"), and conditions hold all together.
    """
    test: Test = attached.items[at].value
    if attached.items[place].kind != KPI:
        return [place]
    places = attached.group(place)
    if test.of == "value":
        kpi = draft.kpi(str(attached.key(place)))
        places = [
            n for n in places if n == place or _fits(test, draft.kpi(str(attached.key(n))), kpi)
        ]
    _check_sides(draft, attached, places, test)
    between = attached.items[min(places) : max(places)]
    if any((one.kind, one.value) == (JOIN, "or") for one in between):
        raise AskBackError("I can read one thing at a time. Which of the two is it?")
    return places


def _check_sides(draft: Draft, attached: Attached, places: Sequence[int], test: Test) -> None:
    """Asks back where "below target" is good of one KPI of a list and bad of another.

    Raises:
        AskBackError: it is.
    """
    ends = {good_end(draft.kpi(str(attached.key(n)))) for n in places}
    if test.bound == "target" and test.test not in {"met", "missed"} and len(ends) > 1:
        raise AskBackError("That is good of one of these figures and bad of another. Which one?")


def _fits(test: Test, kpi: Kpi, nearest: Kpi) -> bool:
    """Whether a bound that is said of one KPI of a list is one of another, too."""
    if test.bound == "target":
        return kpi.band is not None
    starred = isinstance(test.bound, Amount) and "csat" in {kpi.key, nearest.key}
    rated = starred and isinstance(test.bound, Amount) and test.bound.unit != "percent"
    return isinstance(test.bound, str) or (kpi.unit == nearest.unit and not rated)


def _own(draft: Draft, attached: Attached, at: int) -> list[str]:
    """The KPI that the words themselves say, or another time that they stand just beside."""
    one = attached.items[at]
    for place in (at - 1, at + 1):
        key = attached.key(place)
        beside = (
            key is not None and draft.kpi(key).unit == "seconds" and one.value.kpis == ("aht",)
        )
        if beside and place not in attached.taken and attached.items[place].kind == KPI:
            attached.taken.add(place)
            return [str(key)]
    key = one.value.kpis[0]
    draft.assume(f"“{one.said}” is read of {draft.name(key)}.")
    return [key]


def ranked_move(draft: Draft, attached: Attached, at: int) -> str:
    """The KPI of an order by a change.

    Raises:
        AskBackError: there is none.
    """
    test: Test = attached.items[at].value[0]
    if test.kpis:
        return _own_of(draft, attached.items[at], test)
    place = attached.place(at)
    key = None if place is None else attached.key(place)
    if place is None or key is None:
        said = attached.items[at].said
        raise AskBackError(f"Which figure {said}?", {"": ("csat", "fcr", "aht")})
    if len(attached.group(place)) > 1:
        raise AskBackError("By the change of which of these figures?")
    attached.taken.add(place)
    return key


def _own_of(draft: Draft, one: Span, test: Test) -> str:
    draft.assume(f"“{one.said}” is read of {draft.name(test.kpis[0])}.")
    return test.kpis[0]


def ranked_places(items: Sequence[Span]) -> list[int]:
    """Where orders by a change stand."""
    return [at for at, one in enumerate(items) if one.kind == RANKED_MOVE]
