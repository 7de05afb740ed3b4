"""An agent's word against a fact: what may be disputed, by whom, and who sees it."""

import pytest

from scoring.database import reading
from scoring.disputes import disputes, find, find_interaction
from scoring.errors import AccessError, DisputeError, UnknownNameError
from scoring.loop_records import DisputeRow
from tests.factories import NOW, interaction, interactions, stored, taken
from tests.scoring.estimates import value_of
from tests.scoring.loop import ANA, BEN, accepted, decided, filed, number_of, people


@pytest.fixture
def desk(database):
    """A database with a roster and two contacts of Ana's and one of Ben's."""
    people(database)
    taken(database, interactions({}, {"issue_type": "refund"}, {"agent": BEN}))
    return database


def test_a_dispute_is_written_down_as_it_was_filed(desk):
    dispute = filed(desk, "category", " refund ", why=" It was a refund. ")
    told = (dispute.contact, dispute.source, dispute.fact, dispute.proposed, dispute.reason)
    assert told == ("c1", "files", "category", "refund", "It was a refund.")
    assert (dispute.agent, dispute.filed_at) == (number_of(desk, ANA), NOW)
    assert (dispute.state, dispute.why, dispute.decided_by) == ("open", None, None)


def test_an_open_dispute_changes_no_figure(desk):
    before = value_of(desk, "aht", agents=["Ana"])
    filed(desk, "outage")
    assert value_of(desk, "aht", agents=["Ana"]) == before == 300


def test_the_same_dispute_twice_is_one(desk):
    assert filed(desk, "outage") == filed(desk, "outage")
    assert len(stored(desk, DisputeRow)) == 1


def test_another_fact_of_the_same_contact_is_another_dispute(desk):
    assert filed(desk, "outage").id != filed(desk, "category", "refund").id


def test_a_dispute_filed_otherwise_is_pointed_to_the_first(desk):
    first = filed(desk, "category", "refund")
    with pytest.raises(DisputeError, match=rf"number {first.id}\) and is still to be decided"):
        filed(desk, "category", "refund", why="Another reason.")


def test_what_was_declined_is_not_filed_again(desk):
    decided(desk, filed(desk, "outage"), accepted=False, why="All was well.")
    with pytest.raises(DisputeError, match="was declined: All was well"):
        filed(desk, "outage", why="It was not well.")


@pytest.mark.parametrize("fact", ["csat", "nps", "ces", "survey", "sentiment", "rating"])
def test_what_a_customer_answered_cannot_be_disputed(desk, fact):
    with pytest.raises(DisputeError, match="What a customer answered or felt cannot be disputed"):
        filed(desk, fact)


@pytest.mark.parametrize(
    ("fact", "proposed", "why", "said"),
    [
        ("weather", None, "So.", "Say one of: category, not_mine, outage, abuse, duplicate"),
        ("category", None, "So.", "Say which category is the right one"),
        ("category", "  ", "So.", "Say which category is the right one"),
        ("category", "nonsense", "So.", "No contact has the category “nonsense”"),
        ("category", "billing", "So.", "Contact c1 has that category already"),
        ("not_mine", "Ana", "So.", "counts for that agent already"),
        ("duplicate", "c1", "So.", "no duplicate of itself"),
        ("outage", None, " ", "Say why"),
        ("outage", None, "x" * 1001, "longer than 1000 characters"),
    ],
)
def test_what_cannot_be_disputed_is_told_in_words(desk, fact, proposed, why, said):
    with pytest.raises(DisputeError, match=said):
        filed(desk, fact, proposed, why=why)
    assert stored(desk, DisputeRow) == []


def test_an_agent_who_is_not_known_is_told(desk):
    with pytest.raises(UnknownNameError, match="No agent is called “Zoe”"):
        filed(desk, "not_mine", "Zoe")


@pytest.mark.parametrize("who", [BEN, "mia", "ada"])
def test_nobody_disputes_a_contact_of_another(desk, who):
    with pytest.raises(AccessError, match="Contact c1 is not"):
        filed(desk, "outage", who=who)


@pytest.mark.parametrize("fact", ["outage", "abuse", "duplicate"])
def test_an_excluded_contact_needs_no_excuse(desk, fact):
    taken(desk, [interaction(excluded="spam")])
    with pytest.raises(DisputeError, match=r"excluded already \(spam\)"):
        filed(desk, fact)


def test_who_was_given_a_contact_may_dispute_it(desk):
    accepted(desk, "not_mine", "Ben")
    assert filed(desk, "category", "refund", who=BEN).state == "open"
    with pytest.raises(AccessError):
        filed(desk, "category", "refund")


def seen(engine, who, **more):
    with reading(engine) as connection:
        return [one.contact for one in disputes(connection, number_of(engine, who), **more)]


@pytest.mark.parametrize(
    ("who", "contacts"),
    [(ANA, ["c1"]), (BEN, ["c3"]), ("mia", ["c1", "c3"]), ("ada", ["c1", "c3"]), ("max", [])],
)
def test_a_dispute_is_seen_by_its_agent_and_who_leads_them(desk, who, contacts):
    filed(desk, "outage")
    filed(desk, "outage", contact="c3", who=BEN)
    assert seen(desk, who) == contacts


def test_only_the_open_ones_are_still_to_be_decided(desk):
    decided(desk, filed(desk, "outage"))
    filed(desk, "outage", contact="c2")
    assert seen(desk, "mia", only_open=True) == ["c2"]


def test_a_number_that_is_none_is_told(desk):
    with reading(desk) as connection, pytest.raises(DisputeError, match="There is no dispute 7"):
        find(connection, 7)


def test_a_contact_is_found_by_its_id_and_source(desk):
    taken(desk, [interaction()], source="phone")
    with reading(desk) as connection:
        assert find_interaction(connection, "c1", "phone") != find_interaction(
            connection, "c1", "files"
        )
        with pytest.raises(UnknownNameError, match="in several sources: files, phone"):
            find_interaction(connection, "c1")
        with pytest.raises(UnknownNameError, match="There is no contact “c9”"):
            find_interaction(connection, "c9")
