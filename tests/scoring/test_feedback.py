"""What people thought of answers: the last word of each on each."""

from datetime import timedelta

from scoring.database import noting, reading
from scoring.feedback import Feedback, say
from scoring.people import find_agent
from scoring.talk_records import FeedbackRow
from tests.factories import NOW, stored, taken


def said(database, *words):
    """What is kept, once Ana has said it, a minute apart."""
    taken(database, [{"agent": "ana"}], kind="roster")
    with reading(database) as connection:
        ana = find_agent(connection, "ana")
    for minutes, (about, good) in enumerate(words):
        with noting(database) as connection:
            told = Feedback(ana, about, about.partition(" ")[0], good)
            say(connection, told, NOW + timedelta(minutes=minutes))
    rows = stored(database, FeedbackRow)
    return {row["about"]: (row["kind"], row["good"], row["at"]) for row in rows}


def test_a_later_word_takes_the_place_of_the_one_before(database):
    found = said(database, ("ask 1", True), ("ask 1", False))
    assert found == {"ask 1": ("ask", 0, NOW + timedelta(minutes=1))}


def test_each_answer_has_its_own(database):
    found = said(database, ("ask 1", True), ("note 2", False))
    assert found == {
        "ask 1": ("ask", 1, NOW),
        "note 2": ("note", 0, NOW + timedelta(minutes=1)),
    }
