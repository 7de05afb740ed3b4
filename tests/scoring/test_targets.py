"""Targets as people write them, and laid over the catalogue."""

import pytest

from scoring.errors import WordsError
from scoring.kpis import load_catalogue
from scoring.targets import read_bound, target_of, with_targets

KPIS = load_catalogue()


@pytest.mark.parametrize(
    ("said", "kpi", "value"),
    [
        ("75 %", "fcr", 0.75),
        ("75%", "fcr", 0.75),
        ("75", "fcr", 0.75),
        ("72,5 %", "fcr", 0.725),
        ("240", "aht", 240),
        ("4 min", "aht", 240),
        ("1.5 h", "frt", 5400),
        ("1 d", "frt", 86_400),
        ("30", "nps", 30),
        (" ", "fcr", None),
    ],
)
def test_a_number_is_read_in_the_kpi_s_unit(said, kpi, value):
    assert read_bound(said, KPIS[kpi]) == value


@pytest.mark.parametrize(
    ("said", "kpi", "told"),
    [
        ("soon", "aht", "“soon” is no number. Write it as 4 min or 240 s."),
        ("4 min", "fcr", "is not told in “min”"),
        ("50 %", "aht", "is not told in “%”"),
        ("120 %", "fcr", "is 0.0 % to 100.0 %"),
        ("-5 s", "aht", "is not negative"),
        ("101", "nps", "is -100 to +100"),
    ],
)
def test_what_a_kpi_never_is_is_refused_with_an_example(said, kpi, told):
    with pytest.raises(WordsError, match="Write it as") as error:
        read_bound(said, KPIS[kpi])
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("low", "high", "kpi", "target"),
    [
        (0.8, None, "fcr", 0.8),
        (None, 3600.0, "frt", 3600.0),
        (240.0, 420.0, "aht", (240.0, 420.0)),
        (None, None, "fcr", ()),
    ],
)
def test_two_ends_make_a_target(low, high, kpi, target):
    assert target_of(low, high, KPIS[kpi]) == target


@pytest.mark.parametrize(
    ("low", "high", "kpi", "told"),
    [
        (None, 0.8, "fcr", "more is better: give the lowest good value"),
        (60.0, None, "frt", "less is better: give the highest good value"),
        (0.6, None, "occupancy", "give both"),
        (2.0, 1.0, "aht", "The lowest good value is above the highest"),
    ],
)
def test_the_wrong_end_alone_is_no_target(low, high, kpi, told):
    with pytest.raises(WordsError, match=told):
        target_of(low, high, KPIS[kpi])


def test_a_target_of_one_end_is_met_on_its_good_side():
    laid = with_targets(KPIS, {"frt": 600.0, "fcr": 0.9})
    assert laid["frt"].band == (float("-inf"), 600.0)
    assert laid["fcr"].band == (0.9, float("inf"))


def test_without_targets_the_catalogue_is_the_same():
    assert with_targets(KPIS, {}) is KPIS


def test_no_target_takes_the_catalogue_s_away():
    assert KPIS["fcr"].band is not None
    assert with_targets(KPIS, {"fcr": ()})["fcr"].band is None
