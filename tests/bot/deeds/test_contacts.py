"""From a figure to the contacts behind it: pressed over signed HTTP, page by page, redacted."""

import pytest

from bot.calls import call_of
from tests.bot.talking import Talking, elements, sent, talking
from tests.factories import interactions, message, taken, transcript
from tests.slack import command, company, press, running_slack, words_of


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def urls():
    with running_slack() as found:
        yield found


@pytest.fixture
def door(engine, slack):
    company(engine)
    with talking(engine, slack) as door:
        yield door


def card(door, words="me last week", user="U0ANA"):
    """What can be pressed on a scorecard."""
    name = next(one for one in door.desk.commands if one.name == "scorecard")
    reply = door.desk.answer(name, call_of(command("scorecard", words, user))).reply
    return elements(reply.blocks)


def pressed(door, urls, button, user="U0ANA"):
    """What comes of a button that was pressed, and what Slack is asked to do with it."""
    payload = press(button["action_id"], button["value"], user, response_url=urls.response_url)
    assert sent(door, payload).status == 200
    return urls.posts.get(timeout=20)


def test_every_figure_of_a_card_leads_to_its_contacts(door, urls):
    found = [one for name, one in card(door).items() if name.startswith("contacts:")]
    assert len(found) >= 4
    for button in found:
        page = pressed(door, urls, button)
        assert page["response_type"] == "ephemeral"
        assert "the contacts behind it" in words_of(page)
        assert "Contacts 1 to 10 of 21." in page["text"]


def test_pages_turn_both_ways_in_the_same_place(door, urls):
    first = pressed(door, urls, card(door)["contacts:aht"])
    assert first["replace_original"] is False
    assert "page:earlier" not in elements(first["blocks"])
    second = pressed(door, urls, elements(first["blocks"])["page:later"])
    third = pressed(door, urls, elements(second["blocks"])["page:later"])
    assert second["replace_original"] is third["replace_original"] is True
    assert "Contacts 21 to 21 of 21." in third["text"]
    assert "page:later" not in elements(third["blocks"])
    again = pressed(door, urls, elements(third["blocks"])["page:earlier"])
    assert again["text"] == second["text"]


def test_no_page_tells_a_customer_or_what_one_wrote(engine, door, urls):
    rows = interactions({"interaction_id": "e1", "customer_id": "kim@example.com"})
    taken(engine, rows)
    taken(engine, [transcript(message("I am Kim"), interaction_id="e1")], kind="transcripts")
    said = words_of(pressed(door, urls, card(door)["contacts:aht"]))
    assert "kim" not in said.casefold()


def test_a_leader_is_led_to_the_contacts_of_all_their_people(door, urls):
    page = pressed(door, urls, card(door, "team last week", "U0MAYA")["contacts:aht"], "U0MAYA")
    assert "Contacts 1 to 10 of 42." in page["text"]


@pytest.mark.parametrize("user", ["U0BEN", "U0RITA", "U0NOBODY"])
def test_a_button_shows_nobody_what_they_may_not_see(door, urls, user):
    page = pressed(door, urls, card(door)["contacts:aht"], user)
    assert "5 min 00 s" not in words_of(page)
    assert "may see" in page["text"] or "not linked" in page["text"]


@pytest.mark.parametrize(
    "value", ["", "figure aht", "drop table", "figure fcr a1 t 1 1 1 years s0"]
)
def test_a_value_that_leads_nowhere_is_refused_in_words(door, urls, value):
    said = pressed(door, urls, {"action_id": "contacts:aht", "value": value})["text"]
    assert "\N{WARNING SIGN}" in said
    assert "cannot answer right now" not in said


def test_a_kpi_that_is_gone_from_the_catalogue_belongs_to_another_version(door, urls):
    button = card(door)["contacts:aht"]
    button = {**button, "value": button["value"].replace("figure aht", "figure gone")}
    assert "another version" in pressed(door, urls, button)["text"]


def test_in_home_the_contacts_open_in_a_window_with_no_table(door, slack):
    button = card(door)["contacts:aht"]
    payload = press("contacts:aht", button["value"], view={"id": "V0", "type": "home"})
    sent(door, payload)
    (given,) = slack.told("views.open")
    kinds = {one["type"] for one in given["view"]["blocks"]}
    assert given["trigger_id"] == payload["trigger_id"]
    assert "table" not in kinds
    assert "Contacts 1 to 10 of 21." in words_of(given["view"])


def test_in_a_window_another_page_takes_its_place(door, slack):
    button = card(door)["contacts:aht"]
    value = button["value"].replace(" s0", " s10")
    window = {"id": "V7", "type": "modal", "state": {"values": {}}}
    sent(door, press("page:later", value, view=window))
    (given,) = slack.told("views.update")
    assert given["view_id"] == "V7"
    assert "Contacts 11 to 20 of 21." in words_of(given["view"])


def test_who_looked_at_contacts_is_kept(door, urls):
    pressed(door, urls, card(door, "Ana last week", "U0MAYA")["contacts:aht"], "U0MAYA")
    asked = next(one for one in door.desk.commands if one.name == "evenkeel")
    told = door.desk.answer(asked, call_of(command("evenkeel", "who", "U0ANA"))).reply.text
    assert "Maya Cho, in `/scorecard`" in told.replace("*", "")


def test_a_button_that_is_not_ours_is_not_handled(door):
    assert sent(door, press("elsewhere", "x")).status == 404
    assert sent(door, press("contactsnot", "x")).status == 404
    assert sent(door, press("notcontacts:aht", "x")).status == 404
