"""Medians and other quantiles of any figure: every duration is there, so they are exact."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter

import numpy as np

from scoring.asking import PEOPLE, Ask, Group, Reader
from scoring.estimate import Estimate
from scoring.kept import VALUES, slot_for
from scoring.kept_sums import grains, kept_durations
from scoring.period import Period
from scoring.quantiles import quantiles_by_group
from scoring.rows import Asked, row_values
from scoring.sums import divide


def read_quantiles(
    reader: Reader, ask: Ask, one: Asked, points: Sequence[float]
) -> dict[float, dict[Group, Estimate]]:
    """Quantiles at several points, each by group; a group with no records is left out."""
    numbers: dict[Group, int] = {}
    places, counts, buffers = array("q"), array("q"), []
    # A shelf may be empty: what stood there was corrected.
    for group, values in filter(itemgetter(1), _durations(reader, ask, one)):
        places.append(numbers.setdefault(group, len(numbers)))
        counts.append(len(values) // 8)
        buffers.append(values)
    if not numbers:
        return {point: {} for point in points}
    durations = np.frombuffer(b"".join(buffers), dtype=np.float64)
    groups = np.repeat(
        np.frombuffer(places, dtype=np.int64), np.frombuffer(counts, dtype=np.int64)
    )
    found = {}
    for point in points:
        quantiles = quantiles_by_group(groups, durations, point)
        found[point] = {group: quantiles.of(at) for group, at in numbers.items()}
    return found


def _durations(reader: Reader, ask: Ask, one: Asked) -> list[tuple[Group, bytes]]:
    """Durations as 8-byte floats with their group, from what is kept and from the records."""
    if not _is_kept(reader, ask, one):
        return _packed(reader, ask, one)
    spans = divide(reader, ask.period)
    found: list[tuple[Group, bytes]] = []
    if spans.days is not None:
        found += _whole_days(reader, replace(ask, period=spans.days), one)
    if spans.rest is not None:
        found += _packed(reader, replace(ask, period=spans.rest), one)
    return found


def _is_kept(reader: Reader, ask: Ask, one: Asked) -> bool:
    return (
        reader.kept >= {"days", "weeks"}
        and set(ask.by) <= set(PEOPLE)
        and not ask.scope.is_fine
        and slot_for(one.credited, one.anchor) in VALUES
    )


def _whole_days(reader: Reader, ask: Ask, one: Asked) -> list[tuple[Group, bytes]]:
    whole = grains(ask.period, reader.calendar.week_starts, weekly=True)
    found = [] if whole.weeks is None else kept_durations(reader, ask, one, whole.weeks)
    for first, last in whole.days:
        days = Period(date.fromordinal(first), date.fromordinal(last))
        found += _packed(reader, replace(ask, period=days), one)
    return found


def _packed(reader: Reader, ask: Ask, one: Asked) -> list[tuple[Group, bytes]]:
    groups: dict[Group, array[float]] = defaultdict(lambda: array("d"))
    for group, value in row_values(reader, ask, one):
        groups[group].append(value)
    return [(group, values.tobytes()) for group, values in groups.items()]
