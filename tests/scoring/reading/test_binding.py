"""Whatever the words come to, no time and no grouping that was named is left out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reading.questions import read_question
from scoring.reading.reading import Read
from tests.scoring.reading.maya import PERIODS, days, world_of

WORLD = world_of()
TIMES = {
    "last week": "lw",
    "since october": "tq",
    "in october": "lm",
    "last quarter": "lq",
    "this month": "tm",
    "yesterday": "yd",
}
ROWS = {
    "by team": "team",
    "per agent": "agent",
    "by channel": "channel",
    "by kind of issue": "issue_type",
    "week by week": "week",
    "for each team": "team",
    "team comparison": "team",
    "channel comparison": "channel",
    "comparison by agent": "agent",
}
FIGURES = ("csat", "the 90th percentile of handle time", "how fast tickets are resolved")
SAID = (
    *("show me", "show me some", "how is", "trending", "week over week", "month on month"),
    *("who slowed down the most", "escalated chats", "examples of", "worst first", "top 3"),
    *("for Dev", "on calls", "vs target", "under 70%", "why", "compared with last month"),
    *("coaching", "went up", "the most", "refunds", "what does it mean", "recently"),
)


@pytest.mark.parametrize(("rows", "figure", "time"), list(product(ROWS, FIGURES, TIMES)))
def test_a_figure_with_rows_and_a_time_is_read_with_both(rows, figure, time):
    got = read_question(f"{figure} {rows} {time}", WORLD)
    assert isinstance(got, Read)
    assert (got.query.by, days(got.query.period)) == ((ROWS[rows],), PERIODS[TIMES[time]])


@given(
    st.sampled_from(sorted(ROWS)),
    st.sampled_from(sorted(TIMES)),
    st.lists(st.sampled_from((*FIGURES, *SAID)), max_size=4),
    st.sampled_from((", ", " ")),
    st.randoms(use_true_random=False),
)
def test_no_reading_leaves_out_a_time_or_a_grouping(rows, time, others, joint, chance):
    parts = [rows, time, *others]
    chance.shuffle(parts)
    got = read_question(joint.join(parts), WORLD)
    if isinstance(got, Read):
        compare = got.query.compare
        told = {days(got.query.period), days(compare.period) if compare and compare.period else ()}
        assert PERIODS[TIMES[time]] in told, got.query
        assert ROWS[rows] in got.query.by, got.query
