"""Contacts that people log by hand: kept once, as any import, and put right."""

import pytest

from bot.access import NOBODY
from scoring.records import Import, Interaction, Source, Transcript
from tests.bot.at_home import read, standing
from tests.bot.talking import Talking, sent, talking
from tests.bot.views.seen import actions_of
from tests.factories import stored
from tests.slack import command, company, running_slack

SAID = {
    "channel": "chat",
    "issue": "billing",
    "day": "2026-11-19",
    "at": "14:30",
    "minutes": "12.5",
    "outcome": "resolved",
    "csat": "4",
    "customer": "pat@example.com",
    "said": "Customer: Hello, I am pat@example.com\nAgent: Hello, this is Ana Lima\nSolved it",
}


def opened(home, text="", user="U0ANA"):
    """What comes back, unseen, with a form that somebody opens."""
    return home.asked("log", text, user).modal.about


def logged(engine):
    """The records that were logged."""
    (source,) = [one["id"] for one in stored(engine, Source) if one["name"] == "slack"]
    return [one for one in stored(engine, Interaction) if one["source_id"] == source]


def keep(home, user="U0ANA", text="", **more):
    """What comes of a form that somebody opens and sends."""
    return home.sent("log", {**SAID, **more}, user, opened(home, text, user))


def test_an_agent_s_contact_is_kept_as_an_import_keeps_it(home, engine):
    answer = keep(home)
    (row,) = logged(engine)
    plain = {
        "channel": "chat",
        "issue_type": "billing",
        "handle_seconds": 750,
        "outcome": "resolved",
        "csat": 4,
        "csat_scale": 5,
    }
    assert plain.items() <= row.items()
    assert f"{row['started_at']:%d %H:%M}" == "19 14:30"
    assert "19 November 2026 at 14:30, 12 min 30 s of handling, resolved, rated 4 of 5" in read(
        answer
    )


def test_a_kept_contact_is_in_the_figures_at_once(home):
    asked = ("scorecard", "me 19 Nov 2026")
    assert "Nothing is known yet" in home.asked(*asked).reply.text
    keep(home)
    assert "Resolution rate too few to say, n 1." in home.asked(*asked).reply.text


def test_the_transcript_is_kept_without_personal_data(home, engine):
    answer = keep(home)
    (kept,) = [one["messages"] for one in stored(engine, Transcript)]
    assert "Solved it" in kept
    assert not any(one in kept for one in ("pat@example.com", "Ana", "Lima"))
    assert "The transcript is kept without personal data." in read(answer)
    (row,) = logged(engine)
    assert row["mood"] is not None


def test_without_a_transcript_none_is_kept(home, engine):
    assert "transcript" not in read(keep(home, said="", customer=""))
    assert stored(engine, Transcript) == []
    assert logged(engine)[0]["customer_hash"] is None


def test_nobody_is_asked_is_no_rating(home, engine):
    keep(home, csat="none")
    assert logged(engine)[0]["csat"] is None


def test_the_same_form_sent_twice_is_one_contact(home, engine):
    about = opened(home)
    for _ in range(2):
        home.sent("log", SAID, about=about)
    assert len(logged(engine)) == 1


def test_another_form_is_another_contact(home, engine):
    keep(home)
    keep(home)
    assert len(logged(engine)) == 2


def test_what_was_kept_opens_again_and_is_put_right(home, engine):
    (button,) = actions_of(keep(home).modal.blocks)
    again = home.pressed(button["action_id"], button["value"])
    said = {**SAID, "customer": "", "said": ""}
    assert standing(again) == said
    told = home.sent("log", {**said, "minutes": "10", "csat": "none"}, about=again.modal.about)
    (row,) = logged(engine)
    assert (row["handle_seconds"], row["csat"]) == (600, None)
    assert "It stood there before and is put right." in read(told)


