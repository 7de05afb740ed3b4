"""The method of a figure is told with it."""

from scoring.asking import Ask
from scoring.database import reading
from scoring.methods import fcr_method
from tests.factories import interactions, taken
from tests.scoring.estimates import asked

OWN = {"resolved_first_contact": "yes"}
KIM = {"customer_id": "kim"}


def told(engine, *rows):
    taken(engine, interactions(*rows))
    with reading(engine) as connection:
        view, ask = asked(connection)
        assert isinstance(ask, Ask)
        return fcr_method(view, ask)


def test_repeat_contacts_are_named_with_their_window(database):
    assert told(database, KIM) == "First contact resolution: by repeat contact within 7 days."


def test_the_sources_own_answer_is_named(database):
    assert told(database, OWN) == "First contact resolution: the source's own answer."


def test_a_mixture_says_how_many_are_which(database):
    assert told(database, OWN, KIM, KIM | {"issue_type": "refund"}) == (
        "First contact resolution: the source's own answer for 1 of 3 contacts, for the others by"
        " repeat contact within 7 days."
    )


def test_nothing_is_said_of_nothing(database):
    assert told(database, {"issue_type": None}) == ""
