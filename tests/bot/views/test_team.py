"""A team's people: by the alphabet, with n, and never ranked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blockkit import check_reply
from bot.views.team import ON_A_PAGE, team
from tests.bot.views.samples import CARDS, people, table
from tests.bot.views.seen import actions_of, rows_of, words_of

MANY = [f"Agent {number:03}" for number in range(45)]


def names_of(reply):
    return [row[0] for row in rows_of(reply)[1:]]


def test_people_stand_in_the_order_of_the_alphabet():
    assert names_of(team(table())) == ["ana lima", "Ben O'Neill", "Cleo Marsh", "Zoë"]


@settings(deadline=None)
@given(st.permutations(MANY[:8]))
def test_the_order_of_the_figures_makes_no_difference(names):
    assert names_of(team(table(people=people(names)))) == MANY[:8]


def test_a_cell_has_value_interval_and_n():
    cell = rows_of(team(table()))[2][1]
    assert cell.replace("\xa0", " ") == "74.2 %\n70.1 to 78.0 %\nn 310"


def test_too_few_is_said_with_n():
    assert rows_of(team(table()))[1][1] == "too few to say\nn 3"


def test_that_it_is_no_ranking_is_said():
    assert "not ranked" in words_of(team(table()).blocks)


def test_both_forms_and_the_text_hold_the_figures():
    reply = team(table())
    for said in (reply.text, words_of(reply.classic)):
        assert "Customer satisfaction 86.8 % (72.7 to 94.2 %), n 38" in said


def test_a_page_has_twenty_people_and_says_which():
    reply = team(table(people=people(MANY), skip=20, earlier="r1", later="r3"))
    assert names_of(reply) == MANY[20:40]
    assert "21 to 40 of 45 people" in words_of(reply.blocks)


def test_pages_beside_it_are_reached_by_references():
    reply = team(table(people=people(MANY), skip=20, earlier="r1", later="r3"))
    found = {one["action_id"]: one["value"] for one in actions_of(reply.blocks)}
    assert found == {"people:earlier": "r1", "people:later": "r3"}


def test_it_leads_to_the_card_of_each_and_of_all_together():
    *_, ways = team(table(card="ref-team", cards=CARDS)).blocks
    menu, together = ways["elements"]
    assert [one["value"] for one in menu["options"]] == ["ref-ana", "ref-ben"]
    assert (menu["action_id"], together["action_id"]) == ("card:person", "card:team")
    assert together["value"] == "ref-team"


def test_one_page_has_no_buttons():
    assert actions_of(team(table()).blocks) == []


def test_nobody_is_told_in_words():
    reply = team(table(people=[]))
    assert check_reply(reply) == []
    assert "Name another period or team" in reply.text


@pytest.mark.parametrize("name", ["<!here>", "x" * 3000, "*_~`", "\u202eevil"])
def test_a_page_full_of_any_names_can_be_sent(name):
    several = [f"{name}{number}" for number in range(ON_A_PAGE)]
    assert check_reply(team(table(people=people(several)))) == []


def test_a_team_of_one_page_is_not_counted_out():
    assert "people." not in words_of(team(table(people=people(MANY[:20]))).blocks[:2])
    assert "1 to 20 of 21 people." in words_of(team(table(people=people(MANY[:21]))).blocks[:2])


def test_a_count_stands_without_an_n():
    cell = rows_of(team(table(people=people(keys=("volume",)))))[2][1]
    assert cell == "412\n373 to 454"
