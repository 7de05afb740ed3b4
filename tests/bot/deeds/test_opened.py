"""Opening the bot: questions to begin with by what somebody is, or their Home."""

import pytest

from bot.answering import Asker, reply_to
from bot.prompting import LED, OWN, prompts_for
from scoring.asking import reader
from scoring.database import reading
from scoring.reading.world import world_of
from scoring.viewers import viewer_in_slack
from tests.bot.talking import DM, Talking, sent, talking
from tests.factories import NOW
from tests.slack import company, happened, services_of

MOST = 4


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def door(engine, slack):
    company(engine)
    with talking(engine, slack) as door:
        yield door


def opened(tab, user="U0ANA"):
    return happened({"type": "app_home_opened", "tab": tab, "channel": DM}, user)


@pytest.mark.parametrize(("user", "offered"), [("U0ANA", OWN), ("U0MAYA", LED), ("U0OTTO", LED)])
def test_questions_are_offered_by_what_somebody_is(door, slack, user, offered):
    sent(door, opened("messages", user))
    (given,) = slack.told("assistant.threads.setSuggestedPrompts")
    assert given["channel_id"] == DM
    assert [(one["title"], one["message"]) for one in given["prompts"]] == [
        (one.title, one.message) for one in offered
    ]
    assert len(offered) <= MOST


def test_whom_the_roster_does_not_know_is_offered_nothing(door, slack):
    sent(door, opened("messages", "U0NOBODY"))
    assert slack.told("assistant.threads.setSuggestedPrompts") == []


def test_a_workspace_without_agents_is_none_the_worse(door, slack):
    slack.refused["assistant.threads.setSuggestedPrompts"] = "not_agent_app"
    for _ in range(2):
        assert sent(door, opened("messages")).status == 200
    assert len(slack.told("assistant.threads.setSuggestedPrompts")) == 1


def test_the_home_tab_is_drawn(door, slack):
    sent(door, opened("home"))
    (given,) = slack.told("views.publish")
    assert given["user_id"] == "U0ANA"


@pytest.mark.parametrize("user", ["U0ANA", "U0MAYA", "U0OTTO"])
def test_every_question_that_is_offered_is_answered(engine, user):
    company(engine)
    services = services_of(engine)
    with reading(engine) as connection:
        viewer = viewer_in_slack(connection, user)
        view = reader(connection, services.workspace, services.workspace.moment(NOW))
        asker = Asker(view, viewer, world_of(view, viewer, services.catalogue, NOW))
        found = {one.message: reply_to(one.message, asker).status for one in prompts_for(viewer)}
    assert set(found.values()) == {"answered"}, found
