"""Home: what it tells whom, welcoming once, linking oneself."""

import pytest

from scoring.database import noting
from scoring.people import find_agent
from scoring.preferences import Preferences, keep_preferences
from tests.bot.at_home import house, read
from tests.bot.talking import Talking, sent, talking
from tests.bot.views.seen import actions_of, words_of
from tests.factories import NOW, taken
from tests.slack import NAMES, company, happened

ANA_MAIL = {"email": "rosa@example.com"}
MEMBER = {"is_email_confirmed": True, "profile": ANA_MAIL}
ROSA = {"agent": "rosa@example.com", "name": "Rosa Diaz", "team": "Billing"}


def buttons(answer):
    return [one["text"]["text"] for one in actions_of(answer.home)]


def test_an_agent_s_home_tells_who_they_are_and_their_figures(home):
    text = read(home.opened())
    assert "You are linked to *Ana Lima*, by the roster an agent." in text
    assert "The newest records are of 15 November 2026." in text
    # 14 days, three contacts of 300 seconds a day, all within the last four weeks.
    assert "*Your last four weeks*" in text
    assert "5\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}s" in text
    assert "n\N{NO-BREAK SPACE}42" in text


def test_whoever_leads_sees_their_team_and_no_empty_card_of_their_own(home):
    text = read(home.opened("U0MAYA"))
    assert "*Billing*" in text
    assert "Your last four weeks" not in text
    assert "Rita Roy" not in text


def test_the_welcome_is_said_once(home):
    assert "Welcome." in read(home.opened())
    assert "Welcome." not in read(home.opened())
    assert "Welcome." in read(home.opened("U0BEN"))


def test_the_next_message_is_told_in_the_person_s_zone(home, engine):
    with noting(engine) as connection:
        ana = find_agent(connection, "ana@example.com")
        keep_preferences(connection, ana, Preferences(zone="Asia/Tokyo"), NOW)
    # Monday at nine in Tokyo is 00:00 in UTC, when the week is over.
    assert "|Monday 23 November 09:00, Asia/Tokyo>" in read(home.opened())


def test_whoever_wants_no_message_is_told_that_none_comes(home, engine):
    with noting(engine) as connection:
        ana = find_agent(connection, "ana@example.com")
        keep_preferences(connection, ana, Preferences(digest=False), NOW)
    assert "You get none" in read(home.opened())


def test_only_an_admin_s_home_has_what_admins_see_to(home):
    assert {"Targets", "Link people"} <= set(buttons(home.opened("U0OTTO")))
    assert not {"Targets", "Link people"} & set(buttons(home.opened("U0MAYA")))


def test_an_admin_is_told_who_is_not_linked(home, engine):
    taken(engine, [ROSA], "roster")
    told = "5 of 6 people of the roster are linked to Slack. Not linked: Rosa Diaz."
    assert told in read(home.opened("U0OTTO"))


def test_the_other_tab_draws_no_home(home):
    assert home.opened(tab="messages").home == ()


def test_without_records_home_says_so(engine):
    taken(engine, [{"agent": "ana", "slack_user_id": "U0ANA"}], "roster")
    with house(engine) as home:
        text = read(home.opened())
    assert "No record has been taken in yet" in text
    assert "Nothing is known of" in text


def test_an_address_that_nobody_has_is_named_with_whom_to_ask(home):
    home.slack.people["U0NEW"] = {"is_email_confirmed": True, "profile": {"email": "x@y.example"}}
    answer = home.opened("U0NEW")
    text = read(answer)
    assert "It was searched for your Slack e-mail address, x@y.example" in text
    assert "Ask <@U0OTTO> to link you, and name your Slack member ID: U0NEW." in text
    assert buttons(answer) == ["Help"]
    assert not any(name in text for name in NAMES)


