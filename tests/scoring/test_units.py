"""How figures are written for people."""

import pytest

from scoring.units import between, changed, duration, written

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "seconds", DASH),
        (0, "percent", "0.0 %"),
        (0.856, "percent", "85.6 %"),
        (1, "percent", "100.0 %"),
        (1234, "contacts", "1,234"),
        (30, "net points", "+30"),
        (-12.4, "net points", "-12"),
        (1234.5, "money", "1,234.50"),
        (4, "ratio", "4.00"),
        (1.5, "per hour", "1.50"),
        (4.256, "points", "4.26"),
        (-0.25, "polarity", "-0.25"),
        (521, "seconds", "8 min 41 s"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, text):
    assert written(value, unit) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (10, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (521, "8 min 41 s"),
        (3599, "59 min 59 s"),
        (3599.6, "1 h 00 min"),
        (5400, "1 h 30 min"),
        (86399.6, "1 d 0 h"),
        (100800, "1 d 4 h"),
    ],
)
def test_a_duration_is_written_in_the_two_units_that_tell(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        (None, "percent", ""),
        (0.05, "percent", "+5.0 points"),
        (-0.05, "percent", f"{MINUS}5.0 points"),
        (0, "seconds", "±0.0 s"),
        (-90, "seconds", f"{MINUS}1 min 30 s"),
        (12, "net points", "+12"),
        (-12, "net points", f"{MINUS}12"),
        (3, "contacts", "+3"),
    ],
)
def test_a_change_is_written_with_its_sign_and_shares_in_points(change, unit, text):
    assert changed(change, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "parts"),
    [
        (None, None, "seconds", []),
        (0.1, 0.25, "percent", ["10.0", "25.0 %"]),
        (60, 90, "seconds", ["1 min 00 s", "1 min 30 s"]),
        (None, 90, "seconds", ["…", "1 min 30 s"]),
        (90, None, "seconds", ["1 min 30 s", "…"]),
    ],
)
def test_an_interval_names_both_ends_or_says_that_one_is_open(low, high, unit, parts):
    text = between(low, high, unit)
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert bool(text) is bool(parts)
