import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.intake.cells import (
    Instants,
    Refused,
    boolean,
    choice,
    duration,
    label,
    local_date,
    number,
    parse_column,
    times,
    words,
)
from tests.factories import NOW

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
NEAR_MISSES = st.text("0123456789:.+-TZeE ²٣\0\udcff", max_size=30)


def instants(zone="UTC", now=NOW):
    return Instants(ZoneInfo(zone), now)


PARSERS = {
    "duration": duration,
    "boolean": boolean,
    "times": times,
    "date": local_date,
    "words": words,
    "number": number(-1, 1),
    "whole": number(0, 10, whole=True),
    "choice": choice("a"),
    "instant": instants("Europe/Berlin"),
    "promise": instants("Europe/Berlin").due,
}


def ms(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        *(("0", 0), ("90", 90), ("+90", 90), ("1.5", 1.5), (".5", 0.5), ("1.5e3", 1500)),
        *(("0:00:00", 0), ("00:01:30", 90), ("1:02:03", 3723), ("100:00:00.25", 360000.25)),
        ("3155760000", 3155760000),
    ],
)
def test_a_duration_is_seconds_or_a_clock(cell, seconds):
    assert duration(cell) == seconds


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        *(("-1", "negative"), ("-0.001", "negative"), ("3155760001", "a hundred years")),
        *((cell, "no duration") for cell in ("1:00", "0:60:00", "0:00:60", "-0:00:01", "1:0:00")),
        *((cell, "no duration") for cell in ("90s", "1,5", "1_000", "nan", "inf", "0x10", "1 2")),
        ("1e999", "a hundred years"),
    ],
)
def test_what_is_no_duration_is_refused(cell, reason):
    with pytest.raises(ValueError, match=reason):
        duration(cell)


@given(st.integers(0, 35_999_999))
def test_a_clock_says_the_seconds_it_was_made_from(seconds):
    minutes, rest = divmod(seconds, 60)
    assert duration(f"{minutes // 60}:{minutes % 60:02}:{rest:02}") == seconds


@pytest.mark.parametrize(("spellings", "value"), [("true yes y 1", 1), ("false no n 0", 0)])
def test_a_boolean_has_four_spellings_in_any_case(spellings, value):
    for said in spellings.split():
        assert [boolean(cell) for cell in (said, said.upper(), said.title())] == [value] * 3


@pytest.mark.parametrize("cell", ["maybe", "2", "-", "t", "on", "1.0"])
def test_another_word_is_neither_yes_nor_no(cell):
    with pytest.raises(ValueError, match="neither yes nor no"):
        boolean(cell)


@pytest.mark.parametrize(
    ("cell", "count"), [("yes", 1), ("N", 0), ("0", 0), ("1", 1), ("3", 3), ("2.0", 2)]
)
def test_how_often_is_a_number_or_a_yes(cell, count):
    assert times(cell) == count


@pytest.mark.parametrize("cell", ["-1", "1.5", "10001", "often"])
def test_how_often_is_no_other_number(cell):
    with pytest.raises(ValueError, match="is not"):
        times(cell)


def test_a_number_lies_between_its_bounds_both_included():
    assert [number(-1, 1)(cell) for cell in ("-1", "0.5", "1e0")] == [-1, 0.5, 1]
    for cell in ("-1.01", "1.01", "nan", "one", "1,0"):
        with pytest.raises(ValueError, match="is not"):
            number(-1, 1)(cell)


def test_a_whole_number_has_no_fraction():
    assert number(0, 10, whole=True)("7.0") == 7
    with pytest.raises(ValueError, match="whole"):
        number(0, 10, whole=True)("7.5")


def test_a_label_may_be_400_characters_long():
    assert words("x" * 400) == "x" * 400
    with pytest.raises(ValueError, match="401 characters long; 400 at most"):
        words("x" * 401)


def test_a_choice_is_one_of_its_words_in_any_case():
    assert choice("skill", "policy")("SKILL") == "skill"
    with pytest.raises(ValueError, match="is not one of skill, policy"):
        choice("skill", "policy")("luck")


def test_a_label_that_is_not_known_stays_as_it_stands():
    assert [label("phone")(cell) for cell in ("PHONE", "WhatsApp")] == ["phone", "WhatsApp"]


def test_a_date_is_its_ordinal():
    assert local_date("2026-11-09") == 739929
    assert [local_date("0001-01-01"), local_date("0001-12-31")] == [1, 365]


@pytest.mark.parametrize(
    "cell", ["09.11.2026", "2026-02-29", "2026-11-09T00:00", "2026-W46", "today"]
)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match="is no date"):
        local_date(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-11-09T14:30:00Z", "2026-11-09 15:30:00+01:00", "2026-11-09T09:00-05:30"),
        *("20261109T143000Z", "2026-11-09T14:30:00.000Z", "2026-11-10T04:30:00+14:00"),
    ],
)
def test_an_instant_with_an_offset_is_taken_as_it_stands(cell):
    assert instants("Asia/Tokyo")(cell) == ms(2026, 11, 9, 14, 30)


