"""Questions in direct messages and mentions, through Bolt and a Slack that remembers."""

import io
import json
import logging
from datetime import date

import pytest

from bot.logs import JsonLines
from scoring.period import Period
from scoring.query import Query
from scoring.reading.reading import Read
from tests.bot.talking import DM, Talking, mentioned, sent, talking, wrote
from tests.slack import NAMES, company

CSAT = "Customer satisfaction 100.0 % (n 21), 9\N{EN DASH}15 Nov 2026."


@pytest.fixture
def slack():
    return Talking()


@pytest.fixture
def door(engine, slack):
    company(engine)
    with talking(engine, slack) as door:
        yield door


def test_a_question_is_answered_in_a_thread_under_it(door, slack):
    assert sent(door, wrote("csat for Ana last week")).status == 200
    (message,) = slack.posted()
    assert message["thread_ts"] == "1.1"
    assert message["text"].startswith(CSAT)


def test_in_a_thread_the_answer_stays_there(door, slack):
    sent(door, wrote("csat for Ana last week", ts="2.2", thread_ts="1.1"))
    assert slack.posted()[0]["thread_ts"] == "1.1"


def test_a_follow_up_changes_the_question_before(door, slack):
    sent(door, wrote("csat for Ana last week"))
    sent(door, wrote("and last month?", ts="1.5", thread_ts="1.1"))
    sent(door, wrote("and for Ben?", ts="1.6", thread_ts="1.1"))
    _, second, third = (one["text"] for one in slack.posted())
    assert "period 1\N{EN DASH}31 Oct 2026; of Ana Lima" in second
    assert "period 1\N{EN DASH}31 Oct 2026; of Ben Sato" in third


@pytest.mark.parametrize(
    "elsewhere",
    [{"ts": "2.1"}, {"thread_ts": "9.9"}, {"channel": "D9", "thread_ts": "1.1"}],
    ids=["no thread", "another thread", "another conversation"],
)
def test_a_follow_up_elsewhere_is_asked_back(door, slack, elsewhere):
    sent(door, wrote("csat for Ana last week"))
    follow_up = wrote("and last month?", **elsewhere)
    sent(door, follow_up)
    last = slack.posted(follow_up["event"]["channel"])[-1]
    assert "Customer satisfaction" not in last["text"]


def test_somebody_else_s_question_is_nothing_to_follow_up(door, slack):
    sent(door, wrote("csat for Ana last week"))
    sent(door, wrote("and last month?", "U0OTTO", thread_ts="1.1"))
    assert "Customer satisfaction" not in slack.posted()[-1]["text"]


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B0BOT"},
        {"bot_id": "B0OTHER", "subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U0MAYA", "ts": "1.2"}},
        {"hidden": True},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
    ],
    ids=lambda event: "-".join(map(str, event.values())),
)
def test_what_nobody_wrote_to_the_bot_is_not_answered(door, slack, event):
    assert sent(door, wrote("csat for Ana last week", **event)).status == 200
    assert slack.told("chat.postMessage") == []


def test_words_beside_a_file_are_a_question(door, slack):
    sent(door, wrote("csat for Ana last week", subtype="file_share", files=[{"id": "F1"}]))
    assert slack.posted()[0]["text"].startswith(CSAT)


@pytest.mark.parametrize("words", ["", "   ", "<@U0BOT>"])
def test_no_words_get_two_examples_or_no_name(door, slack, words):
    sent(door, wrote(words))
    (message,) = slack.posted()
    assert "my CSAT last month" in message["text"] or "nobody and no team" in message["text"]


def test_an_event_that_comes_again_is_answered_once(door, slack):
    payload = wrote("csat for Ana last week")
    for _ in range(3):
        assert sent(door, payload).status == 200
    assert len(slack.posted()) == 1


def test_a_person_who_is_mentioned_is_whom_it_is_about(door, slack):
    sent(door, wrote("csat of <@U0BEN> last week"))
    assert "of Ben Sato" in slack.posted()[0]["text"]


def test_who_may_not_be_seen_and_who_does_not_exist_get_the_same_words(door, slack):
    for number, user in enumerate(("U0RITA", "U0NOBODY")):
        sent(door, wrote(f"csat of <@{user}> last week", ts=f"{number}.1"))
    first, second = (one["text"].partition("quote")[0] for one in slack.posted())
    assert first == second
    assert "nobody and no team of that name" in first


