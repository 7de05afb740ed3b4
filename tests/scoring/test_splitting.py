"""A change is split into parts that add up to it exactly, and chance is called chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.asking import Sums
from scoring.splitting import split
from tests.scoring.estimates import CATALOGUE

AHT, FCR, VOLUME = CATALOGUE["aht"], CATALOGUE["fcr"], CATALOGUE["volume"]
BY = ("issue_type",)


def times(*seconds):
    return Sums(len(seconds), float(sum(seconds)), float(sum(one * one for one in seconds)))


def shares(n, hits):
    return Sums(float(n), float(hits), float(hits))


def of(cells):
    return {(name,): sums for name, sums in cells.items()}


def test_a_change_by_hand():
    # Half refunds of 400 s and half logins of 200 s become three quarters and one quarter. The two
    # whole figures are 300 and 350 s, their middle 325: refunds 0.25 * 75, logins -0.25 * -125.
    before = of({"refund": times(*[390, 410] * 10), "login": times(*[190, 210] * 10)})
    now = of({"refund": times(*[390, 410] * 15), "login": times(*[190, 210] * 5)})
    found = split(AHT, BY, now, before)
    assert found.mix.value == pytest.approx(50)
    assert found.rate.value == pytest.approx(0)
    assert found.rate.is_noise
    assert [cell.mix.value for cell in found.cells] == pytest.approx([31.25, 18.75])


def test_the_same_contacts_that_take_longer_are_rate_alone():
    before = of({"refund": times(*[390, 410] * 10), "login": times(*[190, 210] * 10)})
    now = of({"refund": times(*[490, 510] * 10), "login": times(*[190, 210] * 10)})
    found = split(AHT, BY, now, before)
    assert (found.mix.value, found.rate.value) == pytest.approx((0, 50))
    assert [cell.stands_out for cell in found.cells] == [True, False]
    assert found.cells[0].group == ("refund",)


def test_contacts_of_one_period_only_are_mix():
    before = of({"login": times(*[190, 210] * 10)})
    now = of({"login": times(*[190, 210] * 10), "refund": times(*[590, 610] * 10)})
    found = split(AHT, BY, now, before)
    assert (found.mix.value, found.rate.value) == pytest.approx((200, 0))


COUNTS = st.integers(0, 40)
CELL = st.tuples(COUNTS, COUNTS).map(lambda two: shares(max(two), min(two)))
SIDES = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6)


@given(SIDES)
def test_parts_add_up_to_the_change_whatever_the_cells_are(pairs):
    sides = [{(at,): pair[side] for at, pair in enumerate(pairs)} for side in (0, 1)]
    now, before = ({group: one for group, one in side.items() if one.n} for side in sides)
    if not now or not before:
        return
    found = split(FCR, BY, now, before)
    whole = [
        sum(one.total for one in side.values()) / sum(one.n for one in side.values())
        for side in (now, before)
    ]
    assert found.mix.value + found.rate.value == pytest.approx(whole[0] - whole[1], abs=1e-9)
    cells = sum(cell.mix.value + cell.rate.value for cell in found.cells)
    assert cells == pytest.approx(whole[0] - whole[1], abs=1e-9)
    assert all(part.low <= part.value <= part.high for part in (found.mix, found.rate))


def test_few_contacts_never_stand_out():
    before = of({"refund": times(100, 101, 102), "login": times(*[190, 210] * 20)})
    now = of({"refund": times(900, 901, 902), "login": times(*[190, 210] * 20)})
    found = split(AHT, BY, now, before)
    assert [cell.stands_out for cell in found.cells] == [False, False]


def test_a_share_that_could_be_chance_is_noise_even_where_all_are_hits():
    before = of({"refund": shares(30, 30), "login": shares(30, 28)})
    now = of({"refund": shares(30, 29), "login": shares(30, 30)})
    found = split(FCR, BY, now, before)
    assert found.rate.is_noise
    assert not any(cell.stands_out for cell in found.cells)


def test_the_more_kinds_are_looked_at_the_wider_is_each_interval():
    cells = {str(at): shares(50, 25) for at in range(20)}
    few = split(FCR, BY, of({"0": shares(50, 25)}), of({"0": shares(50, 20)})).cells[0].rate
    many = split(FCR, BY, of(cells), of({**cells, "0": shares(50, 20)})).cells[0].rate
    assert (many.high - many.low) / many.value > (few.high - few.low) / few.value


def test_a_volume_is_split_into_numbers_of_contacts():
    before = of({"refund": shares(50, 50), "login": shares(10, 10)})
    now = of({"refund": shares(10, 10), "login": shares(15, 15)})
    found = split(VOLUME, BY, now, before)
    assert [(cell.group[0], cell.mix.value) for cell in found.cells] == [
        ("refund", -40),
        ("login", 5),
    ]
    assert [cell.stands_out for cell in found.cells] == [True, False]
