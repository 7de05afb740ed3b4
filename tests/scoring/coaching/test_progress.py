"""What became of a commitment: confirmed changes count, rebounds and luck do not."""

import pytest

from scoring.coaching.findings import Span
from scoring.coaching.progress import (
    Baseline,
    Commitment,
    Standing,
    baseline_of,
    ending,
    judge,
    progress,
)
from tests.scoring.coaching.reviewed import ANA, START, change, metric, reviewed, week

BETTER = {"flag": "better", "change": change(1)}
WORSE = {"flag": "worse", "change": change(1, better=False)}
QUIET = {}


def committed(metric="fcr", weeks=4, **more):
    return Commitment(1, ANA, metric, "Ask once more before closing.", START, weeks, **more)


def stands(*weeks, to="fcr"):
    """How a commitment stands after weeks, each given by what is particular of its metric."""
    standing = Standing()
    for number, found in enumerate(weeks, 1):
        review = None if found is None else reviewed(number, **{to: found})
        standing = judge(committed(to), review, standing)
    return standing


def told(standing):
    return standing.verdict, standing.why, standing.since, standing.judged


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        pytest.param([BETTER], ("moved", "confirmed", week(1), 1), id="better"),
        pytest.param([WORSE], ("slipped", "confirmed", week(1), 1), id="worse"),
        pytest.param([QUIET], ("too_early", "normal", None, 1), id="one quiet week"),
        pytest.param([QUIET] * 2, ("too_early", "normal", None, 2), id="two quiet weeks"),
        pytest.param([QUIET] * 3, ("held", "normal", None, 3), id="three quiet weeks"),
        pytest.param([BETTER, QUIET], ("moved", "confirmed", week(1), 2), id="it stays"),
        pytest.param([BETTER, BETTER], ("moved", "confirmed", week(1), 2), id="since the first"),
        pytest.param([BETTER, WORSE], ("slipped", "confirmed", week(2), 2), id="the last holds"),
        pytest.param([QUIET] * 3 + [BETTER], ("moved", "confirmed", week(4), 4), id="late"),
        pytest.param([None], ("too_few", "absent", None, 0), id="absent"),
        pytest.param([QUIET, None], ("too_early", "normal", None, 1), id="away for a week"),
        pytest.param([BETTER, None], ("moved", "confirmed", week(1), 1), id="away afterwards"),
    ],
)
def test_the_verdict_after_weeks(weeks, expected):
    assert told(stands(*weeks)) == expected


@pytest.mark.parametrize("why", ["too_few", "queue_changed"])
def test_where_nothing_can_be_said_nothing_is_said(why):
    assert told(stands({"why_quiet": why})) == ("too_few", why, None, 0)
    assert told(stands(QUIET, {"why_quiet": why})) == ("too_early", "normal", None, 1)


@pytest.mark.parametrize("flag", ["better", "worse"])
def test_a_change_that_had_begun_before_is_not_the_commitment_s(flag):
    found = {"flag": flag, "change": change(0, better=flag == "better")}
    assert told(stands(found)) == ("too_early", "before", None, 1)
    assert told(stands(found, found, found)) == ("held", "before", None, 3)


def test_faster_is_not_moved_while_quality_is_open():
    faster = {"flag": "faster", "change": change(1)}
    assert told(stands(*[faster] * 4, to="aht")) == ("too_early", "quality_open", None, 4)


def test_slower_for_better_quality_is_a_fair_trade():
    slower = {"flag": "slower", "change": change(1, better=False)}
    assert told(stands(*[slower] * 3, to="aht")) == ("held", "fair_trade", None, 3)


def test_rushing_is_never_moved():
    faster = reviewed(1, rushing=True, aht={"flag": "faster", "change": change(1)})
    standing = judge(committed("aht"), faster, Standing())
    assert told(standing) == ("slipped", "rushing", week(1), 1)
    assert judge(committed("fcr"), faster, Standing()).verdict == "too_early"


@pytest.mark.parametrize(("better", "verdict"), [(True, "moved"), (False, "slipped")])
def test_quality_as_a_whole_may_be_committed_to(better, verdict):
    review = reviewed(1, quality=change(1, better=better))
    assert judge(committed("quality"), review, Standing()).verdict == verdict


def test_quality_needs_one_part_that_can_be_judged():
    few = {"why_quiet": "too_few"}
    parts = dict.fromkeys(("fcr", "csat", "sentiment", "escalation"), few)
    assert told(judge(committed("quality"), reviewed(1, **parts), Standing()))[0] == "too_few"
    some = reviewed(1, **{**parts, "fcr": QUIET})
    assert told(judge(committed("quality"), some, Standing()))[0] == "too_early"


@pytest.mark.parametrize(
    ("verdict", "more", "expected"),
    [
        ("moved", {}, "closed"),
        ("held", {}, "closed"),
        ("slipped", {}, "closed"),
        ("too_early", {}, "extended"),
        ("too_few", {}, "extended"),
        ("too_few", {"extended": True}, "closed"),
        ("moved", {"renews": True}, "closed"),
        ("held", {"renews": True}, "renewed"),
        ("slipped", {"renews": True}, "renewed"),
        ("too_few", {"renews": True}, "extended"),
        ("too_few", {"renews": True, "extended": True}, "renewed"),
    ],
)
def test_how_a_commitment_ends(verdict, more, expected):
    assert ending(committed(**more), Standing(verdict)) == expected


def test_the_level_is_kept_as_it_was():
    found = baseline_of("fcr", reviewed(0))
    assert found == Baseline(Span(0.72, 0.68, 0.76), 0.70, 0.75, 0.6)


@pytest.mark.parametrize("name", ["estimate", "raw", "expected"])
def test_a_level_that_is_not_known_is_none(name):
    assert baseline_of("csat", reviewed(0, csat={name: None})) is None
    assert baseline_of("quality", reviewed(0)) is None


@pytest.mark.parametrize(
    ("raw", "expected", "reliability", "rebound"),
    [
        pytest.param(0.70, 0.80, 0.6, 0.04, id="four tenths of ten points come back"),
        pytest.param(0.80, 0.70, 0.6, -0.04, id="a good spell passes too"),
        pytest.param(600.0, 500.0, 0.9, -10.0, id="seconds"),
        pytest.param(0.70, 0.80, 1.0, 0.0, id="no luck in it"),
        pytest.param(0.70, 0.80, 0.0, 0.10, id="nothing but luck"),
    ],
)
def test_what_comes_back_by_itself(raw, expected, reliability, rebound):
    baseline = Baseline(Span(0, 0, 0), raw, expected, reliability)
    assert baseline.rebound == pytest.approx(rebound)


def test_what_was_confirmed_last_is_kept():
    assert stands(BETTER, QUIET).change == change(1)
    assert stands(BETTER, {"flag": "better", "change": change(2)}).change == change(2)
    assert stands(QUIET).change is None


def test_a_note_tells_where_the_metric_is():
    now = progress(committed(), week(2), reviewed(2), Standing("held"), "")
    assert (now.number, now.noticeable, now.now) == (2, 0.15, metric().estimate)


def test_a_note_of_an_absent_week_tells_how_it_stands():
    away = progress(committed(), week(9), None, Standing("held", "normal", None, 3), "closed")
    assert (away.number, away.now, away.noticeable, away.ending) == (4, None, None, "closed")


def test_the_last_week_is_that_of_its_length():
    assert committed(weeks=4).last_week == week(4)
    assert committed(weeks=1).last_week == START
