"""The scorecard: a table with a line of weeks, or two columns of figures."""

import pytest

from bot.blockkit import check_reply
from bot.views.scorecard import scorecard
from scoring.estimate import nothing
from tests.bot.views.samples import FIGURES, KPIS, card, score, scores
from tests.bot.views.seen import actions_of, kinds, rows_of, words_of


def test_a_card_has_at_most_nine_blocks():
    reply = scorecard(card())
    assert max(len(reply.blocks), len(reply.classic)) <= 9


def test_a_card_can_be_sent_in_both_forms():
    assert check_reply(scorecard(card())) == []


def test_a_row_tells_value_interval_n_change_and_target():
    row = rows_of(scorecard(card(scores=[score("fcr")])))[1]
    assert [cell.replace("\xa0", " ") for cell in row] == [
        "First contact resolution",
        "74.2 %\n70.1 to 78.0 %\nn 310",
        "↑ up +9.1 points\nwas 65.1 %",
        "at least 75.0 %\ntoo close to tell",
    ]


def test_the_figures_are_the_same_in_words_and_in_the_classic_form():
    reply = scorecard(card())
    for said in (reply.text, words_of(reply.classic)):
        assert "8 min 32 s (8 min 00 s to 9 min 06 s), n 405" in said
        assert "70.1 to 78.0 %" in said


def test_the_classic_form_tells_the_target_where_there_is_one():
    reply = scorecard(card(scores=[score("fcr"), score("volume")]))
    assert words_of(reply.classic).count("Target ") == 1
    assert "\nTarget at least 75.0 %: too close to tell" in words_of(reply.classic)


def test_the_numbers_of_the_line_stand_in_words_beside_it():
    reply = scorecard(card())
    assert "data_visualization" in kinds(reply.blocks)
    for said in (reply.text, words_of(reply.blocks), words_of(reply.classic)):
        assert "First contact resolution by week: 21 Sep 66.0 %" in said


def test_the_period_and_the_one_before_are_named():
    said = words_of(scorecard(card()).blocks)
    days = "9\N{EN DASH}15 Nov 2026, compared with 2\N{EN DASH}8 Nov 2026"
    assert f"{days}. Intervals are of 95 %." in said


def test_too_few_is_said_and_no_value_shown():
    few = score("fcr", nothing("too_few", 3))
    reply = scorecard(card(scores=[few], trend=None))
    assert rows_of(reply)[1][1] == "too few to say\nn 3"
    assert "74" not in reply.text


def test_every_figure_leads_to_its_contacts_by_a_reference_alone():
    buttons = actions_of(scorecard(card(share="")).blocks)
    assert {one["action_id"]: one["value"] for one in buttons} == {
        f"contacts:{key}": f"ref-{key}" for key in FIGURES
    }


def test_a_figure_without_a_reference_has_no_button():
    reply = scorecard(card(contacts={"aht": "r"}, share=""))
    (button,) = actions_of(reply.blocks)
    assert button["accessibility_label"] == "Contacts behind average handle time"


def test_only_who_may_share_can_and_is_asked_first():
    assert "share" not in [
        one["action_id"] for one in actions_of(scorecard(card(share="")).blocks)
    ]
    (share,) = [one for one in actions_of(scorecard(card()).blocks) if one["action_id"] == "share"]
    assert (share["value"], "confirm" in share) == ("ref-share", True)


def test_a_card_with_nothing_to_press_has_no_row_for_buttons():
    reply = scorecard(card(contacts={}, share="", remarks=(), trend=None))
    assert kinds(reply.blocks) == ["header", "context", "table"]
    assert kinds(reply.classic) == ["header", "context", "section"]


def test_a_card_of_no_figures_says_what_to_do():
    reply = scorecard(card(scores=[]))
    assert check_reply(reply) == []
    assert "Name another one" in words_of(reply.blocks)


def test_a_card_of_every_kpi_can_be_sent():
    every = [score(key) for key in KPIS]
    reply = scorecard(card(scores=every, contacts=dict.fromkeys(KPIS, "r")))
    assert check_reply(reply) == []


@pytest.mark.parametrize("title", ["<!channel>", "R&D <@U1>", "x" * 4000])
def test_a_title_is_data(title):
    assert check_reply(scorecard(card(title=title, scores=scores()))) == []