def test_who_the_customer_is_and_what_was_said_stays_when_it_is_put_right(home, engine):
    (button,) = actions_of(keep(home).modal.blocks)
    customer = logged(engine)[0]["customer_hash"]
    again = home.pressed(button["action_id"], button["value"])
    home.sent("log", {**SAID, "customer": "", "said": ""}, about=again.modal.about)
    assert logged(engine)[0]["customer_hash"] == customer is not None
    assert len(stored(engine, Transcript)) == 1


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"minutes": "a while"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "-3"}, "minutes"),
        ({"minutes": "nan"}, "minutes"),
        ({"minutes": "1e30"}, "minutes"),
        ({"day": "2026-11-21"}, "day"),
        ({"said": "Hello"}, "said"),
    ],
)
def test_a_mistake_is_told_at_its_input_and_nothing_is_kept(home, engine, more, where):
    before = len(stored(engine, Interaction))
    assert list(keep(home, **more).wrong) == [where]
    assert len(stored(engine, Interaction)) == before
    assert stored(engine, Transcript) == []


def test_a_manager_logs_for_their_people(home, engine):
    answer = keep(home, "U0MAYA", "<@U0BEN>")
    assert "*Ben Sato*: Chat" in read(answer)
    ben = next(
        one["agent_id"] for one in stored(engine, Interaction) if one["external_id"] == "c43"
    )
    assert logged(engine)[0]["agent_id"] == ben


@pytest.mark.parametrize("text", ["<@U0RITA>", "<@U0NOBODY>"])
def test_nobody_logs_for_whom_they_may_not_see(home, text):
    assert NOBODY in home.asked("log", text).reply.text


def test_a_form_for_whom_one_may_not_see_is_not_kept(home, engine):
    about = opened(home, "<@U0RITA>", "U0OTTO")
    assert NOBODY in home.sent("log", SAID, "U0ANA", about).reply.text
    assert "slack" not in [one["name"] for one in stored(engine, Source)]


def test_putting_right_takes_the_place_of_the_receipt(home):
    (button,) = actions_of(keep(home).modal.blocks)
    # Slack opens three windows over each other and no fourth.
    assert home.pressed("fix", button["value"]).replaces


def test_nobody_opens_what_others_logged(home):
    (button,) = actions_of(keep(home).modal.blocks)
    for user, value in (("U0RITA", button["value"]), ("U0ANA", "no such")):
        assert NOBODY in home.pressed("fix", value, user).reply.text


def test_words_that_name_nobody_are_told(home):
    assert "names nobody" in home.asked("log", "last week").reply.text


def test_a_form_of_another_version_is_told_to_be_so(home):
    assert "Say `/log` again" in home.sent("log", SAID, about="strange").reply.text


def test_what_was_logged_stands_in_the_books(home, engine):
    keep(home)
    books = [one for one in stored(engine, Import) if one["file"] == "by hand"]
    assert [(one["kind"], one["added"]) for one in books] == [
        ("interactions", 1),
        ("transcripts", 1),
    ]


def test_the_form_opens_from_home_too(home):
    found = standing(home.pressed("log"))
    assert found.keys() == SAID.keys()
    assert (found["day"], found["at"]) == ("2026-11-20", "12:00")


def test_where_no_window_can_be_opened_any_more_that_is_told(engine):
    slack = Talking(refused={"views.open": "expired_trigger_id"})
    with running_slack() as answers, talking(company(engine), slack) as door:
        sent(door, command("log", response_url=answers.response_url))
        told = answers.posts.get(timeout=20)
    assert "Slack opens a window within three seconds only" in told["text"]


def test_the_window_opens_with_the_call_s_own_trigger(engine):
    slack = Talking()
    with talking(company(engine), slack) as door:
        sent(door, command("log", trigger_id="7.7.7"))
    (given,) = slack.told("views.open")
    assert given["trigger_id"] == "7.7.7"
    assert given["view"]["callback_id"] == "log"
