"""Joins neighbouring meanings to conditions, ends and moves, by patterns over their kinds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from scoring.reading.amounts import Amount
from scoring.reading.grammar import (
    AGAINST,
    CONDITION,
    FILL,
    JOIN,
    KPI,
    MOVE,
    RANKED_MOVE,
    UNKNOWN,
    VERSUS,
)
from scoring.reading.joined import Some, Test, joined
from scoring.reading.leaving_out import all_but, left_out, not_left_out
from scoring.reading.nearby import (
    OF_TIME,
    asked_number,
    beside_names,
    beside_team,
    best_one,
    broken_down,
    comparison,
    counting,
    either,
    most,
    not_aiming,
    noun,
    noun_alone,
    numbered,
    numbered_outcome,
    percentile,
    plain_average,
    resolving,
    said_nothing,
    showing,
    shown,
    tenure,
    than_others,
    then,
)
from scoring.reading.spans import Span

NOT: Mapping[str, str] = MappingProxyType(
    {
        "below": "at_least",
        "above": "at_most",
        "at_least": "below",
        "at_most": "above",
        "met": "missed",
        "missed": "met",
        "better": "not_better",
        "worse": "not_worse",
    }
)
_MOVED: Mapping[str, str] = MappingProxyType(
    {"below": "down", "above": "up", "better": "better", "worse": "worse"}
)
_EARLIER = frozenset(("before", "day", "week", "month", "quarter", "year", "four_weeks"))


# Shares of what should not happen: "no escalations".
_UNWANTED = ("escalation_rate", "transfer_rate", "reopen_rate")
Rule = tuple[re.Pattern[str], Callable[[Some], list[Span] | None]]


def shaped(found: Some) -> list[Span]:
    """The meanings without what says nothing, neighbours joined to what they say together."""
    items = [one for one in found if one.kind != FILL]
    for pattern, make in _RULES:
        items = _applied(items, pattern, make)
    return [one for one in items if one.kind != FILL]


def _applied(
    items: list[Span], pattern: re.Pattern[str], make: Callable[[Some], list[Span] | None]
) -> list[Span]:
    at = 0
    while found := pattern.search("".join(one.kind for one in items), at):
        first, after = found.span()
        made = make(items[first:after])
        at = first + 1
        if made is not None:
            items = [*items[:first], *made, *items[after:]]
            at = first + len(made)
    return items


def _value(some: Some, test: str, bound: Amount | str, upper: Amount | None = None) -> list[Span]:
    return [joined(some, CONDITION, Test("value", test, bound, upper))]


def _change(some: Some, test: str, kpis: tuple[str, ...] = ()) -> list[Span]:
    return [joined(some, MOVE, Test("change", test, kpis=kpis))]


def _between(some: Some) -> list[Span] | None:
    if some[0].value != "between":
        return None
    low, high = some[1].value, some[3].value
    if low.unit is None:
        low = replace(high, value=low.value * high.size)
    return _value(some, "between", low, high)


def _beside(some: Some) -> list[Span] | None:
    """A comparator and its bound, "not" before or "or more" after it."""
    kinds = "".join(one.kind for one in some)
    test = next((one.value for one in some if one.kind == "T"), None)
    bound = next((one for one in some if one.kind in "Nb"), None)
    if bound is None or (bound.kind == AGAINST and bound.value in _EARLIER | {"rest"}):
        return None
    test = some[-1].value if kinds.endswith("R") else test
    test = NOT.get(str(test), str(test)) if kinds.startswith("O") else str(test)
    if test == "between":
        return None
    return _value(some, test, bound.value)


def _and_over(some: Some) -> list[Span] | None:
    """Such as "under 75 % and over 6 minutes", where "and over" begins something new."""
    after = some[0]
    joint, _, rest = after.said.casefold().partition(" ")
    test = {"over": "above", "above": "above", "under": "below", "below": "below"}.get(rest)
    if joint != "and" or test is None:
        return None
    return [replace(after, kind=JOIN), replace(after, kind="T", value=test)]


def _above_or_below(some: Some) -> list[Span]:
    """Such as "above or below the median": what it is held against."""
    return [joined(some, VERSUS, "")]


def _far_from(some: Some) -> list[Span] | None:
    """Such as "largest gap to target": no order that figures stand in."""
    return [joined(some, UNKNOWN, None)] if some[1].value == "target" else None


def _around(some: Some) -> list[Span] | None:
    """Such as "over the AHT target", "below the csat median": the KPI stands inside."""
    kpi, bound = some[-2:]
    made = _beside([*some[:-2], bound])
    return None if made is None else [kpi, *made]


def _aim(some: Some) -> list[Span]:
    test = str(some[-1].value)
    return _value(some, NOT[test] if len(some) > 1 else test, "target")


def _than_then(some: Some) -> list[Span] | None:
    """Such as "better than in September": a move, and what it is held against."""
    test, other = some
    if test.value not in _MOVED or (other.kind == AGAINST and other.value not in _EARLIER):
        return None
    # "below it last month": what it is below stands between.
    if not test.said.casefold().endswith("than") and other.first > test.after:
        return None
    kpis = ("aht",) if test.said.casefold().split()[0] in OF_TIME else ()
    moved = _change([test], _MOVED[test.value], kpis)
    return [*moved, replace(test, kind=VERSUS, value=""), other]


def _beside_target(some: Some) -> list[Span] | None:
    """Such as "our FCR target and who is below it"."""
    if some[1].value != "target" or some[-1].value not in NOT:
        return None
    test = joined(some[-1:], CONDITION, Test("value", some[-1].value, "target"))
    return [some[0], *some[2:-1], test]


def _aiming(some: Some) -> list[Span] | None:
    """Such as "missed the FCR target"."""
    target, test = some[-1], next(one.value for one in some if one.kind == "a")
    if target.value != "target":
        return None
    inner = [one for one in some if one.kind in {KPI, JOIN}]
    test = NOT[test] if some[0].kind == "O" else test
    return [
        *inner,
        joined(
            [one for one in some if one not in inner], CONDITION, Test("value", test, "target")
        ),
    ]


def _none_at_all(some: Some) -> list[Span] | None:
    """Such as "no calls", "zero contacts"."""
    number, counted = some[0], some[-1]
    if number.kind == "N" and number.value != Amount(0.0):
        return None
    if counted.kind == "L" and not any(counts for _, _, counts in counted.value):
        return None
    if counted.kind == KPI and counted.value not in _UNWANTED:
        return None
    none = Amount(0.0, "percent" if counted.kind == KPI else None)
    return [joined(some[:1], CONDITION, Test("value", "equal", none)), counted]


def _moved(some: Some) -> list[Span] | None:
    value = some[-1].value
    if isinstance(value, Test):
        return None
    return _change(some, value if len(some) == 1 else NOT.get(value, f"not_{value}"))


def _implied(some: Some) -> list[Span]:
    kpi, test = some[-1].value
    if len(some) > 1:
        test = NOT.get(test, f"not_{test}")
    return _change(some, test, (kpi,))


def _kept(some: Some) -> list[Span]:
    """Such as "kept CSAT up", "kept CSAT flat": it did not get worse, it did not move."""
    inner = [one for one in some[1:] if one.kind in {KPI, JOIN}]
    flat = some[-1].kind == MOVE and some[-1].value == Test("change", "same")
    held = Test("change", "same" if flat else "not_worse")
    test = joined([some[0], *some[len(inner) + 1 :]], MOVE, held)
    return [*inner, test]


def _degree(some: Some) -> list[Span]:
    """Such as "improved the most", "biggest drop": an order by the change."""
    move = next(one for one in some if one.kind == MOVE).value
    degree = next(one for one in some if one.kind == "m").value
    rest = [one for one in some if one.kind not in "Mm"]
    return [joined(some[:1], RANKED_MOVE, (move, degree)), *rest]


def _rules(*rows: tuple[str, Callable[[Some], list[Span] | None]]) -> Iterator[Rule]:
    for pattern, make in rows:
        yield re.compile(pattern), make


_RULES = tuple(
    _rules(
        ("[nY]c", comparison),
        (r"[WY][JB](?:P(?:[J|]+P)*|L(?:[J|]+L)*|Q(?:[J|]+Q)*)", all_but),
        (r"(?:B|(?<!W)O)(?:[Py](?:[J|]+[Py])*|L(?:[J|]+L)*|Q(?:[J|]+Q)*|U)n?", left_out),
        ("B", not_left_out),
        ("XK(?:JK)*M?G", broken_down),
        ("[PQL]n|n[PQL]", noun),
        ("vY", beside_team),
        ("gK?[PQ]?K?[kL]+", showing),
        ("^N[kL]+[PQ]?K", numbered),
        ("^NK[kL]", numbered_outcome),
        ("g", said_nothing),
        ("xN?[kL]?h?|Nx|N?[kL]+h|N[kL]+x", shown),
        ("Kb(?:[PQWJ]*)T(?![Nb])", _beside_target),
        ("[Tv]p[Db]", then),
        (r"M\|M|T\|T|(?P<same>[PQLK])\|(?P=same)", either),
        ("tL?K|KL?t", percentile),
        ("K[PQLYDykpJ]*[K?]", resolving),
        ("(?<![Tv])bK", plain_average),
        ("[Em]n", best_one),
        ("n", noun_alone),
        ("UJ?TNu?J?|UJ?NJ?", tenure),
        ("TNu|NRu|uT?N", tenure),
        ("TR(?=b)", _above_or_below),
        ("R(?=N)", _and_over),
        ("[Em]b", _far_from),
        ("O?TKb", _around),
        ("TNJN", _between),
        ("O?T(?:N|b)|NR", _beside),
        ("O?A", _aim),
        ("O?a(?:K(?:JK)*)?b", _aiming),
        ("a", not_aiming),
        ("T[Db]", _than_then),
        ("T(?:[PQLU]|b)", than_others),
        ("[ON][kLK]", _none_at_all),
        ("MKv(?=[PQLU])", beside_names),
        ("O?M", _moved),
        ("O?j", _implied),
        ("HK(?:JK)*[Mz]?", _kept),
        ("mM|Mm|MJ?K(?:JK)*m", _degree),
        ("mL|(?<!K)ZL", counting),
        ("m", most),
        ("EN|NE|NW", asked_number),
    )
)
