"""Questions that are kept for a day: as they were read, for whoever asked, and for nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scoring.asking import Scope
from scoring.database import noting
from scoring.period import Period
from scoring.query import Compare, Condition, Order, Query
from scoring.talk_records import TalkRow
from scoring.talks import KEPT, Talk, Thread, keep, kept, last_in, read, written
from tests.factories import NOW, stored

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15), None, "week", 1, "last week")
SO_FAR = Period(
    date(2026, 11, 1), date(2026, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC), "month"
)
PLAIN = Query(WEEK, kpis=("csat",))
WHOLE = Query(
    SO_FAR,
    "figures",
    ("aht", "csat"),
    ("agent", "week"),
    Scope((1, 2), (3,), {"channel": ("chat", "e-mail")}, (0, 90)),
    Compare("period", WEEK),
    (Condition("aht", "change", "worse"), Condition("csat", "value", "above", "team_median")),
    Order("aht", "worst", "change"),
    5,
)
HERE = Thread("U0MAYA", "D1", "1.1")


@pytest.mark.parametrize(
    "query",
    [
        PLAIN,
        WHOLE,
        replace(PLAIN, intent="explain", compare=Compare("before")),
        replace(PLAIN, having=(Condition("csat", "value", "below", 4.5),)),
        Query(WEEK, "coaching", by=("agent",)),
    ],
)
def test_a_question_comes_back_as_it_was_read(query):
    assert read(written(query)) == query


def test_no_word_that_somebody_said_is_kept():
    assert "last week" not in written(PLAIN)
    assert "last week" not in written(WHOLE)


@pytest.mark.parametrize("told", ["", "{}", '{"period": 1}', '{"nothing": "of ours"}'])
def test_what_another_version_wrote_is_no_question(told):
    assert read(told) is None


def kept_in(database, *talks, now=NOW):
    with noting(database) as connection:
        keep(connection, talks, now)


def test_the_last_question_of_a_thread_is_the_one_that_follows(database):
    kept_in(database, Talk("a" * 16, PLAIN, HERE))
    kept_in(database, Talk("b" * 16, WHOLE, HERE))
    with noting(database) as connection:
        assert last_in(connection, HERE, NOW) == WHOLE
        assert kept(connection, "a" * 16, "U0MAYA", NOW) == PLAIN


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, thread="2.2"),
        replace(HERE, channel="D2"),
        replace(HERE, user_id="U0ANA"),
        replace(HERE, thread=""),
    ],
)
def test_another_thread_and_another_person_have_none(database, elsewhere):
    kept_in(database, Talk("a" * 16, PLAIN, HERE), Talk("b" * 16, PLAIN, Thread("U0MAYA", "D1")))
    with noting(database) as connection:
        assert last_in(connection, elsewhere, NOW) is None


def test_a_question_is_found_by_its_id_by_whoever_asked_it_and_by_nobody_else(database):
    kept_in(database, Talk("a" * 16, WHOLE, HERE))
    with noting(database) as connection:
        assert kept(connection, "a" * 16, "U0MAYA", NOW) == WHOLE
        assert kept(connection, "a" * 16, "U0ANA", NOW) is None
        assert kept(connection, "b" * 16, "U0MAYA", NOW) is None


def test_a_question_is_forgotten_after_a_day(database):
    kept_in(database, Talk("a" * 16, PLAIN, HERE))
    later = NOW + KEPT + timedelta(seconds=1)
    with noting(database) as connection:
        assert kept(connection, "a" * 16, "U0MAYA", later) is None
        assert last_in(connection, HERE, later) is None
    kept_in(database, now=later)
    assert stored(database, TalkRow) == []
