from dataclasses import fields, replace
from types import MappingProxyType

import pytest

from scoring.coaching.constants import (
    DEFAULT,
    Constants,
    MetricConstants,
    described,
    described_metrics,
)


def reweighted(**weights):
    metrics = {
        key: replace(own, weight=weights.get(key, own.weight))
        for key, own in DEFAULT.metrics.items()
    }
    return Constants(metrics=MappingProxyType(metrics))


def test_every_constant_makes_a_fingerprint_of_its_own():
    others = [
        replace(DEFAULT, false_discoveries=0.1),
        replace(DEFAULT, windows=(1, 2, 3)),
        reweighted(fcr=0.35, csat=0.30),
    ]
    assert len({each.fingerprint for each in (DEFAULT, *others)}) == 4
    assert Constants().fingerprint == DEFAULT.fingerprint


def test_weights_within_quality_add_up_to_one():
    with pytest.raises(ValueError, match="add up to 1"):
        reweighted(fcr=0.5)


@pytest.mark.parametrize("weight", [-0.1, 0.36])
def test_speed_has_no_more_than_its_share(weight):
    with pytest.raises(ValueError, match="speed may weigh"):
        replace(DEFAULT, speed_weight=weight)


def test_every_constant_is_described_for_the_documents():
    names = {name for name, _, _ in described()}
    assert names == {each.name for each in fields(Constants)} - {"metrics"}
    own = {row[0] for row in described_metrics()}
    assert own == {each.name for each in fields(MetricConstants)} - {"kind"}


def test_values_are_shown_as_people_write_them():
    shown = {name: value for name, value, _ in described()}
    assert (shown["windows"], shown["false_discoveries"], shown["weeks"]) == (
        "1, 2, 3, 6",
        "0.05",
        "26",
    )
    scales = next(row for row in described_metrics() if row[0] == "scale")
    assert scales[2:] == ("", "", "", "1, 5", "-1, 1")
