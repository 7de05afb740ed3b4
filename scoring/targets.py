"""Targets that a workspace sets itself: read from what people write, laid over the catalogue."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from scoring.errors import WordsError
from scoring.kpis import Catalogue, Kpi, Numbers
from scoring.units import DAY, HOUR, MINUTE, written

_SAID = re.compile(r"([+-]?\d+(?:[.,]\d+)?) ?(%|s|sec|min|h|d)?", re.IGNORECASE)
_SECONDS: Mapping[str, int] = MappingProxyType(
    {"": 1, "s": 1, "sec": 1, "min": MINUTE, "h": HOUR, "d": DAY}
)


def with_targets(catalogue: Catalogue, targets: Mapping[str, float | Numbers]) -> Catalogue:
    """The catalogue with these targets by KPI; those of other KPIs are left out."""
    known = {
        key: kpi.model_copy(update={"target": targets[key]}) if key in targets else kpi
        for key, kpi in catalogue.items()
    }
    return Catalogue(known) if targets else catalogue


def read_bound(said: str, kpi: Kpi) -> float | None:
    """One end of a target in the KPI's own unit; None where nothing is said.

    Shares are written in percent, durations with s, min, h or d behind them.

    Raises:
        WordsError: it is no such number, or one that the KPI never has.
    """
    if not said.strip():
        return None
    found = _SAID.fullmatch(said.strip())
    if found is None:
        raise WordsError(f"“{said.strip()[:40]}” is no number. Write it as {_example(kpi)}.")
    number, unit = float(found[1].replace(",", ".")), (found[2] or "").casefold()
    known = {"percent": {"", "%"}, "seconds": _SECONDS.keys()}.get(kpi.unit, {""})
    if unit not in known:
        raise WordsError(f"{kpi.name} is not told in “{unit}”. Write it as {_example(kpi)}.")
    value = number / 100 if kpi.unit == "percent" else number * _SECONDS.get(unit, 1)
    return _possible(value, kpi)


def target_of(low: float | None, high: float | None, kpi: Kpi) -> float | Numbers:
    """The target between two ends, as the catalogue has it: a number, a band, or () for none.

    Raises:
        WordsError: only the end is given at which the KPI is at its worst, or they are reversed.
    """
    if low is None and high is None:
        return ()
    if low is not None and high is not None:
        if low > high:
            raise WordsError("The lowest good value is above the highest.")
        return low, high
    one = {"higher": low, "lower": high}.get(kpi.better)
    if one is None:
        raise WordsError(f"Of {kpi.name} {_wanted(kpi)}.")
    return one


def _possible(value: float, kpi: Kpi) -> float:
    lowest, highest = kpi.scale or {
        "percent": (0.0, 1.0),
        "net points": (-100.0, 100.0),
        "polarity": (-1.0, 1.0),
    }.get(kpi.unit, (0.0, float("inf")))
    if not lowest <= value <= highest:
        told = "not negative"
        if highest < float("inf"):
            told = f"{written(lowest, kpi.unit)} to {written(highest, kpi.unit)}"
        raise WordsError(f"{kpi.name} is {told}. Write it as {_example(kpi)}.")
    return value


def _wanted(kpi: Kpi) -> str:
    return {
        "lower": "less is better: give the highest good value, or both",
        "higher": "more is better: give the lowest good value, or both",
    }.get(kpi.better, "neither end alone is good: give both")


def _example(kpi: Kpi) -> str:
    return {"percent": "75 %", "seconds": "4 min or 240 s"}.get(kpi.unit, "4.2")
