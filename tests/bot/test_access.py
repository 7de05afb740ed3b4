"""Who sees what in Slack: decided by the roster, refused in the same words, and kept."""

import re

import pytest

from bot.calls import call_of
from scoring.slack_records import LookRow
from tests.factories import stored, taken
from tests.slack import NAMES, company, door_of
from tests.slack import command as payload


@pytest.fixture
def ask(database):
    company(database)
    door = door_of(database)
    commands = {one.name: one for one in door.desk.commands}

    def ask(name, text, user, **more):
        call = call_of(payload(name, text, user, **more))
        return door.desk.answer(commands[name], call).reply

    return ask


def told(reply):
    """What is said, without the token, which no two calls share."""
    return re.sub(r"`[0-9a-f]{8}`", "TOKEN", reply.text)


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("U0ANA", {"Ana Lima"}),
        ("U0RITA", {"Rita Roy"}),
        ("U0MAYA", {"Maya Cho", "Ana Lima", "Ben Sato"}),
        ("U0OTTO", set(NAMES)),
        ("U0NOBODY", set()),
    ],
)
def test_everybody_sees_the_cards_of_whom_the_roster_lets_them_see(ask, user, seen):
    cards = {one: ask("scorecard", f"<@U0{one.split()[0].upper()}>", user).text for one in NAMES}
    # Those who lead have no contacts of their own: their card is open, and says so.
    assert {one for one, text in cards.items() if one in text} == seen


@pytest.mark.parametrize("name", ["scorecard", "coach"])
def test_who_may_not_be_seen_and_who_does_not_exist_are_refused_alike(ask, name):
    there, gone = (ask(name, f"<@{who}> last week", "U0ANA") for who in ("U0BEN", "U0GONE"))
    assert told(there) == told(gone)
    assert "nobody and no team of that name" in there.text
    there, gone = (ask(name, f"{who} last week", "U0ANA") for who in ("Ben Sato", "Xyz Abcd"))
    assert there.text.replace("Ben Sato", "Xyz Abcd") == gone.text


def test_a_team_that_is_another_s_is_as_one_that_is_not_there(ask):
    there, gone = (ask("team", who, "U0MAYA") for who in ("Sales", "Xales"))
    assert there.text.replace("Sales", "Xales") == gone.text


@pytest.mark.parametrize("name", ["scorecard", "team", "coach", "evenkeel"])
def test_a_person_of_another_workspace_is_a_stranger_whatever_their_id(ask, name):
    text = ask(name, "who" if name == "evenkeel" else "", "U0OTTO", team_id="T0ELSE").text
    assert "another Slack workspace" in text
    assert not any(one in text for one in NAMES)


def test_an_agent_leads_no_team(ask):
    assert "you lead nobody" in ask("team", "", "U0ANA").text
    assert "you lead nobody" in ask("scorecard", "team", "U0ANA").text
    assert "you lead nobody" in ask("coach", "team", "U0ANA").text


def test_a_user_whom_two_rows_of_the_roster_claim_is_nobody(database, ask):
    twin = {"agent": "twin@example.com", "slack_user_id": "U0ANA"}
    taken(database, [twin], kind="roster")
    assert "not linked" in ask("scorecard", "", "U0ANA").text


def looked(database):
    return sorted(
        (row["what"], row["viewer_id"] != row["agent_id"]) for row in stored(database, LookRow)
    )


@pytest.mark.parametrize(
    ("said", "user", "looks"),
    [
        ("scorecard", "U0ANA", 0),
        ("scorecard", "U0MAYA", 0),
        ("scorecard Ana", "U0MAYA", 1),
        ("scorecard Ana", "U0BEN", 0),
        ("team", "U0MAYA", 2),
        ("coach Ana", "U0MAYA", 1),
        ("coach", "U0MAYA", 2),
        ("evenkeel who", "U0ANA", 0),
    ],
)
def test_a_look_at_somebody_else_s_own_figures_is_kept(database, ask, said, user, looks):
    name, _, text = said.partition(" ")
    ask(name, text, user)
    assert looked(database) == [(name, True)] * looks


def test_whoever_was_looked_at_is_told_by_whom(ask):
    assert "Nobody but you" in ask("evenkeel", "who", "U0ANA").text
    ask("scorecard", "Ana", "U0MAYA")
    ask("scorecard", "Ana", "U0MAYA")
    text = ask("evenkeel", "who", "U0ANA").text
    assert "Maya Cho" in text
    assert "2 times" in text
    assert "Maya" not in ask("evenkeel", "who", "U0BEN").text