@pytest.mark.parametrize(
    "told",
    [
        {"profile": ANA_MAIL},
        {**MEMBER, "is_restricted": True},
        {**MEMBER, "is_ultra_restricted": True},
        {**MEMBER, "is_bot": True},
        {**MEMBER, "deleted": True},
        {**MEMBER, "is_stranger": True},
        {"is_email_confirmed": True, "profile": {}},
    ],
)
def test_an_address_that_slack_does_not_vouch_for_links_nobody(home, engine, told):
    taken(engine, [ROSA], "roster")
    home.slack.people["U0NEW"] = told
    text = read(home.opened("U0NEW"))
    assert "Your Slack member ID is U0NEW." in text
    assert "Rosa" not in text
    assert home.pressed("link", "me", "U0NEW").home == ()


def test_whoever_has_the_address_of_somebody_unlinked_may_link_themselves(home, engine):
    taken(engine, [ROSA], "roster")
    home.slack.people["U0ROSA"] = MEMBER
    offered = home.opened("U0ROSA")
    assert "has Rosa Diaz under it" in read(offered)
    assert "This is me: link me" in buttons(offered)
    linked = read(home.pressed("link", "me", "U0ROSA"))
    assert "You are linked to *Rosa Diaz*" in linked
    assert "Welcome." not in read(home.opened("U0ROSA"))


def test_nobody_takes_the_place_of_whoever_is_linked(home):
    home.slack.people["U0NEW"] = {**MEMBER, "profile": {"email": "ana@example.com"}}
    text = read(home.opened("U0NEW"))
    assert "has nobody under it who may still be linked" in text
    assert "Ana" not in text
    assert home.pressed("link", "me", "U0NEW").home == ()


def test_nobody_becomes_an_admin_by_an_address(home, engine):
    taken(engine, [{**ROSA, "role": "admin"}], "roster")
    home.slack.people["U0NEW"] = MEMBER
    answer = home.opened("U0NEW")
    assert "whoever runs Evenkeel links them" in read(answer)
    assert buttons(answer) == ["Help"]
    assert home.pressed("link", "me", "U0NEW").home == ()


def test_where_slack_tells_nothing_the_member_id_is_what_to_name(home):
    home.slack.shares = {"429": 1.0}
    assert "Your Slack member ID is U0NEW." in read(home.opened("U0NEW"))


def test_somebody_of_another_workspace_is_not_looked_up(home):
    text = read(home.opened("U0X", team_id="T0THEIRS"))
    assert "another Slack workspace" in text
    assert home.slack.calls == []


def test_before_a_roster_is_taken_in_it_says_what_to_do(engine):
    with house(engine) as home:
        assert "`evenkeel import roster FILE`" in read(home.opened("U0NEW"))


def test_help_and_who_looked_open_from_home(home):
    assert "`/scorecard" in home.pressed("help").reply.text
    assert "Nobody but you looked at your figures" in home.pressed("looks").reply.text


def test_unlinked_people_get_help_too(home):
    assert "`/kpi" in home.pressed("help", user="U0NEW").reply.text


def test_an_unlinked_person_is_told_so_on_pressing_what_needs_a_link(home):
    assert "not linked" in home.pressed("looks", user="U0NEW").reply.text


def test_home_is_published_when_it_is_opened(engine):
    slack = Talking()
    with talking(company(engine), slack) as door:
        sent(door, happened({"type": "app_home_opened", "tab": "home", "channel": "D0"}))
    (view,) = [given["view"] for given in slack.told("views.publish")]
    assert "Ana Lima" in words_of(view["blocks"])


def test_what_goes_wrong_in_home_is_told_there(engine, monkeypatch):
    slack = Talking()
    monkeypatch.setattr("scoring.freshness.newest_day", lambda _: 1 / 0)
    with talking(company(engine), slack) as door:
        sent(door, happened({"type": "app_home_opened", "tab": "home", "channel": "D0"}))
    (view,) = [given["view"] for given in slack.told("views.publish")]
    assert "something is wrong on its side" in words_of(view["blocks"])
