"""What is kept for every agent's day and week."""

from collections import Counter

import pytest

from scoring.credit import Credited
from scoring.kept import ANCHORS, KEPT, SLOTS, VALUES, slot_for
from scoring.kpis import FROM_RECORDS
from scoring.measures import MEASURES
from scoring.scorecard import asked_of
from tests.scoring.estimates import CATALOGUE

OF_RECORDS = [
    kpi.key for kpi in CATALOGUE.values() if kpi.kind in FROM_RECORDS and kpi.measure in MEASURES
]


@pytest.mark.parametrize("key", OF_RECORDS)
def test_every_kpi_of_contacts_is_read_from_what_is_kept(key):
    kpi = CATALOGUE[key]
    asked = asked_of(kpi)
    slot = slot_for(asked.credited, asked.anchor)
    assert slot is not None
    wanted = {"share": "share", "count": "count", "part_of": "count"}.get(kpi.kind, "mean")
    assert slot.kind == wanted
    assert (slot in VALUES) or kpi.kind not in ("median", "p90")


def test_what_another_credit_or_moment_asks_for_is_not_kept():
    assert slot_for(Credited("satisfied", "closer"), "closed") is None
    assert slot_for(Credited("satisfied", "frozen_share"), "created") is None
    assert slot_for(Credited("contact", "first"), "day") is None


def test_every_sum_has_a_column_of_its_own():
    names = Counter(name for slot in SLOTS for name in slot.columns)
    assert set(names.values()) == {1}
    assert set(names) == {column.name for column in KEPT.columns} - set(
        KEPT.primary_key.columns.keys()
    )


def test_what_is_left_out_is_counted_by_every_moment():
    excluded = {slot.anchor for slot in SLOTS if slot.credited.measure == "excluded"}
    assert excluded == set(ANCHORS)