@pytest.mark.parametrize(
    ("zone", "cell", "hour"),
    [
        *(("UTC", "2026-11-09T14:30", 14), ("America/New_York", "2026-11-09T14:30", 19)),
        *(("Europe/London", "2026-07-09 14:30", 13), ("Asia/Kolkata", "2026-07-09T20:00", 14)),
    ],
)
def test_an_instant_without_an_offset_is_local(zone, cell, hour):
    assert instants(zone)(cell) == ms(2026, int(cell[5:7]), 9, hour, 30)


def test_parts_of_a_second_are_kept_to_the_millisecond():
    assert instants()("2026-11-09T14:30:00.1239") == ms(2026, 11, 9, 14, 30) + 124


@pytest.mark.parametrize(
    ("zone", "cell", "earlier"),
    [
        ("Europe/Berlin", "2025-10-26T02:00", (2025, 10, 26, 0, 0)),
        ("Europe/Berlin", "2025-10-26T02:59:59", (2025, 10, 26, 0, 59, 59)),
        ("America/New_York", "2026-11-01T01:30", (2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", "2026-04-05T01:45", (2026, 4, 4, 14, 45)),
        ("America/Sao_Paulo", "2018-02-17T23:30", (2018, 2, 18, 1, 30)),
    ],
)
def test_of_two_instants_with_one_name_the_earlier_is_taken_and_told(zone, cell, earlier):
    reader = instants(zone)
    assert reader(cell) == ms(*earlier)
    assert reader.twice == {cell}


@pytest.mark.parametrize(("cell", "hour"), [("01:59:59", 23), ("03:00:00", 2)])
def test_the_hours_about_a_clock_change_are_told_apart(cell, hour):
    reader = instants("Europe/Berlin")
    day = 25 if hour == 23 else 26
    minutes = (59, 59) if hour == 23 else (0, 0)
    assert reader(f"2025-10-26T{cell}") == ms(2025, 10, day, hour, *minutes)
    assert not reader.twice


@pytest.mark.parametrize(
    ("zone", "cell"),
    [
        *(("Europe/Berlin", "2026-03-29T02:00"), ("Europe/Berlin", "2026-03-29T02:59:59.999")),
        *(("Australia/Lord_Howe", "2025-10-05T02:15"), ("Pacific/Apia", "2011-12-30T12:00")),
        ("America/Sao_Paulo", "2018-11-04T00:30"),
    ],
)
def test_an_instant_that_never_happened_is_refused(zone, cell):
    with pytest.raises(ValueError, match=f"never happened in {zone}"):
        instants(zone)(cell)


def test_the_future_begins_a_millisecond_from_now():
    assert instants()("2026-11-20T12:00:00") == ms(2026, 11, 20, 12)
    with pytest.raises(ValueError, match="lies in the future"):
        instants()("2026-11-20T12:00:00.001")


def test_a_promise_may_lie_in_the_future():
    assert instants().due("2027-01-01T00:00Z") == ms(2027, 1, 1)


@pytest.mark.parametrize(
    "cell", ["2026-11-09", "14:30", "09/11/2026 14:30", "1762695000000", "2026-11-09T25:00"]
)
def test_what_is_no_instant_is_refused(cell):
    with pytest.raises(ValueError, match="is no instant: write it as"):
        instants()(cell)


@pytest.mark.parametrize("cell", ["1970-06-01T00:00Z", "0001-01-01T00:00", "9000-01-01T00:00Z"])
def test_an_instant_of_another_age_is_refused(cell):
    with pytest.raises(ValueError, match="too long ago or too far off"):
        instants().due(cell)


@given(st.integers(31_622_400, 1_795_000_000), st.sampled_from(ZONES))
def test_an_instant_comes_back_but_for_the_later_of_two_with_one_name(seconds, zone):
    moment = datetime.fromtimestamp(seconds, zone)
    reader = Instants(zone, NOW)
    assert reader(moment.isoformat()) == seconds * 1000
    local = reader(moment.replace(tzinfo=None).isoformat())
    assert local < seconds * 1000 if moment.fold else local == seconds * 1000


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=50)
@given(st.text(max_size=40) | NEAR_MISSES)
def test_whatever_a_cell_holds_it_is_a_value_or_refused_with_a_reason(name, cell):
    (value,) = parse_column([cell], PARSERS[name])
    assert (value is None) == (not cell.strip())
    assert not isinstance(value, Refused) or re.match("“.*” (is|lies|never) ", value, re.DOTALL)


def test_a_column_has_a_value_for_each_cell_in_order():
    told = parse_column([" 90 ", "", "x", "90", "  "], duration)
    assert told == [90, None, "“x” is no duration: give seconds or HH:MM:SS", 90, None]
    assert isinstance(told[2], Refused)