@pytest.mark.parametrize(
    ("event", "told"),
    [({"user_team": "T0OTHER"}, "another Slack workspace"), ({"team": "T0OTHER"}, "another")],
)
def test_people_of_other_workspaces_are_strangers(door, slack, event, told):
    sent(door, wrote("csat for Ana last week", **event))
    (message,) = slack.posted()
    assert told in message["text"]
    assert "100.0" not in json.dumps(message)


def test_whom_the_roster_does_not_know_is_told_what_to_do(door, slack):
    sent(door, wrote("csat last week", "U0NOBODY"))
    assert "You are not linked to the roster yet" in slack.posted()[0]["text"]


def test_a_mention_is_answered_to_whoever_asked_and_to_nobody_else(door, slack):
    sent(door, mentioned("csat for Ana last week"))
    (whisper,) = slack.whispers
    assert (whisper["channel"], whisper["user"]) == ("C0", "U0MAYA")
    assert whisper["text"].startswith(CSAT)
    assert "thread_ts" not in whisper
    assert slack.told("chat.postMessage") == []


def test_a_mention_in_a_thread_is_answered_in_it_and_followed_up(door, slack):
    sent(door, mentioned("csat for Ana last week"))
    sent(door, mentioned("and last month?", ts="5.7", thread_ts="5.5"))
    whisper = slack.whispers[-1]
    assert whisper["thread_ts"] == "5.5"
    assert "period 1\N{EN DASH}31 Oct 2026; of Ana Lima" in whisper["text"]


def test_a_refused_whisper_goes_in_its_classic_form(door, slack):
    slack.refused["chat.postEphemeral"] = "invalid_blocks"
    sent(door, mentioned("csat by agent last week"))
    first, second, third = slack.told("chat.postEphemeral")
    assert "table" in json.dumps(first["blocks"])
    assert "table" not in {one["type"] for one in second["blocks"]}
    assert (third["blocks"], third["text"]) == ([], first["text"])


def test_the_log_holds_no_word_of_a_conversation(door):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("bot")
    logger.addHandler(handler)
    level, _ = logger.level, logger.setLevel(logging.INFO)
    for words in ("csat for Ana last week", "quality for ana", "<@U0RITA> salary", "lsat wek"):
        sent(door, wrote(words))
        sent(door, mentioned(words))
    logger.removeHandler(handler)
    logger.setLevel(level)
    logged = stream.getvalue()
    assert logged.count("\n") >= 8
    for word in (*NAMES, "Ana", "ana ", "csat", "salary", "lsat", "100.0", "D0MAYA"):
        assert word not in logged


class Reading:
    """A model's reading of whatever is asked."""

    def __init__(self):
        self.asked = []

    def read(self, question):
        self.asked.append(question.words)
        return Read(Query(Period(date(2026, 11, 9), date(2026, 11, 15)), kpis=("aht",)))


def test_what_the_rules_cannot_read_a_model_may(door, slack):
    vars(door.desk.services)["asking"] = model = Reading()
    sent(door, wrote("how was the overall quality"))
    sent(door, wrote("csat for Ana last week", ts="1.2"))
    assert model.asked == ["how was the overall quality"]
    assert "KPIs Average handle time" in slack.posted()[0]["text"]


def test_what_is_posted_tells_nothing_in_what_everybody_s_apps_can_read(door, slack):
    sent(door, wrote("csat for Ana last week"))
    told = json.dumps(slack.posted()[0]["metadata"])
    assert not any(name in told for name in (*NAMES, "csat", "U0"))
    (given,) = slack.told("chat.postMessage")
    assert (given["channel"], given["unfurl_links"]) == (DM, False)


@pytest.mark.parametrize(
    "words",
    ["<!channel> csat", "&lt;!here&gt; *bold* <https://a.example|me>", "x" * 4000, "`evil` csat"],
)
def test_words_come_back_as_words_and_call_nobody(door, slack, words):
    sent(door, wrote(words))
    (message,) = slack.posted()
    said = message["text"] + json.dumps(message["blocks"])
    assert "<!" not in said
    assert "<http" not in said
    assert len(message["text"]) <= 3000
