"""Thumbs below answers and notes: kept by who pressed and about which, and nothing else."""

import pytest

from bot.references import Reference, Turn, written, written_turn
from scoring.aside import beside
from scoring.period import Period
from scoring.talk_records import FeedbackRow
from tests.bot.talking import Talking, elements, sent, talking, wrote
from tests.bot.views.samples import MONDAY
from tests.factories import NOW, stored
from tests.slack import company, press, running_slack

ASKED = written_turn(Turn("0123456789abcdef"))
NOTE = written(Reference("note", Period(MONDAY, MONDAY), "", 1))


@pytest.fixture
def press_thumb(engine):
    """What is said to whoever presses a thumb."""
    company(engine)
    with running_slack() as urls, talking(engine, Talking()) as door:

        def pressed(value, user="U0ANA", action="feedback"):
            sent(door, press(action, value, user, response_url=urls.response_url))
            return urls.posts.get(timeout=20)

        yield pressed


def kept(engine):
    return [
        (row["kind"], row["about"], row["good"]) for row in stored(beside(engine), FeedbackRow)
    ]


@pytest.mark.parametrize(
    ("value", "row"),
    [
        (f"good:{ASKED}", ("ask", ASKED, 1)),
        (f"bad:{ASKED}", ("ask", ASKED, 0)),
        (f"good:{NOTE}", ("note", NOTE, 1)),
    ],
)
def test_a_thumb_is_kept_and_thanked_for(engine, press_thumb, value, row):
    answer = press_thumb(value)
    assert answer["text"].startswith("Thank you.")
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)
    assert kept(engine) == [row]
    (found,) = stored(beside(engine), FeedbackRow)
    assert found["at"] == NOW


def test_other_words_help_only_where_something_was_asked(press_thumb):
    assert "other words" in press_thumb(f"bad:{ASKED}")["text"]
    assert "other words" not in press_thumb(f"bad:{NOTE}")["text"]


def test_the_plain_buttons_say_the_same(engine, press_thumb):
    press_thumb(f"bad:{ASKED}", action="feedback:bad")
    assert kept(engine) == [("ask", ASKED, 0)]


def test_a_second_thought_takes_the_place_of_the_first(engine, press_thumb):
    press_thumb(f"good:{ASKED}")
    press_thumb(f"bad:{ASKED}")
    assert kept(engine) == [("ask", ASKED, 0)]


@pytest.mark.parametrize("value", ["", "good:", "perhaps:ask 1", "good:<!channel>", "good:a" * 99])
def test_what_is_no_thumb_is_refused_in_words(engine, press_thumb, value):
    assert "another version" in press_thumb(value)["text"]
    assert kept(engine) == []


def test_whom_the_roster_does_not_know_leaves_nothing(engine, press_thumb):
    assert "not linked" in press_thumb(f"good:{ASKED}", "U0NOBODY")["text"]
    assert kept(engine) == []


def test_an_answer_has_thumbs_about_its_own_question(engine):
    company(engine)
    slack = Talking()
    with talking(engine, slack) as door:
        sent(door, wrote("csat for Ana last week"))
        found = elements(slack.posted()[0]["blocks"])
    thumbs = found["feedback"]
    talk = found["change:period"]["options"][0]["value"].split()[1]
    assert thumbs["positive_button"]["value"] == f"good:ask {talk}  "
    assert thumbs["negative_button"]["value"] == f"bad:ask {talk}  "
