"""Statements as they are kept: packed ids, and what makes two of them say the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.coaching.statements import Claim, pack, unpack

CHANGE = Claim(
    agent=1,
    topic="change aht",
    kind="change",
    metric="aht",
    direction="worse",
    n_recent=90,
    n_baseline=240,
    before=300.0,
    after=400.0,
    size=100.0,
    low=80.0,
    high=120.0,
    p=0.001,
    threshold=0.01,
    contacts=(1, 2, 3),
)
FOCUS = Claim(1, "focus", "focus", "fcr", "changed", contacts=(7, 3))
SHARED = Claim(None, "shared aht", "shared", "aht", "up", size=30.0, low=20.0, high=40.0)


@given(st.lists(st.integers(0, 2**62)))
def test_packed_ids_come_out_as_they_went_in(ids):
    assert unpack(pack(ids)) == tuple(ids)


def test_packed_ids_take_little_room():
    assert len(pack(range(1_000_000, 1_004_000, 8))) < 100


@pytest.mark.parametrize(
    ("claim", "moved", "same"),
    [
        (CHANGE, {}, True),
        (CHANGE, {"p": 0.002, "n_recent": 91, "contacts": (1, 2, 3, 4)}, True),
        (CHANGE, {"after": 403.9, "size": 103.9}, True),
        (CHANGE, {"after": 404.1}, False),
        (CHANGE, {"size": 95.9}, False),
        (CHANGE, {"direction": "slower"}, False),
        (CHANGE, {"weeks": 3}, False),
        (FOCUS, {"n_recent": 300}, True),
        (FOCUS, {"metric": "aht"}, False),
        (FOCUS, {"contacts": (7, 4)}, False),
        (FOCUS, {"channel": "chat"}, False),
        (SHARED, {"size": 31.0}, True),
        (SHARED, {"size": 35.0}, False),
        (SHARED, {"size": None}, False),
    ],
)
def test_a_statement_is_another_where_its_reader_would_notice(claim, moved, same):
    assert claim.says_as(replace(claim, **moved)) is same
