"""An answer as Slack shows it: the sentence first, figures with n and interval, ways on."""

from dataclasses import replace

import pytest

from bot.blockkit import check_reply
from bot.menus import Menu, drawn
from bot.views.answer import Back, Told, Ways, answer, back
from tests.bot.talking import elements
from tests.bot.views import answers
from tests.bot.views.answers import BACK, FIGURE_TOLD, LINES_TOLD, PEOPLE_TOLD, REF, WEEKS_TOLD
from tests.bot.views.seen import kinds, rows_of, words_of

TOLD = (PEOPLE_TOLD, WEEKS_TOLD, FIGURE_TOLD, LINES_TOLD)
HOSTILE = "<!channel> *x* <https://a.example|me> `y` & \u202e" + "z" * 4000


@pytest.mark.parametrize("told", TOLD)
def test_an_answer_can_be_sent_and_is_about_nine_blocks(told):
    reply = answer(told)
    assert check_reply(reply) == []
    assert len(reply.blocks) <= 9


@pytest.mark.parametrize("told", TOLD)
def test_the_sentence_comes_first_in_both_forms_and_in_the_text(told):
    reply = answer(told)
    assert reply.blocks[0]["text"]["text"] == reply.classic[0]["text"]["text"] == told.lead
    assert reply.text.startswith(told.lead)


def test_each_person_has_a_row_with_value_n_interval_and_change():
    rows = rows_of(answer(PEOPLE_TOLD))
    assert rows[0] == ["agent", "Average handle time", "Customer satisfaction"]
    name, handled, _ = (cell.replace("\N{NO-BREAK SPACE}", " ") for cell in rows[1])
    assert name == "Ana Lima"
    assert handled == "8 min 32 s, n 42\n8 min 01 s to 8 min 58 s\n↑ up +30 s (8 min 02 s)"


def test_a_change_within_noise_is_none_and_too_few_are_too_few():
    rows = rows_of(answer(PEOPLE_TOLD))
    assert "no clear change" in rows[3][1]
    assert rows[4][2] == "too few to say, n 3"


def test_weeks_are_drawn_and_stand_in_a_table_beside():
    reply = answer(WEEKS_TOLD)
    assert kinds(reply.blocks)[:3] == ["section", "data_visualization", "table"]
    assert len(rows_of(reply)) == 9
    assert "66.0 % (62.0 to 69.3 %), n 120" in reply.text


def test_weeks_beyond_the_page_stand_in_words():
    reply = answer(answers.told(answers.by_week(12)))
    assert len(rows_of(reply)) == 11
    assert "9 Nov 69.0 % (n 120)" in reply.text
    assert "9 Nov 69.0 % (n 120)" in words_of(reply.blocks)


def test_a_single_figure_has_no_table_and_its_interval_in_the_reading():
    reply = answer(FIGURE_TOLD)
    assert "table" not in kinds(reply.blocks)
    assert "interval of 95 %: 8 min 01 s to 8 min 58 s" in words_of(reply.blocks)


@pytest.mark.parametrize("told", TOLD)
def test_how_it_was_read_and_what_to_know_stand_below(told):
    for said in (words_of(answer(told).blocks), words_of(answer(told).classic), answer(told).text):
        assert "How I read this" in said
        assert all(part in said for part in (*told.reading, *told.remarks))


def test_the_classic_form_has_the_same_figures_in_lines():
    said = words_of(answer(PEOPLE_TOLD).classic)
    assert "*Ana Lima*: Average handle time 8 min 32 s (8 min 01 s to 8 min 58 s), n 42" in said


def test_what_is_no_table_stands_in_lines_under_a_title():
    said = words_of(answer(LINES_TOLD).blocks)
    assert "*With whom to talk*\n\N{BULLET} Ana Lima: customers came back more often" in said


def test_ways_on_are_menus_contacts_rows_and_thumbs():
    ways = replace(FIGURE_TOLD.ways, earlier=REF, later=REF)
    found = elements(answer(replace(FIGURE_TOLD, ways=ways)).blocks)
    assert set(found) == {
        *("change:period", "change:whose", "change:kpi"),
        *("rows:earlier", "rows:later", "contacts:aht", "feedback"),
    }
    classic = elements(answer(replace(FIGURE_TOLD, ways=ways)).classic)
    assert {"feedback:good", "feedback:bad"} <= set(classic)


def test_an_answer_without_ways_has_none():
    reply = answer(Told("AHT is talk, hold and after-contact work."))
    assert kinds(reply.blocks) == ["section"]
    assert check_reply(reply) == []


def test_a_question_back_has_its_choices_to_press():
    reply = back(BACK)
    found = elements(reply.blocks)
    assert [one["text"]["text"] for one in found.values()] == [text for text, _ in BACK.choices]
    assert set(found) == {"choice:0", "choice:1", "choice:2"}
    assert all(text in reply.text for text, _ in BACK.choices)
    assert check_reply(reply) == []


def test_a_choice_that_is_longer_than_a_button_stands_above_it_too():
    long = "csat for ana " + "and fcr for ben " * 6 + "last week"
    reply = back(Back("Which?", ((long, REF),)))
    assert long in words_of(reply.blocks[:1])
    assert check_reply(reply) == []


def test_a_choice_that_cannot_be_pressed_is_words():
    reply = back(Back("Which?", (("csat", REF), ("nps by moon", ""))))
    assert "\N{BULLET} nps by moon" in words_of(reply.blocks[:1])
    assert list(elements(reply.blocks)) == ["choice:0"]


def test_a_refusal_tells_what_can_be_asked():
    reply = back(answers.REFUSED)
    assert "For example `AHT, FCR and CSAT by agent last week` or" in words_of(reply.blocks)
    assert check_reply(reply) == []


def test_whatever_is_said_is_data():
    told = replace(
        PEOPLE_TOLD,
        lead=HOSTILE,
        reading=(HOSTILE[:1500],),
        remarks=(HOSTILE[:1000],),
        title=HOSTILE,
        lines=(HOSTILE[:2000],) * 3,
        grid=replace(PEOPLE_TOLD.grid, rows=[[HOSTILE] * 3] * 9, lines=[(HOSTILE, HOSTILE)] * 9),
        ways=Ways((Menu(HOSTILE, "change:whose", [(HOSTILE, "v")]),)),
    )
    for reply in (answer(told), back(Back(HOSTILE, ((HOSTILE, REF),), (HOSTILE,)))):
        assert check_reply(reply) == []
        assert "<" not in reply.text


def test_a_menu_leaves_out_what_slack_would_not_give_back():
    assert drawn(Menu("a", "b", [("long", "v" * 76)])) is None
    menu = drawn(Menu("a", "b", [(f"n{at}", f"v{at}") for at in range(120)]))
    assert len(menu["options"]) == 100
