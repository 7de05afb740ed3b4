"""Commitments week by week: told once, closed at their end, extended or renewed by the rule."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scoring import following
from scoring.coaching.findings import Span
from scoring.coaching.progress import Baseline
from scoring.commitments import Terms, close, commitments, make
from scoring.database import reading, writing
from scoring.following import first_to_judge, follow, look, standings
from scoring.loop_records import CommitmentRow, CommitmentWeek
from tests.factories import NOW, stored
from tests.scoring.coaching.reviewed import START, change, reviewed, week
from tests.scoring.loop import ANA, BEN, done_by, number_of, people

MADE = datetime(2026, 11, 6, 12, tzinfo=UTC)
TERMS = Terms("fcr", "Ask once more before closing.", START)
BETTER = {"flag": "better", "change": change(1)}


@pytest.fixture
def desk(database):
    """A database with a roster."""
    people(database)
    return database


def made(engine, who=ANA, terms=TERMS, review=None):
    with done_by(engine, who, MADE) as (connection, by):
        return make(connection, number_of(engine, who), terms, by, review)


def followed(engine, number, *, absent=False, **metrics):
    """What the note of a week says of Ana's commitment."""
    ana = number_of(engine, ANA)
    reviews = {} if absent else {ana: reviewed(number, agent=ana, **metrics)}
    with writing(engine) as connection:
        return follow(connection, week(number), reviews, NOW).get(ana)


def looked(engine, number, **metrics):
    """What the note of a week would say, changing nothing."""
    ana = number_of(engine, ANA)
    with reading(engine) as connection:
        return look(connection, week(number), {ana: reviewed(number, agent=ana, **metrics)}).get(
            ana
        )


def state(engine):
    return stored(engine, CommitmentRow), stored(engine, CommitmentWeek)


def kept(engine):
    ana = number_of(engine, ANA)
    with reading(engine) as connection:
        return commitments(connection, ana, ana)


def test_four_quiet_weeks_are_held(desk):
    made(desk)
    told = [followed(desk, number) for number in (1, 2, 3, 4)]
    assert [one.standing.verdict for one in told] == ["too_early", "too_early", "held", "held"]
    assert [one.number for one in told] == [1, 2, 3, 4]
    assert [one.ending for one in told] == ["", "", "", "closed"]
    assert (kept(desk)[0].outcome, kept(desk)[0].closed_at) == ("held", NOW)


def test_a_commitment_that_moved_is_closed_with_that(desk):
    made(desk)
    told = [followed(desk, number, fcr=BETTER) for number in (1, 2, 3, 4)]
    assert {one.standing.verdict for one in told} == {"moved"}
    assert told[0].standing.change == change(1)
    assert kept(desk)[0].outcome == "moved"
    assert followed(desk, 5) is None


def test_the_same_week_again_changes_nothing(desk):
    made(desk, terms=replace(TERMS, weeks=2))
    for number in (1, 2):
        told = followed(desk, number)
        before = state(desk)
        assert followed(desk, number) == told
        assert state(desk) == before
    assert told.ending == "extended"


def test_a_look_says_what_will_be_told_and_changes_nothing(desk):
    made(desk, terms=replace(TERMS, weeks=2, renews=True))
    for number in (1, 2, 3, 4):
        before = state(desk)
        seen = looked(desk, number, fcr=BETTER)
        assert state(desk) == before
        assert followed(desk, number, fcr=BETTER) == seen
        assert looked(desk, number) == seen


def test_what_was_told_of_a_week_stays_whatever_comes_in_later(desk):
    made(desk)
    told = followed(desk, 1)
    assert followed(desk, 1, fcr=BETTER).standing == told.standing


def test_a_week_before_one_that_was_told_is_not_judged(desk):
    made(desk)
    followed(desk, 2)
    before = state(desk)
    assert followed(desk, 1, fcr=BETTER) is None
    assert state(desk) == before


def test_nothing_is_told_before_the_first_week_but_the_level_is_kept(desk):
    made(desk)
    assert followed(desk, -1) is None
    assert kept(desk)[0].commitment.baseline is None
    assert followed(desk, 0) is None
    assert kept(desk)[0].commitment.baseline == Baseline(Span(0.72, 0.68, 0.76), 0.70, 0.75, 0.6)
    assert stored(desk, CommitmentWeek) == []


def test_a_level_that_is_kept_stays(desk):
    made(desk, review=reviewed(0))
    followed(desk, 0, fcr={"raw": 0.5})
    assert kept(desk)[0].commitment.baseline.raw == 0.70


def test_a_level_that_is_not_known_then_is_not_made_up(desk):
    made(desk)
    followed(desk, 0, fcr={"estimate": None})
    assert kept(desk)[0].commitment.baseline is None


