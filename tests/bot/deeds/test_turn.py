"""The buttons and menus below an answer: each puts the question anew, in the answer's place."""

import json

import pytest

from bot.calls import call_of
from scoring.database import reading
from scoring.people import find_agent
from tests.bot.talking import DM, Talking, chosen, elements, option, sent, talking, wrote
from tests.factories import interactions, taken
from tests.slack import NAMES, TEAM, company, press, running_slack, words_of
from tests.slack import command as payload


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def urls():
    """Where answers go that take the place of others."""
    with running_slack() as found:
        yield found


@pytest.fixture
def door(engine, slack):
    company(engine)
    with talking(engine, slack) as door:
        yield door


def asked(door, slack, words, user="U0MAYA"):
    """What can be pressed below the answer to a question."""
    sent(door, wrote(words, user))
    return elements(slack.posted()[-1]["blocks"])


def turned(door, urls, action, value, user="U0MAYA"):
    """What takes the place of an answer."""
    sent(door, chosen(action, value, user, response_url=urls.response_url))
    return urls.posts.get(timeout=20)


def test_another_period_takes_the_answer_s_place(door, slack, urls):
    found = asked(door, slack, "csat for Ana last week")
    value = option(found["change:period"], "Last month")
    answer = turned(door, urls, "change:period", value)
    assert answer["replace_original"] is True
    assert "response_type" not in answer
    assert "period 1\N{EN DASH}31 Oct 2026; of Ana Lima" in answer["text"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ben Sato", "of Ben Sato; KPIs Customer satisfaction"),
        ("Billing", "of Billing; KPIs Customer satisfaction"),
        ("Everybody you see", "of everybody you see"),
        ("Average handle time", "of Ana Lima; KPIs Average handle time"),
    ],
)
def test_others_and_another_kpi_leave_the_rest(door, slack, urls, name, told):
    found = asked(door, slack, "csat for Ana last week")
    menu = "change:kpi" if name.startswith("Average") else "change:whose"
    answer = turned(door, urls, menu, option(found[menu], name))
    assert told in answer["text"]
    assert "9\N{EN DASH}15 Nov 2026" in answer["text"]


def test_what_was_changed_is_what_a_follow_up_changes(door, slack, urls):
    found = asked(door, slack, "csat for Ana last week")
    turned(door, urls, "change:whose", option(found["change:whose"], "Ben Sato"))
    sent(door, wrote("and last month?", ts="1.9", thread_ts="1.1"))
    assert "1\N{EN DASH}31 Oct 2026; of Ben Sato" in slack.posted()[-1]["text"]


def test_what_cannot_be_answered_leaves_the_answer_where_it_is(door, slack, urls):
    found = asked(door, slack, "csat for Ana last week")
    talk = option(found["change:period"], "Last month").split()[1]
    answer = turned(door, urls, "change:kpi", f"ask {talk} kpi no_such_kpi")
    assert (answer["replace_original"], answer["response_type"]) == (False, "ephemeral")


def test_a_choice_is_answered_as_if_it_had_been_asked(door, slack, urls):
    found = asked(door, slack, "quality for ana last week")
    (name, button), *_ = found.items()
    answer = turned(door, urls, name, button["value"])
    assert button["text"]["text"].split(" for ")[0] in answer["text"]
    assert "of Ana Lima" in answer["text"]


def test_no_button_has_a_name_or_a_figure_in_its_value(door, slack):
    for words in ("csat for Ana last week", "csat by agent", "quality for ana last week"):
        found = asked(door, slack, words)
        values = [one.get("value", "") for one in found.values()]
        values += [one["value"] for each in found.values() for one in each.get("options", ())]
        assert values
        assert not any(word in json.dumps(values) for word in (*NAMES, "Ana", "100", "Billing"))


def test_who_leads_nobody_has_no_others_to_choose(door, slack):
    found = asked(door, slack, "my csat last week", "U0ANA")
    assert "change:whose" not in found
    assert "change:period" in found


def test_menus_name_those_whom_the_asker_may_see_and_nobody_else(door, slack):
    found = asked(door, slack, "csat by agent")
    names = [one["text"]["text"] for one in found["change:whose"]["options"]]
    assert "Ana Lima" in names
    assert "Rita Roy" not in names


def test_somebody_else_s_question_is_not_theirs_to_turn(door, slack, urls):
    found = asked(door, slack, "csat for Ana last week")
    value = option(found["change:period"], "Last month")
    answer = turned(door, urls, "change:period", value, "U0OTTO")
    assert "not kept any more" in answer["text"]


