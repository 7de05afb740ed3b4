"""Private remarks: seen by two people, answered by one, and never by anybody else."""

from dataclasses import replace

import pytest

from scoring.database import reading
from scoring.errors import AccessError, RemarkError
from scoring.loop_records import RemarkRow
from scoring.remarks import answer, remarks, write
from tests.factories import NOW, stored
from tests.scoring.loop import ANA, BEN, done_by, number_of, people


@pytest.fixture
def desk(database):
    """A database with a roster."""
    people(database)
    return database


def written(engine, said="Well done.", to=ANA, who="mia", event="e1"):
    with done_by(engine, who) as (connection, by):
        return write(connection, number_of(engine, to), said, by, event)


def answered(engine, remark, said="Thank you.", who=ANA):
    with done_by(engine, who) as (connection, by):
        return answer(connection, remark.id, said, by)


def seen(engine, who):
    with reading(engine) as connection:
        return [one.said for one in remarks(connection, number_of(engine, who))]


def test_a_remark_and_its_answer_are_kept(desk):
    remark = answered(desk, written(desk, " Well done. "))
    assert (remark.said, remark.said_at, remark.answer) == ("Well done.", NOW, "Thank you.")
    assert (remark.manager, remark.agent) == (number_of(desk, "mia"), number_of(desk, ANA))


@pytest.mark.parametrize(
    ("who", "said"), [("mia", ["Well done."]), (ANA, ["Well done."]), (BEN, []), ("ada", [])]
)
def test_only_the_two_see_it(desk, who, said):
    written(desk)
    assert seen(desk, who) == said


def test_the_newest_comes_first(desk):
    written(desk, "One.")
    written(desk, "Two.", event="e2")
    assert seen(desk, ANA) == ["Two.", "One."]


@pytest.mark.parametrize("who", [ANA, BEN, "max"])
def test_only_who_leads_the_agent_writes(desk, who):
    with pytest.raises(AccessError, match="may not write a private remark to Ana"):
        written(desk, who=who)


def test_the_same_event_twice_is_one_remark(desk):
    assert written(desk) == written(desk)
    assert len(stored(desk, RemarkRow)) == 1
    with pytest.raises(RemarkError, match="stays as it was written"):
        written(desk, "Other words.")


def test_the_same_answer_twice_is_one_and_another_is_refused(desk):
    remark = written(desk)
    assert answered(desk, remark) == answered(desk, remark)
    with pytest.raises(RemarkError, match="has your answer already"):
        answered(desk, remark, "No.")


def test_a_manager_does_not_answer_in_the_agent_s_name(desk):
    remark = written(desk)
    with pytest.raises(AccessError, match="Only Ana may answer"):
        answered(desk, remark, who="mia")


@pytest.mark.parametrize("who", [BEN, "ada"])
def test_nobody_else_learns_that_a_remark_exists(desk, who):
    remark = written(desk)
    for number in (remark.id, remark.id + 1):
        with pytest.raises(AccessError, match=f"There is no remark {number} by you or to you"):
            answered(desk, replace(remark, id=number), who=who)


@pytest.mark.parametrize("said", ["", " \n", "x" * 3001])
def test_words_are_needed_and_not_too_many(desk, said):
    with pytest.raises(RemarkError, match="Write something, of at most 3,000"):
        written(desk, said)
    remark = written(desk)
    with pytest.raises(RemarkError):
        answered(desk, remark, said)


def test_a_remark_that_breaks_off_is_not_there(desk):
    def break_off():
        with done_by(desk, "mia") as (connection, by):
            write(connection, number_of(desk, ANA), "Well done.", by, "e1")
            raise RuntimeError("the machine stopped")

    with pytest.raises(RuntimeError):
        break_off()
    assert seen(desk, ANA) == []
