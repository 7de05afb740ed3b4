"""Tests of the words to conditions of a query: units, the target's side, "not up"."""

from scoring.query import Condition
from scoring.reading.amounts import Amount
from scoring.reading.draft import AskBackError, Draft, good_end
from scoring.reading.joined import Test

_LEAST_SECONDS = 30
_DAY, _HUNDRED = 86_400, 100
_STARS = (1.0, 5.0)


def conditions(draft: Draft, key: str, test: Test, said: str) -> tuple[Condition, ...]:
    """The conditions that a test of the words means, of one KPI.

    Raises:
        AskBackError: the number has no unit, and may be several things.
    """
    if test.of == "change":
        if test.test == "not_worse":
            draft.assume(f"“{said}”: {draft.name(key)} did not get worse by more than chance.")
        return (Condition(key, "change", _moved(draft, key, test.test)),)  # type: ignore[arg-type]
    if isinstance(test.bound, str):
        return (_against(draft, key, test, said),)
    key = scale_meant(draft, key, test.bound)
    if test.test == "between" and test.bound and test.upper:
        low, high = (_number(draft, key, one, said) for one in (test.bound, test.upper))
        return (Condition(key, "value", "at_least", low), Condition(key, "value", "at_most", high))
    bound = _number(draft, key, test.bound or Amount(0), said)
    return (Condition(key, "value", _side(draft, key, test.test), bound),)  # type: ignore[arg-type]


def scale_meant(draft: Draft, key: str, bound: Amount | None) -> str:
    """The KPI itself or, where the bound is one of stars, the mean rating."""
    starred = bound is not None and bound.unit in {None, "points"}
    if key != "csat" or bound is None or not starred or not _STARS[0] <= bound.value <= _STARS[1]:
        return key
    draft.assume(
        f"A satisfaction of {bound.value:g} is read as the mean rating, 1 to 5, not as the share"
        " of satisfied customers."
    )
    if "csat" in draft.kpis:
        draft.kpis[draft.kpis.index("csat")] = "csat_mean"
    return "csat_mean"


def _moved(draft: Draft, key: str, test: str) -> str:
    if test not in {"not_up", "not_down"}:
        return test
    end = good_end(draft.kpi(key))
    if not end:
        raise AskBackError(f"What should {draft.name(key)} have done?")
    fell_is_worse = (end == "high") == (test == "not_down")
    return "not_worse" if fell_is_worse else "not_better"


def _against(draft: Draft, key: str, test: Test, said: str) -> Condition:
    """Beside the team's median or the target."""
    if test.bound == "team_average":
        draft.assume("The team's average is read as its median.")
    bound = "target" if test.bound == "target" else "team_median"
    if bound == "target" and draft.kpi(key).band is None:
        raise AskBackError(f"There is no target for {draft.name(key)}. Which value do you mean?")
    side = _side(draft, key, test.test)
    if test.test in {"met", "missed"}:
        draft.assume(f"“{said}” read as {side.replace('_', ' ')} the target.")
    return Condition(key, "value", side, bound)  # type: ignore[arg-type]


def _side(draft: Draft, key: str, test: str) -> str:
    """Above or below, for what goes by the good direction."""
    if test not in {"met", "missed", "better", "worse", "not_better", "not_worse"}:
        return test
    end = good_end(draft.kpi(key))
    if not end:
        raise AskBackError(f"For {draft.name(key)} neither more nor less is better. Which is it?")
    good = {"met": "at_least", "better": "above", "not_worse": "at_least"}
    low = {"at_least": "at_most", "above": "below", "below": "above", "at_most": "at_least"}
    side = good.get(test) or {"missed": "below", "worse": "below", "not_better": "at_most"}[test]
    return side if end == "high" else low[side]


def _number(draft: Draft, key: str, amount: Amount, said: str) -> float:
    unit, value = draft.kpi(key).unit, amount.value
    if unit == "seconds":
        return _seconds(draft, key, amount, said)
    if unit == "percent" and amount.unit in {None, "percent"}:
        if amount.unit is None and 0 < value <= 1:
            raise AskBackError(f"Is “{said}” a share or a percentage?", {said: (f"{said} %",)})
        return value / _HUNDRED
    if amount.unit in {None, "points"}:
        return value
    raise AskBackError(f"{draft.kpi(key).name} is not counted in {amount.unit}.")


def _seconds(draft: Draft, key: str, amount: Amount, said: str) -> float:
    if amount.unit in {"seconds", "days"}:
        return amount.value * (_DAY if amount.unit == "days" else 1)
    if amount.unit is not None:
        raise AskBackError(f"{draft.kpi(key).name} is a time, not a percentage.")
    if amount.value < _LEAST_SECONDS:
        both = (f"{said} minutes", f"{said} seconds")
        raise AskBackError(f"Is “{said}” in minutes or in seconds?", {said: both})
    draft.assume(f"“{said}” read as seconds.")
    return amount.value