@pytest.mark.parametrize("whose", ["a999", "t999", "a3"])
def test_whom_the_viewer_may_not_see_is_nobody(door, slack, urls, whose):
    found = asked(door, slack, "csat for Ana last week")
    talk = option(found["change:period"], "Last month").split()[1]
    if whose == "a3":
        whose = f"a{_agent(door, 'rita@example.com')}"
    answer = turned(door, urls, "change:whose", f"ask {talk} whose {whose}")
    assert "nobody and no team of that name" in answer["text"]


def _agent(door, key):
    with reading(door.desk.services.engine) as connection:
        return find_agent(connection, key)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nonsense",
        "ask 0123456789abcdef",
        "ask 0123456789abcdef period <!channel>",
        "ask {talk} period next_year",
        "ask {talk} kpi no_such_kpi",
        "ask {talk} whose everyone",
    ],
)
def test_a_value_of_another_version_is_refused_in_words(door, slack, urls, value):
    found = asked(door, slack, "csat for Ana last week")
    talk = option(found["change:period"], "Last month").split()[1]
    answer = turned(door, urls, "change:period", value.format(talk=talk))
    assert "another version" in answer["text"]


def test_more_rows_come_a_page_at_a_time(engine, door, slack, urls):
    people = [f"x{number:02}" for number in range(23)]
    roster = [{"agent": one, "name": one, "manager": "maya@example.com"} for one in people]
    taken(engine, roster, kind="roster")
    rows = [{"agent": one, "customer_id": one} for one in people]
    ids = [{**row, "interaction_id": row["agent"]} for row in rows]
    taken(engine, interactions(*ids))
    found = asked(door, slack, "contacts by agent last week")
    assert "rows:earlier" not in found
    second = turned(door, urls, "rows:later", found["rows:later"]["value"])
    assert "11 to 20 of 25 rows." in second["text"]
    third = elements(second["blocks"])
    last = turned(door, urls, "rows:later", third["rows:later"]["value"])
    assert "21 to 25 of 25 rows." in last["text"]
    assert "rows:later" not in elements(last["blocks"])
    back = turned(door, urls, "rows:earlier", elements(last["blocks"])["rows:earlier"]["value"])
    assert back["text"] == second["text"]


def test_a_figure_leads_to_the_contacts_that_its_question_is_about(door, slack, urls):
    found = asked(door, slack, "aht of Ana on phone last week")
    button = found["contacts:aht"]
    sent(door, press("contacts:aht", button["value"], "U0MAYA", response_url=urls.response_url))
    page = urls.posts.get(timeout=20)
    assert "Ana Lima, as you asked, 9\N{EN DASH}15 Nov 2026: 5 min 00 s" in page["text"]
    later = elements(page["blocks"])["page:later"]
    sent(door, press("page:later", later["value"], "U0MAYA", response_url=urls.response_url))
    assert "Contacts 11 to 20 of 21." in words_of(urls.posts.get(timeout=20))


def test_a_plain_figure_of_one_person_needs_no_question_to_be_kept(door, slack):
    found = asked(door, slack, "aht of Ana last week")
    assert found["contacts:aht"]["value"].startswith("figure aht a")
    assert " k" not in found["contacts:aht"]["value"]


def test_who_looked_by_asking_is_kept_for_whoever_was_looked_at(door, slack):
    asked(door, slack, "csat by agent last week")
    command = next(one for one in door.desk.commands if one.name == "evenkeel")
    told = door.desk.answer(command, call_of(payload("evenkeel", "who", "U0ANA"))).reply.text
    assert "Maya Cho, in `/ask`" in told.replace("*", "")


def test_either_database_keeps_a_conversation(database, slack, urls):
    company(database)
    with talking(database, slack) as door:
        found = asked(door, slack, "csat for Ana last week")
        turned(door, urls, "change:whose", option(found["change:whose"], "Ben Sato"))
        sent(door, wrote("and last month?", ts="1.9", thread_ts="1.1"))
        thumb = found["feedback"]["positive_button"]["value"]
        sent(door, press("feedback", thumb, "U0MAYA", response_url=urls.response_url))
        assert urls.posts.get(timeout=20)["text"].startswith("Thank you.")
    assert "1\N{EN DASH}31 Oct 2026; of Ben Sato" in slack.posted()[-1]["text"]


def test_the_conversation_is_known_by_the_container_of_what_was_pressed():
    call = call_of(chosen("change:period", "x"))
    assert (call.channel, call.thread, call.team_id) == (DM, "1.1", TEAM)