def test_what_nothing_can_be_said_of_goes_on_once(desk):
    made(desk)
    few = {"why_quiet": "too_few"}
    told = [followed(desk, number, fcr=few) for number in range(1, 9)]
    assert [one.ending for one in told] == ["", "", "", "extended", "", "", "", "closed"]
    assert told[-1].number == 8
    assert (kept(desk)[0].outcome, kept(desk)[0].commitment.weeks) == ("too_few", 8)


def test_an_agreed_commitment_renews_itself_until_it_moves(desk):
    first = made(desk, terms=replace(TERMS, weeks=3, renews=True))
    assert [followed(desk, number).ending for number in (1, 2, 3)] == ["", "", "renewed"]
    second, old = kept(desk)
    assert (old.commitment, old.outcome) == (first, "held")
    assert (second.renewed_from, second.commitment.first_week) == (first.id, week(4))
    assert (second.commitment.weeks, second.commitment.text) == (3, first.text)
    assert second.commitment.baseline.raw == 0.70
    moved = {"flag": "better", "change": change(4)}
    assert [followed(desk, number, fcr=moved).ending for number in (4, 5, 6)] == ["", "", "closed"]
    assert len(kept(desk)) == 2


def test_one_that_was_extended_renews_itself_for_the_weeks_that_were_agreed(desk):
    made(desk, terms=replace(TERMS, weeks=1, renews=True))
    few = {"why_quiet": "too_few"}
    assert [followed(desk, number, fcr=few).ending for number in (1, 2)] == ["extended", "renewed"]
    assert [one.commitment.weeks for one in kept(desk)] == [1, 2]


def test_a_change_after_the_last_week_is_no_longer_the_commitment_s(desk):
    made(desk)
    for number in (1, 2, 3):
        followed(desk, number)
    told = followed(desk, 6, fcr={"flag": "better", "change": change(6)})
    assert (told.standing.verdict, told.ending, told.number) == ("held", "closed", 4)


def test_an_agent_who_is_away_has_a_commitment_still(desk):
    made(desk)
    told = [followed(desk, number, absent=True) for number in (1, 2, 3, 4)]
    assert {(one.standing.verdict, one.standing.why) for one in told} == {("too_few", "absent")}
    assert told[-1].ending == "extended"


def test_one_that_was_closed_early_is_told_no_more(desk):
    commitment = made(desk)
    told = followed(desk, 1)
    with done_by(desk, ANA) as (connection, by):
        close(connection, commitment.id, by)
    assert followed(desk, 2) is None
    assert followed(desk, 1).standing == told.standing


def test_each_agent_s_own_is_judged(desk):
    made(desk)
    made(desk, BEN, replace(TERMS, metric="csat"))
    ana, ben = number_of(desk, ANA), number_of(desk, BEN)
    reviews = {ana: reviewed(1, agent=ana, fcr=BETTER), ben: reviewed(1, agent=ben, fcr=BETTER)}
    with writing(desk) as connection:
        told = follow(connection, week(1), reviews, NOW)
    verdicts = {one: found.standing.verdict for one, found in told.items()}
    assert verdicts == {ana: "moved", ben: "too_early"}


def test_one_agent_s_may_be_looked_at(desk):
    made(desk)
    made(desk, BEN)
    ben = number_of(desk, BEN)
    with reading(desk) as connection:
        assert set(look(connection, week(1), {})) == {number_of(desk, ANA), ben}
        assert set(look(connection, week(1), {}, ben)) == {ben}


def test_the_first_week_to_judge_is_the_one_after_those_that_were_told(desk):
    def first():
        with reading(desk) as connection:
            return first_to_judge(connection)

    assert first() is None
    made(desk, terms=replace(TERMS, first_week=week(2)))
    assert first() == week(1)
    made(desk, BEN, replace(TERMS, first_week=week(3)), reviewed(2))
    followed(desk, 1)
    assert first() == week(2)
    followed(desk, 2)
    assert first() == week(3)


def test_how_it_stood_after_each_week_can_be_read_again(desk):
    commitment = made(desk)
    told = {week(number): followed(desk, number).standing for number in (1, 2, 3)}
    with reading(desk) as connection:
        assert standings(connection, commitment.id) == told


def test_a_week_that_breaks_off_is_judged_again(desk, monkeypatch):
    made(desk, terms=replace(TERMS, weeks=1, renews=True))
    few = {"why_quiet": "too_few"}
    followed(desk, 1, fcr=few)
    before = state(desk)

    def broken(*_):
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patch:
        patch.setattr(following, "_begin_again", broken)
        with pytest.raises(RuntimeError):
            followed(desk, 2, fcr=few)
    assert state(desk) == before
    assert followed(desk, 2, fcr=few).ending == "renewed"
