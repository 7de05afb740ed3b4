"""Commitments: one at a time, made by whom it concerns, with the level as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from scoring.coaching.findings import Span
from scoring.coaching.progress import Baseline
from scoring.commitments import Terms, close, commitments, make, open_of
from scoring.database import reading, writing
from scoring.errors import AccessError, CommitmentError
from scoring.loop_records import CommitmentRow
from tests.factories import NOW, stored
from tests.scoring.coaching.reviewed import START, reviewed
from tests.scoring.loop import ANA, BEN, done_by, number_of, people

MADE = datetime(2026, 11, 6, 12, tzinfo=UTC)
TERMS = Terms("fcr", "Ask once more before closing.", START)


@pytest.fixture
def desk(database):
    """A database with a roster."""
    people(database)
    return database


def made(engine, who=ANA, terms=TERMS, review=None):
    with done_by(engine, who, MADE) as (connection, by):
        return make(connection, number_of(engine, ANA), terms, by, review)


def closed(engine, commitment, who=ANA, at=NOW):
    with done_by(engine, who, at) as (connection, by):
        return close(connection, commitment.id, by)


def listed(engine, who):
    with reading(engine) as connection:
        return commitments(connection, number_of(engine, who), number_of(engine, ANA))


def test_a_commitment_is_kept_as_it_was_made(desk):
    terms = replace(TERMS, issue_type="billing", channel="phone", practice="p1", renews=True)
    commitment = made(desk, terms=terms)
    assert {name: getattr(commitment, name) for name in vars(terms)} == vars(terms)
    (kept,) = listed(desk, ANA)
    assert (kept.commitment, kept.made_by) == (commitment, number_of(desk, ANA))
    assert (kept.made_at, kept.closed_at, kept.outcome) == (MADE, None, None)


def test_the_level_is_kept_as_it_was(desk):
    level = made(desk, review=reviewed(0)).baseline
    assert level == Baseline(Span(0.72, 0.68, 0.76), 0.70, 0.75, 0.6)


def test_without_a_review_there_is_no_level_yet(desk):
    assert made(desk).baseline is None


@pytest.mark.parametrize("who", [ANA, "mia", "ada"])
def test_an_agent_or_who_leads_them_commits(desk, who):
    assert made(desk, who).agent == number_of(desk, ANA)


@pytest.mark.parametrize("who", [BEN, "max"])
def test_nobody_else_does_anything_with_it(desk, who):
    with pytest.raises(AccessError, match="may not make a commitment for Ana"):
        made(desk, who)
    commitment = made(desk)
    with pytest.raises(AccessError, match="may not close a commitment of Ana"):
        closed(desk, commitment, who)
    with pytest.raises(AccessError, match="may not see the commitments of Ana"):
        listed(desk, who)


def test_the_same_commitment_twice_is_one(desk):
    assert made(desk, review=reviewed(0)) == made(desk, review=reviewed(0))
    assert len(stored(desk, CommitmentRow)) == 1


def test_one_thing_at_a_time(desk):
    made(desk)
    with pytest.raises(CommitmentError, match="One thing at a time: a commitment to fcr is open"):
        made(desk, terms=replace(TERMS, metric="csat"))


def test_the_database_itself_holds_one_open_commitment(desk):
    made(desk)
    (row,) = stored(desk, CommitmentRow)
    with pytest.raises(IntegrityError), writing(desk) as connection:
        connection.execute(CommitmentRow.__table__.insert().values(**row | {"id": 99}))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"metric": "speed"}, "Say one of: aht, fcr, escalation, csat, sentiment, quality"),
        ({"text": "  "}, "Say in your own words what you will do"),
        ({"text": "x" * 301}, "in at most 300 characters"),
        ({"weeks": 0}, "for 1 to 12 weeks, not 0"),
        ({"weeks": 13}, "for 1 to 12 weeks, not 13"),
        ({"first_week": date(2026, 11, 10)}, "begins on a Monday, which 2026-11-10 is not"),
    ],
)
def test_terms_that_cannot_be_are_told_in_words(desk, wrong, said):
    with pytest.raises(CommitmentError, match=said):
        made(desk, terms=replace(TERMS, **wrong))
    assert stored(desk, CommitmentRow) == []


def test_nobody_commits_to_weeks_that_are_over(desk):
    with pytest.raises(CommitmentError, match="The week of 2026-10-26 is over"):
        made(desk, terms=replace(TERMS, first_week=date(2026, 10, 26)))
    this_week = date(2026, 11, 2)
    assert made(desk, terms=replace(TERMS, first_week=this_week)).first_week == this_week


def test_a_commitment_may_be_closed_early(desk):
    kept = closed(desk, made(desk), "mia")
    assert (kept.closed_at, kept.outcome) == (NOW, "ended_early")
    with reading(desk) as connection:
        assert open_of(connection, number_of(desk, ANA)) is None
    assert made(desk, terms=replace(TERMS, metric="csat")).metric == "csat"


def test_a_closed_commitment_stays_as_it_is(desk):
    commitment = made(desk)
    first = closed(desk, commitment)
    assert closed(desk, commitment, at=NOW + timedelta(days=1)) == first


def test_a_number_that_is_none_is_told(desk):
    with pytest.raises(CommitmentError, match="There is no commitment 99"):
        closed(desk, replace(made(desk), id=99))


def test_the_newest_comes_first(desk):
    closed(desk, made(desk))
    made(desk, terms=replace(TERMS, metric="csat"))
    assert [one.commitment.metric for one in listed(desk, "mia")] == ["csat", "fcr"]


@pytest.mark.parametrize(("who", "seen"), [(ANA, 1), ("mia", 1), ("ada", 1), (BEN, 0), ("max", 0)])
def test_all_that_somebody_may_see_may_be_listed(desk, who, seen):
    made(desk)
    with reading(desk) as connection:
        assert len(commitments(connection, number_of(desk, who))) == seen
